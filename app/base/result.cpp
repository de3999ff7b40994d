// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/result.h"

QString Error::toString() const
{
    if (line <= 0 || column <= 0) {
        return message;
    }
    const QString place = QString::number(line) + u':' + QString::number(column);
    if (pointer.isEmpty()) {
        return place + QStringLiteral(": ") + message;
    }
    return place + QStringLiteral(" (") + pointer + QStringLiteral("): ") + message;
}
