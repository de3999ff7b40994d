// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/worldseries.h"

#include "app/model/metricnames.h"
#include "app/telemetry/metricunits.h"
#include "app/telemetry/nearmath.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr double WidestNoise = 0.15; ///< of the baseline
constexpr double SharedPart = 0.6;   ///< of the noise, the load of the service
constexpr double SeasonPart = 0.03;
constexpr double SeasonSigma = 0.4;
constexpr qint64 LongestLag = 9;       ///< seconds behind the load
constexpr double QuietFromZero = 0.05; ///< noise of what is usually 0, once it is not
constexpr double Infinite = std::numeric_limits<double>::infinity();

double sigmaOf(const Metric &metric)
{
    const double departure = std::abs(metric.value - metric.baseline);
    const double sigma =
        departure / (metric.deviationSigma == 0 ? 1 : std::abs(metric.deviationSigma));
    return sigma > 0 && std::isfinite(sigma) ? sigma
                                             : std::max(std::abs(metric.baseline) * 0.02, 1e-9);
}

/** Few things that are there or not, and don't flicker: pods, replicas, circuit breakers. */
bool isSteady(const Metric &metric)
{
    constexpr double Few = 12;
    return isBooleanMetric(metric) ||
           (!isCounter(metric) && isCountMetric(metric) && std::abs(metric.baseline) <= Few &&
            (metric.name.contains(u"pod") || metric.name.contains(u"replica") ||
             metric.name.contains(u"node") || metric.name.contains(u"firing") ||
             metric.name.contains(u"shard")));
}

/**
 * Adds parts of what is there: as they are while there is room, and less and less when they come to
 * more than 95 % of it. One part alone counts in full.
 */
class PartSum
{
public:
    void add(double part)
    {
        m_sum += part;
        m_largest = std::max(m_largest, part);
    }
    double value() const
    {
        constexpr double Room = 0.95;
        const double bent =
            m_sum <= Room ? m_sum : 1 - (1 - Room) * std::exp(-(m_sum - Room) / (1 - Room));
        return std::min(1.0, std::max(m_largest, bent));
    }

private:
    double m_sum = 0;
    double m_largest = 0;
};

} // namespace

WorldSeries::WorldSeries(const Metric &metric, const Service &service,
                         const QList<MetricEffect> &effects)
    : m_metric(metric)
    , m_service(service)
    , m_effects(effects)
    , m_seed(WorldNoise::hashOf(factOf(metric.name), service.seed))
    , m_sigma(sigmaOf(metric))
    , m_minimum(0)
    , m_maximum(greatestOf(metric))
    , m_perSecond(countPerSecond(metric))
    , m_isWhole(!isCounter(metric) && isCountMetric(metric))
    , m_isBoolean(isBooleanMetric(metric))
{
    std::stable_sort(
        m_effects.begin(), m_effects.end(),
        [](const MetricEffect &a, const MetricEffect &b) { return a.begin < b.begin; });
    const double baseline = metric.baseline;
    if (!cannotBeNegative(metric) && m_maximum == Infinite && (baseline < 0 || metric.value < 0)) {
        m_minimum = -Infinite;
    }
    m_spread = std::min(m_sigma, WidestNoise * std::abs(baseline));
    m_noise = isSteady(metric)         ? Noise::None
              : m_maximum != Infinite  ? Noise::Limited
              : m_minimum == -Infinite ? Noise::Free
                                       : Noise::Relative;
    const GoldenSignal signal = goldenSignalOf(metric);
    if (m_noise != Noise::None && signal != GoldenSignal::None && baseline > 0) {
        m_season = std::min(SeasonPart, SeasonSigma * m_sigma / baseline);
    }
    // What falls when something is wrong falls a little when there is much to do; only traffic is
    // the load itself.
    m_direction = metric.value < baseline && signal != GoldenSignal::Traffic ? -1 : 1;
    m_lag = signal == GoldenSignal::Traffic
                ? 0
                : qint64(WorldNoise::uniform(m_seed + 1) * double(LongestLag));
}

double WorldSeries::levelAt(qint64 second, const QList<MetricEffect> &effects) const
{
    const TimelinePosition now{std::chrono::seconds(second)};
    const double baseline = m_metric.baseline;
    double above = 0;
    PartSum upwards;
    PartSum downwards;
    for (const MetricEffect &effect : effects) {
        if (effect.begin > now) {
            break;
        }
        if (effect.over() <= now) {
            continue;
        }
        const double change = effect.at(now);
        if (change > 0 && m_maximum != Infinite) {
            upwards.add(change / std::max(m_maximum - baseline, 1e-12));
        } else if (change < 0 && m_minimum != -Infinite) {
            downwards.add(-change / std::max(baseline - m_minimum, 1e-12));
        } else {
            above += change;
        }
    }
    if (m_maximum != Infinite) {
        above += upwards.value() * std::max(m_maximum - baseline, 0.0);
    }
    if (m_minimum != -Infinite) {
        above -= downwards.value() * std::max(baseline - m_minimum, 0.0);
    }
    return std::clamp(baseline + above, m_minimum, m_maximum);
}

double WorldSeries::seasonAt(qint64 second) const
{
    return m_season * nearSine(double(second) / m_service.period + m_service.phase);
}

double WorldSeries::withNoise(qint64 second, double level, double shared, double own) const
{
    if (m_isBoolean) {
        return level >= 0.5 ? 1 : 0;
    }
    static const double ownPart = std::sqrt(1 - SharedPart * SharedPart);
    const double noise = SharedPart * m_direction * shared + ownPart * own;
    const double baseline = std::abs(m_metric.baseline);
    if (m_season > 0) {
        level += seasonAt(second) * std::min(level, baseline);
    }
    switch (m_noise) {
    case Noise::None:
        break;
    case Noise::Relative:
        if (level > 0) {
            // It grows with the level, but less than that: ten times as slow isn't ten times as
            // restless.
            const double part =
                baseline > 0 ? m_spread / baseline * std::min(1.0, std::sqrt(baseline / level))
                             : QuietFromZero;
            level *= nearExp(part * noise - part * part / 2);
        }
        break;
    case Noise::Limited: {
        // Near a bound there is little room, and the noise never reaches it.
        constexpr double Tail = 6;
        const double room = std::min(level - m_minimum, m_maximum - level);
        level += noise * std::min(m_spread, std::max(0.0, room) / Tail);
        break;
    }
    case Noise::Free:
        level += noise * m_spread;
        break;
    }
    if (m_isWhole) {
        level = std::round(level);
    }
    return std::clamp(level, m_minimum, m_maximum);
}

double WorldSeries::valueAt(qint64 second) const
{
    if (m_noise == Noise::None) {
        return withNoise(second, levelAt(second), 0, 0);
    }
    return withNoise(second, levelAt(second), WorldNoise::at(m_service.seed, second - m_lag),
                     WorldNoise::at(m_seed, second));
}

const WorldSeries::Running &WorldSeries::runningOver(qint64 stretch) const
{
    if (m_last && m_last->stretch == stretch) {
        return m_last->sums;
    }
    const qint64 first = stretch * WorldNoise::Stretch;
    const TimelinePosition begin{std::chrono::seconds(first)};
    const TimelinePosition end{std::chrono::seconds(first + WorldNoise::Stretch)};
    QList<MetricEffect> felt;
    for (const MetricEffect &effect : m_effects) {
        if (effect.begin < end && effect.over() > begin) {
            felt.append(effect);
        }
    }
    const auto own = WorldNoise::fill(m_seed, stretch);
    const auto shared = WorldNoise::fill(m_service.seed, stretch);
    // The load of a moment ago reaches into the stretch before.
    const auto before = m_lag > 0 ? WorldNoise::fill(m_service.seed, stretch - 1) : shared;
    m_last = Remembered{stretch, {}};
    Running &sums = m_last->sums;
    for (qint64 i = 0; i < WorldNoise::Stretch; ++i) {
        const qint64 late = i - m_lag;
        const double load =
            late >= 0 ? shared[size_t(late)] : before[size_t(late + WorldNoise::Stretch)];
        const double value = withNoise(first + i, levelAt(first + i, felt), load, own[size_t(i)]);
        sums[size_t(i) + 1] = sums[size_t(i)] + value * m_perSecond;
    }
    return sums;
}

double WorldSeries::countedUpTo(qint64 second) const
{
    const qint64 stretch = second >= 0
                               ? second / WorldNoise::Stretch
                               : -((-second + WorldNoise::Stretch - 1) / WorldNoise::Stretch);
    const double whole =
        m_sums.upTo(stretch, [this](qint64 slot) { return runningOver(slot).back(); });
    const qint64 rest = second - stretch * WorldNoise::Stretch;
    return rest == 0 ? whole : whole + runningOver(stretch)[size_t(rest)];
}
