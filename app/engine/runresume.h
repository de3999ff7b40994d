// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/engine/recordedrun.h"

/** What has to be done for an incident of a run that was cut off. */
enum class Remaining {
    Nothing, ///< it is final, and told whole
    Fetch,   ///< created, yet the journal does not hold the incident
    LookFor, ///< perhaps it was sent
    Wait,    ///< a clear no: it goes out again by itself
    Send,    ///< it was not sent
};

/** Returns what has to be done; `bootIdNow` is RunJournal::bootId(). */
Remaining remainingOf(const RecordedIncident &incident, const QString &bootIdNow);

/** What a plan says about the run that it goes on with. */
struct RunResumption
{
    /** Where it was stopped, what the stop took from it is pending again; see isContinued. */
    RecordedRun run;
    /** What becomes of those whose moment has passed. */
    LatePolicy passed = LatePolicy::SendNow;
    /** It was stopped, which its journal has to say that it no longer is. */
    bool isContinued = false;
};

/** A run that was cut off or stopped, as it stands at this moment. Indices are in file order. */
struct InterruptedRun
{
    /** Where it was stopped, what the stop took from it is pending again. */
    RunRecord record;
    /** Somebody stopped it; else its program ended. */
    bool isStopped = false;
    /** Where the timeline's clock stood then: for Shift. */
    TimelinePosition lastPosition;
    /**
     * Not sent, and their moment has passed by now: by that policy they are sent, skipped, or come
     * later with all that follows. In order.
     */
    QList<int> passed;
    /** Sent, or perhaps sent, without an outcome: they are looked for, and never sent again. */
    QList<int> inFlight;
    /** Not sent, their moment still comes. */
    QList<int> remaining;
    /** The computer was started again since: what was about to be sent may have been. */
    bool afterReboot = false;
    /**
     * A sentence where the journal is not as a run wrote it: all that has no outcome is in
     * `inFlight` then. Empty as a rule.
     */
    QString damage;
    /** The computer that it was started on; empty where the journal does not say. */
    QString host;
    bool isFromHere = false;
    /** The sandbox, or one that this user has named on this computer: it may have the key. */
    bool isTargetNamed = false;
    /** When the last was heard of it. */
    QDateTime interruptedAt;

    /** Returns "Started … on this computer, interrupted ….", or stopped, in local times. */
    QString whence() const;

    /** Returns true if nothing is left to resume. */
    bool isFinished() const;
};

/** Returns the name of this computer, as a run's first event has it. */
QString thisComputer();
/**
 * Reads how a run stands. Refuses what RunJournal::read() refuses, a live run, and a journal that
 * does not say enough.
 */
Result<InterruptedRun> inspectRun(const QString &path);
/**
 * Returns a plan to go on with, for Playback::start(): in the same journal, under the same run id.
 * A run that was stopped goes on as one that was cut off: what was skipped because of the stop is
 * pending again, what was skipped by hand is not, and what is uncertain is looked for. The target
 * is the recorded one, yet without its key and without the user's word for plain http, and if
 * isSandbox is set, without a base: a new sandbox has to be started. Returns an error if nothing is
 * left, or if something was passed and `passed` does not say what becomes of it. With Shift the
 * clock goes on from InterruptedRun::lastPosition.
 */
Result<RunPlan> resumePlan(const QString &path, std::optional<LatePolicy> passed);
