// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/serviceworld.h"

#include "app/telemetry/goldensignals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

/** How long counters have counted at least when the timeline starts, in seconds. */
constexpr double Past = 3600;
/** Noise and season may add up to that for an hour. */
constexpr double MostOfBaseline = 1.5;

qint64 wholeSeconds(TimelinePosition position)
{
    return std::chrono::floor<std::chrono::seconds>(position.time_since_epoch()).count();
}

double countedBefore(const WorldSeries &series)
{
    return std::max(
        0.0, std::ceil(series.metric().baseline * series.perSecond() * Past * MostOfBaseline));
}

} // namespace

ServiceWorld::ServiceWorld(const WorldPlan &plan, qint64 seed)
    : m_builder(plan, seed)
{
    for (qsizetype i = 0; i < count(); ++i) {
        m_byName.insert({serviceOf(i), metric(i).name}, i);
    }
    for (const QString &service : services()) {
        const auto series = [&](QLatin1String name) -> const WorldSeries & {
            return seriesOf(find(service, name));
        };
        m_latencies.emplace_back(series(RequestsMetric), series(LatencyP50Metric),
                                 series(LatencyP95Metric), series(LatencyP99Metric));
    }
}

const WorldBuilder::Signal &ServiceWorld::signalAt(qsizetype signal) const
{
    return m_builder.signalList()[signal];
}

const WorldSeries &ServiceWorld::seriesOf(qsizetype signal) const
{
    return m_builder.series()[signalAt(signal).series];
}

qsizetype ServiceWorld::serviceOf(qsizetype signal) const
{
    return signalAt(signal).service;
}

const Metric &ServiceWorld::metric(qsizetype signal) const
{
    return signalAt(signal).metric;
}

double ServiceWorld::sigma(qsizetype signal) const
{
    return seriesOf(signal).sigma() * signalAt(signal).factor;
}

qsizetype ServiceWorld::find(const QString &service, const QString &metric) const
{
    return m_byName.value({services().indexOf(service), metric}, -1);
}

double ServiceWorld::valueAt(qsizetype signal, TimelinePosition position) const
{
    return seriesOf(signal).valueAt(wholeSeconds(position)) * signalAt(signal).factor;
}

double ServiceWorld::totalAt(qsizetype signal, TimelinePosition position) const
{
    const WorldSeries &series = seriesOf(signal);
    return std::max(0.0, countedBefore(series) + series.countedUpTo(wholeSeconds(position)));
}

LatencyHistogram::Counts ServiceWorld::latencyAt(qsizetype service, TimelinePosition position) const
{
    const LatencyHistogram &latency = m_latencies[size_t(service)];
    const double before = countedBefore(seriesOf(find(services()[service], RequestsMetric)));
    LatencyHistogram::Counts counts = latency.countedUpTo(wholeSeconds(position));
    const LatencyHistogram::Counts usual = latency.usual();
    // Long before the start, where counters stand at 0, no bucket holds more than the next one.
    double most = std::numeric_limits<double>::infinity();
    for (size_t i = counts.upTo.size(); i-- > 0;) {
        most = std::min(most, std::max(0.0, counts.upTo[i] + usual.upTo[i] * before));
        counts.upTo[i] = most;
    }
    counts.seconds = std::max(0.0, counts.seconds + usual.seconds * before);
    return counts;
}
