// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/metriccurve.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr double Headroom = 0.05;

/** The lowest and the highest of each pixel's points, in their order: two points a pixel. */
QList<QPointF> decimated(const QList<QPointF> &points, int pixels)
{
    if (pixels <= 0 || points.size() <= qsizetype(2) * pixels) {
        return points;
    }
    QList<QPointF> out;
    out.reserve(qsizetype(2) * pixels);
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const auto first = points.begin() + points.size() * pixel / pixels;
        const auto last = points.begin() + points.size() * (pixel + 1) / pixels;
        const auto lower = [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); };
        const auto [low, high] = std::minmax_element(first, last, lower);
        out.append(low < high ? *low : *high);
        if (low != high) {
            out.append(low < high ? *high : *low);
        }
    }
    return out;
}

QList<QList<QPointF>> stretchesBeyond(const QList<QPointF> &points, double limit, bool isUpwards)
{
    const auto isBeyond = [&](const QPointF &p) {
        return isUpwards ? p.y() > limit : p.y() < limit;
    };
    const auto crossing = [limit](const QPointF &a, const QPointF &b) {
        const double part = (limit - a.y()) / (b.y() - a.y());
        return QPointF(a.x() + part * (b.x() - a.x()), limit);
    };
    QList<QList<QPointF>> runs;
    bool wasBeyond = false;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const bool is = isBeyond(points[i]);
        if (is && !wasBeyond) {
            runs.append(QList<QPointF>());
            if (i > 0) {
                runs.last().append(crossing(points[i - 1], points[i]));
            }
        }
        if (is) {
            runs.last().append(points[i]);
        } else if (wasBeyond) {
            runs.last().append(crossing(points[i - 1], points[i]));
        }
        wasBeyond = is;
    }
    return runs;
}

} // namespace

QString MetricCurve::limitLabel() const
{
    return band.isUpwards ? QStringLiteral("+3σ") : QStringLiteral("−3σ");
}

MetricCurve metricCurve(const Metric &metric, const MetricSeries::Band &band, Severity severity,
                        const QList<QPointF> &samples, int pixels)
{
    MetricCurve curve;
    curve.metric = metric;
    curve.band = band;
    curve.severity = severity;
    curve.from = samples.first().x();
    curve.to = samples.last().x();
    const auto within = [&band](double value) {
        return std::clamp(value, band.minimum, band.maximum);
    };
    curve.outer = {within(band.baseline - 3 * band.sigma), within(band.baseline + 3 * band.sigma)};
    curve.inner = {within(band.baseline - band.sigma), within(band.baseline + band.sigma)};
    MetricCurve::Span &range = curve.range;
    range = {std::max(band.baseline - 3 * band.sigma, band.minimum),
             std::min(band.baseline + 3 * band.sigma, band.maximum)};
    for (const QPointF &point : samples) {
        range.low = std::min(range.low, point.y());
        range.high = std::max(range.high, point.y());
    }
    const double room = std::max((range.high - range.low) * Headroom, 1e-12);
    range.high += room;
    range.low -= room;
    curve.hasLimit = band.limit > range.low && band.limit < range.high;
    curve.points = decimated(samples, pixels);
    curve.beyond = stretchesBeyond(curve.points, band.limit, band.isUpwards);
    curve.edge = {{curve.from, band.limit}};
    for (const QList<QPointF> &stretch : std::as_const(curve.beyond)) {
        curve.edge += stretch;
    }
    const QPointF last = curve.edge.last();
    curve.edge.append({curve.to, last.x() < curve.to ? band.limit : last.y()});
    return curve;
}

CurveLabels labelsApart(const Metric &metric, double baselineY, double valueY, double height)
{
    if (metric.value == metric.baseline || std::abs(baselineY - valueY) >= height) {
        return {baselineY, valueY};
    }
    const double middle = (baselineY + valueY) / 2;
    const double side = metric.value > metric.baseline ? height / 2 : -height / 2;
    return {middle + side, middle - side};
}
