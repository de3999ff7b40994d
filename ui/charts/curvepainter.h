// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/metriccurve.h"

#include <QRectF>

class QPainter;
struct Theme;

/** How a live curve is drawn; widths in the painter's own units. */
struct CurveLook
{
    double line = CurveWidth;
    double beyond = BeyondWidth;
    double thin = 1;
    /** Of the dot at the present. */
    double dot = 3;
};

/**
 * Paints the plot of a curve, without labels: bands, baseline, limit, onset, the line and a dot
 * where it is now. For charts that change ten times a second, which need no charting library.
 */
void paintCurve(QPainter *painter, const QRectF &plot, const MetricCurve &curve, const Theme &theme,
                const CurveLook &look);
/** Where a value lies in the plot, from its top downwards. */
double curveY(const QRectF &plot, const MetricCurve &curve, double value);
