// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencelayout.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>

namespace {

constexpr double Height = 1080;
constexpr double SmallestWidth = 1440;
constexpr double HeaderBottom = 149;
constexpr double IncidentTop = 184;
constexpr double IncidentHeight = 326;
constexpr double ChartsTop = 540;
constexpr double SlotHeight = 130;
constexpr double Bottom = 44;
constexpr double ChartsToSlots = 36;
constexpr double WideEnoughForFour = 1800;

QList<QRectF> columns(const QRectF &row, int count)
{
    QList<QRectF> rects;
    const double width = (row.width() - AudienceLayout::Gap * (count - 1)) / count;
    for (int i = 0; i < count; ++i) {
        rects.append(
            QRectF(row.left() + i * (width + AudienceLayout::Gap), row.top(), width, row.height()));
    }
    return rects;
}

} // namespace

AudienceLayout::AudienceLayout(QSizeF pixels, int charts)
    : m_scale(std::max(0.05, std::min(pixels.height() / Height, pixels.width() / SmallestWidth)))
    , m_size(pixels / m_scale)
{
    if (charts > 0) {
        m_charts = columns(chartRow(), charts);
    }
    m_slots = columns(slotRow(), m_size.width() >= WideEnoughForFour ? 4 : 3);
}

QRectF AudienceLayout::header() const
{
    return {0, 0, m_size.width(), HeaderBottom + 2};
}

QRectF AudienceLayout::incident() const
{
    const double height =
        m_charts.isEmpty() ? slotRow().top() - ChartsToSlots - IncidentTop : IncidentHeight;
    return {Margin, IncidentTop, m_size.width() - 2 * Margin, height};
}

QRectF AudienceLayout::chartRow() const
{
    const double bottom = slotRow().top() - ChartsToSlots;
    return {Margin, ChartsTop, m_size.width() - 2 * Margin, bottom - ChartsTop};
}

QRectF AudienceLayout::slotRow() const
{
    return {Margin, m_size.height() - Bottom - SlotHeight, m_size.width() - 2 * Margin, SlotHeight};
}

QRect AudienceLayout::pixels(const QRectF &part) const
{
    return QRectF(part.topLeft() * m_scale, part.size() * m_scale)
        .adjusted(-4, -4, 4, 4)
        .toAlignedRect();
}

FittedText fittedText(const QString &text, const QFont &font, double width, int lines, int largest,
                      int smallest)
{
    FittedText fitted;
    if (text.isEmpty() || lines < 1) {
        return fitted;
    }
    constexpr int Step = 2;
    for (int size = largest;; size = std::max(smallest, size - Step)) {
        QFont sized = font;
        sized.setPixelSize(size);
        const QFontMetricsF metrics(sized);
        QTextLayout layout(text, sized);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        QStringList broken;
        qsizetype lastStart = 0;
        bool isWhole = true;
        for (;;) {
            QTextLine line = layout.createLine();
            if (!line.isValid()) {
                break;
            }
            if (broken.size() == lines) {
                isWhole = false;
                break;
            }
            line.setLineWidth(width);
            lastStart = line.textStart();
            broken.append(text.mid(line.textStart(), line.textLength()).trimmed());
        }
        layout.endLayout();
        fitted.pixelSize = size;
        fitted.lines = broken;
        if (isWhole) {
            return fitted;
        }
        if (size <= smallest) {
            fitted.lines.last() = metrics.elidedText(text.mid(lastStart), Qt::ElideRight, width);
            fitted.isElided = true;
            return fitted;
        }
    }
}
