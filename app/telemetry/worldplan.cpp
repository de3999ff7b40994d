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
    for (const Service &service : timeline.services) {
        plan.services.append({service.name, service.dependsOn});
    }
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
        entry.recovery = incident.recovery.value_or(
            known ? known->recovery.value_or(DefaultRecovery) : DefaultRecovery);
        entry.ending = incident.ends == IncidentEnd::Never ? WorldIncident::Ending::Never
                                                           : WorldIncident::Ending::AfterItsLength;
        entry.isControl = incident.control;
        if (known) {
            entry.metrics = known->metrics;
            entry.phases = known->phases;
            entry.neighbours = known->neighbours;
        }
        plan.incidents.append(entry);
    }
    return plan;
}
