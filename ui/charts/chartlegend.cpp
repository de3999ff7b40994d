// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartlegend.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QPainter>

namespace {

constexpr qreal SwatchWidth = 18;
constexpr qreal SwatchGap = 5;
constexpr qreal WordGap = 12;

} // namespace

ChartLegend::ChartLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(words().join(QStringLiteral(", ")));
}

void ChartLegend::setSeverity(Severity severity)
{
    m_severity = severity;
    update();
}

QFont ChartLegend::small() const
{
    QFont font = this->font();
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * 0.85);
    }
    return font;
}

QStringList ChartLegend::words() const
{
    return {tr("±1σ"), tr("±3σ"), tr("baseline"), tr("metric"), tr("anomaly")};
}

QSize ChartLegend::sizeHint() const
{
    const QFontMetricsF metrics(small());
    const QStringList names = words();
    qreal width = 0;
    for (const QString &name : names) {
        width += metrics.horizontalAdvance(name) + scaled(metrics, SwatchWidth + SwatchGap) +
                 scaled(metrics, WordGap);
    }
    return {int(std::ceil(width - scaled(metrics, WordGap))) + 1, int(std::ceil(metrics.height()))};
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(small());
    const QStringList names = words();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(small());
    qreal x = 0;
    const qreal swatch = scaled(metrics, SwatchWidth);
    const qreal y = height() / 2.0;
    for (int i = 0; i < int(names.size()); ++i) {
        if (i < 2) {
            const qreal tall = scaled(metrics, 10);
            painter.setPen(QPen(theme.separator, 1));
            painter.setBrush(i == 0 ? theme.bandInner : theme.bandOuter);
            painter.drawRect(QRectF(x + 0.5, std::round(y - tall / 2) + 0.5, swatch - 1, tall));
        } else {
            const QPen pen = i == 2   ? QPen(theme.secondary, 1, Qt::DashLine)
                             : i == 3 ? QPen(theme.accent, 1.5)
                                      : QPen(theme.ink(m_severity).edge, 2.25);
            painter.setPen(pen);
            painter.drawLine(QPointF(x, std::round(y) + 0.5),
                             QPointF(x + swatch, std::round(y) + 0.5));
        }
        x += swatch + scaled(metrics, SwatchGap);
        painter.setPen(theme.secondary);
        const qreal width = metrics.horizontalAdvance(names[i]);
        painter.drawText(QRectF(x, 0, width + 1, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         names[i]);
        x += width + scaled(metrics, WordGap);
    }
}
