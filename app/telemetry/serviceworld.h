// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/telemetry/latencyhistogram.h"
#include "app/telemetry/worldbuilder.h"
#include "app/telemetry/worldplan.h"

#include <memory>

/**
 * The metrics of all services of a timeline, each with one value at one second, whatever incidents
 * touch it: its usual noise, plus what every incident that is in progress does to it, plus what
 * reaches it from other services. A pure function of plan, seed and position: the order of asking
 * changes nothing, and positions before the start and after the end have values, too.
 *
 * A signal is one metric of one service; signals are numbered from 0. Each service has its golden
 * signals before anything happens (goldensignals.h), and what its incidents name. What it computes
 * is remembered for the next instant, so it belongs to one thread.
 */
class ServiceWorld
{
public:
    ServiceWorld(const WorldPlan &plan, qint64 seed);

    const QStringList &services() const { return m_builder.services(); }
    qsizetype count() const { return m_builder.signalList().size(); }
    /** Returns the service of a signal, as an index of services(). */
    qsizetype serviceOf(qsizetype signal) const;
    /** Returns name, unit and baseline; its value and pattern belong to one of its incidents. */
    const Metric &metric(qsizetype signal) const;
    /** Returns σ of a usual day, in the metric's unit. */
    double sigma(qsizetype signal) const;
    /** Returns the number of a signal, or -1. */
    qsizetype find(const QString &service, const QString &metric) const;

    /**
     * Returns the value at the last whole second, in the metric's unit; of a counter, its rate.
     */
    double valueAt(qsizetype signal, TimelinePosition position) const;
    /**
     * Returns what a counter of the signal shows at the last whole second: it grows by the value
     * each second if the unit is a rate, else each minute, and never falls. It has counted for an
     * hour or more when the timeline starts; earlier than that, it stands at 0.
     */
    double totalAt(qsizetype signal, TimelinePosition position) const;
    /** Returns how the requests of a service took, counted as totalAt() counts. */
    LatencyHistogram::Counts latencyAt(qsizetype service, TimelinePosition position) const;

    /** When the last incident has recovered; the start if there is none. */
    TimelinePosition end() const { return m_builder.end(); }

private:
    const WorldBuilder::Signal &signalAt(qsizetype signal) const;
    const WorldSeries &seriesOf(qsizetype signal) const;

    WorldBuilder m_builder;
    QHash<std::pair<qsizetype, QString>, qsizetype> m_byName;
    /** By service; they point into the series of the builder, which stay where they are. */
    std::vector<LatencyHistogram> m_latencies;

    Q_DISABLE_COPY_MOVE(ServiceWorld)
};
