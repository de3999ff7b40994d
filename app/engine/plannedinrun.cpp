// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/plannedinrun.h"

PlannedInRun plannedInRun(int index, const PlannedIncident &planned)
{
    PlannedInRun told;
    told.index = index;
    told.id = planned.incident.id;
    told.title = planned.title;
    told.delay = planned.incident.delay;
    told.type = planned.incident.type;
    told.scenarioId = planned.incident.scenarioId;
    told.service = planned.service;
    told.severity = planned.severity;
    told.duration = planned.duration;
    told.comment = planned.incident.comment;
    told.notes = planned.incident.notes;
    told.narration = effectiveNarration(planned.incident, planned.draft.scenario.get());
    told.hold = planned.incident.hold;
    told.sends = planned.sends;
    told.enabled = planned.incident.enabled;
    told.isTitled = !planned.incident.title.isEmpty();
    if (planned.incident.type != IncidentType::LlmGenerated) {
        return told;
    }
    if (planned.generation) {
        told.prompt = planned.generation->prompt;
        told.seed = planned.generation->seed;
    } else if (!planned.draft.scenario) {
        told.prompt = planned.draft.description;
    }
    told.isFresh = planned.incident.fresh;
    if (!planned.recorded) {
        told.pinned = planned.incident.pinned.toJson();
    }
    return told;
}

PlannedIncident plannedIncident(const PlannedInRun &told)
{
    PlannedIncident planned;
    planned.title = told.title;
    planned.service = told.service;
    planned.severity = told.severity;
    planned.duration = told.duration;
    planned.sends = told.sends;
    Incident &incident = planned.incident;
    incident.id = told.id;
    incident.delay = told.delay;
    incident.type = told.type;
    incident.scenarioId = told.scenarioId;
    incident.prompt = told.prompt.value_or(QString());
    incident.serviceName = told.service;
    incident.expectedSeverity = told.severity;
    incident.comment = told.comment;
    incident.title = told.isTitled ? told.title : QString();
    incident.enabled = told.enabled.value_or(told.sends);
    incident.hold = told.hold;
    incident.notes = told.notes;
    incident.narration = told.narration.value_or(told.comment);
    incident.seed = told.seed;
    incident.fresh = told.isFresh;
    if (told.duration > told.duration.zero()) {
        incident.duration = told.duration;
    }
    incident.pinned = Pin::fromJson(told.pinned);
    return planned;
}
