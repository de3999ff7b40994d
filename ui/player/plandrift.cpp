// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/plandrift.h"

#include "app/engine/runplan.h"

#include <algorithm>

void PlanDrift::apply(const QJsonObject &record, const RunRecord &after)
{
    // Only these turn the run's clock, or stop it.
    if (!record.contains(u"position_ms")) {
        return;
    }
    const double at = record.value(u"at_ms").toDouble();
    const double position = record.value(u"position_ms").toDouble();
    if (record.value(u"record").toString() == u"started") {
        clear();
    } else {
        m_drift += at - m_at - (position - m_position) / m_speed;
    }
    m_at = at;
    m_position = position;
    m_speed = std::max(MinimumSpeed, after.speed());
    if (after.state() == m_state) {
        return;
    }
    m_paused = pausedMs(at);
    if (m_state == RunState::Stopped) {
        m_paused += at - m_since; // it is continued: until here it stood
    }
    m_held = heldMs(at);
    m_state = after.state();
    m_since = at;
    m_pauses += m_state == RunState::Paused ? 1 : 0;
}

std::optional<double> PlanDrift::standsSinceMs() const
{
    if (m_state == RunState::Paused || m_state == RunState::Holding) {
        return m_since;
    }
    return {};
}

double PlanDrift::pausedMs(double elapsedMs) const
{
    return m_paused + (m_state == RunState::Paused ? std::max(0.0, elapsedMs - m_since) : 0);
}

double PlanDrift::heldMs(double elapsedMs) const
{
    return m_held + (m_state == RunState::Holding ? std::max(0.0, elapsedMs - m_since) : 0);
}

double PlanDrift::behindMs(double elapsedMs, const RunRecord &run) const
{
    if (m_state == RunState::Idle) {
        return 0;
    }
    if (m_state == RunState::Finished || m_state == RunState::Stopped) {
        return m_drift;
    }
    return m_drift + std::max(0.0, elapsedMs - m_at) -
           (toMilliseconds(run.positionAt(ageFromMilliseconds(elapsedMs))) - m_position) / m_speed;
}
