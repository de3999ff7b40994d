// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/exposedworld.h"

#include "app/model/metricnames.h"
#include "app/telemetry/goldensignals.h"
#include "app/telemetry/metricunits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr QLatin1String CounterEnding("_total");

/** Returns what a tool sees of a metric, under the name that the timeline gives it. */
std::optional<ExposedMetric> namedMetric(const Metric &metric, const MetricNames &names)
{
    std::optional<ExposedMetric> exposed = exposedMetric(metric, names.naming);
    if (!exposed || !names.map.contains(metric.name)) {
        return exposed;
    }
    QString name = names.map.value(metric.name);
    if (exposed->reading == ExposedMetric::Reading::Total && !name.endsWith(CounterEnding)) {
        name += CounterEnding;
    }
    // One line that Prometheus cannot read costs the whole scrape, so such a name is not used; nor
    // is one of which OpenMetrics would leave nothing.
    if (isMetricName(names.map.value(metric.name)) && name != CounterEnding) {
        exposed->name = name;
    }
    return exposed;
}

/** Returns the name without the ending that only counters have. */
QString stemOf(const QString &name)
{
    return name.endsWith(CounterEnding) ? name.chopped(CounterEnding.size()) : name;
}

/** Returns whether the name is one that a histogram of that name has for its samples. */
bool isPartOf(const QString &histogram, const QString &name)
{
    static constexpr std::array Endings{QLatin1String("_bucket"), QLatin1String("_count"),
                                        QLatin1String("_sum"), QLatin1String("_created")};
    return std::any_of(Endings.begin(), Endings.end(),
                       [&](QLatin1String ending) { return name == QString(histogram + ending); });
}

} // namespace

ExposedWorld::ExposedWorld(const ServiceWorld &world, const MetricNames &names)
    : m_world(world)
    , m_failures(world.services().size())
{
    if (const QString histogram = histogramName(names.naming); !histogram.isEmpty()) {
        addHistogram(histogram);
    }
    for (qsizetype signal = 0; signal < world.count(); ++signal) {
        if (countsFailedRequests(world.metric(signal).name)) {
            m_failures[world.serviceOf(signal)].append(signal);
        }
        if (const auto metric = namedMetric(world.metric(signal), names)) {
            add(*metric, signal);
        }
    }
    std::sort(m_families.begin(), m_families.end(),
              [](const Family &a, const Family &b) { return a.name < b.name; });
}

void ExposedWorld::addHistogram(const QString &name)
{
    Family family{name, Type::Histogram, histogramHelp(), {}};
    for (qsizetype service = 0; service < m_world.services().size(); ++service) {
        family.series.append({service, -1, {}});
    }
    if (!family.series.isEmpty()) {
        m_families.append(family);
    }
}

void ExposedWorld::add(const ExposedMetric &metric, qsizetype signal)
{
    const Type type = metric.reading == ExposedMetric::Reading::Total ? Type::Counter : Type::Gauge;
    // OpenMetrics names the family of a counter without its ending, so that is taken, too, and a
    // histogram's samples have names of their own.
    const QString stem = stemOf(metric.name);
    const auto found =
        std::find_if(m_families.begin(), m_families.end(), [&](const Family &family) {
            return stemOf(family.name) == stem ||
                   (family.type == Type::Histogram && isPartOf(family.name, stem));
        });
    const Series series{m_world.serviceOf(signal), signal, metric};
    if (found == m_families.end()) {
        m_families.append({metric.name, type, metric.help, {series}});
        return;
    }
    const bool isThere =
        std::any_of(found->series.begin(), found->series.end(),
                    [&](const Series &other) { return other.service == series.service; });
    // Two spellings of one fact are one series, and a name has one type.
    if (found->type == type && found->name == metric.name && !isThere) {
        found->series.append(series);
    }
}

qint64 ExposedWorld::samplesAtOnce() const
{
    qint64 count = 0;
    for (const Family &family : m_families) {
        const qint64 each =
            family.type == Type::Histogram ? qint64(LatencyHistogram::Bounds.size()) + 3 : 1;
        count += family.series.size() * each;
    }
    return count;
}

double ExposedWorld::valueAt(const Series &series, TimelinePosition position) const
{
    switch (series.metric.reading) {
    case ExposedMetric::Reading::Value:
        return m_world.valueAt(series.signal, position) * series.metric.factor;
    case ExposedMetric::Reading::Total: {
        const double total = m_world.totalAt(series.signal, position) * series.metric.factor;
        return series.metric.isWhole ? std::floor(total) : total;
    }
    case ExposedMetric::Reading::FailedPart:
        return failedPartAt(m_world.services()[series.service], position);
    }
    return 0;
}

double ExposedWorld::failedPartAt(const QString &service, TimelinePosition position) const
{
    const auto perSecond = [&](qsizetype signal) {
        return m_world.valueAt(signal, position) * countPerSecond(m_world.metric(signal));
    };
    double failed = 0;
    for (const qsizetype signal : m_failures[m_world.services().indexOf(service)]) {
        failed += perSecond(signal);
    }
    const double all = perSecond(m_world.find(service, RequestsMetric));
    // A service of which nothing is left answers nothing: what there is has failed.
    return failed <= 0 ? 0 : all > 0 ? std::min(1.0, failed / all) : 1;
}
