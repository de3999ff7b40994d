// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/engine/runplan.h"
#include "app/run/runclock.h"
#include "app/run/runrecord.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <optional>

/** Where the clock of a run stood once, told so that another process knows where it stands now. */
struct ClockAnchor
{
    /** The computer's start that `boot` counts from. */
    QString bootId;
    /** CLOCK_BOOTTIME, which goes on in suspend; absent in journals of version 1. */
    std::optional<Duration> boot;
    QDateTime wall;
    /** The clock of the timeline as it was turned then. */
    RunClock clock;

    /** Returns false if the journal is of a version that did not write when that was. */
    bool isKnown() const { return boot && wall.isValid(); }
    /** Returns how old the run was then. */
    RunAge at() const { return clock.turnedAt(); }
    /**
     * Returns how much real time has passed since then, 0 at least. After another start of the
     * computer the wall clock has to do.
     */
    Duration elapsed(const Clock &now, const QString &bootIdNow) const;
};

/** One incident of a journal, with what is needed to play it on, or again. */
struct RecordedIncident
{
    IncidentRun run;
    /** From the run's first record; its draft and generation only where nothing was prepared. */
    PlannedIncident planned;
    /** As it was prepared last; nothing where it was not, or where that is refused. */
    std::optional<IncidentRequest> request;
    /** A sentence: why what the journal holds as its request cannot be sent; empty as a rule. */
    QString refusal;
    /** The journal is damaged, so that it may have been sent whatever stands there. */
    bool isDoubtful = false;
    /** As it was prepared last, whether its request is refused or not. */
    Prepared preparedFrom;
    /** Of its last attempt. */
    QDateTime sentAt;
    /** The computer's start in which it was about to be sent, and when; empty where it was not. */
    QString armedBoot;
    QDateTime armedAt;
    /** GO was said before it. */
    bool isOpened = false;
    /** The incident, or why it could not be fetched, is in the journal. */
    bool isFetched = false;
    /**
     * It was skipped, yet the journal is damaged: that it was taken back and sent may be what is
     * missing. Its journal has to say that it is taken back before it is looked for.
     */
    bool isRecalled = false;
};

/** A run as its journal holds it, read for playing it on, or again. */
struct RecordedRun
{
    QString path;
    /** Of its whole lines, in bytes. */
    qint64 size = 0;
    QList<RunEvent> events;
    RunRecord record;
    QList<RecordedIncident> incidents;
    ClockAnchor anchor;
    /** A sentence where the journal is not as a run wrote it; empty as a rule. */
    QString damage;
    /** The clock has been started: before that nothing was sent. */
    bool isStarted = false;
    /** Nobody was there to say GO. */
    bool holdsOpen = false;

    /** Returns the first event. */
    const RunBegan &first() const { return *events.first().as<RunBegan>(); }
    /** Returns when its last record was written, by the wall clock as far as that is known. */
    QDateTime lastHeard() const;
    /** Returns how old the run is now. */
    RunAge age(const Clock &clock, const QString &bootIdNow) const;
    /**
     * Returns where the timeline's clock stands now: it went on while the program was gone or the
     * run was stopped, yet not past a hold.
     */
    TimelinePosition position(const Clock &clock, const QString &bootIdNow) const;
    /** Returns where it stood when the run was stopped, or when the last was heard of it. */
    TimelinePosition lastPosition() const;
    /** It was stopped, and has not gone on since. */
    bool isStopped() const { return record.state() == RunState::Stopped; }
    /**
     * What a stop took from it is pending again, as when its journal says "continued"; of a damaged
     * one also what the user had skipped, to be looked for. The journal is not written.
     */
    void reopen();

private:
    TimelinePosition positionAt(RunAge age) const;
};

/** Errors as RunJournal::read() has them. */
Result<RecordedRun> readRecordedRun(const QString &path);
