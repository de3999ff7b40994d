// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/jsonvalues.h"
#include "app/report/reportwriters.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace {

QJsonValue isoOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject matchJson(const ExpectedMatch &match)
{
    return {{QStringLiteral("expected"), match.expected},
            {QStringLiteral("found"), match.isFound},
            {QStringLiteral("id"), orNull(match.id)},
            {QStringLiteral("text"), orNull(match.text)},
            {QStringLiteral("basis"), toString(match.basis)}};
}

QJsonObject scoreJson(const ScoreTotals &score)
{
    return {{QStringLiteral("scored"), score.scored},
            {QStringLiteral("causes"), score.causes},
            {QStringLiteral("first"), score.first},
            {QStringLiteral("among_three"), score.amongThree},
            {QStringLiteral("later"), score.later},
            {QStringLiteral("not_found"), score.missed},
            {QStringLiteral("actions_expected"), score.actionsExpected},
            {QStringLiteral("actions_found"), score.actionsFound},
            {QStringLiteral("actions_superfluous"), score.superfluous},
            {QStringLiteral("median_answer_ms"), orNull(toMilliseconds(score.medianAnswer))}};
}

QJsonValue scoreJson(const IncidentScore &score)
{
    if (!score.isScored()) {
        return QJsonObject{{QStringLiteral("unscored"), score.unscored}};
    }
    QJsonArray actions;
    for (const ExpectedMatch &match : score.actions) {
        actions.append(matchJson(match));
    }
    QJsonArray superfluous;
    for (const ResponderAction &action : score.superfluous) {
        superfluous.append(QJsonObject{{QStringLiteral("id"), action.id},
                                       {QStringLiteral("action_type"), action.type},
                                       {QStringLiteral("name"), action.name}});
    }
    QJsonObject json{{QStringLiteral("actions"), actions},
                     {QStringLiteral("superfluous"), superfluous},
                     {QStringLiteral("answer_ms"), orNull(toMilliseconds(score.answer))}};
    if (score.cause) {
        QJsonObject cause = matchJson(*score.cause);
        cause.insert(QStringLiteral("rank"),
                     score.rank > 0 ? QJsonValue(score.rank) : QJsonValue());
        cause.insert(QStringLiteral("how"), toString(score.found));
        json.insert(QStringLiteral("cause"), cause);
    }
    return json;
}

QJsonObject incidentJson(QJsonObject json, const ReportIncident &incident)
{
    const IncidentRun &run = incident.run;
    QJsonArray attempts;
    for (const RunAttempt &attempt : incident.attempts) {
        attempts.append(QJsonObject{
            {QStringLiteral("attempt"), attempt.number},
            {QStringLiteral("at_ms"), orNull(std::optional(toMilliseconds(attempt.at)))},
            {QStringLiteral("at"), isoOrNull(attempt.wall)},
            {QStringLiteral("outcome"), toString(attempt.outcome)},
            {QStringLiteral("answered_ms"), orNull(toMilliseconds(attempt.answered))},
            {QStringLiteral("http_status"),
             attempt.httpStatus > 0 ? QJsonValue(attempt.httpStatus) : QJsonValue()},
            {QStringLiteral("error"), orNull(attempt.error)}});
    }
    json.insert(QStringLiteral("title"), run.title);
    json.insert(QStringLiteral("severity"), toString(run.severity));
    json.insert(QStringLiteral("stored_severity"),
                incident.storedSeverity ? QJsonValue(toString(*incident.storedSeverity))
                                        : QJsonValue());
    json.insert(QStringLiteral("outcome"), incident.outcome);
    json.insert(QStringLiteral("sent_at"), isoOrNull(incident.sentAt));
    json.insert(QStringLiteral("planned_at"), isoOrNull(incident.plannedAt));
    json.insert(QStringLiteral("sent_position_ms"), orNull(toMilliseconds(incident.sentPosition)));
    json.insert(QStringLiteral("latency_ms"), orNull(toMilliseconds(incident.latency)));
    json.insert(QStringLiteral("waited_ms"), orNull(toMilliseconds(incident.waited)));
    json.insert(QStringLiteral("fired_by_hand"), incident.wasFiredByHand());
    json.insert(QStringLiteral("link"), orNull(incident.link));
    json.insert(QStringLiteral("token"), orNull(incident.token));
    json.insert(QStringLiteral("status"), orNull(incident.status));
    json.insert(QStringLiteral("attempt_list"), attempts);
    json.insert(QStringLiteral("score"), scoreJson(incident.score));
    return json;
}

QJsonArray logJson(const RunReport &report)
{
    QJsonArray log;
    for (const PresenterLine &line : report.log) {
        log.append(QJsonObject{
            {QStringLiteral("at"), isoOrNull(line.at)},
            {QStringLiteral("position_ms"), orNull(std::optional(toMilliseconds(line.position)))},
            {QStringLiteral("index"), line.index >= 0 ? QJsonValue(line.index) : QJsonValue()},
            {QStringLiteral("text"), line.text}});
    }
    return log;
}

QJsonArray findingsJson(const RunReport &report)
{
    QJsonArray findings;
    for (const ReportFinding &finding : report.findings) {
        findings.append(QJsonObject{{QStringLiteral("index"), finding.index},
                                    {QStringLiteral("kind"), toString(finding.mark)},
                                    {QStringLiteral("heading"), finding.heading},
                                    {QStringLiteral("what"), finding.what},
                                    {QStringLiteral("existence"), finding.existence},
                                    {QStringLiteral("advice"), orNull(finding.advice)},
                                    {QStringLiteral("link"), orNull(finding.link)}});
    }
    return findings;
}

} // namespace

QJsonObject reportJson(const RunReport &report)
{
    QJsonObject json = report.summary;
    const QJsonArray summaries = json.value(u"incidents").toArray();
    QJsonArray incidents;
    for (qsizetype i = 0; i < report.incidents.size(); ++i) {
        incidents.append(incidentJson(summaries.at(i).toObject(), report.incidents[i]));
    }
    const ReportTotals &totals = report.totals;
    json.insert(QStringLiteral("incidents"), incidents);
    json.insert(QStringLiteral("name"), orNull(report.runName));
    json.insert(QStringLiteral("timeline_path"), orNull(report.timelinePath));
    json.insert(QStringLiteral("speed"), report.speed);
    json.insert(QStringLiteral("complete"), report.isComplete);
    json.insert(QStringLiteral("completeness"), report.completeness);
    json.insert(QStringLiteral("planned"), totals.planned);
    json.insert(QStringLiteral("open"), totals.unsent);
    json.insert(QStringLiteral("hypotheses"), orNull(totals.hypotheses));
    json.insert(QStringLiteral("actions"), orNull(totals.actions));
    json.insert(QStringLiteral("median_latency_ms"), orNull(toMilliseconds(totals.medianLatency)));
    json.insert(QStringLiteral("median_late_ms"), orNull(toMilliseconds(totals.medianLate)));
    json.insert(QStringLiteral("longest_wait_ms"), orNull(toMilliseconds(totals.longestWait)));
    json.insert(QStringLiteral("analysis_failed"), totals.analysisFailed);
    json.insert(QStringLiteral("headline"), report.headline());
    json.insert(QStringLiteral("tokens"), report.tokens);
    json.insert(QStringLiteral("findings"), findingsJson(report));
    json.insert(QStringLiteral("log"), logJson(report));
    json.insert(QStringLiteral("notes"), QJsonArray::fromStringList(report.notes));
    json.insert(QStringLiteral("score"), scoreJson(report.score));
    return json;
}

QJsonObject comparisonJson(const RunsComparison &comparison)
{
    QJsonArray runs;
    for (const RunReport &run : comparison.runs) {
        runs.append(reportJson(run));
    }
    QJsonArray scenarios;
    for (const ScenarioComparison &scenario : comparison.scenarios) {
        QJsonArray byRun;
        for (const std::optional<ScoreTotals> &score : scenario.byRun) {
            byRun.append(score ? QJsonValue(scoreJson(*score)) : QJsonValue());
        }
        scenarios.append(QJsonObject{{QStringLiteral("scenario"), scenario.key},
                                     {QStringLiteral("name"), scenario.name},
                                     {QStringLiteral("sent"), scenario.sent},
                                     {QStringLiteral("created"), scenario.created},
                                     {QStringLiteral("score"), scoreJson(scenario.score)},
                                     {QStringLiteral("by_run"), byRun}});
    }
    return {{QStringLiteral("runs"), runs},
            {QStringLiteral("scenarios"), scenarios},
            {QStringLiteral("score"), scoreJson(comparison.score)}};
}

QByteArray reportText(const RunReport &report, ReportFormat format)
{
    switch (format) {
    case ReportFormat::Html:
        return reportHtml(report);
    case ReportFormat::Markdown:
        return reportMarkdown(report);
    case ReportFormat::Csv:
        return reportCsv(report);
    case ReportFormat::Json:
        return QJsonDocument(reportJson(report)).toJson();
    case ReportFormat::Pdf:
        break;
    }
    return {};
}
