// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/barlist.h"

#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/widgets/spoken.h"

#include <QPainter>

#include <algorithm>

namespace {

constexpr int BarRowHeight = 24;
constexpr int LeastRows = 4;

} // namespace

BarList::BarList(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
}

void BarList::setRows(const QList<Row> &rows)
{
    if (rows == m_rows) {
        return;
    }
    const bool isResized = rows.size() != m_rows.size();
    m_rows = rows;
    QStringList words;
    for (const Row &row : rows) {
        words.append(tr("%1: %2").arg(row.name, QString::number(row.count)));
    }
    setSpokenDescription(this, words.join(tr(", ")));
    if (isResized) {
        updateGeometry();
    }
    update();
}

void BarList::setEmptyText(const QString &text)
{
    m_empty = text;
    update();
}

QSize BarList::sizeHint() const
{
    const QFontMetricsF metrics(font());
    const int rows = std::max(LeastRows, int(m_rows.size()));
    // Of the height of a column chart, which stands beside it.
    return {scaledInt(metrics, 240),
            std::max(scaledInt(metrics, 150),
                     int(metrics.height()) + scaledInt(metrics, 6 + 16 + BarRowHeight * rows))};
}

void BarList::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QRectF(0, 0, width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     m_title);
    const QRectF frame(0, metrics.height() + scaled(metrics, 6), width(),
                       height() - metrics.height() - scaled(metrics, 6));
    painter.setPen(theme.separator);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setFont(font());
    const qreal margin = scaled(metrics, 10);
    if (m_rows.isEmpty()) {
        painter.setPen(theme.secondary);
        painter.drawText(frame.adjusted(margin, 0, -margin, 0),
                         int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_empty);
        return;
    }

    int most = 1;
    double names = 0;
    double numbers = 0;
    for (const Row &row : std::as_const(m_rows)) {
        most = std::max(most, row.count);
        names = std::max(names, metrics.horizontalAdvance(row.name));
        numbers = std::max(numbers, tabularWidth(metrics, QString::number(row.count)));
    }
    const qreal badge = scaled(metrics, 17);
    const qreal gap = scaled(metrics, 8);
    const qreal rowHeight = scaled(metrics, BarRowHeight);
    const bool hasBadges = m_rows.first().severity.has_value();
    const qreal nameLeft = margin + (hasBadges ? badge + gap : 0);
    names = std::min(names, double(width()) * 0.45);
    const qreal barLeft = nameLeft + names + gap;
    const qreal barRoom = std::max<qreal>(1, width() - margin - numbers - gap - barLeft);
    qreal top = frame.top() + scaled(metrics, 8);
    for (const Row &row : std::as_const(m_rows)) {
        const QRectF line(0, top, width() - margin, rowHeight);
        if (row.severity) {
            paintSeverity(&painter, QRectF(margin, line.center().y() - badge / 2, badge, badge),
                          *row.severity, theme);
        }
        painter.setPen(row.count > 0 ? theme.text : theme.secondary);
        painter.drawText(QRectF(nameLeft, top, names + 1, rowHeight),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(row.name, Qt::ElideMiddle, names + 1));
        paintTabular(&painter, line, Qt::AlignRight, QString::number(row.count));
        if (row.count > 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(row.severity ? theme.ink(*row.severity).fill : theme.border);
            const qreal height = scaled(metrics, 10);
            painter.drawRoundedRect(
                QRectF(barLeft, line.center().y() - height / 2, barRoom * row.count / most, height),
                2, 2);
        }
        top += rowHeight;
    }
}
