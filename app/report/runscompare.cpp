// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/runscompare.h"

#include <algorithm>
#include <map>

namespace {

QString keyOf(const IncidentRun &run)
{
    if (run.type == IncidentType::Predefined && !run.scenarioId.isEmpty()) {
        return run.scenarioId;
    }
    return run.scenario && !run.scenario->rootCause.isEmpty() ? run.scenario->rootCause : run.title;
}

} // namespace

RunsComparison compareRuns(const QList<RunReport> &runs)
{
    RunsComparison comparison;
    comparison.runs = runs;
    QStringList order;
    std::map<QString, std::vector<QList<IncidentScore>>> scores; // by key, then by run
    QHash<QString, ScenarioComparison> rows;
    QList<IncidentScore> all;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        for (const ReportIncident &incident : runs[i].incidents) {
            const QString key = keyOf(incident.run);
            ScenarioComparison &row = rows[key];
            if (row.key.isEmpty()) {
                row.key = key;
                row.name = incident.run.title;
                order.append(key);
                scores[key].resize(size_t(runs.size()));
            }
            row.sent += incident.attempts.isEmpty() ? 0 : 1;
            row.created += incident.run.state == IncidentState::Created ? 1 : 0;
            scores[key][size_t(i)].append(incident.score);
            all.append(incident.score);
        }
    }
    for (const QString &key : std::as_const(order)) {
        ScenarioComparison row = rows.value(key);
        QList<IncidentScore> together;
        for (const QList<IncidentScore> &ofRun : scores[key]) {
            together += ofRun;
            row.byRun.append(ofRun.isEmpty() ? std::nullopt
                                             : std::optional<ScoreTotals>(totalsOf(ofRun)));
        }
        row.score = totalsOf(together);
        comparison.scenarios.append(row);
    }
    comparison.score = totalsOf(all);
    return comparison;
}
