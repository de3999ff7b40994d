// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/metricseries.h"

#include <QList>
#include <QPointF>

/**
 * What a chart of one metric shows, without a colour or a pixel: the charts of the program and
 * those of a report are drawn from this alone. X is milliseconds from the onset, Y is in the
 * metric's unit.
 */
struct MetricCurve
{
    /** A span of values. */
    struct Span
    {
        double low = 0;
        double high = 0;
    };

    Metric metric;
    MetricSeries::Band band;
    Severity severity = Severity::Medium;
    double from = 0;
    double to = 0;
    /** All that is seen, with some room above and below. */
    Span range;
    /** The usual range: within 3σ and within 1σ of the baseline. */
    Span outer;
    Span inner;
    /** The 3σ limit lies within the range. */
    bool hasLimit = false;
    /** The curve, at most two points a pixel, so that no peak is lost. */
    QList<QPointF> points;
    /** The stretches beyond the limit, each from where the line crosses it to where it returns. */
    QList<QList<QPointF>> beyond;
    /** The outer edge of the surface between the limit and what is beyond it. */
    QList<QPointF> edge;

    /** "+3σ" or "−3σ". */
    QString limitLabel() const;
};

/** Widths of its lines, in pixels of the design. */
inline constexpr double CurveWidth = 1.5;
inline constexpr double BeyondWidth = 2.25;
/** How much of the severity's edge colour the surface beyond the limit has, on a light ground. */
inline constexpr double BeyondFill = 0.14;

/** Makes the curve of at least one sample, ascending; `pixels` is the width that it is drawn in. */
MetricCurve metricCurve(const Metric &metric, const MetricSeries::Band &band, Severity severity,
                        const QList<QPointF> &samples, int pixels);

/**
 * Returns where the labels of baseline and value stand, from where the two lie, downwards: moved
 * apart if they would touch.
 */
struct CurveLabels
{
    double baseline = 0;
    double value = 0;
};
CurveLabels labelsApart(const Metric &metric, double baselineY, double valueY, double height);
