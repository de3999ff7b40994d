// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/model/pace.h"

/**
 * Where the timeline's clock stands, and when it will stand elsewhere: pure arithmetic on one
 * anchor. Deadlines are computed from the anchor, never from one another, so nothing accumulates;
 * the anchor moves only when somebody turns the clock (pause, hold, speed).
 */
class Schedule
{
public:
    Schedule() = default;
    Schedule(Instant at, Duration position, double speed)
        : m_at(at)
        , m_position(position)
        , m_speed(speed)
    {}

    double speed() const { return m_speed; }

    Duration positionAt(Instant now) const { return m_position + scaled(now - m_at, m_speed); }

    /** The instant at which the timeline's clock reaches the position. */
    Instant dueOf(Duration position) const
    {
        return m_at + scaled(position - m_position, 1 / m_speed);
    }

private:
    Instant m_at;
    Duration m_position{0};
    double m_speed = 1;
};
