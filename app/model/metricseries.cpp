// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/metricseries.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using std::chrono::milliseconds;

namespace {

constexpr double Inertia = 0.9; ///< φ of the noise: what lasts of it from one sample to the next
constexpr int Memory = 88;      ///< samples after which the noise has forgotten: φ^88 < 0.0001
constexpr double SharedPart = 0.6;
constexpr double LargestLag = 0.04;
constexpr int CurveSteps = 240;
constexpr int LeadInParts = 6; ///< the lead-in is that part of the duration
constexpr double SeasonPart = 0.02;
constexpr double SeasonSigma = 0.3;
constexpr int Oscillations = 4;

/** Spreads every bit of a number over all of another one (the finaliser of SplitMix64). */
quint64 scrambled(quint64 value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

/** FNV-1a; qHash differs from process to process. */
quint64 hashOf(const QString &text, quint64 start)
{
    quint64 hash = start ^ 0xCBF29CE484222325ULL;
    const QByteArray bytes = text.toUtf8();
    for (const char c : bytes) {
        hash = (hash ^ quint8(c)) * 0x100000001B3ULL;
    }
    return scrambled(hash);
}

/** In (0, 1). */
double uniform(quint64 hash)
{
    return (double(hash >> 11) + 0.5) / double(1ULL << 53);
}

/** A draw of the normal distribution that belongs to this index and to no other. */
double normal(quint64 seed, qint64 index)
{
    const quint64 first = scrambled(seed ^ scrambled(quint64(index)));
    const double radius = std::sqrt(-2 * std::log(uniform(first)));
    return radius * std::cos(2 * std::numbers::pi * uniform(scrambled(first)));
}

/**
 * AR(1) noise of variance 1 at any index without those before it: the sum of the draws that are
 * still felt there.
 */
double noiseAt(quint64 seed, qint64 index)
{
    double sum = 0;
    double weight = std::sqrt(1 - Inertia * Inertia);
    for (int back = 0; back < Memory; ++back) {
        sum += weight * normal(seed, index - back);
        weight *= Inertia;
    }
    return sum;
}

double smoothStep(double part)
{
    const double x = std::clamp(part, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

/** How much of the way from baseline to value the pattern has gone at that part of the duration. */
double envelope(MetricPattern pattern, double part)
{
    if (part < 0) {
        return 0;
    }
    switch (pattern) {
    case MetricPattern::Constant:
        return 1;
    case MetricPattern::Linear:
        return std::min(part / 0.9, 1.0);
    case MetricPattern::Spike:
        return part < 0.4 ? smoothStep(part / 0.12) : std::exp(-(part - 0.4) / 0.2);
    case MetricPattern::Oscillating:
        return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * Oscillations * std::min(part, 1.0));
    case MetricPattern::Step:
        return smoothStep(part / 0.03);
    }
    return 0;
}

MetricSeries::Band bandOf(const Metric &metric)
{
    constexpr double Infinite = std::numeric_limits<double>::infinity();
    MetricSeries::Band band;
    band.baseline = metric.baseline;
    const double departure = std::abs(metric.value - metric.baseline);
    band.sigma = departure / (metric.deviationSigma == 0 ? 1 : std::abs(metric.deviationSigma));
    if (!(band.sigma > 0) || !std::isfinite(band.sigma)) {
        band.sigma = std::max(std::abs(metric.baseline) * 0.02, 1e-9);
    }
    if (metric.unit == u"%" || metric.name.endsWith(u"_percent")) {
        band.maximum = 100;
    } else if (metric.unit == u"ratio" || metric.unit == u"boolean" ||
               metric.name.endsWith(u"_ratio")) {
        band.maximum = 1;
    } else {
        band.maximum = Infinite;
        if (metric.value < 0 || metric.baseline < 0) {
            band.minimum = -Infinite;
        }
    }
    band.isUpwards = metric.value == metric.baseline ? metric.deviationSigma >= 0
                                                     : metric.value > metric.baseline;
    band.limit = band.baseline + (band.isUpwards ? 3 : -3) * band.sigma;
    return band;
}

} // namespace

bool isDrawnAsRate(const Metric &metric)
{
    return metric.name.endsWith(u"_total");
}

MetricSeries::MetricSeries(const Scenario &scenario, qint64 seed)
{
    const milliseconds duration = std::chrono::seconds(std::max(1, scenario.durationSeconds));
    m_step = std::max(milliseconds(10), duration / CurveSteps);
    m_begin = -m_step * (CurveSteps / LeadInParts); // on the grid, like every other sample
    m_end = duration;
    m_driverSeed = hashOf(scenario.id, scrambled(quint64(seed)));
    m_metrics.reserve(size_t(scenario.metrics.size()));
    for (const Metric &metric : scenario.metrics) {
        Shape shape;
        shape.metric = metric;
        shape.band = bandOf(metric);
        shape.seed = hashOf(metric.name, m_driverSeed);
        shape.lag = uniform(scrambled(shape.seed + 1)) * LargestLag;
        shape.phase = uniform(scrambled(shape.seed + 2)) * 2 * std::numbers::pi;
        shape.isBoolean = metric.unit == u"boolean";
        m_metrics.push_back(shape);
    }
}

double MetricSeries::sampleAt(const Shape &shape, qint64 index) const
{
    const double part = double(index * m_step.count()) / double(m_end.count()) - shape.lag;
    const Band &band = shape.band;
    const double way = envelope(shape.metric.pattern, part);
    const double quiet = shape.metric.baseline;
    const double mean = quiet + way * (shape.metric.value - quiet);
    if (shape.isBoolean) {
        return way >= 0.5 ? shape.metric.value : quiet;
    }
    const double season = std::min(std::abs(quiet) * SeasonPart, band.sigma * SeasonSigma) *
                          std::sin(2 * std::numbers::pi * part * 1.3 + shape.phase);
    // The driver moves what goes up and what goes down against each other, each a little later.
    const qint64 late = std::llround(shape.lag * CurveSteps);
    const double shared = noiseAt(m_driverSeed, index - late) * (band.isUpwards ? 1 : -1);
    const double own = noiseAt(shape.seed, index);
    const double noise = SharedPart * shared + std::sqrt(1 - SharedPart * SharedPart) * own;
    return std::clamp(mean + season + noise * band.sigma, band.minimum, band.maximum);
}

double MetricSeries::valueAt(qsizetype metric, milliseconds time) const
{
    const Shape &shape = m_metrics[size_t(metric)];
    const qint64 at = std::clamp(time, m_begin, m_end).count();
    qint64 index = at / m_step.count();
    if (at < 0 && at % m_step.count() != 0) {
        --index;
    }
    const double before = sampleAt(shape, index);
    const qint64 rest = at - index * m_step.count();
    if (rest == 0) {
        return before;
    }
    const double share = double(rest) / double(m_step.count());
    return before + share * (sampleAt(shape, index + 1) - before);
}

double MetricSeries::valueAtStep(qsizetype metric, qint64 index) const
{
    return sampleAt(m_metrics[size_t(metric)], index);
}

QList<QPointF> MetricSeries::samples(qsizetype metric) const
{
    QList<QPointF> points;
    points.reserve((m_end - m_begin) / m_step + 2);
    for (milliseconds time = m_begin; time < m_end; time += m_step) {
        points.append({double(time.count()), valueAt(metric, time)});
    }
    points.append({double(m_end.count()), valueAt(metric, m_end)});
    return points;
}
