// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"
#include "app/base/tabletext.h"
#include "app/base/timetext.h"
#include "app/report/reportwriters.h"
#include "app/run/runwords.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <array>
#include <cmath>

namespace {

constexpr std::array FormatNames{"html", "md", "csv", "json", "pdf"};

struct TableWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportTables)
};

QString row(const QStringList &cells)
{
    return u"| " + cells.join(QLatin1String(" | ")) + u" |\n";
}

/** "---:" for the columns whose title begins with '>'. */
QString heads(const QStringList &titles)
{
    QStringList shown;
    QStringList rules;
    for (const QString &title : titles) {
        const bool isNumber = title.startsWith(u'>');
        shown.append(isNumber ? title.mid(1) : title);
        rules.append(isNumber ? QStringLiteral("---:") : QStringLiteral("---"));
    }
    return row(shown) + row(rules);
}

QString heading(const QString &text)
{
    return u"\n## " + text + u"\n\n";
}

QString idCell(const ReportIncident &incident)
{
    const QString id = incident.run.incidentId;
    if (id.isEmpty()) {
        return QStringLiteral("–");
    }
    return incident.link.isEmpty() ? markdownText(id)
                                   : u'[' + markdownText(id) + u"](<" + incident.link + u">)";
}

QString incidentTable(const RunReport &report)
{
    QString text =
        heads({TableWords::tr(">#"), TableWords::tr("Outcome"), TableWords::tr(">Planned"),
               TableWords::tr(">Sent"), TableWords::tr("Severity"), TableWords::tr("Incident"),
               TableWords::tr("Service"), TableWords::tr("Id"), TableWords::tr(">Hypotheses"),
               TableWords::tr(">Actions"), TableWords::tr(">Latency"), TableWords::tr(">Late"),
               TableWords::tr(">Waited")});
    for (const ReportIncident &incident : report.incidents) {
        const IncidentRun &run = incident.run;
        text += row({QString::number(incident.number()), markdownText(incident.outcome),
                     momentText(TimelinePosition(run.delay), incident.plannedAt, report.startedAt),
                     momentText(incident.sentPosition, incident.sentAt, report.startedAt),
                     severityName(run.severity), markdownText(run.title), markdownText(run.service),
                     idCell(incident), orDash(run.hypotheses), orDash(run.actions),
                     orDash(incident.latency), orDash(run.late()), orDash(incident.waited)});
    }
    return text;
}

QString scoreTable(const RunReport &report)
{
    QString text =
        heads({TableWords::tr(">#"), TableWords::tr("Expected cause"), TableWords::tr("Cause"),
               TableWords::tr("How"), TableWords::tr("Actions found"), TableWords::tr("Missed"),
               TableWords::tr("Unneeded"), TableWords::tr(">Answer")});
    for (const ReportIncident &incident : report.incidents) {
        const IncidentScore &score = incident.score;
        const QString number = QString::number(incident.number());
        if (!score.isScored()) {
            text += row({number, markdownText(score.unscored), {}, {}, {}, {}, {}, {}});
            continue;
        }
        QStringList found;
        QStringList missed;
        QStringList superfluous;
        for (const ExpectedMatch &match : score.actions) {
            const QString hand =
                match.basis == MatchBasis::Hand ? u' ' + TableWords::tr("(by hand)") : QString();
            (match.isFound ? found : missed)
                .append(markdownText(readableName(match.expected)) + hand);
        }
        for (const ResponderAction &action : score.superfluous) {
            superfluous.append(markdownText(readableName(action.name)));
        }
        text += row({number,
                     score.cause ? markdownText(readableName(score.cause->expected)) : QString(),
                     foundText(score), score.cause ? matchSentence(score.cause->basis) : QString(),
                     found.join(QLatin1String(", ")), missed.join(QLatin1String(", ")),
                     superfluous.join(QLatin1String(", ")), orDash(score.answer)});
    }
    return text;
}

QString isoOrEmpty(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QString expectedList(const QList<ExpectedMatch> &matches, bool isFound)
{
    QStringList names;
    for (const ExpectedMatch &match : matches) {
        if (match.isFound == isFound) {
            names.append(match.expected);
        }
    }
    return names.join(u' ');
}

} // namespace

QString toString(ReportFormat format)
{
    return QLatin1String(FormatNames[size_t(format)]);
}

std::optional<ReportFormat> reportFormatFromString(const QString &text)
{
    for (size_t i = 0; i < FormatNames.size(); ++i) {
        if (text.toLower() == QLatin1String(FormatNames[i])) {
            return ReportFormat(i);
        }
    }
    return std::nullopt;
}

QByteArray reportMarkdown(const RunReport &report)
{
    QString text =
        u"# " +
        TableWords::tr("%1: run report")
            .arg(markdownText(report.timeline.isEmpty() ? TableWords::tr("Untitled timeline")
                                                        : report.timeline)) +
        u"\n\n";
    if (!report.runName.isEmpty()) {
        text += u"**" + markdownText(report.runName) + u"**\n\n";
    }
    const QString begun = reportClock(report.startedAt, report.startedAt);
    text += u"- " + QLocale().toString(report.startedAt.date(), QStringLiteral("d MMMM yyyy, ")) +
            (report.finishedAt.isValid()
                 ? TableWords::tr("%1 to %2")
                       .arg(begun, reportClock(report.finishedAt, report.startedAt))
                 : TableWords::tr("from %1").arg(begun)) +
            u' ' + report.startedAt.timeZoneAbbreviation() + u'\n';
    text += u"- " + TableWords::tr("Target: %1").arg(markdownText(report.target)) + u'\n';
    text += u"- " + TableWords::tr("Speed: %1").arg(speedText(report.speed)) + u'\n';
    if (!report.timelinePath.isEmpty()) {
        text += u"- " +
                TableWords::tr("File: %1")
                    .arg(markdownText(QFileInfo(report.timelinePath).fileName())) +
                u'\n';
    }
    text += u"- " +
            TableWords::tr("Run: %1, %2").arg(markdownText(report.runId), report.completeness) +
            u'\n';
    text += u'\n' + markdownText(report.headline()) + u'\n';
    QStringList labels;
    QStringList values;
    const QList<ReportTotal> totals = report.topTotals();
    for (const ReportTotal &total : totals) {
        labels.append(u'>' + total.label);
        values.append(total.value);
    }
    text += u'\n' + heads(labels) + row(values);
    text += heading(TableWords::tr("Incidents")) + incidentTable(report);
    if (!report.findings.isEmpty() || !report.notes.isEmpty()) {
        text += heading(TableWords::tr("What went wrong, and why"));
        for (const ReportFinding &finding : report.findings) {
            text += u"- **" + markdownText(finding.heading) + u"** " + markdownText(finding.what) +
                    u" **" + markdownText(finding.existence) + u"** " +
                    markdownText(finding.advice) +
                    (finding.link.isEmpty() ? QString()
                                            : u" [" + TableWords::tr("Search the target for it") +
                                                  u"](<" + finding.link + u">)") +
                    u'\n';
        }
        for (const QString &note : report.notes) {
            text += u"- " + markdownText(note) + u'\n';
        }
    }
    if (!report.log.isEmpty()) {
        text += heading(TableWords::tr("Presenter's log")) +
                heads({TableWords::tr(">T+"), TableWords::tr(">Clock"), TableWords::tr("Event")});
        for (const PresenterLine &line : report.log) {
            text += row({positionText(line.position), reportClock(line.at, report.startedAt),
                         markdownText(line.text)});
        }
    }
    text += heading(TableWords::tr("What the responder found"));
    const QString sentence = report.scoreSentence();
    text += (sentence.isEmpty() ? TableWords::tr("No incident could be scored.") : sentence) +
            u"\n\n" + scoreTable(report);
    return text.toUtf8();
}

QByteArray reportCsv(const RunReport &report)
{
    QString text = QStringLiteral(
        "number,id,title,service_name,type,scenario_id,severity,stored_severity,state,outcome,"
        "planned_seconds,due_ms,sent_ms,sent_at,late_ms,latency_ms,attempts,incident_id,link,"
        "analysis,hypotheses,actions,expected_cause,cause_rank,cause_basis,actions_found,"
        "actions_missed,actions_superfluous,answer_ms,error,planned_at,sent_seconds,waited_ms,"
        "fired_by_hand\r\n");
    for (const ReportIncident &incident : report.incidents) {
        const IncidentRun &run = incident.run;
        const IncidentScore &score = incident.score;
        const bool hasCause = score.cause.has_value();
        QStringList superfluous;
        for (const ResponderAction &action : score.superfluous) {
            superfluous.append(action.type.isEmpty() ? action.name : action.type);
        }
        text += csvRow(
            {incident.number(),
             run.id,
             run.title,
             run.service,
             toString(run.type),
             run.scenarioId,
             toString(run.severity),
             incident.storedSeverity ? toString(*incident.storedSeverity) : QString(),
             toString(run.state),
             incident.outcome,
             double(run.delay.count()) / 1000,
             toMilliseconds(run.due),
             toMilliseconds(run.sent),
             isoOrEmpty(incident.sentAt),
             toMilliseconds(run.late()),
             toMilliseconds(incident.latency),
             run.attempts,
             run.incidentId,
             incident.link,
             run.analysis,
             run.hypotheses,
             run.actions,
             run.scenario ? run.scenario->rootCause : QString(),
             hasCause && score.rank > 0 ? std::optional<int>(score.rank) : std::nullopt,
             hasCause ? toString(score.cause->basis) : QString(),
             expectedList(score.actions, true),
             expectedList(score.actions, false),
             superfluous.join(u' '),
             toMilliseconds(score.answer),
             run.error,
             isoOrEmpty(incident.plannedAt),
             incident.sentPosition
                 ? std::optional<double>(std::round(toMilliseconds(*incident.sentPosition)) / 1000)
                 : std::nullopt,
             toMilliseconds(incident.waited),
             incident.wasFiredByHand() ? QStringLiteral("true") : QStringLiteral("false")});
    }
    return text.toUtf8();
}
