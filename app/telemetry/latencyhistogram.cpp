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

/** Returns the part of the normal distribution below z. */
double normalUpTo(double z)
{
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/** Log-normal in two pieces: one slope up to the p95, another one beyond. */
class Durations
{
public:
    Durations(double p50, double p95, double p99)
    {
        constexpr double Shortest = 1e-6;
        constexpr double Longest = 1e9;
        constexpr double Steepest = 1.02; // three percentiles can't be one
        const double middle = std::clamp(p50, Shortest, Longest);
        const double high = std::clamp(p95, middle * Steepest, middle * Longest);
        const double highest = std::clamp(p99, high * Steepest, high * Longest);
        m_middle = std::log(middle);
        m_slope = (std::log(high) - m_middle) / Z95;
        m_high = std::log(high);
        m_slopeBeyond = (std::log(highest) - m_high) / (Z99 - Z95);
    }

    /** Returns the part of the requests that takes at most so long: the logarithm of seconds. */
    double partUpTo(double at) const
    {
        const double z =
            at <= m_high ? (at - m_middle) / m_slope : Z95 + (at - m_high) / m_slopeBeyond;
        return normalUpTo(z);
    }

    double mean() const
    {
        // Of each piece, the mean of a log-normal distribution that is cut: the lower one at the
        // p95, the upper one at both ends. If a p99 is far from its p95, nearly all the seconds
        // would otherwise be those of a request that nobody ever makes.
        constexpr double Last = 3.5;    // of some thousand requests, one is beyond
        constexpr double MostOfP99 = 2; // what a request beyond the p95 takes
        const double high = std::exp(m_high);
        const double highest = std::exp(m_high + m_slopeBeyond * (Z99 - Z95));
        const double lower = std::exp(m_middle + m_slope * m_slope / 2) * normalUpTo(Z95 - m_slope);
        const double beyond = m_high - Z95 * m_slopeBeyond; // where its middle would be
        const double upper = std::exp(beyond + m_slopeBeyond * m_slopeBeyond / 2) *
                             (normalUpTo(Last - m_slopeBeyond) - normalUpTo(Z95 - m_slopeBeyond));
        return within(0, LowerPart * high, lower) +
               within(UpperPart * high, UpperPart * MostOfP99 * highest, upper);
    }

private:
    static constexpr double LowerPart = 0.95; // of the requests
    static constexpr double UpperPart = 1 - LowerPart;

    /** Returns the value, and the greatest one for what is no number: the steepest slopes. */
    static double within(double least, double greatest, double value)
    {
        return std::isnan(value) ? greatest : std::clamp(value, least, greatest);
    }

    double m_middle;
    double m_slope;
    double m_high;
    double m_slopeBeyond;
};

LatencyHistogram::Counts shareOf(const Durations &durations)
{
    static const auto logarithms = [] {
        std::array<double, LatencyHistogram::Bounds.size()> all;
        std::transform(LatencyHistogram::Bounds.begin(), LatencyHistogram::Bounds.end(),
                       all.begin(), [](double bound) { return std::log(bound); });
        return all;
    }();
    LatencyHistogram::Counts share;
    for (size_t i = 0; i < LatencyHistogram::Bounds.size(); ++i) {
        share.upTo[i] = durations.partUpTo(logarithms[i]);
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
        // The earlier one first: going on costs less than going back.
        const double before = m_requests->countedUpTo(of * Slot);
        return times(shareAt(of), m_requests->countedUpTo((of + 1) * Slot) - before);
    });
    if (second > slot * Slot) {
        const double before = m_requests->countedUpTo(slot * Slot);
        counts += times(shareAt(slot), m_requests->countedUpTo(second) - before);
    }
    return counts;
}
