// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/livemetriccard.h"

#include "app/model/metrictext.h"
#include "app/run/runwords.h"
#include "ui/charts/curvepainter.h"
#include "ui/charts/metricwords.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/widgets/spoken.h"

#include <QPainter>

#include <algorithm>

namespace {

constexpr Duration CardWindow = std::chrono::minutes(5);
constexpr qreal CardSmallPart = 0.85;

} // namespace

LiveMetricCard::LiveMetricCard(const IncidentRun &run, QWidget *parent)
    : QWidget(parent)
    , m_incident(run.index)
    , m_title(run.title)
    , m_severity(run.severity)
    , m_series(run.scenario, run.seed, run.duration)
    , m_metric(m_series.telling(1).first())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const Metric &metric = m_series.scenario().metrics[m_metric];
    setToolTip(tr("%1 of #%2 %3").arg(metric.name, QString::number(m_incident + 1), m_title));
    setAccessibleName(toolTip());
}

void LiveMetricCard::setSinceOnset(Duration time)
{
    if (time == m_sinceOnset) {
        return;
    }
    m_sinceOnset = time;
    if (visibleRegion().isEmpty()) {
        return; // scrolled away
    }
    const Metric &metric = m_series.scenario().metrics[m_metric];
    const QString words = tr("%1 now, usually %2; simulated")
                              .arg(MetricWords::technical(m_series.valueAt(m_metric, time), metric),
                                   MetricWords::technical(metric.baseline, metric));
    setSpokenMoment(this, words);
    update();
}

QFont LiveMetricCard::small() const
{
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * CardSmallPart);
    return font;
}

QSize LiveMetricCard::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 240), scaledInt(metrics, 106)};
}

QRectF LiveMetricCard::plot() const
{
    const QFontMetricsF metrics(font());
    const QFontMetricsF smallMetrics(small());
    const Metric &metric = m_series.scenario().metrics[m_metric];
    const double labels =
        std::max({smallMetrics.horizontalAdvance(MetricWords::number(metric.value, metric)),
                  smallMetrics.horizontalAdvance(MetricWords::number(metric.baseline, metric)),
                  scaled(metrics, 24)});
    return QRectF(QPointF(scaled(metrics, 10) + labels + scaled(metrics, 5), scaled(metrics, 29)),
                  QPointF(width() - scaled(metrics, 14),
                          height() - smallMetrics.height() - scaled(metrics, 5)));
}

void LiveMetricCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.separator);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);

    const QRectF place = plot();
    const MetricCurve curve = m_series.curve(m_metric, m_severity, m_sinceOnset - CardWindow,
                                             m_sinceOnset, int(place.width()));
    const Metric &metric = m_series.scenario().metrics[m_metric];
    paintCurve(&painter, place, curve, theme, {.dot = scaled(QFontMetricsF(font()), 3.5)});
    paintHeading(painter, MetricWords::technical(curve.points.last().y(), metric));
    paintLabels(painter, curve);
}

void LiveMetricCard::paintHeading(QPainter &painter, const QString &value) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const qreal badge = scaled(metrics, 17);
    const QRectF line(scaled(metrics, 10), scaled(metrics, 5), width() - scaled(metrics, 20),
                      scaled(metrics, 20));
    paintSeverity(&painter, QRectF(line.left(), line.center().y() - badge / 2, badge, badge),
                  m_severity, theme);
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF boldMetrics(bold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    paintTabular(&painter, line, Qt::AlignRight, value);
    const QString number = QStringLiteral("#%1").arg(m_incident + 1);
    const qreal left = line.left() + badge + scaled(metrics, 7);
    const qreal gap = scaled(metrics, 6);
    const qreal room = line.right() - left - tabularWidth(boldMetrics, value) -
                       metrics.horizontalAdvance(number) - 3 * gap;
    const QString name = boldMetrics.elidedText(m_series.scenario().metrics[m_metric].name,
                                                Qt::ElideMiddle, std::max(0.0, room));
    painter.drawText(QRectF(left, line.top(), room + 1, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setFont(font());
    painter.setPen(theme.secondary);
    painter.drawText(QRectF(left + boldMetrics.horizontalAdvance(name) + gap, line.top(),
                            metrics.horizontalAdvance(number) + 2, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, number);
}

void LiveMetricCard::paintLabels(QPainter &painter, const MetricCurve &curve) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const QFontMetricsF smallMetrics(small());
    const QRectF place = plot();
    const qreal height = smallMetrics.height();
    painter.setFont(small());
    painter.setPen(theme.secondary);
    const CurveLabels at = labelsApart(curve.metric, curveY(place, curve, curve.metric.baseline),
                                       curveY(place, curve, curve.metric.value), height);
    const auto yLabel = [&](double y, double value) {
        const double top =
            std::clamp(y - height / 2, place.top() - height / 3, place.bottom() - height * 0.8);
        painter.drawText(QRectF(0, top, place.left() - scaled(metrics, 5), height),
                         Qt::AlignRight | Qt::AlignVCenter,
                         MetricWords::number(value, curve.metric));
    };
    yLabel(at.baseline, curve.metric.baseline);
    if (curve.metric.value != curve.metric.baseline) {
        yLabel(at.value, curve.metric.value);
    }
    if (curve.hasLimit) {
        const double y = curveY(place, curve, curve.band.limit);
        const double above = curve.band.isUpwards ? y - height : y;
        if (above >= place.top() && above + height <= place.bottom() + 1) {
            painter.drawText(
                QRectF(place.left() + scaled(metrics, 4), above, place.width(), height),
                Qt::AlignLeft | Qt::AlignVCenter, curve.limitLabel());
        }
    }
    const QRectF row(place.left(), place.bottom() + scaled(metrics, 1), place.width(), height);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, tr("−5 min"));
    painter.drawText(row, Qt::AlignHCenter | Qt::AlignVCenter, tr("−2:30"));
    painter.drawText(row.adjusted(0, 0, scaled(metrics, 6), 0), Qt::AlignRight | Qt::AlignVCenter,
                     tr("now"));
}
