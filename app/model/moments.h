// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <optional>

/*
 * A run has three kinds of time, which the speed, pauses and sleep tell apart: where the timeline's
 * clock stands, how old the run is, and what the clock on the wall says. Each has a type of its
 * own, so that none is ever taken for another: TimelinePosition, RunAge, and QDateTime in UTC.
 * Differences between two of one kind are a Duration.
 */

/** The axis of a timeline; its zero is the timeline's. It is a tag and has no now(). */
struct TimelineAxis
{
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<TimelineAxis, duration>;
    static constexpr bool is_steady = true;
};
/** A position on the timeline: where an incident stands, or where the run's clock is. */
using TimelinePosition = TimelineAxis::time_point;

/** The axis of a run's real time; its zero is the start of the run's clock. */
struct RunAxis
{
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<RunAxis, duration>;
    static constexpr bool is_steady = true;
};
/** How old a run is, in real time: 0 while it prepares. */
using RunAge = RunAxis::time_point;

/** Milliseconds with their fraction, as files and views have them. */
inline double toMilliseconds(TimelinePosition position)
{
    return toMilliseconds(position.time_since_epoch());
}

inline double toMilliseconds(RunAge age)
{
    return toMilliseconds(age.time_since_epoch());
}

template<typename Time>
std::optional<double> toMilliseconds(const std::optional<Time> &time)
{
    return time ? std::optional<double>(toMilliseconds(*time)) : std::nullopt;
}

inline TimelinePosition positionFromMilliseconds(double ms)
{
    return TimelinePosition(fromMilliseconds(ms));
}

/** Returns the nearest whole millisecond, which is as exact as a timeline file is. */
inline std::chrono::milliseconds wholeMilliseconds(TimelinePosition position)
{
    return std::chrono::round<std::chrono::milliseconds>(position.time_since_epoch());
}

inline RunAge ageFromMilliseconds(double ms)
{
    return RunAge(fromMilliseconds(ms));
}
