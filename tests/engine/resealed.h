// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/journal/journaltext.h"

#include <QJsonDocument>

/** The lines of a journal that a test has changed, as if a run had written them so. */
inline QByteArray resealed(const QByteArray &text)
{
    JournalSeal seal;
    QByteArray lines;
    for (const QByteArray &line : text.split('\n')) {
        QJsonObject record = QJsonDocument::fromJson(line).object();
        record.remove(QStringLiteral("crc"));
        lines += record.isEmpty() ? QByteArray() : seal.line(record);
    }
    return lines;
}
