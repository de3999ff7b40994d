// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reporttotalsbar.h"

#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/spoken.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

constexpr qreal NumberPart = 1.9;
constexpr qreal EdgeWidth = 3;
constexpr qreal Inset = 12;
constexpr qreal TotalMarkSize = 16;

} // namespace

ReportTotalsBar::ReportTotalsBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ReportTotalsBar::setTotals(const QList<ReportTotal> &totals)
{
    m_totals = totals;
    QStringList words;
    for (const ReportTotal &total : totals) {
        words.append(tr("%1 %2").arg(total.value, total.label));
    }
    setSpokenName(this, tr("Totals of the run"));
    setSpokenDescription(this, words.join(QLatin1String(", ")));
    updateGeometry();
    update();
}

QFont ReportTotalsBar::numberFont() const
{
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * NumberPart);
    font.setBold(true);
    return font;
}

double ReportTotalsBar::cellWidth(const ReportTotal &total) const
{
    const QFontMetricsF metrics(font());
    const double value = QFontMetricsF(numberFont()).horizontalAdvance(total.value) +
                         (total.mark ? scaled(metrics, TotalMarkSize + 8) : 0);
    return std::max(value, metrics.horizontalAdvance(total.label)) + scaled(metrics, Inset + 10);
}

QSize ReportTotalsBar::sizeHint() const
{
    double width = 0;
    for (const ReportTotal &total : m_totals) {
        width = std::max(width, cellWidth(total));
    }
    const double height = QFontMetricsF(numberFont()).height() + QFontMetricsF(font()).height();
    return {int(std::ceil(width * double(m_totals.size()))), int(std::ceil(height))};
}

void ReportTotalsBar::paintEvent(QPaintEvent *)
{
    if (m_totals.isEmpty()) {
        return;
    }
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    const QFont large = numberFont();
    const QFontMetricsF largeMetrics(large);
    const qreal cell = qreal(width()) / qreal(m_totals.size());
    for (qsizetype i = 0; i < m_totals.size(); ++i) {
        const ReportTotal &total = m_totals[i];
        const qreal x = cell * qreal(i);
        const QColor ink = total.mark ? theme.ink(*total.mark) : theme.text;
        painter.fillRect(QRectF(x, 0, EdgeWidth, height()), total.mark ? ink : theme.separator);
        const qreal left = x + scaled(metrics, Inset);
        painter.setFont(large);
        painter.setPen(ink);
        painter.drawText(QPointF(left, largeMetrics.ascent()), total.value);
        if (total.mark) {
            const qreal size = scaled(metrics, TotalMarkSize);
            const qreal after =
                left + largeMetrics.horizontalAdvance(total.value) + scaled(metrics, 8);
            paintState(&painter, QRectF(after, (largeMetrics.height() - size) / 2, size, size),
                       *total.mark, theme);
        }
        painter.setFont(font());
        painter.setPen(theme.secondary);
        painter.drawText(QPointF(left, largeMetrics.height() + metrics.ascent()), total.label);
    }
}
