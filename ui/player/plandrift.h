// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runevent.h"
#include "app/run/runrecord.h"

/**
 * Adds up how long a run has stood still, and how far that has put it behind its plan. Folded from
 * the run's events; all durations are real time.
 */
class PlanDrift
{
public:
    /** Takes an event; `after` is the run as it is once it has taken this. */
    void apply(const RunEvent &event, const RunRecord &after);
    void clear() { *this = {}; }

    /** Returns since when the run has been paused, or has held for GO; nothing while it is neither.
     */
    std::optional<RunAge> standsSince() const;
    /** Returns how long a run that is so old has been paused in all. */
    Duration paused(RunAge age) const;
    /** Returns how long a run that is so old has held for GO in all. */
    Duration held(RunAge age) const;
    int pauses() const { return m_pauses; }
    /** Returns how far a run that is so old is behind its plan; below 0 for one that was turned
     * ahead of it. */
    Duration behind(RunAge age, const RunRecord &run) const;

private:
    Duration real(Duration onTimeline) const;

    RunState m_state = RunState::Idle;
    RunAge m_since; ///< when it came into that state
    Duration m_paused{0};
    Duration m_held{0};
    int m_pauses = 0;
    // Where real time and the timeline's clock were last seen together.
    RunAge m_at;
    TimelinePosition m_position;
    double m_speed = 1;
    Duration m_drift{0};
};
