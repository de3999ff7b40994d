// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runsummary.h"

#include "app/base/jsonvalues.h"
#include "app/run/runrecord.h"

#include <QJsonArray>

#include <cmath>

namespace {

QString isoTime(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QJsonObject summaryOf(const IncidentRun &run)
{
    return {
        {QStringLiteral("index"), run.index},
        {QStringLiteral("id"), run.id},
        {QStringLiteral("delay_seconds"), static_cast<double>(run.delay.count()) / 1000},
        {QStringLiteral("type"), toString(run.type)},
        {QStringLiteral("scenario_id"), orNull(run.scenarioId)},
        {QStringLiteral("service_name"), run.service},
        {QStringLiteral("comment"), run.comment},
        {QStringLiteral("state"), toString(run.state)},
        {QStringLiteral("incident_id"), orNull(run.incidentId)},
        {QStringLiteral("analysis"), orNull(run.analysis)},
        {QStringLiteral("hypotheses"), orNull(run.hypotheses)},
        {QStringLiteral("actions"), orNull(run.actions)},
        {QStringLiteral("due_ms"), orNull(toMilliseconds(run.due))},
        {QStringLiteral("sent_ms"), orNull(toMilliseconds(run.sent))},
        {QStringLiteral("late_ms"), orNull(toMilliseconds(run.late()))},
        {QStringLiteral("waited_ms"), orNull(toMilliseconds(run.waited()))},
        {QStringLiteral("latency_ms"), orNull(toMilliseconds(run.latency))},
        {QStringLiteral("attempts"), run.attempts},
        {QStringLiteral("error"), orNull(run.error)},
    };
}

QJsonObject summaryOf(const RunRecord &record)
{
    QJsonArray incidents;
    for (const IncidentRun &run : record.incidents()) {
        incidents.append(summaryOf(run));
    }
    return {
        {QStringLiteral("timeline"), record.timelineName()},
        {QStringLiteral("run_id"), record.runId()},
        {QStringLiteral("target"), record.target()},
        {QStringLiteral("started_at"), isoTime(record.startedAt())},
        {QStringLiteral("finished_at"),
         record.finishedAt().isValid() ? QJsonValue(isoTime(record.finishedAt())) : QJsonValue()},
        {QStringLiteral("execution_seconds"), std::round(toMilliseconds(record.played())) / 1000},
        {QStringLiteral("created"), record.count(IncidentState::Created)},
        {QStringLiteral("failed"), record.count(IncidentState::Failed)},
        {QStringLiteral("skipped"), record.count(IncidentState::Skipped)},
        {QStringLiteral("uncertain"), record.count(IncidentState::Uncertain)},
        {QStringLiteral("analysis_failed"), record.analysisFailed()},
        {QStringLiteral("digest"), QString::fromLatin1(record.digest())},
        {QStringLiteral("incidents"), incidents},
    };
}
