// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runs/recordedtimeline.h"

#include "app/timeline/promptfilling.h"

#include <algorithm>

namespace {

constexpr double MillisecondsPerMinute = 60000;

/** What the author wrote; what an incident has from its scenario or its comment, it has again. */
QString writtenNarration(const IncidentRun &run)
{
    const bool isInherited =
        run.narration == run.comment || (run.scenario && run.narration == run.scenario->narration);
    return isInherited ? QString() : run.narration;
}

Incident recordedIncident(const IncidentRun &run, const QDateTime &startedAt)
{
    Incident incident;
    incident.id = run.id;
    incident.delay = run.delay;
    incident.type = run.type;
    incident.title = run.title;
    incident.serviceName = run.service;
    incident.comment = run.comment;
    incident.notes = run.notes;
    incident.narration = writtenNarration(run);
    incident.hold = run.hold;
    incident.enabled = run.sends;
    incident.seed = run.seed;
    if (run.duration.count() > 0) {
        incident.duration = run.duration;
    }
    if (run.type == IncidentType::Predefined) {
        incident.scenarioId = run.scenarioId;
        return incident;
    }
    incident.expectedSeverity = run.severity;
    incident.prompt = run.title; // a prompt is not empty; the one that was written is better
    if (!run.scenario) {
        return incident;
    }
    const QString written = run.scenario->context.value(u"generation_prompt").toString();
    if (!written.isEmpty()) {
        incident.prompt = written;
    }
    PinnedScenario pinned;
    pinned.scenario = *run.scenario;
    pinned.promptSha256 = promptSha256(incident.prompt);
    pinned.generator = run.scenario->context.value(u"generated_by").toString();
    pinned.generatedAt = startedAt;
    pinned.seed = run.seed;
    incident.pinned = pinned;
    return incident;
}

} // namespace

Timeline recordedTimeline(const RunRecord &record)
{
    Timeline timeline;
    timeline.name = record.timelineName();
    timeline.durationMinutes =
        static_cast<double>(record.duration().count()) / MillisecondsPerMinute;
    for (const IncidentRun &run : record.incidents()) {
        timeline.incidents.append(recordedIncident(run, record.startedAt()));
    }
    return timeline;
}

bool isRunOf(const RunRecord &record, const Timeline &timeline)
{
    return std::equal(record.incidents().begin(), record.incidents().end(),
                      timeline.incidents.begin(), timeline.incidents.end(),
                      [](const IncidentRun &run, const Incident &incident) {
                          return run.type == incident.type && run.delay == incident.delay &&
                                 run.scenarioId == incident.scenarioId;
                      });
}
