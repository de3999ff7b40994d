// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/columnchart.h"

#include "app/base/numbers.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/spoken.h"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace {

constexpr qreal ColumnSmallPart = 0.85;
constexpr qreal GapPart = 0.2;

QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * ColumnSmallPart);
    return font;
}

double sumOf(const QList<double> &parts)
{
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

} // namespace

ColumnChart::ColumnChart(const QString &title, const QList<Kind> &kinds, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_kinds(kinds)
    , m_limitText([](double value) { return roundedText(value, 0); })
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
}

void ColumnChart::setColumns(const QList<QList<double>> &columns, const QString &low,
                             const QString &high)
{
    if (columns == m_columns && low == m_low && high == m_high) {
        return;
    }
    m_columns = columns;
    m_low = low;
    m_high = high;
    update();
}

void ColumnChart::setFacts(const QString &facts)
{
    if (facts == m_facts) {
        return;
    }
    m_facts = facts;
    setSpokenDescription(this, facts);
    update();
}

void ColumnChart::setEmptyText(const QString &text)
{
    m_empty = text;
    update();
}

QSize ColumnChart::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 320), scaledInt(metrics, 150)};
}

QSize ColumnChart::minimumSizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 220), scaledInt(metrics, 150)};
}

double ColumnChart::largest() const
{
    double largest = 0;
    for (const QList<double> &column : m_columns) {
        largest = std::max(largest, sumOf(column));
    }
    return largest;
}

void ColumnChart::paintHeading(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    const QRectF line(0, 0, width(), metrics.height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    const qreal taken = QFontMetricsF(bold).horizontalAdvance(m_title) + scaled(metrics, 12);
    painter.setFont(font());
    painter.setPen(theme.secondary);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(m_facts, Qt::ElideRight, width() - taken));
}

void ColumnChart::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    paintHeading(painter);
    const QFontMetricsF metrics(font());
    const QFontMetricsF smallMetrics(smaller(font()));
    const double most = largest();
    const QRectF frame(0, metrics.height() + scaled(metrics, 6), width(),
                       height() - metrics.height() - scaled(metrics, 6));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.separator);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(smaller(font()));
    painter.setPen(theme.secondary);
    if (most <= 0) {
        const qreal margin = scaled(metrics, 12);
        painter.drawText(frame.adjusted(margin, 0, -margin, 0),
                         int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_empty);
        return;
    }
    const QString limit = m_limitText(most);
    const qreal labels = smallMetrics.horizontalAdvance(limit) + scaled(metrics, 14);
    const QRectF plot(frame.left() + labels, frame.top() + scaled(metrics, 12),
                      frame.width() - labels - scaled(metrics, 12),
                      frame.height() - smallMetrics.height() - scaled(metrics, 20));
    painter.drawText(QRectF(0, plot.top() - smallMetrics.height() / 2,
                            plot.left() - scaled(metrics, 5), smallMetrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, limit);
    const QRectF below(plot.left(), plot.bottom() + scaled(metrics, 2), plot.width(),
                       smallMetrics.height());
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, m_low);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, m_high);

    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.grid);
    painter.drawLine(plot.topLeft(), plot.topRight());
    painter.setPen(theme.border);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(Qt::NoPen);
    const double pitch =
        std::min(plot.width() / double(m_columns.size()), double(scaled(metrics, 28)));
    const double gap = pitch >= 3 ? pitch * GapPart : 0;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        double y = plot.bottom();
        for (qsizetype kind = 0; kind < m_kinds.size(); ++kind) {
            const double part = m_columns[i].value(kind) / most * plot.height();
            painter.setBrush(m_kinds[kind].ink(theme));
            painter.drawRect(
                QRectF(plot.left() + double(i) * pitch + gap / 2, y - part, pitch - gap, part));
            y -= part;
        }
    }
}
