// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/nextincident.h"

#include "app/generation/pinnedscenario.h"
#include "app/timeline/incidentfacts.h"

#include <QCoreApplication>

namespace {

class SourceWords
{
    Q_DECLARE_TR_FUNCTIONS(SourceWords)

public:
    static QString of(const Incident &incident, const Timeline &timeline)
    {
        if (incident.type == IncidentType::Predefined) {
            return tr("Predefined");
        }
        if (incident.pinned.isEmpty()) {
            return tr("LLM, not pinned");
        }
        return isStale(incident, timeline) ? tr("LLM, stale pin") : tr("LLM, pinned");
    }
};

} // namespace

NextIncident nextIncident(int index, const RunRecord &record, const Timeline &timeline,
                          const ScenarioLibrary &scenarios)
{
    NextIncident next;
    next.count = int(timeline.incidents.size());
    if (index < 0 || index >= next.count) {
        return next;
    }
    const Incident &incident = timeline.incidents[index];
    const Scenario *scenario = scenarioOf(incident, scenarios);
    next.index = index;
    next.title = displayTitle(incident, scenario);
    next.service = effectiveService(incident, scenario);
    next.severity = effectiveSeverity(incident, scenario);
    next.due = TimelinePosition(incident.delay);
    next.duration = effectiveDuration(incident, scenario);
    next.notes = incident.notes.isEmpty() ? incident.comment : incident.notes;
    next.hold = incident.hold;
    next.source = SourceWords::of(incident, timeline);
    if (index < record.incidents().size()) {
        const IncidentRun &run = record.incidents()[index];
        next.state = run.state;
        next.metrics = run.scenario ? int(run.scenario->metrics.size()) : 0;
    }
    return next;
}
