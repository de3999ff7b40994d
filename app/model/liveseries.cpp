// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/liveseries.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr double RoomForNoise = 1.2; ///< σ beyond the value that a metric goes to
constexpr double CurveHeadroom = 0.05;

std::shared_ptr<const Scenario> lasting(std::shared_ptr<const Scenario> scenario,
                                        std::chrono::milliseconds duration)
{
    const auto seconds = int(std::chrono::ceil<std::chrono::seconds>(duration).count());
    if (seconds <= 0 || seconds == scenario->durationSeconds) {
        return scenario;
    }
    auto copy = std::make_shared<Scenario>(*scenario);
    copy->durationSeconds = seconds;
    return copy;
}

} // namespace

LiveSeries::LiveSeries(std::shared_ptr<const Scenario> scenario, qint64 seed,
                       std::chrono::milliseconds duration)
    : m_scenario(lasting(std::move(scenario), duration))
    , m_series(*m_scenario, seed)
    , m_memories(size_t(m_series.count()))
{}

QList<qsizetype> LiveSeries::telling(qsizetype most) const
{
    QList<qsizetype> order;
    for (qsizetype i = 0; i < count(); ++i) {
        order.append(i);
    }
    const auto departure = [this](qsizetype metric) {
        return std::abs(m_scenario->metrics[metric].deviationSigma);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](qsizetype a, qsizetype b) { return departure(a) > departure(b); });
    order = order.first(std::min(order.size(), most));
    std::sort(order.begin(), order.end());
    return order;
}

double LiveSeries::valueAt(qsizetype metric, Duration time) const
{
    const double at = toMilliseconds(time) / double(m_series.step().count());
    const auto index = qint64(std::floor(at));
    const double before = m_series.valueAtStep(metric, index);
    const double share = at - double(index);
    return share == 0 ? before
                      : before + share * (m_series.valueAtStep(metric, index + 1) - before);
}

MetricCurve LiveSeries::curve(qsizetype metric, Severity severity, Duration begin, Duration end,
                              int pixels)
{
    const double from = toMilliseconds(begin);
    const double to = toMilliseconds(end);
    Memory &memory = m_memories[size_t(metric)];
    // Two points a pixel are all that can be seen.
    const double steps = (to - from) / double(m_series.step().count());
    const auto stride = std::max<qint64>(1, qint64(steps / (2.0 * std::max(1, pixels))));
    const double grid = double(m_series.step().count() * stride);
    const auto first = qint64(std::floor(from / grid));
    const auto last = qint64(std::floor(to / grid));
    auto next = memory.first + qint64(memory.values.size());
    if (stride != memory.stride || first < memory.first || first > next) {
        memory = {stride, first, {}};
        next = first;
    }
    while (memory.first < first && !memory.values.empty()) {
        memory.values.pop_front();
        ++memory.first;
    }
    for (; next <= last; ++next) {
        memory.values.push_back(m_series.valueAtStep(metric, next * stride));
    }

    QList<QPointF> samples{{from, valueAt(metric, begin)}};
    samples.reserve(last - first + 3);
    for (qint64 index = first + 1; index <= last; ++index) {
        samples.append({double(index) * grid, memory.values[size_t(index - memory.first)]});
    }
    if (samples.last().x() < to) {
        samples.append({to, valueAt(metric, end)});
    }

    const Metric &what = m_scenario->metrics[metric];
    const MetricSeries::Band band = m_series.band(metric);
    MetricCurve curve = metricCurve(what, band, severity, samples, pixels);
    const double beyond = what.value + (band.isUpwards ? 1 : -1) * RoomForNoise * band.sigma;
    const double reach = std::clamp(beyond, band.minimum, band.maximum);
    const double room = CurveHeadroom * std::abs(reach - band.baseline);
    curve.range.low = std::min(curve.range.low, reach - room);
    curve.range.high = std::max(curve.range.high, reach + room);
    curve.hasLimit = band.limit > curve.range.low && band.limit < curve.range.high;
    return curve;
}
