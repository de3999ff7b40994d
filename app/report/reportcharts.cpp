// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/timetext.h"
#include "app/model/metrictext.h"
#include "app/report/reportpictures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace {

constexpr double BodySize = 12;
constexpr double SmallSize = 11;
constexpr double HeadingHeight = 36;
constexpr double AxisHeight = 17;
constexpr double LabelGap = 5;

struct ChartWords
{
    Q_DECLARE_TR_FUNCTIONS(MetricChart)
};

/** Values and times in pixels of the picture. */
struct Plot
{
    const MetricCurve &curve;
    double left = 0;
    double top = 0;
    double width = 1;
    double height = 1;

    double x(double milliseconds) const
    {
        return left + (milliseconds - curve.from) / (curve.to - curve.from) * width;
    }
    double y(double value) const
    {
        return top + height -
               (value - curve.range.low) / (curve.range.high - curve.range.low) * height;
    }
    QString points(const QList<QPointF> &line) const
    {
        QString text;
        for (const QPointF &point : line) {
            text += QString::number(x(point.x()), 'f', 1) + u',' +
                    QString::number(y(point.y()), 'f', 1) + u' ';
        }
        return text.trimmed();
    }
};

void drawSpan(Markup &svg, const Plot &plot, const MetricCurve::Span &span, QLatin1String ink)
{
    const double top = std::clamp(plot.y(span.high), plot.top, plot.top + plot.height);
    const double bottom = std::clamp(plot.y(span.low), plot.top, plot.top + plot.height);
    svg.leaf("rect", {{"x", svgNumber(plot.left)},
                      {"y", svgNumber(top)},
                      {"width", svgNumber(plot.width)},
                      {"height", svgNumber(bottom - top)},
                      {"fill", ink}});
}

void drawCourse(Markup &svg, const Plot &plot, const QList<QPointF> &points, QLatin1String ink,
                double width)
{
    svg.leaf("polyline", {{"points", plot.points(points)},
                          {"fill", QStringLiteral("none")},
                          {"stroke", ink},
                          {"stroke-width", svgNumber(width)},
                          {"stroke-linecap", QStringLiteral("round")},
                          {"stroke-linejoin", QStringLiteral("round")}});
}

void drawHeading(Markup &svg, const Metric &metric, double width, const TextWidth &measure)
{
    drawText(svg, 0, BodySize, elided(metric.name, width, BodySize, true, measure),
             {BodySize, ReportInk::Text, true});
    const double line = BodySize * 2.4;
    const QString value = metricValueText(metric.value, metric.unit);
    drawText(svg, 0, line, value, {BodySize, ReportInk::Text, true});
    drawText(svg, measure(value, BodySize, true) + 6, line,
             ChartWords::tr("from %1").arg(metricValueText(metric.baseline, metric.unit)),
             {BodySize, ReportInk::Secondary});
    drawText(svg, width, line, sigmaText(metric.deviationSigma),
             {BodySize, ReportInk::Text, true, "end"});
}

void drawAxes(Markup &svg, const Plot &plot, const TextWidth &measure)
{
    const Metric &metric = plot.curve.metric;
    const double ascent = SmallSize * 0.36;
    const CurveLabels labels =
        labelsApart(metric, plot.y(metric.baseline), plot.y(metric.value), SmallSize * 1.2);
    const auto yLabel = [&](double y, double number) {
        const double at = std::clamp(y, plot.top + ascent, plot.top + plot.height);
        drawText(svg, plot.left - LabelGap, at + ascent, metricNumberText(number, metric.unit),
                 {SmallSize, ReportInk::Secondary, false, "end"});
    };
    yLabel(labels.baseline, metric.baseline);
    if (metric.value != metric.baseline) {
        yLabel(labels.value, metric.value);
    }
    const double baseline = plot.top + plot.height + SmallSize + 3;
    const QString end = timeText(std::chrono::milliseconds(std::llround(plot.curve.to)));
    drawText(svg, plot.left + plot.width, baseline, end,
             {SmallSize, ReportInk::Secondary, false, "end"});
    const QString onset = timeText(std::chrono::milliseconds(0));
    if (plot.x(0) + measure(onset, SmallSize, false) <
        plot.left + plot.width - measure(end, SmallSize, false)) {
        drawText(svg, plot.x(0), baseline, onset,
                 {SmallSize, ReportInk::Secondary, false, "middle"});
    }
}

} // namespace

ReportPicture chartPicture(const Scenario &scenario, qsizetype metric, qint64 seed, double width,
                           double height, const TextWidth &measure)
{
    const MetricSeries series(scenario, seed);
    const MetricCurve curve = metricCurve(scenario.metrics[metric], series.band(metric),
                                          scenario.severity, series.samples(metric), int(width));
    const Metric &what = curve.metric;
    const double labels =
        std::max({measure(metricNumberText(what.value, what.unit), SmallSize, false),
                  measure(metricNumberText(what.baseline, what.unit), SmallSize, false), 18.0});
    Plot plot{curve};
    plot.left = std::ceil(labels + LabelGap);
    plot.top = HeadingHeight;
    plot.width = width - plot.left - 2;
    plot.height = height - HeadingHeight - AxisHeight;

    Markup svg;
    svg.open("svg",
             {{"xmlns", QStringLiteral("http://www.w3.org/2000/svg")},
              {"class", QStringLiteral("chart")},
              {"width", svgNumber(width)},
              {"height", svgNumber(height)},
              {"viewBox", QStringLiteral("0 0 %1 %2").arg(svgNumber(width), svgNumber(height))},
              {"font-family", QStringLiteral("Noto Sans, DejaVu Sans, sans-serif")},
              {"role", QStringLiteral("img")}});
    svg.element("title", {}, ChartWords::tr("Chart of %1").arg(what.name));
    drawHeading(svg, what, width, measure);
    drawSpan(svg, plot, curve.outer, ReportInk::BandOuter);
    drawSpan(svg, plot, curve.inner, ReportInk::BandInner);
    const QLatin1String edge = ReportInk::of(curve.severity).edge;
    if (!curve.beyond.isEmpty()) {
        // Along the limit back to where it began.
        const QList<QPointF> surface = curve.edge + QList<QPointF>{{curve.to, curve.band.limit},
                                                                   {curve.from, curve.band.limit}};
        svg.leaf("polygon", {{"points", plot.points(surface)},
                             {"fill", edge},
                             {"fill-opacity", svgNumber(BeyondFill)}});
    }
    const double bottom = plot.top + plot.height;
    const double right = plot.left + plot.width;
    drawLine(svg, plot.x(0), plot.top, plot.x(0), bottom, ReportInk::Border);
    const double base = plot.y(curve.band.baseline);
    drawLine(svg, plot.left, base, right, base, ReportInk::Secondary, 1, "5 3");
    if (curve.hasLimit) {
        const double limit = plot.y(curve.band.limit);
        drawLine(svg, plot.left, limit, right, limit, ReportInk::Secondary, 1, "1 2");
    }
    drawCourse(svg, plot, curve.points, ReportInk::Accent, CurveWidth);
    for (const QList<QPointF> &stretch : curve.beyond) {
        drawCourse(svg, plot, stretch, edge, BeyondWidth);
    }
    if (curve.hasLimit) {
        const double limit = plot.y(curve.band.limit);
        const bool isAbove = curve.band.isUpwards ? limit - SmallSize - 2 >= plot.top
                                                  : limit + SmallSize + 2 > bottom;
        drawText(svg, plot.left + 3, isAbove ? limit - 3 : limit + SmallSize, curve.limitLabel(),
                 {SmallSize, ReportInk::Secondary});
    }
    drawLine(svg, plot.left, bottom, right, bottom, ReportInk::Separator);
    drawAxes(svg, plot, measure);
    svg.close();
    return {svg.toString(), width, height};
}
