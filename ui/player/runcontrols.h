// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/model/timeline.h"
#include "app/run/runevent.h"
#include "ui/player/liveguard.h"
#include "ui/player/skiphistory.h"

#include <QList>
#include <QObject>
#include <optional>

class RunDriver;
class RunSession;

/**
 * The orders that a user gives to a run, and what a press means just now. Each order asks its guard
 * by itself, so that a nervous hand gives none twice.
 */
class RunControls : public QObject
{
    Q_OBJECT

public:
    /** How GO answers to a press. */
    enum class Go {
        Closed,  ///< there is no hold to open
        Open,    ///< the run stands at a hold
        Guarded, ///< just pressed: a second press would be one too many
    };
    /** How long a first press of Stop waits for the second, in milliseconds. */
    static constexpr int StopGuard = 2000;
    /** How long an Esc that left a window keeps the next ones from counting towards Stop, in
     * milliseconds. */
    static constexpr int LeaveGuard = 1000;

    /** All of them outlive this. */
    RunControls(RunSession &session, RunDriver &driver, LiveGuard &guard);

    Go goState() const;
    /** Returns whether the first press of Stop was made, and waits for the second. */
    bool isStopArmed() const { return m_stopTimer->isArmed(); }
    /** Returns whether a press of that action would be one too many just now. */
    bool isGuarded(LiveAction action) const { return m_guard.isGuarded(action); }
    /** Returns the incident that a guarded action was done to; -1 if there is none. */
    int guardedIncident(LiveAction action) const { return m_guard.incidentOf(action); }
    /** Returns how long the target's rate limit stays closed, as far as is known; nothing if it is
     * open. Nothing is fired by hand into a closed one. */
    std::optional<Duration> toLimitOpen() const;

    /** Takes Space: it starts, or opens the hold; outside a show it also pauses and resumes. */
    void pressPlay();
    /** Takes the forward key of a remote: it opens the hold; if wanted, elsewhere it fires the next
     * incident. */
    void pressRemote();
    bool remoteFires() const { return m_remoteFires; }
    /** Sets whether the remote fires, also for the next start of the program. */
    void setRemoteFires(bool fires);
    /** Takes the large button: it starts, or opens the hold; or says why it does neither. */
    void pressGo();
    void go();
    void pauseOrResume();
    /** Ends a pause that nobody asked for; without `passed` all that follows is shifted. */
    void resume(std::optional<LatePolicy> passed);

    void skip(int index);
    void skipNext();
    void fireNext();
    /**
     * Returns whether the incident was skipped by hand and its moment has not passed. That of one
     * that a jump passed over has not if it would still come, had there been no jump.
     */
    bool canTakeBack(int index) const;
    /** Returns what the last skip or jump skipped, as far as it can be taken back. */
    QList<int> lastSkipped() const;
    /** Returns the time until the first of lastSkipped() can be taken back no more. */
    Duration toLastSkipped() const;
    /** Takes an incident back; one that a jump passed over comes back with the jump and all that it
     * skipped. */
    void takeBack(int index);
    /** Takes all of lastSkipped() back. */
    void takeBackLast();
    /** Returns whether the incident can be sent again: it failed, was skipped or is uncertain, and
     * the run is open. */
    bool canRefire(int index) const;
    void refire(int index);
    /** Turns the timeline's clock. Sent incidents stay sent; those between become what `passed`
     * says. */
    void jump(std::chrono::milliseconds position, LatePolicy passed);

    /**
     * Takes Esc or Stop. The second press within StopGuard stops; in a show that gives up what is
     * in flight, too. What is left can be continued then, until the show is ended.
     */
    void pressStop();
    /** Stops without a second press: the user has said so in words. Sends in flight may finish. */
    void stopNow();
    /** Notes that an Esc left a window, a dialog or a field: none counts towards Stop for
     * LeaveGuard. */
    void noteWindowLeft();
    /** Returns whether such an Esc was a moment ago. */
    bool isLeavingWindow() const { return m_leftTimer->isArmed(); }
    /** Says that such an Esc, which came again, doesn't count. */
    void refuseStop();

    /** Begins with another run, or the same one continued: then what was skipped can still be taken
     * back. */
    void beginRun(const SkipHistory &skips);
    const SkipHistory &skips() const { return m_skips; }
    /** Takes what has just happened, while `next` still was the next incident. */
    void take(const RunEvent &event, int next);
    /** The run is over: no key waits for a second press. */
    void endRun();

Q_SIGNALS:
    /** What is needed for a start lies with the window. */
    void startRequested();
    /** A sentence that disappears by itself. */
    void hinted(const QString &sentence);
    /** What can be pressed has changed. */
    void changed();

private:
    bool pass(LiveAction action, int index = -1);
    void hintHold();
    void hintSkipped(const QList<int> &indices);
    void giveBack(const SkipHistory::Step &step);
    /** Says so if it is. */
    bool isLimitClosed();

    RunSession &m_session;
    RunDriver &m_driver;
    LiveGuard &m_guard;
    std::unique_ptr<ClockTimer> m_stopTimer;
    std::unique_ptr<ClockTimer> m_leftTimer; ///< armed while Esc does not count
    SkipHistory m_skips;
    int m_held = -1; ///< at whose hold the run stands
    bool m_remoteFires = false;
};
