// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/telemetry/goldensignals.h"
#include "app/telemetry/serviceworld.h"

#include <QTest>

#include <memory>

/** Plans for the tests of the world, and what they look at. */
namespace WorldPlans {

inline TimelinePosition at(qint64 seconds)
{
    return TimelinePosition(std::chrono::seconds(seconds));
}

inline Metric metric(const QString &name, double value, double baseline, const QString &unit,
                     MetricPattern pattern = MetricPattern::Step, double sigma = 6)
{
    return {name, value, baseline, value < baseline ? -sigma : sigma, pattern, unit};
}

/** Of five minutes, on "shop". */
inline WorldIncident incident(qint64 startSeconds, const QList<Metric> &metrics)
{
    WorldIncident incident;
    incident.service = QStringLiteral("shop");
    incident.start = at(startSeconds);
    incident.metrics = metrics;
    return incident;
}

inline WorldPlan planOf(const QList<WorldIncident> &incidents)
{
    WorldPlan plan;
    plan.incidents = incidents;
    return plan;
}

inline qsizetype signalOf(const ServiceWorld &world, QLatin1String metric,
                          const QString &service = QStringLiteral("shop"))
{
    const qsizetype found = world.find(service, metric);
    [&] { QVERIFY2(found >= 0, metric.data()); }();
    return found;
}

/** The mean of a metric over some seconds, and over twenty seeds, since one noise has a mean. */
inline double meanOf(const WorldPlan &plan, QLatin1String metric, qint64 from, qint64 to,
                     const QString &service = QStringLiteral("shop"))
{
    constexpr int Seeds = 20;
    double sum = 0;
    for (int seed = 0; seed < Seeds; ++seed) {
        const ServiceWorld world(plan, seed);
        const qsizetype signal = signalOf(world, metric, service);
        for (qint64 second = from; second < to; ++second) {
            sum += world.valueAt(signal, at(second));
        }
    }
    return sum / double((to - from) * Seeds);
}

} // namespace WorldPlans
