// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

/**
 * Adds up how long a run has stood still, and how far that has put it behind its plan. Folded from
 * the run's records; all times are real milliseconds, counted as those of the records are.
 */
class PlanDrift
{
public:
    /** `after` is the run as it is once it has taken this record. */
    void apply(const QJsonObject &record, const RunRecord &after);
    void clear() { *this = {}; }

    /** Since when the run has been paused, or has held for GO; nothing while it is neither. */
    std::optional<double> standsSinceMs() const;
    double pausedMs(double elapsedMs) const;
    double heldMs(double elapsedMs) const;
    int pauses() const { return m_pauses; }
    /** Negative for a run that was turned ahead of its plan. */
    double behindMs(double elapsedMs, const RunRecord &run) const;

private:
    RunState m_state = RunState::Idle;
    double m_since = 0; ///< when it came into that state
    double m_paused = 0;
    double m_held = 0;
    int m_pauses = 0;
    // Where real time and the timeline's clock were last seen together.
    double m_at = 0;
    double m_position = 0;
    double m_speed = 1;
    double m_drift = 0;
};
