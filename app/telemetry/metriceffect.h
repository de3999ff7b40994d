// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"
#include "app/model/scenario.h"

#include <QList>

/** What one incident does to one metric of one service, in the unit of that metric. */
struct MetricEffect
{
    /** From a moment on, the effect aims at another change; it gets there within a few seconds. */
    struct Turn
    {
        /** From begin. */
        Duration at{0};
        double change = 0;

        bool operator==(const Turn &) const = default;
    };

    /** When the metric begins to depart. */
    TimelinePosition begin;
    /** From begin to the end of the plateau; above 0. */
    Duration length = std::chrono::minutes(5);
    /** From the end of the plateau until nothing is left. */
    Duration recovery{0};
    bool ends = true;
    MetricPattern pattern = MetricPattern::Step;
    /** By how much the metric departs when the onset is over. */
    double change = 0;
    /** Ascending. */
    QList<Turn> turns;

    /** When nothing of it is left; TimelinePosition::max() if it never ends. */
    TimelinePosition over() const
    {
        return ends ? begin + length + recovery : TimelinePosition::max();
    }
    /** Returns the departure from the baseline at that moment. */
    double at(TimelinePosition position) const;

    bool operator==(const MetricEffect &) const = default;
};
