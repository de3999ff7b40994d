// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/reportfindings.h"

#include "app/base/clock.h"
#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/player/runwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace {

struct FindingWords
{
    Q_DECLARE_TR_FUNCTIONS(ReportFindings)
};

/** "7 s", "0.4 s", "2:05". */
QString lengthText(double milliseconds)
{
    if (milliseconds < 100) {
        return latencyText(milliseconds);
    }
    return milliseconds < 99500
               ? FindingWords::tr("%1 s").arg(QString::number(milliseconds / 1000, 'g', 2))
               : timeText(wholeMilliseconds(milliseconds));
}

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
        return FindingWords::tr("Mend what it names, then play it again.");
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
            "Start Prometheus, or run the target in demo mode, then send it again.");
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
    return mayExist ? FindingWords::tr("An earlier sending of it was uncertain; what came of "
                                       "that may exist on the target.")
                    : QString();
}

ReportFinding failureOf(const ReportIncident &incident, const RunReport &report)
{
    ReportFinding finding;
    finding.index = incident.run.index;
    finding.mark = IncidentState::Failed;
    finding.heading = headingOf(incident, atClock(incident, report, FindingWords::tr("failed")));
    finding.what = sentence(incident.run.error);
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
    finding.advice =
        FindingWords::tr("Search the target for its title before it is sent again by hand.");
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
        incident, FindingWords::tr("sent again after %1").arg(lengthText(last.atMs - first.atMs)));
    const QDateTime when = first.wall.isValid()
                               ? first.wall.toLocalTime()
                               : report.startedAt.addMSecs(std::llround(first.atMs));
    finding.what =
        FindingWords::tr("%1: %2").arg(reportClock(when, report.startedAt), sentence(first.error));
    finding.existence = FindingWords::tr("Created on the %1 try.").arg(ordinalText(last.number));
    if (const QString earlier = earlierOne(incident); !earlier.isEmpty()) {
        finding.existence += u' ' + earlier;
    }
    if (first.httpStatus == 429) {
        finding.advice =
            FindingWords::tr("The limit counts everything that comes from this address; the "
                             "check of the timeline tells such waits beforehand.");
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

QString eventNote(const RunEvent &event)
{
    const QString at = timeText(wholeMilliseconds(event.position));
    const QString why = event.why.isEmpty() ? QString() : u' ' + event.why;
    switch (event.kind) {
    case RunEvent::Kind::Hold:
        return event.toMs
                   ? FindingWords::tr("Held %1 for GO before #%2; counted from GO, not as late.")
                         .arg(lengthText(*event.toMs - event.fromMs))
                         .arg(event.index + 1)
                   : FindingWords::tr("Held before #%1; GO has not come.").arg(event.index + 1);
    case RunEvent::Kind::Pause:
        return (event.toMs
                    ? FindingWords::tr("Paused %1 at %2; what followed shifted by that, and is not "
                                       "counted as late.")
                          .arg(lengthText(*event.toMs - event.fromMs), at)
                    : FindingWords::tr("Paused at %1 and not taken up again.").arg(at)) +
               why;
    case RunEvent::Kind::Jump:
        return FindingWords::tr("Jumped from %1 to %2.")
                   .arg(timeText(wholeMilliseconds(event.positionBefore)), at) +
               why;
    case RunEvent::Kind::Speed:
        return FindingWords::tr("Speed set to %1 at %2.").arg(speedText(event.speed), at);
    case RunEvent::Kind::Stop:
        return FindingWords::tr("Stopped at %1.").arg(at) + why;
    case RunEvent::Kind::Resume:
        return FindingWords::tr("Taken up again at %1, %2 after the last that had been recorded.")
            .arg(at, lengthText(event.toMs.value_or(event.fromMs) - event.fromMs));
    case RunEvent::Kind::Network:
        return (event.toMs
                    ? FindingWords::tr("The target could not be reached for %1 from %2 on.")
                          .arg(lengthText(*event.toMs - event.fromMs), at)
                    : FindingWords::tr("The target could not be reached from %1 on.").arg(at)) +
               why;
    }
    return {};
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
    for (const RunEvent &event : report.events) {
        notes.append(eventNote(event));
    }
    for (const ReportIncident &incident : report.incidents) {
        const IncidentRun &run = incident.run;
        if (run.state == IncidentState::Skipped) {
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
