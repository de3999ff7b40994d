// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/incident/incidentapi.h"
#include "app/model/moments.h"
#include "app/model/timeline.h"
#include "app/run/runevent.h"

#include <QObject>

class ScenarioLibrary;
struct RunPlan;

/**
 * Plays one run at a time for a session, and tells what happens to it. The window's is
 * RunController; a test puts one of its own in its place.
 */
class RunDriver : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /** Returns the name that users know a target by: "Sandbox", or its base URL. */
    static QString nameOf(const Target &target);

    /** Returns the clock that runs are played by. It lives as long as the driver. */
    virtual Clock &clock() const = 0;
    /** Returns the chosen target, which the next run goes to unless it names another. */
    virtual const Target &target() const = 0;
    /** Returns the target of the last run, whatever was chosen since. */
    virtual const Target &playedOn() const = 0;
    /** Returns whether a run is in progress, also if it only waits for its last answers. */
    virtual bool isActive() const = 0;
    /** Returns how old the current run is; 0 before the first one. */
    virtual RunAge age() const = 0;

    /**
     * Starts a run of the timeline, which lies in the file `path`, at `speed` (0.1 … 1000). Errors
     * are sentences for users; nothing was started then.
     */
    virtual Result<void> start(const Timeline &timeline, const QString &path,
                               const ScenarioLibrary &scenarios, double speed,
                               const Target &target) = 0;
    /**
     * Starts a plan that was made elsewhere: a replay, or a run that continues. A sandbox target
     * gets its address here; everything else is the plan's.
     */
    virtual Result<void> play(RunPlan plan) = 0;
    /** Continues the last run, which was stopped, from where it stopped, on the same target. */
    virtual Result<void> continueRun(double speed) = 0;
    /** Keeps runs from now on open while something failed or is uncertain; see RunPlan. */
    virtual void setStaysOpen(bool stays) = 0;

    /** The orders to a run in progress; see Playback. */
    virtual void pause(const PauseReason &reason = {}) = 0;
    virtual void resume(std::optional<LatePolicy> passed = {}) = 0;
    virtual void go(int hold = -1) = 0;
    virtual void stop() = 0;
    virtual void stopAll() = 0;
    virtual void release() = 0;
    virtual void endRun() = 0;
    virtual void skip(int index) = 0;
    virtual void takeBack(int index) = 0;
    virtual void fireNow(int index) = 0;
    virtual void jump(std::chrono::milliseconds position, LatePolicy passed) = 0;
    virtual void refire(int index) = 0;
    virtual void setSpeed(double speed) = 0;

Q_SIGNALS:
    void started();
    void startFailed(const Error &error);
    /** One more thing happened to the run, and is in its journal. */
    void recorded(const RunEvent &event);
    void finished();
};
