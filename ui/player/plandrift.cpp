// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/plandrift.h"

#include "app/engine/runplan.h"

#include <algorithm>

void PlanDrift::apply(const RunEvent &event, const RunRecord &after)
{
    // Only these turn the run's clock, or stop it.
    const ClockTurn *turn = clockTurn(event);
    if (!turn || !turn->position) {
        return;
    }
    const RunAge at = event.age();
    const TimelinePosition position = *turn->position;
    if (event.as<ClockStarted>()) {
        clear();
    } else {
        m_drift += at - m_at - real(position - m_position);
    }
    m_at = at;
    m_position = position;
    m_speed = std::max(MinimumSpeed, after.speed());
    if (after.state() == m_state) {
        return;
    }
    m_paused = paused(at);
    if (m_state == RunState::Stopped) {
        m_paused += at - m_since; // it is continued: until here it stood
    }
    m_held = held(at);
    m_state = after.state();
    m_since = at;
    m_pauses += m_state == RunState::Paused ? 1 : 0;
}

Duration PlanDrift::real(Duration onTimeline) const
{
    return scaled(onTimeline, 1 / m_speed);
}

std::optional<RunAge> PlanDrift::standsSince() const
{
    if (m_state == RunState::Paused || m_state == RunState::Holding) {
        return m_since;
    }
    return {};
}

Duration PlanDrift::paused(RunAge age) const
{
    return m_paused +
           (m_state == RunState::Paused ? std::max(Duration(), age - m_since) : Duration());
}

Duration PlanDrift::held(RunAge age) const
{
    return m_held +
           (m_state == RunState::Holding ? std::max(Duration(), age - m_since) : Duration());
}

Duration PlanDrift::behind(RunAge age, const RunRecord &run) const
{
    if (m_state == RunState::Idle) {
        return {};
    }
    if (m_state == RunState::Finished || m_state == RunState::Stopped) {
        return m_drift;
    }
    return m_drift + std::max(Duration(), age - m_at) - real(run.positionAt(age) - m_position);
}
