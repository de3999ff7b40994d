// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/telemetry/exposedmetric.h"
#include "app/telemetry/serviceworld.h"

#include <QList>

/**
 * The world under the names that another tool knows: families of one name each, sorted by it, with
 * one series for each service that has it. Lives no longer than its world.
 */
class ExposedWorld
{
public:
    ExposedWorld(const ServiceWorld &world, const MetricNames &names);

    enum class Type { Gauge, Counter, Histogram };
    struct Series
    {
        qsizetype service = 0;
        /** In the world; of no meaning for a histogram. */
        qsizetype signal = 0;
        ExposedMetric metric;
    };
    struct Family
    {
        QString name;
        Type type = Type::Gauge;
        QString help;
        QList<Series> series;
    };

    const ServiceWorld &world() const { return m_world; }
    const QList<Family> &families() const { return m_families; }
    /** Returns how many numbers one moment has. */
    qint64 samplesAtOnce() const;
    /** Returns what a gauge or a counter shows, in the unit of its name. */
    double valueAt(const Series &series, TimelinePosition position) const;

private:
    void add(const ExposedMetric &metric, qsizetype signal);
    void addHistogram(const QString &name);
    double failedPartAt(const QString &service, TimelinePosition position) const;

    const ServiceWorld &m_world;
    QList<Family> m_families;
    /** By service: what counts failed requests. */
    QList<QList<qsizetype>> m_failures;
};
