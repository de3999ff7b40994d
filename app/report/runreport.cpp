// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/runreport.h"

#include "app/base/clock.h"
#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/journal/runjournal.h"
#include "app/report/presenterlog.h"
#include "app/report/reportfindings.h"
#include "app/run/runeventcodec.h"
#include "app/run/runsummary.h"
#include "app/run/runwords.h"
#include "app/runs/runstore.h"
#include "app/settings/incidentaddress.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr QChar Dash(0x2013);

struct ReportWords
{
    Q_DECLARE_TR_FUNCTIONS(RunReport)
};

QString outcomeOf(const IncidentRun &run, const QList<RunAttempt> &attempts)
{
    const int tries = int(attempts.size());
    const QString state = !attempts.isEmpty() && attempts.first().early
                              ? ReportWords::tr("%1, fired by hand").arg(stateName(run.state))
                              : stateName(run.state);
    if (!attempts.isEmpty() && attempts.last().wasReconciled) {
        return ReportWords::tr("%1, found later").arg(state);
    }
    if (tries > 1 && run.state == IncidentState::Created) {
        return ReportWords::tr("%1, %2 try").arg(state, ordinalText(tries));
    }
    if (tries > 1) {
        return ReportWords::tr("%1, %2 tries").arg(state).arg(tries);
    }
    if (run.state == IncidentState::Created && run.analysis == u"failed") {
        return ReportWords::tr("%1, no analysis").arg(state);
    }
    return run.sends || run.state != IncidentState::Skipped ? state : ReportWords::tr("Not sent");
}

QString linkOf(const IncidentRun &run, const QString &target, const QString &address)
{
    return target == u"sandbox"
               ? QString()
               : IncidentAddress::page(address, run.incidentId).toString(QUrl::FullyEncoded);
}

ReportIncident incidentOf(const IncidentRun &run, const RunHistory &history,
                          const RunRecord &record, const ReportOptions &options)
{
    ReportIncident incident;
    incident.run = run;
    incident.attempts = history.attempts(run.index);
    incident.outcome = outcomeOf(run, incident.attempts);
    if (!incident.attempts.isEmpty()) {
        const RunAttempt &last = incident.attempts.last();
        incident.start = last.at;
        incident.sentAt = last.wall.toLocalTime();
        incident.sentPosition = last.position;
        incident.latency = last.wasAnswered() ? run.latency : std::nullopt;
    }
    if (const auto waited = run.waited(); waited > Duration(0)) {
        incident.waited = waited;
    }
    incident.plannedAt =
        record.startedAt()
            .addMSecs(std::llround(double(run.delay.count()) / history.plannedSpeed()))
            .toLocalTime();
    const RunHistory::Trace trace = history.trace(run.index);
    incident.token = trace.token;
    if (trace.isSearchable && record.target() != u"sandbox") {
        incident.searchLink =
            IncidentAddress::searchPage(options.incidentPage, trace.token).toString();
        incident.searchApi = record.target() + QStringLiteral("/incidents?search=") +
                             QString::fromLatin1(QUrl::toPercentEncoding(trace.token));
    }
    incident.storedSeverity = severityFromString(run.incident.value(u"severity").toString());
    incident.status = run.incident.value(u"status").toString();
    incident.hypotheses = hypothesesOf(run.incident);
    incident.actions = actionsOf(run.incident);
    incident.link = linkOf(run, record.target(), options.incidentPage);
    incident.score = scoreOf(run, history.settled());
    return incident;
}

ReportTotals totalsOf(const QList<ReportIncident> &incidents)
{
    ReportTotals totals;
    QList<Duration> latencies;
    QList<Duration> late;
    const auto add = [](std::optional<int> &sum, const std::optional<int> &number) {
        if (number) {
            sum = sum.value_or(0) + *number;
        }
    };
    for (const ReportIncident &incident : incidents) {
        const IncidentRun &run = incident.run;
        ++totals.planned;
        switch (run.state) {
        case IncidentState::Created:
            ++totals.created;
            totals.analysisFailed += run.isAnalysisFailed() ? 1 : 0;
            break;
        case IncidentState::Failed:
            ++totals.failed;
            break;
        case IncidentState::Skipped:
            ++totals.skipped;
            break;
        case IncidentState::Uncertain:
            ++totals.uncertain;
            break;
        default:
            ++totals.unsent;
        }
        add(totals.hypotheses, run.hypotheses);
        add(totals.actions, run.actions);
        if (run.state == IncidentState::Created && incident.latency) {
            latencies.append(*incident.latency);
        }
        if (incident.waited) {
            ++totals.waited;
            totals.longestWait =
                std::max(totals.longestWait.value_or(Duration(0)), *incident.waited);
        }
        totals.firedByHand += incident.wasFiredByHand() ? 1 : 0;
        if (const auto by = run.late()) {
            late.append(*by);
        }
    }
    totals.medianLatency = medianOf(latencies);
    totals.medianLate = medianOf(late);
    return totals;
}

QString completenessOf(const RunReport &report)
{
    if (report.isComplete) {
        return report.state == RunState::Stopped
                   ? ReportWords::tr("stopped by hand, journal complete")
                   : ReportWords::tr("journal complete");
    }
    return report.totals.unsent > 0
               ? ReportWords::tr("still running or interrupted; %1 not sent or without an outcome")
                     .arg(report.totals.unsent)
               : ReportWords::tr("still running or interrupted; its end is not in the journal");
}

} // namespace

RunReport reportOf(const QList<RunEvent> &events, const ReportOptions &options)
{
    RunRecord record;
    RunHistory history;
    for (const RunEvent &event : events) {
        record.apply(event);
        history.apply(event);
    }
    RunReport report;
    report.runId = record.runId();
    report.runName = history.name();
    report.timeline = record.timelineName();
    report.timelinePath = record.timelinePath();
    report.target = record.target();
    report.generator = record.generator();
    const RunBegan *began = events.isEmpty() ? nullptr : events.first().as<RunBegan>();
    report.speed = began ? began->speed : 1;
    report.state = record.state();
    report.startedAt = record.startedAt().toLocalTime();
    report.finishedAt = record.finishedAt().toLocalTime();
    report.isComplete = record.finishedAt().isValid();
    report.summary = summaryOf(record);
    report.digest = record.digest();
    report.tokens = history.tokens();
    report.events = history.events();
    for (const IncidentRun &run : record.incidents()) {
        report.incidents.append(incidentOf(run, history, record, options));
    }
    report.totals = totalsOf(report.incidents);
    report.completeness = completenessOf(report);
    report.score = totalsOf(report.scores());
    report.findings = findingsOf(report);
    report.notes = notesOf(report, history);
    report.log = presenterLogOf(report);
    return report;
}

static RunReport reportOf(const RunJournal::Content &content, const QString &path,
                          const ReportOptions &options)
{
    RunReport report = reportOf(runEventsFrom(content.records), options);
    report.journal = path;
    report.damage = content.damage;
    if (!report.damage.isEmpty()) {
        report.completeness = ReportWords::tr("the journal is damaged, and records are missing");
    }
    return report;
}

Result<RunReport> readReport(const QString &path, const ReportOptions &options)
{
    const Result<RunJournal::Content> content = RunJournal::read(path);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    return reportOf(*content, path, options);
}

Result<RunReport> readLinkedReport(const QString &path)
{
    const Result<RunJournal::Content> content = RunJournal::read(path);
    if (!content) {
        return tl::make_unexpected(content.error());
    }
    const RunEvent first = runEventFromJson(content->records.value(0));
    const RunBegan *began = first.as<RunBegan>();
    const QString target = began ? began->target : QString();
    return reportOf(*content, path, {IncidentAddress::address(target)});
}

Result<void> keepMatch(const QString &path, const Judged &judged)
{
    return RunStore::append(path, judged);
}

QList<ReportTotal> RunReport::topTotals() const
{
    QString planned = ReportWords::tr("planned");
    if (totals.unsent > 0) {
        planned = ReportWords::tr("planned, %1 open").arg(totals.unsent);
    } else if (totals.skipped > 0) {
        planned = ReportWords::tr("planned, %1 skipped").arg(totals.skipped);
    }
    const QString created =
        totals.analysisFailed > 0
            ? ReportWords::tr("created, %1 not analyzed").arg(totals.analysisFailed)
            : ReportWords::tr("created");
    const auto marked = [](int count, IncidentState mark) {
        return count > 0 ? std::optional<IncidentState>(mark) : std::nullopt;
    };
    return {
        {QString::number(totals.planned), planned, {}},
        {QString::number(totals.created), created, marked(totals.created, IncidentState::Created)},
        {QString::number(totals.failed), ReportWords::tr("failed"),
         marked(totals.failed, IncidentState::Failed)},
        {QString::number(totals.uncertain), ReportWords::tr("uncertain"),
         marked(totals.uncertain, IncidentState::Uncertain)},
        {orDash(totals.hypotheses), ReportWords::tr("hypotheses"), {}},
        {orDash(totals.actions), ReportWords::tr("actions"), {}},
        {orDash(totals.medianLatency), ReportWords::tr("median latency"), {}},
        // That the first attempts were punctual hides what the others waited.
        totals.longestWait
            ? ReportTotal{latencyText(*totals.longestWait), ReportWords::tr("longest wait"), {}}
            : ReportTotal{orDash(totals.medianLate), ReportWords::tr("median late"), {}},
    };
}

QString RunReport::headline() const
{
    const int sendable = totals.planned - totals.skipped;
    QStringList came;
    const auto add = [&came](int count, const QString &one, const QString &many) {
        if (count > 0) {
            came.append(countedText(count, one, many));
        }
    };
    add(totals.failed, ReportWords::tr("1 failed"), ReportWords::tr("%1 failed"));
    add(totals.uncertain, ReportWords::tr("1 is uncertain"), ReportWords::tr("%1 are uncertain"));
    add(totals.unsent, ReportWords::tr("1 is open"), ReportWords::tr("%1 are open"));
    add(totals.skipped, ReportWords::tr("1 was skipped"), ReportWords::tr("%1 were skipped"));
    const QString created =
        totals.planned == 0 ? ReportWords::tr("There was no incident to send")
        : totals.created == totals.planned
            ? countedText(totals.planned, ReportWords::tr("The incident was created"),
                          ReportWords::tr("All %1 incidents were created"))
        : totals.created == sendable && sendable > 0
            ? countedText(sendable, ReportWords::tr("1 incident was sent and created"),
                          ReportWords::tr("%1 incidents were sent, and all were created"))
            : ReportWords::tr("%1 of %2 were created")
                  .arg(QString::number(totals.created),
                       countedText(totals.planned, ReportWords::tr("1 incident"),
                                   ReportWords::tr("%1 incidents")));
    came.prepend(created);
    QStringList sentences{came.join(QStringLiteral(", ")) + u'.'};
    if (totals.analysisFailed > 0) {
        sentences.append(countedText(
            totals.analysisFailed, ReportWords::tr("The target's analysis failed for 1 incident."),
            ReportWords::tr("The target's analysis failed for %1 incidents.")));
    }
    if (totals.longestWait) {
        const QString longest = latencyText(*totals.longestWait);
        sentences.append(totals.waited == 1
                             ? ReportWords::tr("1 waited %1 for the target.").arg(longest)
                             : ReportWords::tr("%1 waited for the target, the longest %2.")
                                   .arg(QString::number(totals.waited), longest));
    }
    if (totals.firedByHand > 0) {
        sentences.append(countedText(totals.firedByHand, ReportWords::tr("1 was fired by hand."),
                                     ReportWords::tr("%1 were fired by hand.")));
    }
    return sentences.join(u' ');
}

IncidentState RunReport::headlineMark() const
{
    return totals.failed > 0      ? IncidentState::Failed
           : totals.uncertain > 0 ? IncidentState::Uncertain
           : totals.unsent > 0 || totals.analysisFailed > 0 || totals.waited > 0
               ? IncidentState::Waiting
               : IncidentState::Created;
}

QList<IncidentScore> RunReport::scores() const
{
    QList<IncidentScore> scores;
    for (const ReportIncident &incident : incidents) {
        scores.append(incident.score);
    }
    return scores;
}

QString RunReport::scoreSentence() const
{
    if (score.scored == 0) {
        return {};
    }
    QStringList parts;
    if (score.causes > 0) {
        parts.append(
            ReportWords::tr("Cause found first in %1 of %2, among the first three in %3, later "
                            "in %4, not at all in %5.")
                .arg(score.first)
                .arg(score.causes)
                .arg(score.amongThree)
                .arg(score.later)
                .arg(score.missed));
    }
    parts.append(ReportWords::tr("%1 of %2 expected actions proposed, %3 unneeded.")
                     .arg(score.actionsFound)
                     .arg(score.actionsExpected)
                     .arg(score.superfluous));
    if (score.medianAnswer) {
        parts.append(ReportWords::tr("Median time to the answer: %1.")
                         .arg(latencyText(*score.medianAnswer)));
    }
    return parts.join(u' ');
}

QString reportClock(const QDateTime &time, const QDateTime &runStart)
{
    if (!time.isValid()) {
        return Dash;
    }
    const QString clock = time.time().toString(QStringLiteral("HH:mm:ss"));
    return time.date() == runStart.date()
               ? clock
               : QLocale().toString(time.date(), QStringLiteral("d MMM")) + u' ' + clock;
}

QString positionText(TimelinePosition position)
{
    return timeText(wholeMilliseconds(toMilliseconds(position)));
}

QString momentText(const std::optional<TimelinePosition> &position, const QDateTime &time,
                   const QDateTime &runStart)
{
    if (!position) {
        return Dash;
    }
    const QString place = positionText(*position);
    return time.isValid() ? ReportWords::tr("%1, %2", "position on the timeline, clock")
                                .arg(place, reportClock(time, runStart))
                          : place;
}

QString orDash(const std::optional<Duration> &length)
{
    return length ? latencyText(*length) : QString(Dash);
}

QString orDash(const std::optional<int> &number)
{
    return number ? QString::number(*number) : QString(Dash);
}

QString readableName(const QString &name)
{
    static const QRegularExpression snake(QStringLiteral("^[a-z0-9]+([_-][a-z0-9]+)*$"));
    if (!snake.match(name).hasMatch()) {
        return name;
    }
    static const QSet<QString> shortened{
        QStringLiteral("api"), QStringLiteral("cpu"), QStringLiteral("dns"), QStringLiteral("gc"),
        QStringLiteral("io"),  QStringLiteral("jvm"), QStringLiteral("oom"), QStringLiteral("tls")};
    static const QRegularExpression between(QStringLiteral("[_-]"));
    QStringList words = name.split(between);
    for (QString &word : words) {
        word = shortened.contains(word) ? word.toUpper() : word;
    }
    words.first()[0] = words.first()[0].toUpper();
    return words.join(u' ');
}

QString foundText(const IncidentScore &score)
{
    if (!score.cause) {
        return Dash;
    }
    return score.rank == 0   ? ReportWords::tr("not found")
           : score.rank == 1 ? ReportWords::tr("found first")
                             : ReportWords::tr("found %1").arg(ordinalText(score.rank));
}
