// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/metriceffect.h"

#include "app/telemetry/nearmath.h"

#include <algorithm>

namespace {

using Seconds = std::chrono::duration<double>;

constexpr double StepSeconds = 10;  ///< the longest that a step takes
constexpr double SpikeSeconds = 90; ///< the longest that a spike takes to rise
constexpr double TurnSeconds = 15;  ///< how long a metric takes from one phase to the next
constexpr double Oscillations = 4;  ///< waves within the length

double smoothStep(double part)
{
    const double x = std::clamp(part, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

/** Returns how much of the way the metric has gone that long after the begin, without an end. */
double onset(MetricPattern pattern, double seconds, double length)
{
    const double part = seconds / length;
    switch (pattern) {
    case MetricPattern::Constant:
        return 1;
    case MetricPattern::Linear:
        return std::min(part / 0.9, 1.0);
    case MetricPattern::Spike:
        return part < 0.4 ? smoothStep(seconds / std::min(0.12 * length, SpikeSeconds))
                          : nearDecay((part - 0.4) / 0.2);
    case MetricPattern::Oscillating:
        return 0.5 - 0.5 * nearSine(Oscillations * part + 0.25);
    case MetricPattern::Step:
        return smoothStep(seconds / std::min(0.03 * length, StepSeconds));
    }
    return 0;
}

/** Returns the change that is aimed at, that long after the begin. */
double aim(const MetricEffect &effect, double seconds)
{
    double change = effect.change;
    for (const MetricEffect::Turn &turn : effect.turns) {
        const double since = seconds - Seconds(turn.at).count();
        if (since < 0) {
            break;
        }
        change += (turn.change - change) * smoothStep(since / TurnSeconds);
    }
    return change;
}

} // namespace

double MetricEffect::at(TimelinePosition position) const
{
    if (position < begin || position >= over()) {
        return 0;
    }
    const double seconds = Seconds(position - begin).count();
    const double end = Seconds(length).count();
    if (!ends || seconds < end) {
        return onset(pattern, seconds, end) * aim(*this, seconds);
    }
    const double left = 1 - smoothStep((seconds - end) / Seconds(recovery).count());
    return left * onset(pattern, end, end) * aim(*this, end);
}
