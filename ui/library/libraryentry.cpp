// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/libraryentry.h"

#include "app/library/scenariostore.h"
#include "app/settings/datapaths.h"
#include "app/timeline/libraryfragments.h"
#include "app/timeline/timelinefile.h"
#include "ui/look/text.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace {

/** The context of this file's words for translators. */
struct EntryWords
{
    Q_DECLARE_TR_FUNCTIONS(LibraryEntry)
};

/** A template that is larger than this is opened, not dragged. */
constexpr qint64 LargestTemplate = MaximumDataBytes;

QString joined(const QStringList &parts)
{
    return parts.join(QStringLiteral(" · "));
}

QString metricCount(qsizetype count)
{
    return count == 1 ? EntryWords::tr("1 metric") : EntryWords::tr("%1 metrics").arg(count);
}

QString incidentCount(qsizetype count)
{
    return count == 1 ? EntryWords::tr("1 incident") : EntryWords::tr("%1 incidents").arg(count);
}

LibraryEntry entryOf(const Scenario &scenario)
{
    LibraryEntry entry;
    entry.kind = LibraryEntry::Kind::Scenario;
    entry.key = u"scenario:" + scenario.id;
    entry.title = scenario.name;
    entry.description = scenario.description;
    entry.severity = scenario.severity;
    entry.difficulty = scenario.difficulty;
    entry.tags = scenario.tags;
    entry.services = {scenario.service};
    entry.fragment = toFragment(scenario);
    entry.isOwn = scenario.origin == Scenario::Origin::User;
    entry.path = scenario.path;
    entry.scenario = scenario;
    QStringList detail{timeText(std::chrono::seconds(scenario.durationSeconds))};
    if (!scenario.metrics.isEmpty()) {
        detail.append(metricCount(scenario.metrics.size()));
    }
    entry.detail = joined(detail);
    QStringList words{scenario.id, scenario.description, scenario.rootCause};
    words += scenario.expectedActions;
    for (const Metric &metric : scenario.metrics) {
        words.append(metric.name);
    }
    entry.words = words.join(u'\n');
    return entry;
}

LibraryEntry entryOf(const PromptCollection &collection, const CollectionPrompt &prompt)
{
    LibraryEntry entry;
    entry.kind = LibraryEntry::Kind::Prompt;
    entry.key = u"prompt:" + collection.id + u'/' + prompt.title;
    entry.title = prompt.title;
    entry.detail = prompt.service;
    entry.description = prompt.prompt;
    entry.severity = prompt.severity;
    entry.tags = collection.tags;
    entry.services = {prompt.service};
    entry.fragment = toFragment(prompt);
    entry.isOwn = !collection.isShipped;
    entry.path = collection.path;
    entry.words = QStringList{prompt.prompt, prompt.comment, prompt.notes, collection.name,
                              collection.description}
                      .join(u'\n');
    return entry;
}

LibraryEntry entryOf(const PromptCollection &collection, std::chrono::seconds interval)
{
    LibraryEntry entry;
    entry.kind = LibraryEntry::Kind::Collection;
    entry.key = u"collection:" + collection.id;
    entry.title = collection.name;
    entry.description = collection.description;
    entry.tags = collection.tags;
    entry.fragment = toFragment(collection, interval);
    entry.isOwn = !collection.isShipped;
    entry.path = collection.path;
    const auto count = collection.prompts.size();
    entry.detail =
        count == 1 ? EntryWords::tr("1 prompt")
                   : EntryWords::tr("%1 prompts, one every %2").arg(count).arg(timeText(interval));
    for (const CollectionPrompt &prompt : collection.prompts) {
        if (!entry.services.contains(prompt.service)) {
            entry.services.append(prompt.service);
        }
    }
    return entry;
}

/** The whole timeline with the values of its variables, which a fragment has no place for. */
TimelineFragment fragmentOf(const Timeline &timeline)
{
    TimelineFragment fragment{timeline.name, timeline.incidents, timeline.markers, {}};
    for (Incident &incident : fragment.incidents) {
        if (incident.type != IncidentType::LlmGenerated) {
            continue;
        }
        for (auto it = timeline.variables.begin(); it != timeline.variables.end(); ++it) {
            if (!incident.variables.contains(it.key())) {
                incident.variables.insert(it.key(), it.value());
            }
        }
    }
    return fragment;
}

LibraryEntry entryOf(const DataPaths::NamedTimeline &named)
{
    LibraryEntry entry;
    entry.kind = LibraryEntry::Kind::Template;
    entry.key = u"template:" + named.id;
    entry.title = named.id;
    entry.isOwn = !named.shipped;
    entry.path = named.path;
    if (QFileInfo(named.path).size() > LargestTemplate) {
        entry.detail = EntryWords::tr("too large to be dragged");
        return entry;
    }
    const Result<TimelineFile> file = TimelineFile::load(named.path);
    if (!file) {
        entry.detail = EntryWords::tr("cannot be read");
        entry.description = file.error().toString();
        return entry;
    }
    const Timeline &timeline = file->timeline();
    entry.title = timeline.name;
    entry.description = timeline.description;
    entry.fragment = fragmentOf(timeline);
    entry.detail =
        joined({incidentCount(timeline.incidents.size()), timeText(timeline.duration())});
    QStringList words{named.id, timeline.description};
    for (const Incident &incident : timeline.incidents) {
        const QString service = incident.serviceName.value_or(QLatin1String(DefaultServiceName));
        if (!entry.services.contains(service)) {
            entry.services.append(service);
        }
        words += {incident.title, incident.scenarioId, incident.comment};
    }
    entry.words = words.join(u'\n');
    return entry;
}

/** The groups of these titles that have anything in them. */
QList<LibraryGroup> filled(const QStringList &titles, const QList<QList<LibraryEntry>> &entries)
{
    QList<LibraryGroup> groups;
    for (qsizetype i = 0; i < titles.size(); ++i) {
        if (!entries[i].isEmpty()) {
            groups.append({titles[i], std::nullopt, entries[i]});
        }
    }
    return groups;
}

} // namespace

QList<LibraryGroup> scenarioGroups(const ScenarioLibrary &library)
{
    QList<QList<LibraryEntry>> byOrigin(3);
    for (const Scenario &scenario : library.scenarios()) {
        byOrigin[qsizetype(scenario.origin)].append(entryOf(scenario));
    }
    for (QList<LibraryEntry> &entries : byOrigin) {
        std::stable_sort(entries.begin(), entries.end(),
                         [](const LibraryEntry &a, const LibraryEntry &b) {
                             return a.difficulty < b.difficulty;
                         });
    }
    return filled(
        {EntryWords::tr("Predefined"), EntryWords::tr("Yours"), EntryWords::tr("From the server")},
        byOrigin);
}

QList<LibraryGroup> promptGroups(const PromptCollections &collections,
                                 std::optional<std::chrono::seconds> interval)
{
    QList<LibraryGroup> groups;
    for (const PromptCollection &collection : collections.collections) {
        LibraryGroup group{
            collection.name, entryOf(collection, interval.value_or(collection.interval)), {}};
        for (const CollectionPrompt &prompt : collection.prompts) {
            group.entries.append(entryOf(collection, prompt));
        }
        groups.append(group);
    }
    return groups;
}

QList<LibraryGroup> templateGroups()
{
    QList<QList<LibraryEntry>> entries(2);
    const QList<DataPaths::NamedTimeline> timelines = DataPaths::timelines();
    for (const DataPaths::NamedTimeline &named : timelines) {
        entries[named.shipped ? 0 : 1].append(entryOf(named));
    }
    return filled({EntryWords::tr("Shipped"), EntryWords::tr("Yours")}, entries);
}

QString difficultyName(Difficulty difficulty)
{
    switch (difficulty) {
    case Difficulty::Beginner:
        return EntryWords::tr("Beginner");
    case Difficulty::Intermediate:
        return EntryWords::tr("Intermediate");
    case Difficulty::Advanced:
        return EntryWords::tr("Advanced");
    }
    return {};
}
