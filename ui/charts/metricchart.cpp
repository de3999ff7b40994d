// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metricchart.h"

#include "app/scenario/metrictext.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/spoken.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace {

constexpr qreal SmallFontPart = 0.85;
constexpr int DenseSamples = 4; ///< a pixel
constexpr qreal FillDark = 0.3;

} // namespace

/** The series and axes; everything that belongs to the charting library. */
struct MetricChart::Plot
{
    /** A surface between two lines. */
    struct Area
    {
        QLineSeries *upper = nullptr;
        QLineSeries *lower = nullptr;
        QAreaSeries *area = nullptr;
    };

    explicit Plot(QWidget *parent)
        : chart(new QChart)
        , view(new QChartView(chart, parent))
        , x(new QValueAxis(chart))
        , y(new QValueAxis(chart))
    {
        chart->legend()->hide();
        chart->setMargins({});
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        chart->setBackgroundRoundness(0);
        chart->setBackgroundPen(Qt::NoPen);
        chart->addAxis(x, Qt::AlignBottom);
        chart->addAxis(y, Qt::AlignLeft);
        x->setVisible(false);
        y->setVisible(false);
        view->setFrameShape(QFrame::NoFrame);
        view->setRenderHint(QPainter::Antialiasing);
        view->setInteractive(false);
        // There is nothing to do in it, so it is no tab stop; the view gives its viewport one.
        view->setFocusPolicy(Qt::NoFocus);
        view->viewport()->setFocusPolicy(Qt::NoFocus);
        view->setAccessibleName(MetricChart::tr("Plot"));
        // A wheel over the chart scrolls what it stands in.
        view->setAttribute(Qt::WA_TransparentForMouseEvents);
        outer = makeArea();
        inner = makeArea();
        fill = makeArea();
        onset = makeLine();
        baseline = makeLine();
        limit = makeLine();
        metric = makeLine();
        label = new QGraphicsSimpleTextItem(chart);
        label->setZValue(100);
    }

    QLineSeries *makeLine()
    {
        auto *line = new QLineSeries(chart);
        add(line);
        return line;
    }

    Area makeArea()
    {
        Area made;
        made.upper = new QLineSeries(chart);
        made.lower = new QLineSeries(chart);
        made.area = new QAreaSeries(made.upper, made.lower);
        add(made.area);
        return made;
    }

    void add(QAbstractSeries *series)
    {
        chart->addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
    }

    static void setArea(const Area &area, double from, double to, const MetricCurve::Span &span)
    {
        area.upper->replace({{from, span.high}, {to, span.high}});
        area.lower->replace({{from, span.low}, {to, span.low}});
    }

    QChart *chart;
    QChartView *view;
    QValueAxis *x;
    QValueAxis *y;
    Area outer;
    Area inner;
    Area fill;
    QLineSeries *onset = nullptr;
    QLineSeries *baseline = nullptr;
    QLineSeries *limit = nullptr;
    QLineSeries *metric = nullptr;
    QList<QLineSeries *> anomalies;
    QGraphicsSimpleTextItem *label = nullptr;
};

MetricChart::MetricChart(QWidget *parent)
    : QWidget(parent)
    , m_plot(std::make_unique<Plot>(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    applyTheme();
}

MetricChart::~MetricChart() = default;

void MetricChart::setMetric(const Scenario &scenario, qsizetype metric, qint64 seed)
{
    const MetricSeries series(scenario, seed);
    setSamples(scenario.metrics[metric], series.band(metric), scenario.severity,
               series.samples(metric));
}

void MetricChart::setSamples(const Metric &metric, const MetricSeries::Band &band,
                             Severity severity, const QList<QPointF> &samples)
{
    m_metric = metric;
    m_severity = severity;
    m_band = band;
    m_samples = samples;
    m_now.clear();
    // Where several samples share a pixel, smooth and broad lines cost much and show nothing.
    m_isDense = m_samples.size() > qsizetype(DenseSamples) * std::max(1, width());
    m_plot->view->setRenderHint(QPainter::Antialiasing, !m_isDense);
    describe();
    applyTheme();
    place();
    updateGeometry();
    update();
}

void MetricChart::setLive(const QString &title, const QString &of, const MetricCurve &curve,
                          const QString &now)
{
    const bool isOther = title != m_title || m_now.isEmpty() || curve.severity != m_severity;
    m_title = title;
    m_of = of;
    m_now = now;
    m_metric = curve.metric;
    m_severity = curve.severity;
    m_band = curve.band;
    m_samples = curve.points;
    m_curve = curve;
    m_isDense = false;
    describe();
    if (isOther) {
        m_plot->view->setRenderHint(QPainter::Antialiasing);
        applyTheme();
        place();
        updateGeometry();
    } else {
        fillSeries();
    }
    update();
}

void MetricChart::clear()
{
    m_now.clear();
    m_metric = {};
    m_samples.clear();
    setSpokenName(this, {});
    setSpokenMoment(this, {});
    setToolTip({});
    place();
    update();
}

/** Of what the heading says: where the metric goes, or where it is. */
double MetricChart::shownSigma() const
{
    return isLive() ? (m_samples.last().y() - m_band.baseline) / m_band.sigma
                    : m_metric.deviationSigma;
}

void MetricChart::describe()
{
    if (isLive()) {
        const QString words = tr("%1 now, usually %2; simulated")
                                  .arg(m_now, metricValueText(m_metric.baseline, m_metric.unit));
        setSpokenName(this, tr("Chart of %1, %2").arg(m_title, m_of));
        setSpokenMoment(this, words);
        setToolTip(m_title + u'\n' + words);
        return;
    }
    const QString value = metricValueText(m_metric.value, m_metric.unit);
    const QString baseline = metricValueText(m_metric.baseline, m_metric.unit);
    const QString sigma = sigmaText(m_metric.deviationSigma);
    const QString words =
        (isDrawnAsRate(m_metric) ? tr("Goes from %1 to %2 as a rate, %3 from its baseline, in the "
                                      "pattern %4, within %5.")
                                 : tr("Goes from %1 to %2, %3 from its baseline, in the pattern "
                                      "%4, within %5."))
            .arg(baseline, value, sigma, toString(m_metric.pattern),
                 timeText(std::chrono::milliseconds(qint64(m_samples.last().x()))));
    setSpokenName(this, tr("Chart of %1").arg(m_metric.name));
    setSpokenMoment(this, words);
    setToolTip(m_metric.name + u'\n' + words);
}

QFont MetricChart::small() const
{
    QFont font = this->font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * SmallFontPart);
    return font;
}

QSize MetricChart::minimumSizeHint() const
{
    // The second line of the heading is never cut; the name of the metric may be.
    const QFontMetricsF metrics(font());
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF boldMetrics(bold);
    const QString from = tr("from %1").arg(metricValueText(m_metric.baseline, m_metric.unit));
    const qreal words =
        boldMetrics.horizontalAdvance(metricValueText(m_metric.value, m_metric.unit)) +
        metrics.horizontalAdvance(from) +
        boldMetrics.horizontalAdvance(sigmaText(m_metric.deviationSigma)) + scaled(metrics, 16);
    return {std::max(scaledInt(metrics, 168), int(std::ceil(words))), scaledInt(metrics, 138)};
}

QSize MetricChart::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return QSize(scaledInt(metrics, 220), scaledInt(metrics, 168)).expandedTo(minimumSizeHint());
}

/** Gives the plot what the heading and the labels leave, then the points that its width can show.
 */
void MetricChart::place()
{
    const QFontMetricsF metrics(font());
    const QFontMetricsF smallMetrics(small());
    const qreal labels = std::max(
        {smallMetrics.horizontalAdvance(metricNumberText(m_metric.value, m_metric.unit)),
         smallMetrics.horizontalAdvance(metricNumberText(m_metric.baseline, m_metric.unit)),
         scaled(metrics, 22)});
    const int left = int(std::ceil(labels + scaled(metrics, 5)));
    const int top = int(std::ceil(2 * metrics.height() + scaled(metrics, 6)));
    const int bottom = int(std::ceil(smallMetrics.height() + scaled(metrics, 3)));
    m_plotRect = QRect(left, top, std::max(1, width() - left - scaledInt(metrics, 3)),
                       std::max(1, height() - top - bottom));
    m_plot->view->setGeometry(m_plotRect);
    m_plot->view->setVisible(!m_samples.isEmpty());
    m_plot->chart->setPlotArea(QRectF(QPointF(), QSizeF(m_plotRect.size())));
    fillSeries();
}

void MetricChart::fillSeries()
{
    if (m_samples.isEmpty())
        return;
    if (!isLive())
        m_curve = metricCurve(m_metric, m_band, m_severity, m_samples, m_plotRect.width());
    const MetricCurve &curve = m_curve;
    const double from = curve.from;
    const double to = curve.to;
    Plot &plot = *m_plot;
    plot.x->setRange(from, to);
    plot.y->setRange(curve.range.low, curve.range.high);
    Plot::setArea(plot.outer, from, to, curve.outer);
    Plot::setArea(plot.inner, from, to, curve.inner);
    plot.onset->replace(from <= 0 && to >= 0
                            ? QList<QPointF>{{0, curve.range.low}, {0, curve.range.high}}
                            : QList<QPointF>());
    plot.baseline->replace({{from, m_band.baseline}, {to, m_band.baseline}});
    plot.limit->replace(curve.hasLimit ? QList<QPointF>{{from, m_band.limit}, {to, m_band.limit}}
                                       : QList<QPointF>());
    plot.metric->replace(curve.points);
    const QList<QList<QPointF>> &runs = curve.beyond;
    plot.fill.upper->replace(curve.edge);
    plot.fill.lower->replace({{from, m_band.limit}, {to, m_band.limit}});
    while (plot.anomalies.size() < runs.size())
        plot.anomalies.append(plot.makeLine());
    const QColor edgeInk = Theme::of(palette()).ink(m_severity).edge;
    for (qsizetype i = 0; i < plot.anomalies.size(); ++i) {
        plot.anomalies[i]->replace(runs.value(i));
        plot.anomalies[i]->setPen(
            QPen(edgeInk, m_isDense ? 1 : BeyondWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }

    plot.label->setText(curve.limitLabel());
    plot.label->setFont(small());
    plot.label->setVisible(curve.hasLimit);
    const qreal height = QFontMetricsF(small()).height();
    const qreal y = yOf(m_band.limit) - m_plotRect.top();
    // On the side where the lead-in is quiet, beyond the limit, unless that is out of the picture.
    const qreal outside = m_band.isUpwards ? y - height : y;
    const bool fits = outside >= 0 && outside + height <= m_plotRect.height();
    plot.label->setPos(scaled(QFontMetricsF(font()), 3),
                       fits ? outside : (m_band.isUpwards ? y : y - height));
}

void MetricChart::applyTheme()
{
    const Theme &theme = Theme::of(palette());
    Plot &plot = *m_plot;
    const QColor back = palette().color(backgroundRole());
    plot.chart->setBackgroundBrush(back);
    plot.view->setBackgroundBrush(back);
    const auto paintArea = [](const Plot::Area &area, const QColor &ink) {
        area.area->setPen(Qt::NoPen);
        area.area->setBrush(ink);
    };
    paintArea(plot.outer, theme.bandOuter);
    paintArea(plot.inner, theme.bandInner);
    const QColor edge = theme.ink(m_severity).edge;
    QColor fill = edge;
    fill.setAlphaF(float(theme.dark ? FillDark : BeyondFill));
    paintArea(plot.fill, fill);
    plot.onset->setPen(QPen(theme.border, 1));
    plot.baseline->setPen(QPen(theme.secondary, 1, Qt::DashLine));
    plot.limit->setPen(QPen(theme.secondary, 1, Qt::DotLine));
    plot.metric->setPen(
        QPen(theme.accent, m_isDense ? 1 : CurveWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (QLineSeries *line : std::as_const(plot.anomalies))
        line->setPen(
            QPen(edge, m_isDense ? 1 : BeyondWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    plot.label->setBrush(theme.secondary);
}

void MetricChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void MetricChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyTheme();
        update();
    } else if (event->type() == QEvent::FontChange) {
        place();
        updateGeometry();
    }
}

qreal MetricChart::yOf(double value) const
{
    return m_plotRect.bottom() + 1 -
           (value - m_curve.range.low) / (m_curve.range.high - m_curve.range.low) *
               m_plotRect.height();
}

qreal MetricChart::xOf(double milliseconds) const
{
    const double from = m_samples.first().x();
    return m_plotRect.left() +
           (milliseconds - from) / (m_samples.last().x() - from) * m_plotRect.width();
}

void MetricChart::paintEvent(QPaintEvent *)
{
    if (m_samples.isEmpty())
        return;
    QPainter painter(this);
    paintHeading(painter);
    paintAxes(painter);
}

void MetricChart::paintHeading(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF boldMetrics(bold);
    const qreal step = std::ceil(metrics.height());
    const QRectF first(0, 0, width(), step);
    const QRectF second(0, step, width(), step);
    painter.setPen(theme.text);
    painter.setFont(bold);
    painter.drawText(
        first, Qt::AlignLeft | Qt::AlignVCenter,
        boldMetrics.elidedText(isLive() ? m_title : m_metric.name, Qt::ElideMiddle, width()));
    const QString sigma = sigmaText(shownSigma());
    painter.drawText(second, Qt::AlignRight | Qt::AlignVCenter, sigma);
    const QString value = isLive() ? m_now : metricValueText(m_metric.value, m_metric.unit);
    painter.drawText(second, Qt::AlignLeft | Qt::AlignVCenter, value);
    const qreal after = boldMetrics.horizontalAdvance(value) + scaled(metrics, 6);
    const qreal rest = width() - after - boldMetrics.horizontalAdvance(sigma) - scaled(metrics, 8);
    painter.setFont(font());
    painter.setPen(theme.secondary);
    const QString baseline = metricValueText(m_metric.baseline, m_metric.unit);
    const QString from = isLive() ? tr("usually %1").arg(baseline) : tr("from %1").arg(baseline);
    painter.drawText(QRectF(after, step, rest, step), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(from, Qt::ElideRight, rest));
}

void MetricChart::paintAxes(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const QFont font = small();
    const QFontMetricsF smallMetrics(font);
    const qreal height = smallMetrics.height();
    painter.setFont(font);
    painter.setPen(theme.secondary);

    // Baseline and value, moved apart where they would touch, and never out of the picture.
    const CurveLabels labels =
        labelsApart(m_metric, yOf(m_metric.baseline), yOf(m_metric.value), height);
    const auto paintY = [&](qreal y, double number) {
        const qreal top = std::clamp(y - height / 2, m_plotRect.top() - height / 2,
                                     m_plotRect.bottom() - height / 2);
        painter.drawText(QRectF(0, top, m_plotRect.left() - scaled(metrics, 5), height),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metricNumberText(number, m_metric.unit));
    };
    paintY(labels.baseline, m_metric.baseline);
    if (m_metric.value != m_metric.baseline)
        paintY(labels.value, m_metric.value);

    const double end = m_samples.last().x();
    const QRectF row(m_plotRect.left(), m_plotRect.bottom() + scaled(metrics, 3),
                     m_plotRect.width(), height);
    if (isLive()) {
        const auto span = std::chrono::milliseconds(qint64(m_curve.from - m_curve.to));
        painter.drawText(row, Qt::AlignLeft, timeText(span));
        painter.drawText(row, Qt::AlignRight, tr("now"));
        return;
    }
    qreal taken = row.left() - scaled(metrics, 8);
    const auto paintX = [&](double time, qreal roomAtEnd) {
        const QString text = timeText(std::chrono::milliseconds(qint64(time)));
        const qreal width = smallMetrics.horizontalAdvance(text);
        const qreal left = std::min(xOf(time) - width / 2, row.right() - width);
        if (left < taken + scaled(metrics, 8) || left + width > row.right() - roomAtEnd)
            return;
        painter.drawText(QRectF(left, row.top(), width + 1, height), Qt::AlignLeft, text);
        taken = left + width;
    };
    const qreal last =
        smallMetrics.horizontalAdvance(timeText(std::chrono::milliseconds(qint64(end)))) +
        scaled(metrics, 8);
    paintX(0, last);
    if (row.width() > scaled(metrics, 240))
        paintX(end / 2, last);
    paintX(end, 0);
}
