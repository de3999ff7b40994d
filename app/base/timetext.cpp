// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/timetext.h"

#include "app/base/clock.h"
#include "app/base/numbers.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <cmath>

namespace {

QString twoDigits(qint64 value)
{
    return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
}

} // namespace

QString clockText(std::chrono::milliseconds time)
{
    const qint64 seconds = time.count() / 1000;
    QString text;
    if (seconds >= 3600) {
        text = QString::number(seconds / 3600) + u':' + twoDigits(seconds / 60 % 60);
    } else {
        text = QString::number(seconds / 60);
    }
    text += u':' + twoDigits(seconds % 60);
    if (time.count() % 1000 != 0) {
        text += u'.' + QString::number(time.count() % 1000).rightJustified(3, u'0');
    }
    return text;
}

QString timeText(std::chrono::milliseconds time, int fraction)
{
    const bool negative = time.count() < 0;
    const qint64 ms = std::abs(qint64(time.count()));
    const qint64 seconds = ms / 1000;
    QString text = seconds >= 3600
                       ? QString::number(seconds / 3600) + u':' + twoDigits(seconds / 60 % 60)
                       : QString::number(seconds / 60);
    text += u':' + twoDigits(seconds % 60);
    if (fraction > 0) {
        text += u'.' + QStringLiteral("%1").arg(ms % 1000, 3, 10, QLatin1Char('0')).left(fraction);
    }
    return negative ? QChar(0x2212) + text : text;
}

QString latencyText(std::chrono::nanoseconds latency)
{
    const double milliseconds = toMilliseconds(latency);
    if (milliseconds < 999.5) {
        return QCoreApplication::translate("Text", "%1 ms")
            .arg(roundedText(milliseconds, milliseconds < 99.95 ? 1 : 0));
    }
    if (milliseconds < 99950) {
        return QCoreApplication::translate("Text", "%1 s").arg(roundedText(milliseconds / 1000, 1));
    }
    return timeText(wholeMilliseconds(milliseconds));
}

QString speedText(double speed)
{
    return QString::number(speed, 'g', 4) + QChar(0xD7);
}

std::optional<TypedTime> timeFromText(const QString &text)
{
    static const QRegularExpression clock(
        QStringLiteral("^(?:(\\d{1,5}):)?(\\d{1,7}):(\\d{1,2})(?:[.,](\\d{1,3}))?$"));
    static const QRegularExpression units(
        QStringLiteral("^(?:(\\d{1,5})\\s*h)?\\s*(?:(\\d{1,7})\\s*m(?:in)?)?\\s*"
                       "(?:(\\d{1,9})(?:[.,](\\d{1,3}))?\\s*s?)?$"));
    QString plain = text.trimmed();
    TypedTime typed;
    bool negative = false;
    if (plain.startsWith(u'+') || plain.startsWith(u'-') || plain.startsWith(QChar(0x2212))) {
        typed.relative = true;
        negative = !plain.startsWith(u'+');
        plain = plain.mid(1).trimmed();
    }
    QRegularExpressionMatch match = clock.match(plain);
    if (!match.hasMatch()) {
        match = units.match(plain);
    }
    if (!match.hasMatch() || plain.isEmpty()) {
        return std::nullopt;
    }
    const auto whole = [&](int group) { return match.captured(group).toLongLong(); };
    const qint64 thousandths = match.captured(4).leftJustified(3, u'0').toLongLong();
    const qint64 ms = ((whole(1) * 60 + whole(2)) * 60 + whole(3)) * 1000 + thousandths;
    if (ms > 366LL * 24 * 3600 * 1000) {
        return std::nullopt;
    }
    typed.time = std::chrono::milliseconds(negative ? -ms : ms);
    return typed;
}
