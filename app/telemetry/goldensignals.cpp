// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/goldensignals.h"

#include "app/telemetry/metricunits.h"
#include "app/telemetry/worldnoise.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace {

constexpr double FewestRequests = 120; ///< a second
constexpr double MostRequests = 900;
constexpr double FailedPart = 0.0003;
constexpr double MedianOfP95 = 0.42;
constexpr double P99OfP95 = 1.9;
constexpr double Gibibyte = 1024.0 * 1024 * 1024;

/** Draws what is usual for a service, and remembers what it has by now. */
class Usual
{
public:
    Usual(const QString &service, const QList<Metric> &named)
        : m_seed(WorldNoise::hashOf(service, 1))
        , m_all(named)
    {}

    double between(double least, double most)
    {
        return least + (most - least) * WorldNoise::uniform(++m_seed);
    }
    /** Adds the metric unless it is there, and returns its baseline in the unit of `metric`. */
    double take(Metric metric, double noise)
    {
        for (const Metric &there : m_all) {
            if (there.name == metric.name) {
                return there.baseline * unitFactor(there, metric);
            }
        }
        // σ follows from value and deviation, as with the metrics of scenarios.
        metric.deviationSigma = 3;
        metric.value = metric.baseline * (1 + 3 * noise);
        m_all.append(metric);
        m_missing.append(metric);
        return metric.baseline;
    }
    const QList<Metric> &missing() const { return m_missing; }

private:
    quint64 m_seed;
    QList<Metric> m_all;
    QList<Metric> m_missing;
};

Metric usual(QLatin1String name, double baseline, const char *unit)
{
    Metric metric;
    metric.name = name;
    metric.baseline = baseline;
    metric.unit = QLatin1String(unit);
    return metric;
}

} // namespace

bool countsFailedRequests(const QString &metric)
{
    static const QRegularExpression name(QStringLiteral("^http_response_status_5\\d\\d_total$"));
    return name.match(metric).hasMatch();
}

QList<Metric> goldenSignals(const QString &service, const QList<Metric> &named)
{
    Usual has(service, named);
    const double tens = std::round(has.between(FewestRequests, MostRequests) / 10) * 10;
    const double requests = has.take(usual(RequestsMetric, tens, "req/s"), 0.06);
    has.take(usual(ErrorsMetric, std::max(1.0, std::round(requests * 60 * FailedPart)), "count"),
             0.14);
    const double usualP95 = std::round(has.between(0.12, 0.4) * 100) / 100;
    // A named p99 says where the p95 may be.
    double namedP99 = 0;
    for (const Metric &metric : named) {
        namedP99 = metric.name == LatencyP99Metric ? metric.baseline : namedP99;
    }
    const double p95 = has.take(
        usual(LatencyP95Metric, namedP99 > 0 ? namedP99 / P99OfP95 : usualP95, "seconds"), 0.08);
    has.take(usual(LatencyP50Metric, p95 * MedianOfP95, "seconds"), 0.06);
    has.take(usual(LatencyP99Metric, p95 * P99OfP95, "seconds"), 0.1);
    has.take(usual(CpuMetric, std::round(has.between(28, 48)), "%"), 0.08);
    const double limit = std::pow(2, std::floor(has.between(1, 4))) * Gibibyte;
    double percent = std::round(has.between(42, 62));
    double bytes = percent / 100 * limit;
    for (const Metric &metric : named) {
        if (metric.name == MemoryPercentMetric) {
            bytes = metric.baseline / 100 * limit;
        } else if (metric.name == MemoryBytesMetric && metric.baseline > 0) {
            // The limit is the next power of two that leaves some room.
            percent =
                100 * metric.baseline / std::pow(2, std::ceil(std::log2(metric.baseline * 1.5)));
        }
    }
    has.take(usual(MemoryBytesMetric, std::round(bytes), "bytes"), 0.015);
    has.take(usual(MemoryPercentMetric, percent, "%"), 0.015);
    return has.missing();
}
