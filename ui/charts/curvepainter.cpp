// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/curvepainter.h"

#include "ui/look/theme.h"

#include <QPainter>

namespace {

constexpr double CurveFillDark = 0.22;

} // namespace

double curveY(const QRectF &plot, const MetricCurve &curve, double value)
{
    return plot.bottom() -
           (value - curve.range.low) / (curve.range.high - curve.range.low) * plot.height();
}

void paintCurve(QPainter *painter, const QRectF &plot, const MetricCurve &curve, const Theme &theme,
                const CurveLook &look)
{
    if (curve.points.isEmpty() || !(curve.to > curve.from)) {
        return;
    }
    const auto x = [&](double ms) {
        return plot.left() + (ms - curve.from) / (curve.to - curve.from) * plot.width();
    };
    const auto y = [&](double value) { return curveY(plot, curve, value); };
    const auto mapped = [&](const QList<QPointF> &points) {
        QPolygonF polygon;
        polygon.reserve(points.size() + 2);
        for (const QPointF &point : points) {
            polygon.append({x(point.x()), y(point.y())});
        }
        return polygon;
    };
    painter->save();
    painter->setClipRect(plot.adjusted(0, -look.beyond, look.dot + look.thin, look.beyond),
                         Qt::IntersectClip);
    const auto band = [&](const MetricCurve::Span &span, const QColor &ink) {
        const double top = std::max(y(span.high), plot.top());
        const double bottom = std::min(y(span.low), plot.bottom());
        painter->fillRect(QRectF(plot.left(), top, plot.width(), std::max(0.0, bottom - top)), ink);
    };
    band(curve.outer, theme.bandOuter);
    band(curve.inner, theme.bandInner);

    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(QPen(theme.secondary, look.thin, Qt::CustomDashLine));
    QPen dashes(theme.secondary, look.thin);
    dashes.setDashPattern({7, 5});
    painter->setPen(dashes);
    painter->drawLine(QPointF(plot.left(), y(curve.band.baseline)),
                      QPointF(plot.right(), y(curve.band.baseline)));
    if (curve.hasLimit) {
        dashes.setDashPattern({1, 3});
        painter->setPen(dashes);
        painter->drawLine(QPointF(plot.left(), y(curve.band.limit)),
                          QPointF(plot.right(), y(curve.band.limit)));
    }
    painter->setPen(QPen(theme.border, look.thin));
    painter->drawLine(plot.topLeft(), plot.bottomLeft());
    if (curve.from <= 0 && curve.to >= 0) {
        painter->drawLine(QPointF(x(0), plot.top()), QPointF(x(0), plot.bottom()));
    }

    painter->setRenderHint(QPainter::Antialiasing);
    const QColor edge = theme.ink(curve.severity).edge;
    QColor fill = edge;
    fill.setAlphaF(float(theme.dark ? CurveFillDark : BeyondFill));
    QPolygonF surface = mapped(curve.edge);
    surface.append({plot.right(), y(curve.band.limit)});
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawPolygon(surface);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(theme.accent, look.line, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(mapped(curve.points));
    painter->setPen(QPen(edge, look.beyond, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const QList<QPointF> &stretch : curve.beyond) {
        painter->drawPolyline(mapped(stretch));
    }

    const QPointF last = curve.points.last();
    const bool isBeyond =
        curve.band.isUpwards ? last.y() > curve.band.limit : last.y() < curve.band.limit;
    painter->setPen(QPen(theme.base, look.thin * 2));
    painter->setBrush(isBeyond ? edge : theme.accent);
    painter->drawEllipse(QPointF(x(last.x()), y(last.y())), look.dot, look.dot);
    painter->restore();
}
