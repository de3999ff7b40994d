// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most sources: one short function for each of many edits, which share their helpers.

#include "app/timeline/timelineedits.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentcauses.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <QSet>
#include <algorithm>
#include <cmath>

using std::chrono::milliseconds;

namespace {

struct EditWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineEdits)
};

/** What a share of a length is, whole seconds where `whole` says so. */
milliseconds rounded(double value, bool whole)
{
    return whole ? milliseconds(std::llround(value / 1000) * 1000)
                 : milliseconds(std::llround(value));
}

milliseconds withinLimits(milliseconds time)
{
    return std::clamp(time, milliseconds(0), MaximumDelay);
}

Timeline grown(Timeline timeline)
{
    milliseconds last{0};
    for (const Incident &incident : std::as_const(timeline.incidents)) {
        last = std::max(last, incident.delay);
    }
    if (last > timeline.duration()) {
        timeline.durationMinutes = double(std::chrono::ceil<std::chrono::minutes>(last).count());
    }
    return timeline;
}

Rows byTime(const Timeline &timeline, Rows rows)
{
    std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
        return timeline.incidents[a].delay < timeline.incidents[b].delay;
    });
    return rows;
}

bool areWholeSeconds(const Timeline &timeline, const Rows &rows)
{
    return std::all_of(rows.begin(), rows.end(),
                       [&](int row) { return timeline.incidents[row].delay.count() % 1000 == 0; });
}

Rows allRows(const Timeline &timeline)
{
    Rows rows(size_t(timeline.incidents.size()));
    for (size_t row = 0; row < rows.size(); ++row) {
        rows[row] = int(row);
    }
    return rows;
}

void putInto(Incident &incident, const QString &service, const ScenarioLibrary &scenarios)
{
    const Scenario *scenario = scenarioOf(incident, scenarios);
    if (effectiveService(incident, scenario) == service) {
        return;
    }
    if (scenario && scenario->service == service) {
        incident.serviceName.reset(); // its own: then the backend plays the scenario itself
    } else {
        incident.serviceName = service;
    }
}

/** Lists every lane that is shown, so that changing one moves none. */
Timeline withAllLanes(Timeline timeline, const QStringList &shown)
{
    QSet<QString> listed;
    for (const Lane &lane : std::as_const(timeline.lanes)) {
        listed.insert(lane.service);
    }
    for (const QString &service : shown) {
        if (!listed.contains(service)) {
            timeline.lanes.append({service, false, false, false});
        }
    }
    return timeline;
}

qsizetype laneIndex(const Timeline &timeline, const QString &service)
{
    for (qsizetype i = 0; i < timeline.lanes.size(); ++i) {
        if (timeline.lanes[i].service == service) {
            return i;
        }
    }
    return -1;
}

void shiftFrom(Timeline &timeline, milliseconds from, milliseconds by)
{
    for (Incident &incident : timeline.incidents) {
        if (incident.delay >= from) {
            incident.delay = withinLimits(incident.delay + by);
        }
    }
    for (Marker &marker : timeline.markers) {
        if (marker.at >= from) {
            marker.at = withinLimits(marker.at + by);
        }
    }
}

/** Gives new incidents ids of their own. What causes them is among them, or there already. */
QList<Incident> withNewIds(QList<Incident> incidents, const Timeline &timeline)
{
    QHash<QString, QString> idNow;
    QSet<QString> present; // filled for the first cause: most timelines have none
    for (const Incident &incident : std::as_const(incidents)) {
        const QString &cause = incident.causedBy;
        if (cause.isEmpty() || idNow.contains(cause)) {
            continue;
        }
        if (present.isEmpty()) {
            for (const Incident &old : timeline.incidents) {
                present.insert(old.id);
            }
        }
        if (!present.contains(cause)) {
            // A text calls a cause by its written id, which this session may not have read back.
            const QString made = QString(u'~' + cause);
            const bool isHere = TimelineFile::isMadeId(made) && present.contains(made);
            idNow.insert(cause, isHere ? made : QString());
        }
    }
    for (Incident &incident : incidents) {
        const QString id = TimelineFile::makeId();
        idNow.insert(incident.id, id);
        incident.id = id;
    }
    IncidentCauses::rename(incidents, idNow);
    return incidents;
}

double minutes(milliseconds time)
{
    return std::chrono::duration<double, std::ratio<60>>(time).count();
}

} // namespace

Timeline movedBy(const Timeline &timeline, const Rows &rows, milliseconds by)
{
    if (rows.empty()) {
        return timeline;
    }
    const auto [first, last] = std::minmax_element(rows.begin(), rows.end(), [&](int a, int b) {
        return timeline.incidents[a].delay < timeline.incidents[b].delay;
    });
    by = std::max(by, -timeline.incidents[*first].delay);
    by = std::min(by, MaximumDelay - timeline.incidents[*last].delay);
    Timeline after = timeline;
    for (const int row : rows) {
        after.incidents[row].delay += by;
    }
    return grown(std::move(after));
}

Timeline placedAt(const Timeline &timeline, const Rows &rows, milliseconds at)
{
    Timeline after = timeline;
    for (const int row : rows) {
        after.incidents[row].delay = withinLimits(at);
    }
    return grown(std::move(after));
}

Timeline startedAt(const Timeline &timeline, const Rows &rows, milliseconds at)
{
    if (rows.empty()) {
        return timeline;
    }
    const Rows ordered = byTime(timeline, rows);
    return movedBy(timeline, rows, at - timeline.incidents[ordered.front()].delay);
}

Timeline distributed(const Timeline &timeline, const Rows &rows)
{
    if (rows.size() < 3) {
        return timeline;
    }
    const Rows ordered = byTime(timeline, rows);
    const milliseconds first = timeline.incidents[ordered.front()].delay;
    const milliseconds span = timeline.incidents[ordered.back()].delay - first;
    const auto steps = double(ordered.size() - 1);
    const bool whole = areWholeSeconds(timeline, rows) && double(span.count()) >= steps * 1000;
    Timeline after = timeline;
    for (size_t i = 0; i < ordered.size(); ++i) {
        after.incidents[ordered[i]].delay =
            first + rounded(double(span.count()) * double(i) / steps, whole);
    }
    return after;
}

Timeline spaced(const Timeline &timeline, const Rows &rows, milliseconds interval)
{
    if (rows.empty()) {
        return timeline;
    }
    const Rows ordered = byTime(timeline, rows);
    const milliseconds first = timeline.incidents[ordered.front()].delay;
    Timeline after = timeline;
    for (size_t i = 0; i < ordered.size(); ++i) {
        after.incidents[ordered[i]].delay = withinLimits(first + interval * qint64(i));
    }
    return grown(std::move(after));
}

Timeline scaledTo(const Timeline &timeline, const Rows &rows, milliseconds length)
{
    if (rows.size() < 2) {
        return timeline;
    }
    const Rows ordered = byTime(timeline, rows);
    const milliseconds first = timeline.incidents[ordered.front()].delay;
    const milliseconds span = timeline.incidents[ordered.back()].delay - first;
    if (span.count() == 0) {
        return timeline;
    }
    length = std::clamp(length, milliseconds(0), MaximumDelay - first);
    const double factor = double(length.count()) / double(span.count());
    const bool whole =
        areWholeSeconds(timeline, rows) && double(length.count()) >= double(rows.size() - 1) * 1000;
    Timeline after = timeline;
    for (const int row : rows) {
        after.incidents[row].delay =
            first +
            rounded(double((timeline.incidents[row].delay - first).count()) * factor, whole);
    }
    return grown(std::move(after));
}

Timeline scaledTo(const Timeline &timeline, milliseconds length)
{
    milliseconds span = timeline.duration();
    for (const Incident &incident : timeline.incidents) {
        span = std::max(span, incident.delay);
    }
    length = std::clamp(length, milliseconds(1), MaximumDelay);
    if (span.count() == 0) {
        return timeline;
    }
    const double factor = double(length.count()) / double(span.count());
    const bool whole = areWholeSeconds(timeline, allRows(timeline)) &&
                       double(length.count()) >= double(timeline.incidents.size()) * 1000;
    Timeline after = timeline;
    for (Incident &incident : after.incidents) {
        incident.delay = rounded(double(incident.delay.count()) * factor, whole);
    }
    for (Marker &marker : after.markers) {
        marker.at = rounded(double(marker.at.count()) * factor, whole);
    }
    after.durationMinutes = minutes(length);
    return after;
}

Timeline timeInserted(const Timeline &timeline, milliseconds at, milliseconds length)
{
    Timeline after = timeline;
    shiftFrom(after, at, length);
    after.durationMinutes = minutes(withinLimits(timeline.duration() + length));
    return grown(std::move(after));
}

Timeline timeCut(const Timeline &timeline, milliseconds from, milliseconds to)
{
    if (to <= from) {
        return timeline;
    }
    Timeline after = timeline;
    after.incidents.removeIf(
        [&](const Incident &incident) { return incident.delay >= from && incident.delay < to; });
    IncidentCauses::dropGone(after, timeline);
    after.markers.removeIf(
        [&](const Marker &marker) { return marker.at >= from && marker.at < to; });
    shiftFrom(after, to, from - to);
    const milliseconds end = timeline.duration();
    after.durationMinutes = minutes(end - (std::min(to, end) - std::min(from, end)));
    return after;
}

Timeline without(const Timeline &timeline, const Rows &rows)
{
    Timeline after = timeline;
    QList<Incident> kept;
    kept.reserve(timeline.incidents.size() - qsizetype(rows.size()));
    auto gone = rows.begin();
    for (int row = 0; row < timeline.incidents.size(); ++row) {
        if (gone != rows.end() && *gone == row) {
            ++gone;
        } else {
            kept.append(timeline.incidents[row]);
        }
    }
    after.incidents = kept;
    IncidentCauses::dropGone(after, timeline);
    return after;
}

Timeline withoutClosingGap(const Timeline &timeline, const Rows &rows)
{
    std::vector<bool> goes(size_t(timeline.incidents.size()), false);
    for (const int row : rows) {
        goes[size_t(row)] = true;
    }
    Timeline shifted = timeline;
    milliseconds closed{0};                // up to here
    std::optional<milliseconds> gapBegins; // at the first of those that go together
    std::vector<std::pair<milliseconds, milliseconds>> steps; // from a time on, earlier by so much
    for (const int row : byTime(timeline, allRows(timeline))) {
        const milliseconds at = timeline.incidents[row].delay;
        if (goes[size_t(row)]) {
            if (!gapBegins) {
                gapBegins = at;
            }
            continue;
        }
        if (gapBegins) {
            closed += at - *gapBegins;
            gapBegins.reset();
            steps.emplace_back(at, closed);
        }
        shifted.incidents[row].delay = at - closed;
    }
    for (Marker &marker : shifted.markers) {
        milliseconds by{0};
        for (const auto &[from, earlier] : steps) {
            if (marker.at >= from) {
                by = earlier;
            }
        }
        marker.at -= by;
    }
    return without(shifted, rows);
}

Insertion inserted(const Timeline &timeline, const TimelineFragment &fragment, milliseconds at,
                   const QString &service, const ScenarioLibrary &scenarios)
{
    Insertion result{timeline, {}};
    const TimelineFragment fresh = fromStart(fragment);
    for (Incident incident : withNewIds(fresh.incidents, timeline)) {
        incident.delay = withinLimits(incident.delay + at);
        if (!service.isEmpty()) {
            putInto(incident, service, scenarios);
        }
        result.ids << incident.id;
        result.timeline.incidents.append(incident);
    }
    for (Marker marker : fresh.markers) {
        marker.at = withinLimits(marker.at + at);
        result.timeline.markers.append(marker);
    }
    result.timeline = grown(std::move(result.timeline));
    return result;
}

Insertion duplicated(const Timeline &timeline, const Rows &rows, milliseconds by)
{
    return repeated(timeline, rows, 1, by);
}

Insertion repeated(const Timeline &timeline, const Rows &rows, int times, milliseconds every)
{
    Insertion result;
    result.timeline = timeline;
    QList<Incident> incidents;
    incidents.reserve(timeline.incidents.size() + qsizetype(rows.size()) * times);
    std::vector<QHash<QString, QString>> idNow(size_t(std::max(times, 0))); // of each copy
    for (const int row : rows) {
        for (auto &ids : idNow) {
            ids.insert(timeline.incidents[row].id, TimelineFile::makeId());
        }
    }
    auto next = rows.begin();
    for (int row = 0; row < timeline.incidents.size(); ++row) {
        incidents.append(timeline.incidents[row]);
        if (next == rows.end() || *next != row) {
            continue;
        }
        ++next;
        for (int copy = 1; copy <= times; ++copy) {
            const auto &ids = idNow[size_t(copy) - 1];
            Incident fresh = timeline.incidents[row];
            fresh.id = ids[fresh.id];
            fresh.causedBy = ids.value(fresh.causedBy, fresh.causedBy);
            fresh.delay = withinLimits(fresh.delay + every * copy);
            result.ids << fresh.id;
            incidents.append(fresh);
        }
    }
    result.timeline.incidents = incidents;
    result.timeline = grown(std::move(result.timeline));
    return result;
}

TimelineFragment fragmentOf(const Timeline &timeline, const Rows &rows)
{
    TimelineFragment fragment;
    for (const int row : rows) {
        fragment.incidents.append(timeline.incidents[row]);
    }
    return fragment;
}

Insertion appended(const Timeline &timeline, const Timeline &other, milliseconds at)
{
    Insertion result{timeline, {}};
    for (Incident incident : withNewIds(other.incidents, Timeline())) {
        incident.delay = withinLimits(incident.delay + at);
        result.ids << incident.id;
        result.timeline.incidents.append(incident);
    }
    for (Marker marker : other.markers) {
        marker.at = withinLimits(marker.at + at);
        result.timeline.markers.append(marker);
    }
    for (const Service &service : other.services) {
        const auto isSame = [&](const Service &own) { return own.name == service.name; };
        const QList<Service> &own = result.timeline.services;
        if (std::none_of(own.begin(), own.end(), isSame)) {
            result.timeline.services.append(service);
        }
    }
    for (const Lane &lane : other.lanes) {
        if (laneIndex(result.timeline, lane.service) < 0) {
            result.timeline.lanes.append(lane);
        }
    }
    for (auto it = other.variables.begin(); it != other.variables.end(); ++it) {
        if (!result.timeline.variables.contains(it.key())) {
            result.timeline.variables.insert(it.key(), it.value());
        }
    }
    const milliseconds end = withinLimits(at + other.duration());
    if (end > timeline.duration()) {
        result.timeline.durationMinutes = minutes(end);
    }
    return result;
}

std::pair<Timeline, Timeline> split(const Timeline &timeline, milliseconds at)
{
    Timeline first = timeline;
    Timeline second = timeline;
    first.incidents.removeIf([&](const Incident &incident) { return incident.delay >= at; });
    first.markers.removeIf([&](const Marker &marker) { return marker.at >= at; });
    first.durationMinutes = minutes(std::min(at, timeline.duration()));
    second.incidents.removeIf([&](const Incident &incident) { return incident.delay < at; });
    second.markers.removeIf([&](const Marker &marker) { return marker.at < at; });
    shiftFrom(second, at, -at);
    second.durationMinutes = minutes(std::max(milliseconds(0), timeline.duration() - at));
    IncidentCauses::dropGone(first, timeline);
    IncidentCauses::dropGone(second, timeline);
    second.name = EditWords::tr("%1, second part").arg(timeline.name);
    return {first, grown(std::move(second))};
}

Timeline inLane(const Timeline &timeline, const Rows &rows, const QString &service,
                const ScenarioLibrary &scenarios)
{
    Timeline after = timeline;
    for (const int row : rows) {
        putInto(after.incidents[row], service, scenarios);
    }
    return after;
}

Timeline withEnabled(const Timeline &timeline, const Rows &rows, bool enabled)
{
    Timeline after = timeline;
    for (const int row : rows) {
        after.incidents[row].enabled = enabled;
    }
    return after;
}

Timeline asPrompts(const Timeline &timeline, const Rows &rows, const ScenarioLibrary &scenarios)
{
    Timeline after = timeline;
    for (const int row : rows) {
        Incident &incident = after.incidents[row];
        if (incident.type == IncidentType::LlmGenerated) {
            continue;
        }
        const Scenario *scenario = scenarios.find(incident.scenarioId);
        const QString service = effectiveService(incident, scenario);
        if (incident.prompt.trimmed().isEmpty()) {
            incident.prompt = scenario
                                  ? EditWords::tr("%1 on {{service}}: %2")
                                        .arg(scenario->name, scenario->description)
                                  : EditWords::tr("%1 on {{service}}").arg(incident.scenarioId);
        }
        if (scenario && !incident.expectedSeverity) {
            incident.expectedSeverity = scenario->severity;
        }
        incident.type = IncidentType::LlmGenerated;
        if (!incident.serviceName && service != QLatin1String(DefaultServiceName)) {
            incident.serviceName = service;
        }
    }
    return after;
}

Timeline asScenarios(const Timeline &timeline, const Rows &rows, const QString &scenarioId,
                     const ScenarioLibrary &scenarios)
{
    Timeline after = timeline;
    for (const int row : rows) {
        Incident &incident = after.incidents[row];
        if (!scenarioId.isEmpty()) {
            incident.scenarioId = scenarioId;
        }
        incident.type = IncidentType::Predefined;
        const Scenario *scenario = scenarios.find(incident.scenarioId);
        // What only repeats the scenario is not the incident's own.
        if (scenario && incident.serviceName == scenario->service) {
            incident.serviceName.reset();
        }
        if (scenario && incident.expectedSeverity == scenario->severity) {
            incident.expectedSeverity.reset();
        }
    }
    return after;
}

Timeline withLane(const Timeline &timeline, const Lane &lane, const QStringList &shown)
{
    Timeline after = withAllLanes(timeline, shown);
    const qsizetype index = laneIndex(after, lane.service);
    if (index < 0) {
        after.lanes.append(lane);
    } else {
        after.lanes[index] = lane;
    }
    return after;
}

Timeline laneMoved(const Timeline &timeline, const QString &service, int to,
                   const QStringList &shown)
{
    Timeline after = withAllLanes(timeline, shown);
    const qsizetype from = laneIndex(after, service);
    if (from < 0) {
        return timeline;
    }
    after.lanes.move(from, std::clamp<qsizetype>(to, 0, after.lanes.size() - 1));
    return after;
}

Timeline laneRenamed(const Timeline &timeline, const QString &from, const QString &to,
                     const QStringList &shown, const ScenarioLibrary &scenarios)
{
    if (from == to) {
        return timeline;
    }
    // Under a name of its own it stays where it is, listed or not.
    const bool merges = shown.contains(to);
    Timeline after = merges ? withAllLanes(timeline, shown) : timeline;
    for (Incident &incident : after.incidents) {
        const Scenario *scenario = scenarioOf(incident, scenarios);
        if (effectiveService(incident, scenario) == from) {
            putInto(incident, to, scenarios);
        }
    }
    const qsizetype old = laneIndex(after, from);
    if (merges && old >= 0) {
        after.lanes.removeAt(old);
    } else if (old >= 0) {
        after.lanes[old].service = to;
    }
    return after;
}

Timeline laneRemoved(const Timeline &timeline, const QString &service)
{
    Timeline after = timeline;
    after.lanes.removeIf([&](const Lane &lane) { return lane.service == service; });
    return after;
}

Timeline withMarker(const Timeline &timeline, const Marker &marker)
{
    Timeline after = timeline;
    after.markers.append(marker);
    return after;
}

Timeline markerReplaced(const Timeline &timeline, int index, const Marker &marker)
{
    Timeline after = timeline;
    after.markers[index] = marker;
    after.markers[index].at = withinLimits(marker.at);
    return after;
}

Timeline markerRemoved(const Timeline &timeline, int index)
{
    Timeline after = timeline;
    after.markers.removeAt(index);
    return after;
}
