// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runclock.h"

#include "app/model/pace.h"

#include <algorithm>

/** Says in which state an event leaves the clock. */
struct RunClock::StateAfter
    : Ignores<ScenarioKept, GeneratorAsked, Noted, FellBack, Prepared, SpeedChanged, Armed, Sending,
              Waiting, Created, Failed, Skipped, BecameUncertain, NotFound, Fetched, Refired,
              TakenBack, NetworkChanged, Named, Judged, Unknown>
{
    using Ignores::operator();
    void operator()(const RunBegan &) { state = RunState::Running; }
    void operator()(const PreparationBegan &) { state = RunState::Preparing; }
    void operator()(const ClockStarted &) { state = RunState::Running; }
    void operator()(const Paused &) { state = RunState::Paused; }
    void operator()(const Resumed &) { state = RunState::Running; }
    void operator()(const Held &) { state = RunState::Holding; }
    void operator()(const Released &) { state = RunState::Running; }
    void operator()(const Jumped &)
    {
        state = state == RunState::Holding ? RunState::Running : state;
    }
    void operator()(const Stopped &) { state = RunState::Stopped; }
    void operator()(const Continued &)
    {
        state = state == RunState::Stopped ? RunState::Running : state;
    }
    void operator()(const ResumedRun &resumed) { state = resumed.state.value_or(state); }
    void operator()(const Finished &)
    {
        state = state == RunState::Stopped ? state : RunState::Finished;
    }

    RunState state = RunState::Idle;
};

void RunClock::apply(const RunEvent &event)
{
    if (const RunBegan *began = event.as<RunBegan>()) {
        *this = {};
        m_speed = std::clamp(began->speed, MinimumSpeed, MaximumSpeed);
    }
    const ClockTurn *turned = clockTurn(event);
    // After a stop, the clock is counted from there.
    const bool isEndOfStopped = m_state == RunState::Stopped && event.as<Finished>();
    if (turned && !isEndOfStopped) {
        turn(*turned, event.age());
    }
    StateAfter after;
    after.state = m_state;
    std::visit(after, event.what);
    m_movedBeforeStop = after.state == RunState::Stopped && wouldMove();
    m_state = after.state;
}

void RunClock::turn(const ClockTurn &turn, RunAge age)
{
    const RunAge at = turn.position ? age : std::max(age, m_turnedAt);
    m_turnedTo = turn.position.value_or(positionAt(at));
    m_turnedAt = at;
    m_speed = std::clamp(turn.speed.value_or(m_speed), MinimumSpeed, MaximumSpeed);
}

TimelinePosition RunClock::positionAt(RunAge age) const
{
    return isMoving() ? movedTo(age) : m_turnedTo;
}

TimelinePosition RunClock::positionUnlessStopped(RunAge age) const
{
    return wouldMove() ? movedTo(age) : m_turnedTo;
}

TimelinePosition RunClock::movedTo(RunAge age) const
{
    return m_turnedTo + scaled(std::max(age - m_turnedAt, Duration(0)), m_speed);
}
