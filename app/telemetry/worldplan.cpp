// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/worldplan.h"

#include "app/model/timeline.h"
#include "app/timeline/incidentfacts.h"

namespace {

/** Returns what is known of an incident beforehand: its scenario from the library, or its pin. */
const Scenario *knownScenario(const Incident &incident, const ScenarioLibrary &scenarios)
{
    if (incident.type == IncidentType::Predefined) {
        return scenarioOf(incident, scenarios);
    }
    const PinnedScenario *pinned = incident.fresh ? nullptr : incident.pinned.scenario();
    return pinned ? &pinned->scenario : nullptr;
}

} // namespace

WorldPlan worldPlanOf(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    WorldPlan plan;
    for (const Lane &lane : timeline.lanes) {
        plan.services.append({lane.service, {}});
    }
    for (const Incident &incident : timeline.incidents) {
        const Scenario *predefined = scenarioOf(incident, scenarios);
        WorldIncident entry;
        entry.service = effectiveService(incident, predefined);
        if (!incident.enabled || timeline.isMuted(entry.service)) {
            continue;
        }
        const Scenario *known = knownScenario(incident, scenarios);
        entry.start = TimelinePosition(incident.delay);
        // A pin says how long its metrics last, as a scenario of the library does.
        entry.length = effectiveDuration(incident, known);
        entry.severity = effectiveSeverity(incident, known);
        entry.metrics = known ? known->metrics : QList<Metric>();
        plan.incidents.append(entry);
    }
    return plan;
}
