// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QPointF>
#include <chrono>
#include <vector>

/**
 * How the metrics of a scenario go from quiet to the incident: a pure function of scenario, seed
 * and time, so that a chart looks the same whenever and wherever it is drawn. Times count from the
 * onset of the incident; before it lies a quiet lead-in. Values are in the unit of the metric; one
 * whose name ends in _total is its rate, since a band around a running sum means nothing.
 */
class MetricSeries
{
public:
    /** What is usual for a metric, and what is possible. Values are in its unit. */
    struct Band
    {
        double baseline = 0;
        double sigma = 1;
        double minimum = 0;
        double maximum = 0;
        /** The 3σ limit on the side to which the metric departs. */
        double limit = 0;
        bool isUpwards = true;
    };

    MetricSeries() = default;
    MetricSeries(const Scenario &scenario, qint64 seed);

    qsizetype count() const { return qsizetype(m_metrics.size()); }
    Band band(qsizetype metric) const { return m_metrics[size_t(metric)].band; }

    /** Negative: the first instant there is. */
    std::chrono::milliseconds begin() const { return m_begin; }
    /** The end of the incident; times beyond it continue as they were at the end. */
    std::chrono::milliseconds end() const { return m_end; }

    double valueAt(qsizetype metric, std::chrono::milliseconds time) const;
    /** Returns how far apart its samples lie: time `index` steps from the onset is one of them. */
    std::chrono::milliseconds step() const { return m_step; }
    /** Returns the value at a step of any time: quiet noise long before the onset, and what is left
     * after the end. */
    double valueAtStep(qsizetype metric, qint64 index) const;
    /** Milliseconds and values from begin to end, at the series' own step. */
    QList<QPointF> samples(qsizetype metric) const;

private:
    struct Shape
    {
        Metric metric;
        Band band;
        quint64 seed = 0;
        double lag = 0; ///< behind the shared driver, as a part of the duration
        double phase = 0;
        bool isBoolean = false;
    };

    double sampleAt(const Shape &shape, qint64 index) const;

    std::vector<Shape> m_metrics;
    quint64 m_driverSeed = 0;
    std::chrono::milliseconds m_begin{0};
    std::chrono::milliseconds m_end{0};
    std::chrono::milliseconds m_step{1000};
};

/** Returns whether the metric counts up for ever, so that its rate is drawn. */
bool isDrawnAsRate(const Metric &metric);
