// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/arming.h"
#include "app/engine/cuelist.h"
#include "app/engine/cuetimers.h"
#include "app/engine/dispatcher.h"
#include "app/engine/interruptionwatch.h"
#include "app/engine/outcomes.h"
#include "app/engine/preparation.h"
#include "app/engine/runplan.h"
#include "app/engine/secondthoughts.h"
#include "app/engine/transport.h"

#include <QObject>
#include <memory>

/**
 * Plays one plan: turns the timeline's clock, and hands every incident to the dispatcher at its
 * instant. Incidents of one instant go together. Made for one run.
 */
class Player : public QObject
{
    Q_OBJECT

public:
    /** `preparer` makes what the plan still has to generate; nullptr if it has nothing. */
    Player(Clock &clock, IncidentApi &api, RunJournal &journal, const RunPlan &plan,
           std::unique_ptr<Preparer> preparer = nullptr, QObject *parent = nullptr);
    ~Player() override;

    /** The clock starts that long before the timeline's zero, so that the first can be armed. */
    static constexpr Duration LeadIn = std::chrono::milliseconds(100);

    /**
     * Prepares all requests, then starts the clock; the journal's first event was written. Returns
     * false if the journal cannot take what was prepared: then nothing is ever sent. If incidents
     * are generated, the clock starts as soon as the pace so far says that each will be there at
     * its moment; until then the state is Preparing.
     */
    bool start();
    /** Stops the clock until resume(). The reason is empty if the user pauses. */
    void pause(const PauseReason &reason = {});
    /** Takes note of another network of the machine, or of none: pauses a run that is going on. */
    void noteNetworkChange(const QString &why);
    /** Journals that the target cannot be reached, with a sentence; if empty, that it can. */
    void noteReach(const QString &trouble);
    /**
     * Goes on where the clock stands; with SendNow or Skip, where it would stand without the pause,
     * and then `passed` says what becomes of those whose moment passed in it.
     */
    void resume(std::optional<LatePolicy> passed = {});
    /**
     * Opens the hold; while the run is prepared, starts it with what is there. With an index, opens
     * only the hold of that incident.
     */
    void go(int hold = -1);
    /** Skips the rest and ends looking for uncertain ones; sends in flight may finish. */
    void stop();
    /** The same, and ends the sends in flight. */
    void abort();
    /** Skips one that was not sent, or that waits to be sent again. */
    void skip(int index);
    /** Has one that was skipped by hand or by a jump wait for its moment again, if that is ahead.
     */
    void takeBack(int index);
    /** Sends one before its moment; the next one if the index is negative. */
    void fireNow(int index);
    /** Sets the timeline's seconds a second, within MinimumSpeed … MaximumSpeed. */
    void setSpeed(double speed);
    /** Turns the clock; `passed` says what becomes of those before that position. */
    void jump(Duration position, LatePolicy passed);
    /** Sends one once more that was failed, skipped or uncertain. */
    void refire(int index);
    /** Ends a run that stays open; see RunPlan::staysOpen. */
    void endRun();

    RunState state() const { return m_transport.state(); }

Q_SIGNALS:
    /** The timeline's clock will be at zero at that instant, LeadIn from now. */
    void started(Instant start);
    void finished();
    /** A send had no answer: perhaps the target cannot be reached. */
    void unanswered();
    /** A generator has made the scenario of an incident of the plan, in so many attempts. */
    void generated(int index, const PinnedScenario &made, int attempts);

private:
    /** Starts the clock, or the making of what has to be there before. */
    void startPrepared();
    /** The same as start() for a run that was cut off. */
    bool startAgain();
    void begin();
    void beginIfInTime();
    /**
     * What follows when something was made, settled or skipped: leaves a hold of one that is gone,
     * sets the timers, or ends the run.
     */
    void proceed();

    /** Turns the clock and journals it. */
    template<std::derived_from<ClockTurn> Kind>
    void turnClock(Kind what, RunState state, Duration position, double speed)
    {
        const bool wasRunning = m_transport.state() == RunState::Running;
        noteTurn(m_transport.turn(std::move(what), state, position, speed), wasRunning);
    }
    void noteTurn(const RunEvent &event, bool wasRunning);
    /** The clock stops before the next one. */
    void hold();
    /** The one that was waited for is gone: the hold is over, or goes on for another. */
    void leaveHold();
    /** Settles what becomes of all before that position, which the clock does not reach any more.
     */
    void passOver(Duration position, LatePolicy passed, SkipCause cause, const QString &why);

    void onCue();
    void skipCue(int index, const QString &why, SkipCause cause);
    /** Returns true if nothing is left to send, and nothing is on its way. */
    bool isIdle() const { return m_cues.isEmpty() && m_dispatcher.isIdle(); }
    /** Returns true if a run stays open that has nothing left to send (RunPlan::staysOpen). */
    bool isKeptOpen();
    void end(bool isAborted);
    void finishIfDone();
    /** Pauses for it, or goes on if nobody is there to be asked. */
    void interrupt(const Interruption &interruption);

    Clock &m_clock;
    RunJournal &m_journal;
    RunPlan m_plan;
    Transport m_transport;
    CueList m_cues;
    int m_heldBy = -1; ///< the incident that GO is waited for, while the run holds
    Outcomes m_outcomes;
    Arming m_arming;
    Dispatcher m_dispatcher;
    CueTimers m_timers;
    InterruptionWatch m_watch;
    const RunParts m_parts; // of those above
    Preparation m_preparation;
    SecondThoughts m_secondThoughts;
};
