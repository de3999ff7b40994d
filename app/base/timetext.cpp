// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/timetext.h"

QString clockText(std::chrono::milliseconds time)
{
    const qint64 seconds = time.count() / 1000;
    const auto twoDigits = [](qint64 number) {
        return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
    };
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
