// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/transport.h"

#include <algorithm>

bool Transport::isPlaying() const
{
    return m_state == RunState::Running || m_state == RunState::Holding ||
           m_state == RunState::Paused;
}

Duration Transport::position() const
{
    return m_state == RunState::Running
               ? std::max(Duration(0), m_schedule.positionAt(m_clock.now()))
               : m_turnedTo;
}

RunAge Transport::age() const
{
    // What is prepared before the start counts as done at the start.
    const bool isBefore = m_state == RunState::Idle || m_state == RunState::Preparing;
    return RunAge(isBefore ? Duration(0) : std::max(Duration(0), m_clock.now() - m_zero));
}

RunEvent Transport::happened(RunEvent::What what) const
{
    return {std::move(what), age(), m_state == RunState::Preparing ? m_clock.wall() : QDateTime()};
}

void Transport::take(RunState state, Instant at, Duration position, double speed)
{
    m_state = state;
    m_turnedTo = position;
    m_schedule = Schedule(at, position, speed);
}

ClockTurn Transport::turnTo(Instant at, RunState state, Duration position, double speed)
{
    take(state, at, position, speed);
    return {TimelinePosition(position), speed, bootTimeAt(m_clock, at)};
}

RunEvent Transport::finish()
{
    // A run without anything to send is over when it starts, and not before.
    const Instant end = turnsAt();
    Finished finished;
    finished.position = TimelinePosition(position());
    finished.boot = bootTimeAt(m_clock, end);
    finished.finishedAt = m_clock.wall().addMSecs(
        std::chrono::ceil<std::chrono::milliseconds>(end - m_clock.now()).count());
    RunEvent last = happened(std::move(finished));
    last.wall = wallAt(m_clock, end);
    m_state = RunState::Finished;
    return last;
}

void Transport::notePauseAt(Instant instant, bool isInHold)
{
    m_pausedAt = instant;
    m_isPausedInHold = isInHold;
}
