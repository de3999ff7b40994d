// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: axes, bands, curves and the pointer share the geometry of one plot.
#include "ui/charts/metricchart.h"

#include "app/model/metrictext.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
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

/**
 * The curve, which may have thousands of points: a series of the library outlines its whole line
 * for every change, so that a pointer could hit it, and that takes longer than all the rest.
 */
class MetricChart::CurveItem : public QGraphicsItem
{
public:
    explicit CurveItem(QGraphicsItem *parent)
        : QGraphicsItem(parent)
    {
        setZValue(50); // above the bands, below the label
    }

    void setPlot(const QRectF &plot)
    {
        if (plot == m_plot) {
            return;
        }
        prepareGeometryChange();
        m_plot = plot;
    }
    /** Points are parts of the plot, from its lower left corner. */
    void setPoints(const QList<QPointF> &line, const QList<QList<QPointF>> &beyond,
                   const QList<QPointF> &surface)
    {
        m_line = placed(line);
        m_surface = placed(surface);
        m_beyond.clear();
        for (const QList<QPointF> &stretch : beyond) {
            m_beyond.append(placed(stretch));
        }
        update();
    }
    void setLook(const QPen &line, const QPen &beyond, const QColor &surface)
    {
        m_linePen = line;
        m_beyondPen = beyond;
        m_fill = surface;
        update();
    }

    QRectF boundingRect() const override { return m_plot; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override
    {
        painter->setClipRect(m_plot);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_fill);
        painter->drawPolygon(m_surface);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(m_linePen);
        painter->drawPolyline(m_line);
        painter->setPen(m_beyondPen);
        for (const QPolygonF &stretch : std::as_const(m_beyond)) {
            painter->drawPolyline(stretch);
        }
    }

private:
    QPolygonF placed(const QList<QPointF> &points) const
    {
        QPolygonF polygon;
        polygon.reserve(points.size());
        for (const QPointF &point : points) {
            polygon.append({m_plot.left() + point.x() * m_plot.width(),
                            m_plot.bottom() - point.y() * m_plot.height()});
        }
        return polygon;
    }

    QRectF m_plot;
    QPolygonF m_line;
    QPolygonF m_surface;
    QList<QPolygonF> m_beyond;
    QPen m_linePen;
    QPen m_beyondPen;
    QColor m_fill;
};

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
        // Points come as parts of width and height: a range that moves on with the time would have
        // every series computed anew, and twice.
        x->setRange(0, 1);
        y->setRange(0, 1);
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
        onset = makeLine();
        baseline = makeLine();
        limit = makeLine();
        curve = new CurveItem(chart);
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

    /** Points that are there already cost nothing. */
    static void put(QLineSeries *line, const QList<QPointF> &points)
    {
        if (line->points() != points) {
            line->replace(points);
        }
    }

    /** From the left to the right. */
    static QList<QPointF> across(double y) { return {{0, y}, {1, y}}; }

    QChart *chart;
    QChartView *view;
    QValueAxis *x;
    QValueAxis *y;
    Area outer;
    Area inner;
    QLineSeries *onset = nullptr;
    QLineSeries *baseline = nullptr;
    QLineSeries *limit = nullptr;
    CurveItem *curve = nullptr;
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
    // Where several samples share a pixel, smooth and broad lines cost much and show nothing.
    const bool isDense = samples.size() > qsizetype(DenseSamples) * std::max(1, width());
    const bool looksOther = severity != m_severity || isDense != m_isDense;
    const bool isOther = !(metric == m_metric) || isLive() || m_samples.isEmpty();
    m_metric = metric;
    m_severity = severity;
    m_band = band;
    m_samples = samples;
    m_isDense = isDense;
    m_now.clear();
    describe();
    if (looksOther) {
        m_plot->view->setRenderHint(QPainter::Antialiasing, !m_isDense);
        applyTheme();
    }
    if (isOther) {
        place();
        updateGeometry();
    } else {
        fillSeries();
    }
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
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * SmallFontPart);
    }
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
    const QRectF area(QPointF(), QSizeF(m_plotRect.size()));
    if (m_plot->chart->plotArea() != area) {
        m_plot->chart->setPlotArea(area);
    }
    m_plot->curve->setPlot(area);
    fillSeries();
}

void MetricChart::fillSeries()
{
    if (m_samples.isEmpty()) {
        return;
    }
    if (!isLive()) {
        m_curve = metricCurve(m_metric, m_band, m_severity, m_samples, m_plotRect.width());
    }
    const MetricCurve &curve = m_curve;
    const double width = std::max(curve.to - curve.from, 1e-12);
    const double height = curve.range.high - curve.range.low;
    const auto x = [&](double ms) { return (ms - curve.from) / width; };
    const auto y = [&](double value) { return (value - curve.range.low) / height; };
    const auto mapped = [&](QList<QPointF> points) {
        for (QPointF &point : points) {
            point = {x(point.x()), y(point.y())};
        }
        return points;
    };
    Plot &plot = *m_plot;
    for (const auto &[area, span] :
         {std::pair(plot.outer, curve.outer), {plot.inner, curve.inner}}) {
        Plot::put(area.upper, Plot::across(y(span.high)));
        Plot::put(area.lower, Plot::across(y(span.low)));
    }
    Plot::put(plot.onset, curve.from <= 0 && curve.to >= 0 ? QList<QPointF>{{x(0), 0}, {x(0), 1}}
                                                           : QList<QPointF>());
    Plot::put(plot.baseline, Plot::across(y(m_band.baseline)));
    Plot::put(plot.limit, curve.hasLimit ? Plot::across(y(m_band.limit)) : QList<QPointF>());
    QList<QList<QPointF>> beyond;
    for (const QList<QPointF> &stretch : curve.beyond) {
        beyond.append(mapped(stretch));
    }
    QList<QPointF> surface = mapped(curve.edge);
    surface.append({1, y(m_band.limit)});
    plot.curve->setPoints(mapped(curve.points), beyond, surface);

    plot.label->setText(curve.limitLabel());
    plot.label->setFont(small());
    plot.label->setVisible(curve.hasLimit);
    const qreal line = QFontMetricsF(small()).height();
    const qreal at = yOf(m_band.limit) - m_plotRect.top();
    // On the side where the lead-in is quiet, beyond the limit, unless that is out of the picture.
    const qreal outside = m_band.isUpwards ? at - line : at;
    const bool fits = outside >= 0 && outside + line <= m_plotRect.height();
    plot.label->setPos(scaled(QFontMetricsF(font()), 3),
                       fits ? outside : (m_band.isUpwards ? at : at - line));
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
    plot.onset->setPen(QPen(theme.border, 1));
    plot.baseline->setPen(QPen(theme.secondary, 1, Qt::DashLine));
    plot.limit->setPen(QPen(theme.secondary, 1, Qt::DotLine));
    const auto pen = [this](const QColor &ink, double width) {
        return QPen(ink, m_isDense ? 1 : width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    };
    plot.curve->setLook(pen(theme.accent, CurveWidth), pen(edge, BeyondWidth), fill);
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

qreal MetricChart::xOf(Duration sinceOnset) const
{
    const double from = m_samples.first().x();
    return m_plotRect.left() +
           (toMilliseconds(sinceOnset) - from) / (m_samples.last().x() - from) * m_plotRect.width();
}

void MetricChart::paintEvent(QPaintEvent *)
{
    if (m_samples.isEmpty()) {
        return;
    }
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
    if (m_metric.value != m_metric.baseline) {
        paintY(labels.value, m_metric.value);
    }

    const Duration end = fromMilliseconds(m_samples.last().x());
    const auto text = [](Duration time) {
        return timeText(std::chrono::floor<std::chrono::milliseconds>(time));
    };
    const QRectF row(m_plotRect.left(), m_plotRect.bottom() + scaled(metrics, 3),
                     m_plotRect.width(), height);
    if (isLive()) {
        const Duration span = fromMilliseconds(m_curve.from - m_curve.to);
        painter.drawText(row, Qt::AlignLeft, text(span));
        painter.drawText(row, Qt::AlignRight, tr("now"));
        return;
    }
    qreal taken = row.left() - scaled(metrics, 8);
    const auto paintX = [&](Duration time, qreal roomAtEnd) {
        const QString words = text(time);
        const qreal width = smallMetrics.horizontalAdvance(words);
        const qreal left = std::min(xOf(time) - width / 2, row.right() - width);
        if (left < taken + scaled(metrics, 8) || left + width > row.right() - roomAtEnd) {
            return;
        }
        painter.drawText(QRectF(left, row.top(), width + 1, height), Qt::AlignLeft, words);
        taken = left + width;
    };
    const qreal last = smallMetrics.horizontalAdvance(text(end)) + scaled(metrics, 8);
    paintX(Duration(0), last);
    if (row.width() > scaled(metrics, 240)) {
        paintX(end / 2, last);
    }
    paintX(end, 0);
}
