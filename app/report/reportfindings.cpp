// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/reportfindings.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/report/presenterlog.h"
#include "app/run/runwords.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace {

struct FindingWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportFindings)
};

/** What others said may end in the middle of a line; here another sentence follows. */
QString sentence(const QString &text)
{
    const QString line = text.trimmed();
    return line.isEmpty() || QStringLiteral(".!?…").contains(line.back()) ? line : line + u'.';
}

/** What to do about it; the reason itself stands in the error. */
QString adviceFor(const ReportIncident &incident)
{
    if (incident.attempts.isEmpty()) {
        return FindingWords::tr("Fix what it names, then play it again.");
    }
    switch (incident.attempts.last().httpStatus) {
    case 0:
        return FindingWords::tr("Check the target's address and the network, then send it again.");
    case 401:
    case 403:
        return FindingWords::tr(
            "Give the target's key, check it before the show, then send it again.");
    case 404:
    case 405:
        return FindingWords::tr(
            "Compare the scenario with those of the target, and the address with "
            ".../api/v1.");
    case 422:
        return FindingWords::tr(
            "Correct the incident in the timeline; the check finds what is missing.");
    case 429:
        return FindingWords::tr(
            "Leave more time between the incidents, or raise the target's limit.");
    case 503:
        return FindingWords::tr(
            "Run the target in development mode, or send the prompt without metrics, then send "
            "it again.");
    default:
        return FindingWords::tr("Look into the target's log at that time, then send it again.");
    }
}

QString headingOf(const ReportIncident &incident, const QString &what)
{
    return FindingWords::tr("#%1 %2: %3").arg(incident.number()).arg(incident.run.title, what);
}

QString atClock(const ReportIncident &incident, const RunReport &report, const QString &state)
{
    return incident.sentAt.isValid()
               ? FindingWords::tr("%1 at %2")
                     .arg(state, reportClock(incident.sentAt, report.startedAt))
               : state;
}

/** Empty where no sending of an incident that is certain by now may have come to be besides. */
QString earlierOne(const ReportIncident &incident)
{
    const bool mayExist = std::any_of(
        incident.attempts.begin(), incident.attempts.end(),
        [](const RunAttempt &attempt) { return attempt.outcome == IncidentState::Uncertain; });
    return mayExist
               ? FindingWords::tr("An earlier sending of it was uncertain, so another incident "
                                  "may exist on the target.")
               : QString();
}

ReportFinding failureOf(const ReportIncident &incident, const RunReport &report)
{
    ReportFinding finding;
    finding.index = incident.run.index;
    finding.mark = IncidentState::Failed;
    finding.heading = headingOf(incident, atClock(incident, report, FindingWords::tr("failed")));
    finding.what = sentence(incident.run.error);
    // It is said in bold behind this.
    const QString end =
        QCoreApplication::translate("AirraApi", "%1 No incident was created.").arg(QString());
    if (finding.what.endsWith(end)) {
        finding.what.chop(end.size());
    }
    if (incident.attempts.size() > 1) {
        finding.what +=
            u' ' + FindingWords::tr("It was tried %1 times.").arg(incident.attempts.size());
    }
    const QString earlier = earlierOne(incident);
    finding.existence = earlier.isEmpty() ? FindingWords::tr("Nothing was created.") : earlier;
    finding.advice = adviceFor(incident);
    return finding;
}

ReportFinding uncertaintyOf(const ReportIncident &incident, const RunReport &report)
{
    ReportFinding finding;
    finding.index = incident.run.index;
    finding.mark = IncidentState::Uncertain;
    finding.heading = headingOf(incident, atClock(incident, report, FindingWords::tr("uncertain")));
    finding.what = sentence(incident.run.error);
    finding.existence =
        FindingWords::tr("An incident may exist on the target; it was looked for and not "
                         "found, and never sent again.");
    QStringList advice{
        report.target == u"sandbox"
            ? FindingWords::tr("The sandbox of this run ended with it, so this cannot be settled.")
            : FindingWords::tr("Look again before it is sent again by hand: with the button of the "
                               "report in the window, or with “timeline-orchestrator-cli settle "
                               "%1”.")
                  .arg(report.runId)};
    if (!incident.token.isEmpty()) {
        advice.append(FindingWords::tr("It bears the token %1.").arg(incident.token));
    }
    if (!incident.searchLink.isEmpty()) {
        finding.link = incident.searchLink;
    } else if (!incident.searchApi.isEmpty()) {
        advice.append(FindingWords::tr("The target is searched with %1").arg(incident.searchApi));
    }
    finding.advice = advice.join(u' ');
    return finding;
}

/** Refused at first, created in the end. */
ReportFinding retryOf(const ReportIncident &incident, const RunReport &report)
{
    const RunAttempt &first = incident.attempts.first();
    const RunAttempt &last = incident.attempts.last();
    ReportFinding finding;
    finding.index = incident.run.index;
    finding.mark = IncidentState::Waiting;
    finding.heading = headingOf(
        incident, FindingWords::tr("sent again after %1").arg(lengthText(last.at - first.at)));
    finding.what = FindingWords::tr("%1: %2").arg(
        reportClock(first.wall.toLocalTime(), report.startedAt), sentence(first.error));
    finding.existence = FindingWords::tr("Created on the %1 try.").arg(ordinalText(last.number));
    if (const QString earlier = earlierOne(incident); !earlier.isEmpty()) {
        finding.existence += u' ' + earlier;
    }
    if (first.httpStatus == 429) {
        finding.advice =
            FindingWords::tr("The limit counts everything that comes from this address. Leave "
                             "more time between the incidents, or raise it.");
    }
    return finding;
}

ReportFinding analysisOf(const ReportIncident &incident)
{
    ReportFinding finding;
    finding.index = incident.run.index;
    finding.mark = IncidentState::Waiting;
    finding.heading = headingOf(incident, FindingWords::tr("no analysis"));
    finding.what = sentence(incident.run.error);
    finding.existence = FindingWords::tr("The incident exists.");
    finding.advice =
        FindingWords::tr("Check the language model of the target; its log has the reason.");
    return finding;
}

ReportFinding lateFinding(const ReportIncident &incident)
{
    const RunAttempt &last = incident.attempts.last();
    ReportFinding finding;
    finding.index = incident.run.index;
    finding.mark = IncidentState::Waiting;
    finding.heading = headingOf(incident, FindingWords::tr("found later"));
    finding.what = sentence(last.error);
    finding.existence = FindingWords::tr("It was found on the target; it was not sent twice.");
    return finding;
}

/** Those whose skipping stands in the presenter's log. */
QSet<int> toldByTheLog(const RunReport &report)
{
    QSet<int> told;
    for (const Intervention &event : report.events) {
        told.unite(QSet<int>(event.skipped.begin(), event.skipped.end()));
    }
    return told;
}

} // namespace

QList<ReportFinding> findingsOf(const RunReport &report)
{
    QList<ReportFinding> findings;
    for (const ReportIncident &incident : report.incidents) {
        const IncidentRun &run = incident.run;
        if (run.state == IncidentState::Failed) {
            findings.append(failureOf(incident, report));
        } else if (run.state == IncidentState::Uncertain) {
            findings.append(uncertaintyOf(incident, report));
        } else if (run.state == IncidentState::Created) {
            if (incident.attempts.size() > 1) {
                findings.append(retryOf(incident, report));
            }
            if (!incident.attempts.isEmpty() && incident.attempts.last().wasReconciled) {
                findings.append(lateFinding(incident));
            }
            if (run.analysis == u"failed") {
                findings.append(analysisOf(incident));
            }
        }
    }
    const auto weight = [](const ReportFinding &finding) {
        return finding.mark == IncidentState::Failed      ? 0
               : finding.mark == IncidentState::Uncertain ? 1
                                                          : 2;
    };
    std::stable_sort(
        findings.begin(), findings.end(),
        [&](const ReportFinding &a, const ReportFinding &b) { return weight(a) < weight(b); });
    return findings;
}

QStringList notesOf(const RunReport &report, const RunHistory &history)
{
    QStringList notes;
    const QSet<int> told = toldByTheLog(report);
    for (const ReportIncident &incident : report.incidents) {
        const IncidentRun &run = incident.run;
        if (run.state == IncidentState::Skipped && !told.contains(run.index)) {
            notes.append(
                (run.attempts > 0
                     ? FindingWords::tr("#%1 was sent and turned away, and not sent again. %2")
                     : FindingWords::tr("#%1 was not sent. %2"))
                    .arg(incident.number())
                    .arg(run.error));
        }
        if (incident.storedDiffers()) {
            notes.append(
                FindingWords::tr("#%1 is declared %2; the target stored %3, by its largest "
                                 "deviation.")
                    .arg(incident.number())
                    .arg(severityName(run.severity).toLower(),
                         severityName(*incident.storedSeverity).toLower()));
        }
    }
    for (const RunHistory::Remark &remark : history.remarks()) {
        notes.append(FindingWords::tr("#%1 %2").arg(remark.index + 1).arg(remark.sentence));
    }
    if (report.tokens > 0) {
        notes.append(FindingWords::tr("Scenarios made by \"%1\" took %2 tokens.")
                         .arg(report.generator, QString::number(report.tokens)));
    }
    return notes;
}
