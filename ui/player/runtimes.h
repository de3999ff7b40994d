// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <optional>

struct TimelineScene;

/**
 * How long it is until things happen, with the timeline's clock at `positionMs` and going `pace`
 * times as fast as the one on the wall. All results are real milliseconds unless they say
 * otherwise. Made for one question; record and scene outlive it.
 */
class RunTimes
{
public:
    RunTimes(const RunRecord &record, const TimelineScene &scene, double positionMs, double pace)
        : m_record(record)
        , m_scene(scene)
        , m_position(positionMs)
        , m_pace(pace)
    {}

    /** Negative once its moment has passed. */
    double msTo(int index) const;
    /** Until the last incident is due, were nothing to stop the clock. */
    double msToLast() const;
    /** Until the next hold; nothing where none lies ahead. */
    std::optional<double> msToHold() const;
    /** The part of the wait for that incident that is over, 0 … 1. */
    double waitFraction(int index) const;
    /** On the timeline's clock: as long as it was made, or until its last incident. */
    double plannedEndMs() const;

private:
    IncidentState stateOf(int index) const;
    double lastStart() const;

    const RunRecord &m_record;
    const TimelineScene &m_scene;
    double m_position;
    double m_pace;
};
