// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runhistory.h"

/** One incident as a report tells it. */
struct ReportIncident
{
    IncidentRun run;
    QList<RunAttempt> attempts;
    /** "Created, 2nd try". */
    QString outcome;
    /** Local time at which it was to be sent, had nothing shifted it; invalid if not known. */
    QDateTime plannedAt;
    /** Local time of the last attempt; invalid where there was none. */
    QDateTime sentAt;
    /** Where the timeline stood then. */
    std::optional<TimelinePosition> sentPosition;
    /** From the last attempt to the target's answer; nothing if it never answered that. */
    std::optional<Duration> latency;
    /** From its due to the last attempt, if that was not the first: limits, retries, outages. */
    std::optional<Duration> waited;
    /** How old the run was at the last attempt. */
    std::optional<RunAge> start;
    /** What the target made of the severity; nothing where it is not known. */
    std::optional<Severity> storedSeverity;
    /** Of its page; empty where it has none. */
    QString link;
    /** By which it is searched for on the target: a token, and where that is found. */
    QString token;
    QString searchLink; ///< a page; empty if the user has set none
    QString
        searchApi; ///< of the target's API, which wants the key; empty if a search finds nothing
    /** In the target's words: "pending_approval". */
    QString status;
    QList<Hypothesis> hypotheses;
    QList<ResponderAction> actions;
    IncidentScore score;

    /** From 1, in the order of the file: what a user calls "#3". */
    int number() const { return run.index + 1; }
    /** It was sent before its moment, since somebody fired it. */
    bool wasFiredByHand() const { return !attempts.isEmpty() && attempts.first().early; }
    bool storedDiffers() const { return storedSeverity && *storedSeverity != run.severity; }
};

/** Something that went wrong: what, whether there is an incident now, and what to do. */
struct ReportFinding
{
    int index = 0;
    /** Its mark: failed, uncertain, or waiting for what went well in the end. */
    IncidentState mark = IncidentState::Failed;
    QString heading;
    QString what;
    QString existence;
    QString advice;
    /** Where the target can be searched for it, if the user has set its pages; else empty. */
    QString link;
};

/** One line of the presenter's log. */
struct PresenterLine
{
    /** Local time; invalid if the journal does not say. */
    QDateTime at;
    /** Where the timeline stood. */
    TimelinePosition position;
    int index = -1; ///< of the incident that it is about; -1 for the run
    QString text;
};

/** What a run comes to. */
struct ReportTotals
{
    int planned = 0;
    int created = 0;
    int failed = 0;
    int skipped = 0;
    int uncertain = 0;
    /** Neither sent nor skipped: the run is not over, or was interrupted. */
    int unsent = 0;
    /** Created, though the target's analysis failed. */
    int analysisFailed = 0;
    /** Those that waited for the target, and the longest that one did. */
    int waited = 0;
    std::optional<Duration> longestWait;
    int firedByHand = 0;
    /** Nothing where no target said how many. */
    std::optional<int> hypotheses;
    std::optional<int> actions;
    std::optional<Duration> medianLatency;
    std::optional<Duration> medianLate;
};

/** One of the large numbers at the top. */
struct ReportTotal
{
    QString value;
    QString label;
    /** Created and failed, where there are any, have their mark and colour. */
    std::optional<IncidentState> mark;
};

/** A run as its journal tells it: everything that any form of a report says. */
struct RunReport
{
    QString journal; ///< its path, or empty
    QString runId;
    /** What the user calls the run; empty where it has no name. */
    QString runName;
    QString timeline;
    QString timelinePath;
    QString target;
    QString generator;
    double speed = 1;
    RunState state = RunState::Idle;
    /** Local times. */
    QDateTime startedAt;
    QDateTime finishedAt;
    QByteArray digest;
    qint64 tokens = 0;
    /** The journal has its end. */
    bool isComplete = false;
    /** "journal complete", or what is missing. */
    QString completeness;
    /** A sentence where the journal is not as a run wrote it; empty as a rule. */
    QString damage;

    ReportTotals totals;
    QList<ReportIncident> incidents; ///< in the order of the file
    QList<ReportFinding> findings;
    QStringList notes;
    QList<Intervention> events;
    QList<PresenterLine> log;
    ScoreTotals score;
    QJsonObject summary; ///< that of the command line

    QList<ReportTotal> topTotals() const;
    /** What the run came to, and what was not smooth, in one to three short sentences. */
    QString headline() const;
    /** The worst that the headline tells. */
    IncidentState headlineMark() const;
    /** "Cause found first in 3 of 5 …"; empty where nothing could be scored. */
    QString scoreSentence() const;
    QList<IncidentScore> scores() const;
};

struct ReportOptions
{
    /** With {id} in it; see IncidentAddress. Empty: no links. */
    QString incidentPage;
};

/** Returns the report of a run from the events of its journal, in their order. */
RunReport reportOf(const QList<RunEvent> &events, const ReportOptions &options = {});
/**
 * From a journal's file. Lines that cannot be believed are left out, and the report says so; a last
 * line that was cut off in the middle is what a crash leaves, and is passed over.
 */
Result<RunReport> readReport(const QString &path, const ReportOptions &options = {});
/** The same, with links to the pages that the user has set for the run's target. */
Result<RunReport> readLinkedReport(const QString &path);

/** Keeps in the journal how the user settled a match; the run must be over. */
Result<void> keepMatch(const QString &path, const Judged &judged);

/** Clock time of the day, with the date where that is not the run's first day. */
QString reportClock(const QDateTime &time, const QDateTime &runStart);
/** "1:20": where the timeline stood. */
QString positionText(TimelinePosition position);
/** "1:20, 18:58:24": where the timeline stood, and when that was; "–" if nothing is known. */
QString momentText(const std::optional<TimelinePosition> &position, const QDateTime &time,
                   const QDateTime &runStart);
/** "–" where there is none. */
QString orDash(const std::optional<Duration> &length);
QString orDash(const std::optional<int> &number);
/** "Database performance" of "database_performance"; what is not such a name stays as it is. */
QString readableName(const QString &name);
/** "first", "2nd", "not found": how the cause was found. */
QString foundText(const IncidentScore &score);
