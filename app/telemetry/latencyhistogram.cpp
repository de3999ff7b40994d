// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/latencyhistogram.h"

#include <algorithm>
#include <cmath>

namespace {

/** Seconds for which one spread of durations counts. */
constexpr qint64 Slot = 8;
/** Where 95 % and 99 % of the normal distribution lie. */
constexpr double Z95 = 1.6448536269514722;
constexpr double Z99 = 2.3263478740408408;

/** Log-normal in two pieces: one slope up to the p95, another one beyond. */
class Durations
{
public:
    Durations(double p50, double p95, double p99)
    {
        constexpr double Shortest = 1e-6;
        constexpr double Steepest = 1.02; // three percentiles can't be one
        const double middle = std::max(p50, Shortest);
        const double high = std::max(p95, middle * Steepest);
        m_middle = std::log(middle);
        m_slope = (std::log(high) - m_middle) / Z95;
        m_high = std::log(high);
        m_slopeBeyond = (std::log(std::max(p99, high * Steepest)) - m_high) / (Z99 - Z95);
    }

    /** Returns the part of the requests that takes at most so long. */
    double partUpTo(double seconds) const
    {
        const double at = std::log(seconds);
        const double z =
            at <= m_high ? (at - m_middle) / m_slope : Z95 + (at - m_high) / m_slopeBeyond;
        return 0.5 * std::erfc(-z / std::sqrt(2.0));
    }

    double mean() const
    {
        // The middle of each twentieth, and of the last one its middle in logarithms.
        static constexpr std::array Middles{-1.96, -1.44, -1.15, -0.93, -0.76, -0.6, -0.45,
                                            -0.32, -0.19, -0.06, 0.06,  0.19,  0.32, 0.45,
                                            0.6,   0.76,  0.93,  1.15,  1.44,  2.06};
        double sum = 0;
        for (const double z : Middles) {
            sum += std::exp(z <= Z95 ? m_middle + z * m_slope : m_high + (z - Z95) * m_slopeBeyond);
        }
        return sum / double(Middles.size());
    }

private:
    double m_middle;
    double m_slope;
    double m_high;
    double m_slopeBeyond;
};

LatencyHistogram::Counts shareOf(const Durations &durations)
{
    LatencyHistogram::Counts share;
    for (size_t i = 0; i < LatencyHistogram::Bounds.size(); ++i) {
        share.upTo[i] = durations.partUpTo(LatencyHistogram::Bounds[i]);
    }
    share.upTo.back() = 1;
    share.seconds = durations.mean();
    return share;
}

LatencyHistogram::Counts times(LatencyHistogram::Counts counts, double factor)
{
    for (double &count : counts.upTo) {
        count *= factor;
    }
    counts.seconds *= factor;
    return counts;
}

} // namespace

LatencyHistogram::Counts &LatencyHistogram::Counts::operator+=(const Counts &other)
{
    for (size_t i = 0; i < upTo.size(); ++i) {
        upTo[i] += other.upTo[i];
    }
    seconds += other.seconds;
    return *this;
}

LatencyHistogram::Counts &LatencyHistogram::Counts::operator-=(const Counts &other)
{
    return *this += times(other, -1);
}

LatencyHistogram::LatencyHistogram(const WorldSeries &requests, const WorldSeries &p50,
                                   const WorldSeries &p95, const WorldSeries &p99)
    : m_requests(&requests)
    , m_p50(&p50)
    , m_p95(&p95)
    , m_p99(&p99)
{}

LatencyHistogram::Counts LatencyHistogram::shareAt(qint64 slot) const
{
    const qint64 middle = slot * Slot + Slot / 2;
    return shareOf(
        Durations(m_p50->valueAt(middle), m_p95->valueAt(middle), m_p99->valueAt(middle)));
}

LatencyHistogram::Counts LatencyHistogram::usual() const
{
    return shareOf(
        Durations(m_p50->metric().baseline, m_p95->metric().baseline, m_p99->metric().baseline));
}

LatencyHistogram::Counts LatencyHistogram::countedUpTo(qint64 second) const
{
    const qint64 slot = second >= 0 ? second / Slot : -((-second + Slot - 1) / Slot);
    Counts counts = m_sums.upTo(slot, [this](qint64 of) {
        const double requests =
            m_requests->countedUpTo((of + 1) * Slot) - m_requests->countedUpTo(of * Slot);
        return times(shareAt(of), requests);
    });
    if (second > slot * Slot) {
        counts += times(shareAt(slot),
                        m_requests->countedUpTo(second) - m_requests->countedUpTo(slot * Slot));
    }
    return counts;
}
