// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runoutline.h"
#include "app/run/runstates.h"

#include <QDateTime>
#include <QList>
#include <optional>

/** Returns whether a run in that state has ended, or has not begun. */
bool isOver(RunState state);

/** Returns the state of that incident; Scheduled if the record has none of that index. */
IncidentState stateOf(const RunRecord &record, int index);

/**
 * Answers what lies ahead of a run, and how long that is. Made for one moment: record and outline
 * outlive it. Durations are real time unless they say otherwise.
 */
class RunOutlook
{
public:
    /**
     * Looks ahead from `position`, at which the timeline's clock stands, going `pace` times as fast
     * as the one on the wall, where it is `wall` (UTC).
     */
    RunOutlook(const RunRecord &record, const RunOutline &outline, TimelinePosition position,
               double pace, const QDateTime &wall);

    /** Returns the incident that is on stage now, see onStage(); -1 before the first and without a
     * run. */
    int onStage() const;
    /** Returns the time until that incident of the outline is due; below 0 once its moment has
     * passed. */
    Duration to(int index) const;
    /** Returns the time until the last incident is due, if nothing stops the clock. */
    Duration toLast() const;
    /** Returns the time until the next hold opens; nothing if none lies ahead. */
    std::optional<Duration> toHold() const;
    /** Returns how long the plan takes on its own clock, see RunOutline::end(). */
    TimelinePosition plannedEnd() const { return m_outline.end(); }
    /** Returns the part of the wait for that incident that is over, 0 … 1. */
    double waitFraction(int index) const;
    /** Returns when that incident is due by the clock on the wall; invalid while the run's clock
     * stands. */
    QDateTime wallOf(int index) const;
    /** Returns when the last incident is due by the clock on the wall, if nothing stops the run's;
     * invalid while that stands. */
    QDateTime expectedEnd() const;
    /** Returns the incidents that a jump to `position` would pass over, by time. */
    QList<int> passedBy(TimelinePosition position) const;

private:
    const RunRecord &m_record;
    const RunOutline &m_outline;
    TimelinePosition m_position;
    double m_pace;
    QDateTime m_wall;
};

/**
 * Returns how long the target's rate limit stays closed, as far as the open run knows, when it is
 * so old; nothing if the limit is open.
 */
std::optional<Duration> untilLimitOpens(const RunRecord &record, RunAge age);
