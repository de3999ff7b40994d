// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/text.h"

#include "app/base/numbers.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

constexpr qreal MockUpFontHeight = 15.5;

qreal digitWidth(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

QString twoDigits(qint64 value)
{
    return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
}

} // namespace

QString tenthsClockText(std::chrono::milliseconds time)
{
    const qint64 ms = std::max<qint64>(0, time.count());
    const qint64 seconds = ms / 1000;
    return twoDigits(seconds / 3600) + u':' + twoDigits(seconds / 60 % 60) + u':' +
           twoDigits(seconds % 60) + u'.' + QString::number(ms % 1000 / 100);
}

QString keyText(const QKeySequence &key)
{
    return key.toString(QKeySequence::NativeText)
        .replace(QStringLiteral("Return"), QStringLiteral("Enter"));
}

qreal tabularWidth(const QFontMetricsF &metrics, const QString &text)
{
    const qreal cell = digitWidth(metrics);
    qreal width = 0;
    for (const QChar c : text) {
        width += c.isDigit() ? cell : metrics.horizontalAdvance(c);
    }
    return width;
}

void paintTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment,
                  const QString &text)
{
    const QFontMetricsF metrics(painter->font());
    const qreal cell = digitWidth(metrics);
    const qreal width = tabularWidth(metrics, text);
    qreal x = rect.left();
    if (alignment & Qt::AlignRight) {
        x = rect.right() - width;
    } else if (alignment & Qt::AlignHCenter) {
        x = rect.center().x() - width / 2;
    }
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    for (const QChar c : text) {
        const qreal advance = metrics.horizontalAdvance(c);
        const qreal step = c.isDigit() ? cell : advance;
        painter->drawText(QPointF(x + (step - advance) / 2, baseline), QString(c));
        x += step;
    }
}

QFont resized(QFont font, qreal factor)
{
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * factor);
    } else {
        font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * factor))));
    }
    return font;
}

std::chrono::seconds secondsPassed(Duration time)
{
    return std::chrono::floor<std::chrono::seconds>(std::max(time, Duration(0)));
}

std::chrono::seconds secondsLeft(Duration time)
{
    return std::chrono::ceil<std::chrono::seconds>(std::max(time, Duration(0)));
}

QString incidentNumbers(const QList<int> &indices, qsizetype most)
{
    QStringList numbers;
    for (const int index : indices.first(std::min(indices.size(), most))) {
        numbers << QStringLiteral("#%1").arg(index + 1);
    }
    const QString named = numbers.join(QStringLiteral(", "));
    return indices.size() <= most ? named
                                  : QCoreApplication::translate("Text", "%1 and %2 more")
                                        .arg(named)
                                        .arg(indices.size() - most);
}

QString hypothesesText(int count)
{
    return countedText(count, QCoreApplication::translate("Text", "1 hypothesis"),
                       QCoreApplication::translate("Text", "%1 hypotheses"));
}

QString actionsText(int count)
{
    return countedText(count, QCoreApplication::translate("Text", "1 action"),
                       QCoreApplication::translate("Text", "%1 actions"));
}

qreal scaled(const QFontMetricsF &metrics, qreal pixels)
{
    return pixels * metrics.height() / MockUpFontHeight;
}

int scaledInt(const QFontMetricsF &metrics, qreal pixels)
{
    return std::max(1, int(std::lround(scaled(metrics, pixels))));
}
