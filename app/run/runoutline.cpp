// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runoutline.h"

#include "app/model/timeline.h"
#include "app/run/runrecord.h"
#include "app/timeline/incidentfacts.h"

#include <algorithm>

int RunOutline::first() const
{
    int found = -1;
    for (int index = 0; index < int(incidents.size()); ++index) {
        const OutlinedIncident &incident = incidents[size_t(index)];
        if (incident.sends && (found < 0 || incident.due < incidents[size_t(found)].due)) {
            found = index;
        }
    }
    return found;
}

TimelinePosition RunOutline::lastDue() const
{
    TimelinePosition last;
    for (const OutlinedIncident &incident : incidents) {
        if (incident.sends) {
            last = std::max(last, incident.due);
        }
    }
    return last;
}

TimelinePosition RunOutline::end() const
{
    return std::max(TimelinePosition(duration), lastDue());
}

RunOutline outlineOf(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    RunOutline outline;
    outline.duration = timeline.duration();
    outline.incidents.reserve(size_t(timeline.incidents.size()));
    // Whose lane an incident stands in may need a look at its scenario.
    const bool mutes = std::any_of(timeline.lanes.begin(), timeline.lanes.end(),
                                   [](const Lane &lane) { return lane.muted; });
    for (const Incident &incident : timeline.incidents) {
        const bool isMuted =
            mutes && timeline.isMuted(effectiveService(incident, scenarioOf(incident, scenarios)));
        outline.incidents.push_back(
            {TimelinePosition(incident.delay), incident.enabled && !isMuted, incident.hold});
    }
    return outline;
}

RunOutline outlineOf(const RunRecord &record)
{
    RunOutline outline;
    outline.duration = record.duration();
    outline.incidents.reserve(size_t(record.incidents().size()));
    for (const IncidentRun &run : record.incidents()) {
        outline.incidents.push_back({TimelinePosition(run.delay), run.sends, run.hold});
    }
    return outline;
}
