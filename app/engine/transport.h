// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/engine/schedule.h"
#include "app/run/runevent.h"

#include <concepts>

/**
 * The state of a run, and where its timeline's clock stands. Turns that clock, and makes the events
 * that say so; who turned it writes them. Has no timer.
 */
class Transport
{
public:
    /** The clock must outlive it. */
    explicit Transport(const Clock &clock)
        : m_clock(clock)
    {}

    RunState state() const { return m_state; }
    /** Returns true from the start of the clock to the run's end or stop. */
    bool isPlaying() const;
    /** Returns the instant at which the run's clock starts, from which its age counts. */
    Instant zero() const { return m_zero; }
    const Schedule &schedule() const { return m_schedule; }
    double speed() const { return m_schedule.speed(); }
    /** Returns where the timeline's clock is now, whether it runs or stands; 0 at least. */
    Duration position() const;
    /** Returns where the clock was turned to last; while it is paused or held, it stands there. */
    Duration turnedTo() const { return m_turnedTo; }
    /** Returns the time since zero(); 0 before it and while the run is prepared. */
    RunAge age() const;
    /** Returns the event of what happens now. While the run is prepared it has a wall time. */
    RunEvent happened(RunEvent::What what) const;

    void setZero(Instant zero) { m_zero = zero; }
    /** Changes the state and leaves the clock as it is. */
    void setState(RunState state) { m_state = state; }
    /**
     * Takes over a run that another process began, whose clock stood there at that instant; its
     * event is the caller's.
     */
    void take(RunState state, Instant at, Duration position, double speed);
    /**
     * Turns the clock: at once, or at zero() if the order comes before it. Returns the event, which
     * is `what` with the clock's new course.
     */
    template<std::derived_from<ClockTurn> Kind>
    RunEvent turn(Kind what, RunState state, Duration position, double speed)
    {
        // Read once, so that the event and the schedule say the same.
        const Instant at = turnsAt();
        static_cast<ClockTurn &>(what) = turnTo(at, state, position, speed);
        RunEvent turned = happened(std::move(what));
        turned.wall = wallAt(m_clock, at);
        return turned;
    }
    /** Makes the last event, and the state Finished. The clock must have been started. */
    RunEvent finish();

    /** Notes that a pause begins now, or begins again because the clock was turned in it. */
    void notePause(bool isInHold) { notePauseAt(m_clock.now(), isInHold); }
    void notePauseAt(Instant instant, bool isInHold);
    Instant pausedAt() const { return m_pausedAt; }
    /** Returns true if the run was held when it was paused. */
    bool isPausedInHold() const { return m_isPausedInHold; }

private:
    /** The instant at which an order of now takes effect: not before zero(). */
    Instant turnsAt() const { return std::max(m_clock.now(), m_zero); }
    ClockTurn turnTo(Instant at, RunState state, Duration position, double speed);

    const Clock &m_clock;
    RunState m_state = RunState::Idle;
    Instant m_zero;
    Schedule m_schedule;
    Duration m_turnedTo{0};
    Instant m_pausedAt;
    bool m_isPausedInHold = false;
};
