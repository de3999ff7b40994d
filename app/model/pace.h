// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <algorithm>
#include <chrono>
#include <cmath>

/** How fast a run may play, as a multiple of the timeline's own pace. */
inline constexpr double MinimumSpeed = 0.1;
inline constexpr double MaximumSpeed = 1000;

/** Late incidents never go out in a burst: so far apart at least, in real time. */
inline constexpr std::chrono::milliseconds LateSpacing{100};

/**
 * Returns the duration times the factor, to the nearest nanosecond, and not more than a century
 * either way: two of them still add up.
 */
inline Duration scaled(Duration duration, double factor)
{
    // At the timeline's own pace nothing is rounded. Otherwise long double keeps nanoseconds over a
    // year, which a double would not.
    if (factor == 1.0) {
        return duration;
    }
    constexpr long double Most = 3e18L;
    const long double exact = static_cast<long double>(duration.count()) * factor;
    return Duration(std::llround(std::clamp(exact, -Most, Most)));
}
