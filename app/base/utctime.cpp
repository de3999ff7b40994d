// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/utctime.h"

#include <QStringList>
#include <QTimeZone>
#include <algorithm>
#include <array>
#include <optional>

namespace {

constexpr int SecondsInHour = 3600;
constexpr int SecondsInMinute = 60;

std::optional<int> wholeNumber(const QString &text, qsizetype mostDigits)
{
    const bool isNumber =
        !text.isEmpty() && text.size() <= mostDigits &&
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? std::optional(text.toInt()) : std::nullopt;
}

std::optional<int> monthNamed(const QString &name)
{
    static constexpr std::array Months{"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < Months.size(); ++i) {
        if (name.compare(QLatin1String(Months[i]), Qt::CaseInsensitive) == 0) {
            return int(i) + 1;
        }
    }
    return std::nullopt;
}

std::optional<QTime> timeOfDay(const QString &text)
{
    const QStringList parts = text.split(u':');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto hour = wholeNumber(parts[0], 2);
    const auto minute = wholeNumber(parts[1], 2);
    const auto second = wholeNumber(parts[2], 2);
    if (!hour || !minute || !second) {
        return std::nullopt;
    }
    const QTime time(*hour, *minute, std::min(*second, 59)); // a leap second is the one before
    return time.isValid() && *second <= 60 ? std::optional(time) : std::nullopt;
}

/** Two digits are of the century that makes them neither old nor far ahead; RFC 850 had no more. */
std::optional<int> yearOf(const QString &text)
{
    const auto year = wholeNumber(text, 4);
    if (!year || (text.size() != 2 && text.size() != 4)) {
        return std::nullopt;
    }
    return text.size() == 4 ? *year : *year + (*year < 70 ? 2000 : 1900);
}

/** In seconds east of Greenwich. */
std::optional<int> offsetOf(const QString &zone)
{
    for (const char *name : {"GMT", "UTC", "UT", "Z"}) {
        if (zone.compare(QLatin1String(name), Qt::CaseInsensitive) == 0) {
            return 0;
        }
    }
    QString digits = zone.mid(1);
    digits.remove(u':');
    const auto number = wholeNumber(digits, 4);
    if (!number || digits.size() != 4 || (zone[0] != u'+' && zone[0] != u'-')) {
        return std::nullopt;
    }
    const int seconds = *number / 100 * SecondsInHour + *number % 100 * SecondsInMinute;
    return zone[0] == u'-' ? -seconds : seconds;
}

} // namespace

QDateTime utcFromIso(const QString &text)
{
    QString whole = text.trimmed();
    constexpr qsizetype DateSize = 10; // 2026-03-29
    if (whole.size() == DateSize) {
        whole += QLatin1String("T00:00:00");
    }
    const auto isOfZone = [](QChar c) { return c == u'Z' || c == u'z' || c == u'+' || c == u'-'; };
    if (whole.size() > DateSize && std::none_of(whole.begin() + DateSize, whole.end(), isOfZone)) {
        whole += u'Z';
    }
    return QDateTime::fromString(whole, Qt::ISODateWithMs).toUTC();
}

QDateTime utcFromHttp(const QByteArray &header)
{
    // "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
    QStringList parts = QString::fromLatin1(header).simplified().split(u' ');
    if (parts.size() > 1 && parts.first().endsWith(u',')) {
        parts.removeFirst();
    }
    if (const QStringList date = parts.first().split(u'-'); date.size() == 3) {
        parts = date + parts.mid(1);
    }
    constexpr int AscTimeParts = 5;
    if (parts.size() == AscTimeParts && !wholeNumber(parts[0], 2) && monthNamed(parts[1])) {
        parts = {parts[2], parts[1], parts[4], parts[3]};
    }
    if (parts.size() < 4 || parts.size() > 5) {
        return {};
    }
    const auto day = wholeNumber(parts[0], 2);
    const auto month = monthNamed(parts[1]);
    const auto year = yearOf(parts[2]);
    const auto time = timeOfDay(parts[3]);
    const auto offset = parts.size() == 5 ? offsetOf(parts[4]) : std::optional(0);
    if (!day || !month || !year || !time || !offset) {
        return {};
    }
    const QDateTime there(QDate(*year, *month, *day), *time, QTimeZone::utc());
    return there.isValid() ? there.addSecs(-*offset) : QDateTime();
}
