// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/model/metriccurve.h"

#include <deque>
#include <memory>
#include <vector>

/**
 * The metrics of one incident as they continue: what MetricSeries computes, remembered for as long
 * as it can be seen, so that a chart that moves on by a tenth of a second costs a tenth of a
 * second. Times are of the timeline's clock, since the onset.
 */
class LiveSeries
{
public:
    /** `duration` is how long its metrics last; the scenario's own if it is 0. */
    LiveSeries(std::shared_ptr<const Scenario> scenario, qint64 seed,
               std::chrono::milliseconds duration);

    const Scenario &scenario() const { return *m_scenario; }
    qsizetype count() const { return m_series.count(); }
    /** Returns at most so many metrics, those that depart furthest, in the scenario's own order. */
    QList<qsizetype> telling(qsizetype most) const;

    double valueAt(qsizetype metric, Duration time) const;
    /**
     * Returns what a chart of that width shows from `from` to `to`, which is the present. Its range
     * has room for what is still to come, so that the axis stands still.
     */
    MetricCurve curve(qsizetype metric, Severity severity, Duration from, Duration to, int pixels);

private:
    /** Values at every `stride` steps from `first` strides on. */
    struct Memory
    {
        qint64 stride = 1;
        qint64 first = 0;
        std::deque<double> values;
    };

    std::shared_ptr<const Scenario> m_scenario;
    MetricSeries m_series;
    std::vector<Memory> m_memories;
};
