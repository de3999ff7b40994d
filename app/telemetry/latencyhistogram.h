// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/telemetry/twosidedsum.h"
#include "app/telemetry/worldseries.h"

#include <array>

/**
 * How the requests of a service since the start of the timeline are spread over durations: counts
 * that only grow, as Prometheus keeps them. At each moment the durations are spread log-normally
 * through p50, p95 and p99, so that a quantile of the buckets is that of the gauges, to within a
 * bucket. Remembers sums, so it is for one thread.
 */
class LatencyHistogram
{
public:
    /** The upper bounds of the buckets, in seconds; one more bucket has none. */
    static constexpr std::array Bounds{0.005, 0.01, 0.025, 0.05, 0.1,  0.25, 0.5,
                                       1.0,   2.5,  5.0,   10.0, 30.0, 60.0};

    /** Requests that took at most the bound of their bucket; the last one is all of them. */
    struct Counts
    {
        std::array<double, Bounds.size() + 1> upTo{};
        /** Seconds that all of them took together. */
        double seconds = 0;

        Counts &operator+=(const Counts &other);
        Counts &operator-=(const Counts &other);
    };

    /** Traffic is a counter, the percentiles are in seconds. They have to stay as they are. */
    LatencyHistogram(const WorldSeries &requests, const WorldSeries &p50, const WorldSeries &p95,
                     const WorldSeries &p99);

    /** Returns what has come since the start; negative before it. */
    Counts countedUpTo(qint64 second) const;
    /** Returns one usual request, spread over the buckets. */
    Counts usual() const;

private:
    Counts shareAt(qint64 slot) const;

    const WorldSeries *m_requests;
    const WorldSeries *m_p50;
    const WorldSeries *m_p95;
    const WorldSeries *m_p99;
    mutable TwoSidedSum<Counts> m_sums;
};
