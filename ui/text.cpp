// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <cmath>

namespace {

constexpr qreal MockUpFontHeight = 15.5;

qreal digitWidth(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

QString twoDigits(qint64 value)
{
    return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
}

} // namespace

QString timeText(std::chrono::milliseconds time, int fraction)
{
    const bool negative = time.count() < 0;
    const qint64 ms = std::abs(qint64(time.count()));
    const qint64 seconds = ms / 1000;
    QString text = seconds >= 3600
                       ? QString::number(seconds / 3600) + u':' + twoDigits(seconds / 60 % 60)
                       : QString::number(seconds / 60);
    text += u':' + twoDigits(seconds % 60);
    if (fraction > 0)
        text += u'.' + QStringLiteral("%1").arg(ms % 1000, 3, 10, QLatin1Char('0')).left(fraction);
    return negative ? QChar(0x2212) + text : text;
}

QString tenthsClockText(std::chrono::milliseconds time)
{
    const qint64 ms = std::max<qint64>(0, time.count());
    const qint64 seconds = ms / 1000;
    return twoDigits(seconds / 3600) + u':' + twoDigits(seconds / 60 % 60) + u':' +
           twoDigits(seconds % 60) + u'.' + QString::number(ms % 1000 / 100);
}

QString latencyText(double milliseconds)
{
    const QLocale locale;
    if (milliseconds < 999.5)
        return QCoreApplication::translate("Text", "%1 ms")
            .arg(locale.toString(milliseconds, 'f', milliseconds < 99.95 ? 1 : 0));
    if (milliseconds < 99950)
        return QCoreApplication::translate("Text", "%1 s")
            .arg(locale.toString(milliseconds / 1000, 'f', 1));
    return timeText(std::chrono::milliseconds(std::llround(milliseconds)));
}

QString speedText(double speed)
{
    return QLocale().toString(speed, 'g', 4) + QChar(0xD7);
}

qreal tabularWidth(const QFontMetricsF &metrics, const QString &text)
{
    const qreal cell = digitWidth(metrics);
    qreal width = 0;
    for (const QChar c : text)
        width += c.isDigit() ? cell : metrics.horizontalAdvance(c);
    return width;
}

void paintTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment,
                  const QString &text)
{
    const QFontMetricsF metrics(painter->font());
    const qreal cell = digitWidth(metrics);
    const qreal width = tabularWidth(metrics, text);
    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    for (const QChar c : text) {
        const qreal advance = metrics.horizontalAdvance(c);
        const qreal step = c.isDigit() ? cell : advance;
        painter->drawText(QPointF(x + (step - advance) / 2, baseline), QString(c));
        x += step;
    }
}

qreal scaled(const QFontMetricsF &metrics, qreal pixels)
{
    return pixels * metrics.height() / MockUpFontHeight;
}

int scaledInt(const QFontMetricsF &metrics, qreal pixels)
{
    return std::max(1, int(std::lround(scaled(metrics, pixels))));
}
