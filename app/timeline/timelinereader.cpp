// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinereader.h"

#include "app/base/charactername.h"
#include "app/timeline/memberreader.h"
#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>

using std::chrono::milliseconds;

namespace {

using Node = JsonText::Node;
using JsonKind = JsonText::Kind;

/** The context of this file's words for translators. */
struct ReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFile)
};

Severity readSeverity(const JsonText &json, Node node, MemberReader &reader)
{
    const QString text = json.string(node);
    const QString lower = text.toLower();
    const std::optional<Severity> severity = severityFromString(lower);
    if (!severity) {
        reader.refuse(
            node, withCharacterAdvice(
                      ReaderWords::tr(
                          "expected_severity is \"%1\"; it must be low, medium, high or critical.")
                          .arg(text),
                      text));
    } else if (text != lower) {
        reader.remark(node, ReadRemark::Kind::Spelling,
                      ReaderWords::tr("expected_severity is spelled \"%1\" and read as \"%2\"; the "
                                      "backend's own runner takes lower case only.")
                          .arg(text, lower));
    }
    return severity.value_or(Severity::Medium);
}

/** What a text names; another text is an error, and `otherwise` its sentence with %1 for it. */
template<typename Enum>
std::optional<Enum> readChoice(const JsonText &json, Node node, MemberReader &reader,
                               std::optional<Enum> (*fromString)(const QString &),
                               const QString &otherwise)
{
    const QString text = json.string(node);
    const std::optional<Enum> choice = fromString(text);
    if (!choice) {
        reader.refuse(node, withCharacterAdvice(otherwise.arg(text), text));
    }
    return choice;
}

/** Reads one incident; its members are visited once, in the order of the text. */
Incident readIncident(const JsonText &json, Node node, MemberReader &reader)
{
    Incident incident;
    if (!reader.is(node, JsonKind::Object, ReaderWords::tr("An incident"),
                   ReaderWords::tr("an object"))) {
        return incident;
    }
    Node delay = JsonText::None;
    Node type = JsonText::None;
    Node scenario = JsonText::None;
    Node prompt = JsonText::None;
    for (Node n = json.firstChild(node); n != JsonText::None && !reader.failed();
         n = json.nextSibling(n)) {
        const QString key = json.key(n);
        if (key == u"delay_seconds") {
            delay = n;
            incident.delay = reader.requiredSeconds(n, key);
        } else if (key == u"type") {
            type = n;
            if (reader.is(n, JsonKind::String, key, ReaderWords::tr("text"))) {
                const QString otherwise = ReaderWords::tr(
                    "type is \"%1\"; it must be \"predefined\" or \"llm_generated\".");
                incident.type = readChoice(json, n, reader, incidentTypeFromString, otherwise)
                                    .value_or(incident.type);
            }
        } else if (key == u"scenario_id") {
            scenario = n;
        } else if (key == u"llm_prompt") {
            prompt = n;
        } else if (key == u"service_name") {
            if (reader.mayBe(n, JsonKind::String, key, ReaderWords::tr("text"))) {
                incident.serviceName = json.string(n);
            }
        } else if (key == u"expected_severity") {
            if (reader.mayBe(n, JsonKind::String, key, ReaderWords::tr("text"))) {
                incident.expectedSeverity = readSeverity(json, n, reader);
            }
        } else if (key == u"comment") {
            incident.comment = reader.text(n, key);
        } else if (key == u"id") {
            incident.id = reader.text(n, key);
        } else if (key == u"title") {
            incident.title = reader.text(n, key);
        } else if (key == u"enabled") {
            incident.enabled = reader.strictFlag(n, key, true);
        } else if (key == u"hold") {
            incident.hold = reader.strictFlag(n, key, false);
        } else if (key == u"notes") {
            incident.notes = reader.text(n, key);
        } else if (key == u"narration") {
            incident.narration = reader.text(n, key);
        } else if (key == u"seed") {
            incident.seed = reader.whole(n, key);
        } else if (key == u"variables") {
            incident.variables = reader.texts(n, key);
        } else if (key == u"fresh") {
            incident.fresh = reader.strictFlag(n, key, false);
        } else if (key == u"duration_seconds") {
            incident.duration = reader.seconds(n, key);
            if (incident.duration == milliseconds(0)) {
                reader.refuse(n, ReaderWords::tr("duration_seconds must be more than 0."));
            }
        } else if (key == u"pinned") {
            if (reader.mayBe(n, JsonKind::Object, key, ReaderWords::tr("an object"))) {
                incident.pinned = Pin::fromJson(json.toQt(n).toObject());
            }
        } else if (key == u"ends") {
            if (reader.isStrictly(n, JsonKind::String, key, ReaderWords::tr("text"))) {
                const QString otherwise = ReaderWords::tr(
                    "ends is \"%1\"; it must be \"duration\", \"responder\" or \"never\".");
                incident.ends = readChoice(json, n, reader, incidentEndFromString, otherwise)
                                    .value_or(IncidentEnd::AfterDuration);
            }
        } else if (key == u"recovery_seconds") {
            incident.recovery = reader.seconds(n, key);
        } else if (key == u"caused_by") {
            incident.causedBy = reader.text(n, key);
        } else if (key == u"control") {
            incident.control = reader.strictFlag(n, key, false);
        } else if (key == u"shape") {
            if (reader.mayBe(n, JsonKind::String, key, ReaderWords::tr("text"))) {
                const QString otherwise =
                    ReaderWords::tr("shape is \"%1\"; it must be \"detectable\", or be left out.");
                incident.shape = readChoice(json, n, reader, incidentShapeFromString, otherwise);
            }
        } else if (key == u"when" && json.kind(n) != JsonKind::Object) {
            reader.isStrictly(n, JsonKind::String, key, ReaderWords::tr("text or an object"));
        }
    }
    if (delay == JsonText::None) {
        reader.refuse(node, ReaderWords::tr(
                                "This incident has no delay_seconds: the seconds from the start at "
                                "which it is sent."));
    } else if (type == JsonText::None) {
        reader.refuse(
            node,
            ReaderWords::tr(
                "This incident has no type; it must be \"predefined\" or \"llm_generated\"."));
    } else if (incident.type == IncidentType::Predefined && scenario == JsonText::None) {
        reader.refuse(node, ReaderWords::tr("This predefined incident has no scenario_id."));
    } else if (incident.type == IncidentType::LlmGenerated && prompt == JsonText::None) {
        reader.refuse(node, ReaderWords::tr("This LLM incident has no llm_prompt."));
    }
    // Only the type tells which of the two is needed; the other one may be anything.
    const QString scenarioKey = QStringLiteral("scenario_id");
    const QString promptKey = QStringLiteral("llm_prompt");
    if (incident.type == IncidentType::Predefined) {
        incident.scenarioId = reader.requiredText(scenario, scenarioKey);
        incident.prompt = reader.text(prompt, promptKey);
    } else {
        incident.scenarioId = reader.text(scenario, scenarioKey);
        incident.prompt = reader.requiredText(prompt, promptKey);
    }
    return incident;
}

/** Many incidents of a timeline say the same: then they say it with one text. */
class SharedTexts
{
public:
    void share(Incident &incident)
    {
        for (QString Incident::*text : {&Incident::scenarioId, &Incident::prompt, &Incident::title,
                                        &Incident::notes, &Incident::narration}) {
            share(incident.*text);
        }
        if (incident.serviceName) {
            share(*incident.serviceName);
        }
    }

private:
    void share(QString &text)
    {
        if (!text.isEmpty()) {
            text = *m_texts.insert(text);
        }
    }

    QSet<QString> m_texts;
};

Marker readMarker(const JsonText &json, Node node, MemberReader &reader)
{
    Marker marker;
    if (reader.is(node, JsonKind::Object, ReaderWords::tr("A marker"),
                  ReaderWords::tr("an object"))) {
        const Node at = json.member(node, u"at_seconds");
        if (at == JsonText::None) {
            reader.refuse(node, ReaderWords::tr("This marker has no at_seconds."));
        }
        marker.at = reader.requiredSeconds(at, QStringLiteral("at_seconds"));
        marker.name = reader.text(json.member(node, u"name"), QStringLiteral("name"));
        marker.notes = reader.text(json.member(node, u"notes"), QStringLiteral("notes"));
    }
    return marker;
}

Lane readLane(const JsonText &json, Node node, MemberReader &reader)
{
    Lane lane;
    if (reader.is(node, JsonKind::Object, ReaderWords::tr("A lane"),
                  ReaderWords::tr("an object"))) {
        const Node service = json.member(node, u"service");
        if (service == JsonText::None) {
            reader.refuse(node, ReaderWords::tr("This lane has no service."));
        }
        lane.service = reader.requiredText(service, QStringLiteral("service"));
        lane.muted = reader.strictFlag(json.member(node, u"muted"), QStringLiteral("muted"), false);
        lane.locked = reader.flag(json.member(node, u"locked"), QStringLiteral("locked"), false);
        lane.collapsed =
            reader.flag(json.member(node, u"collapsed"), QStringLiteral("collapsed"), false);
        reader.checkNames(json.member(node, u"targets"), QStringLiteral("targets"));
    }
    return lane;
}

Service readService(const JsonText &json, Node node, MemberReader &reader)
{
    Service service;
    if (reader.is(node, JsonKind::Object, ReaderWords::tr("A service"),
                  ReaderWords::tr("an object"))) {
        const Node name = json.member(node, u"name");
        if (name == JsonText::None) {
            reader.refuse(node, ReaderWords::tr("This service has no name."));
        }
        service.name = reader.requiredText(name, QStringLiteral("name"));
        service.dependsOn =
            reader.names(json.member(node, u"depends_on"), QStringLiteral("depends_on"));
        service.tier = reader.text(json.member(node, u"tier"), QStringLiteral("tier"));
        service.owner = reader.text(json.member(node, u"owner"), QStringLiteral("owner"));
    }
    return service;
}

MetricNames readMetricNames(const JsonText &json, Node node, MemberReader &reader)
{
    MetricNames names;
    if (!reader.mayBe(node, JsonKind::Object, QStringLiteral("telemetry"),
                      ReaderWords::tr("an object"))) {
        return names;
    }
    if (const Node naming = json.member(node, u"names");
        reader.mayBe(naming, JsonKind::String, QStringLiteral("names"), ReaderWords::tr("text"))) {
        const QString otherwise =
            ReaderWords::tr("names is \"%1\"; it must be \"raw\", \"prometheus\" or \"airra\".");
        names.naming = readChoice(json, naming, reader, metricNamingFromString, otherwise)
                           .value_or(MetricNaming::Raw);
    }
    names.map = reader.texts(json.member(node, u"map"), QStringLiteral("map"));
    return names;
}

/** The elements of a list that is one. */
template<typename T, typename Read>
QList<T> readElements(const JsonText &json, Node array, const QString &name, MemberReader &reader,
                      Read read)
{
    QList<T> list;
    list.reserve(json.childCount(array));
    for (Node n = json.firstChild(array); n != JsonText::None && !reader.failed();
         n = json.nextSibling(n)) {
        reader.enter(name, static_cast<int>(list.size()));
        list.append(read(json, n, reader));
    }
    return list;
}

template<typename T, typename Read>
QList<T> readList(const JsonText &json, const QString &name, MemberReader &reader, Read read)
{
    const Node array = json.member(json.root(), name);
    reader.enter(name, -1);
    return reader.mayBe(array, JsonKind::Array, name, ReaderWords::tr("a list"))
               ? readElements<T>(json, array, name, reader, read)
               : QList<T>();
}

double minutesFor(const QList<Incident> &incidents)
{
    milliseconds last{0};
    for (const Incident &incident : incidents) {
        last = std::max(last, incident.delay);
    }
    return std::ceil(std::chrono::duration<double, std::ratio<60>>(last).count());
}

} // namespace

Result<TimelineText> readTimeline(const JsonText &json, const QString &fallbackName)
{
    const Node root = json.root();
    MemberReader reader(json);
    if (!reader.is(root, JsonKind::Object, ReaderWords::tr("A timeline"),
                   ReaderWords::tr("an object with incidents"))) {
        return tl::make_unexpected(reader.error());
    }
    const auto key = [&](const char *name) {
        return json.member(root, QString(QLatin1String(name)));
    };
    // Of the members of the timeline itself, one after the other.
    const auto enter = [&](const char *name) {
        reader.enter(QLatin1String(name), -1);
        return key(name);
    };

    const Node incidents = key("incidents");
    const QString incidentsKey = QStringLiteral("incidents");
    if (incidents == JsonText::None) {
        reader.refuse(
            root, ReaderWords::tr("This timeline has no \"incidents\"; an empty list would do."));
    }
    Timeline timeline;
    if (reader.is(incidents, JsonKind::Array, incidentsKey, ReaderWords::tr("a list"))) {
        SharedTexts texts;
        timeline.incidents = readElements<Incident>(
            json, incidents, incidentsKey, reader,
            [&texts](const JsonText &text, Node node, MemberReader &members) {
                Incident incident = readIncident(text, node, members);
                texts.share(incident);
                return incident;
            });
    }
    timeline.name = reader.text(enter("name"), QStringLiteral("name"));
    timeline.description = reader.text(enter("description"), QStringLiteral("description"));
    std::optional<double> wantedMinutes;
    if (const Node minutes = enter("duration_minutes");
        reader.mayBe(minutes, JsonKind::Number, QStringLiteral("duration_minutes"),
                     ReaderWords::tr("a number of minutes"))) {
        wantedMinutes = json.number(minutes);
        const double most = std::chrono::duration<double, std::ratio<60>>(MaximumDelay).count();
        if (!(*wantedMinutes >= 0 && *wantedMinutes <= most)) {
            reader.refuse(minutes,
                          ReaderWords::tr("duration_minutes must lie between 0 and 366 days."));
        }
    }
    timeline.markers = readList<Marker>(json, QStringLiteral("markers"), reader, readMarker);
    timeline.lanes = readList<Lane>(json, QStringLiteral("lanes"), reader, readLane);
    timeline.variables = reader.texts(enter("variables"), QStringLiteral("variables"));
    timeline.pinsFile = reader.text(enter("pins_file"), QStringLiteral("pins_file"));
    timeline.version = reader.whole(enter("version"), QStringLiteral("version"));
    timeline.services = readList<Service>(json, QStringLiteral("services"), reader, readService);
    timeline.metricNames = readMetricNames(json, enter("telemetry"), reader);
    reader.checkNames(enter("targets"), QStringLiteral("targets"));
    if (reader.failed()) {
        return tl::make_unexpected(reader.error());
    }

    QStringList missing;
    for (const char *name : {"name", "description", "duration_minutes"}) {
        if (!reader.isThere(key(name))) {
            missing.append(QLatin1String(name));
        }
    }
    if (const Node name = key("name");
        name == JsonText::None || json.kind(name) != JsonKind::String) {
        timeline.name = fallbackName;
    }
    timeline.durationMinutes = wantedMinutes ? *wantedMinutes : minutesFor(timeline.incidents);
    QSet<QString> ids;
    ids.reserve(timeline.incidents.size());
    for (Incident &incident : timeline.incidents) {
        // Of two incidents with one id, the first keeps it in this session.
        if (incident.id.isEmpty() || ids.contains(incident.id)) {
            incident.id = TimelineFile::makeId();
        }
        ids.insert(incident.id);
    }
    return TimelineText{std::move(timeline), missing, reader.takeRemarks()};
}
