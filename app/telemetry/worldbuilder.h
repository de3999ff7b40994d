// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/telemetry/worldplan.h"
#include "app/telemetry/worldseries.h"

#include <QHash>
#include <QMap>

#include <vector>

/**
 * Makes the series of a world from its plan: which metrics a service has, and what each incident
 * does to them, to what belongs to them (a p99 to its p95), and over the service map to others.
 */
class WorldBuilder
{
public:
    WorldBuilder(const WorldPlan &plan, qint64 seed);

    /** A metric as it is spelled; two spellings of one fact share their series. */
    struct Signal
    {
        qsizetype service = 0;
        Metric metric;
        size_t series = 0;
        /** From the series' unit to the metric's. */
        double factor = 1;
    };

    const QStringList &services() const { return m_names; }
    const std::vector<WorldSeries> &series() const { return m_series; }
    const QList<Signal> &signalList() const { return m_signals; }
    /** When the last incident that ends has recovered, or one that never ends has had its length.
     */
    TimelinePosition end() const { return m_end; }

private:
    /** A series in the making. */
    struct Draft
    {
        Metric metric;
        QList<MetricEffect> effects;
    };
    struct Service
    {
        /** Services that it calls and that call it, as indices; some may be there twice. */
        QList<qsizetype> calls;
        QList<qsizetype> callers;
        QList<Draft> drafts;
        QHash<QString, qsizetype> byName;
        /** Other spellings of what is among the drafts. */
        QList<Metric> aliases;
    };
    /** What the incident at hand does to one service: by the index of the draft, in that order. */
    using Impact = QMap<qsizetype, MetricEffect>;

    qsizetype serviceNamed(const QString &name);
    void collectServices(const WorldPlan &plan);
    void collectMetrics(const QList<WorldIncident> &incidents);
    void nameMetrics(Service &service, const QList<Metric> &metrics);
    void addIncident(const WorldIncident &incident);
    /** Phases are in any order, and only those of the service that has the incident. */
    Impact impactOf(const WorldIncident &incident, qsizetype service, const QList<Metric> &metrics,
                    QList<ScenarioPhase> phases) const;
    Impact impactOfSeverity(const WorldIncident &incident, qsizetype service) const;
    void addImplied(qsizetype service, Impact &impact) const;
    void spreadToCallers(const WorldIncident &incident, qsizetype from, const Impact &impact);
    void spreadToCalled(const WorldIncident &incident, qsizetype from, const Impact &impact);
    void apply(qsizetype service, const Impact &impact);
    MetricEffect effectOn(const WorldIncident &incident, qsizetype service,
                          const Draft &draft) const;
    const Draft *draftOf(qsizetype service, const QString &metric) const;
    qsizetype indexOf(qsizetype service, const QString &metric) const;
    double baselineOf(qsizetype service, const QString &metric) const;
    Duration delayBetween(qsizetype caller, qsizetype called) const;
    void finish();

    quint64 m_seed;
    QStringList m_names;
    QHash<QString, qsizetype> m_byName;
    QList<Service> m_services;
    std::vector<WorldSeries> m_series;
    QList<Signal> m_signals;
    TimelinePosition m_end;
};
