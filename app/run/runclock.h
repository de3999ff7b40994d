// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runevent.h"

/**
 * The clock of a run's timeline, folded from the events that turn it: where it stands at any age of
 * the run, and whether it moves. Everything that shows or computes a position asks here. Positions
 * are computed from the last turn, never from one another, so nothing accumulates.
 */
class RunClock
{
public:
    /** Reads the next event. One that does not turn the clock changes nothing. */
    void apply(const RunEvent &event);

    /** Returns Idle before the run's first event. The clock moves only while it is Running. */
    RunState state() const { return m_state; }
    bool isMoving() const { return m_state == RunState::Running; }
    /** Returns the pace as a multiple of the timeline's own, MinimumSpeed … MaximumSpeed. */
    double speed() const { return m_speed; }

    /** Returns where the clock stands at that age of the run if nothing turns it after the last
     * event that was read. Before that event it stands where the event left it. */
    TimelinePosition positionAt(RunAge age) const;
    /** Returns the same for a clock that no stop had held: it moves on if it moved before the stop.
     */
    TimelinePosition positionUnlessStopped(RunAge age) const;
    /** Returns true if positionUnlessStopped() moves. */
    bool wouldMove() const { return isMoving() || m_movedBeforeStop; }

    /** Returns how old the run was when its clock was last turned. */
    RunAge turnedAt() const { return m_turnedAt; }
    /** Returns where that turn left the clock. */
    TimelinePosition turnedTo() const { return m_turnedTo; }

private:
    struct StateAfter;

    void turn(const ClockTurn &turn, RunAge age);
    TimelinePosition movedTo(RunAge age) const;

    RunState m_state = RunState::Idle;
    bool m_movedBeforeStop = false;
    RunAge m_turnedAt;
    TimelinePosition m_turnedTo;
    double m_speed = 1;
};
