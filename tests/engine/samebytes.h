// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/run/runeventcodec.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

/** Fails the test if a record of the folder's journals, read and written again, has other bytes. */
inline void expectSameBytes(const QString &folder)
{
    for (const QFileInfo &info :
         QDir(folder).entryInfoList({QStringLiteral("*.jsonl")}, QDir::Files)) {
        QFile journal(info.filePath());
        QVERIFY2(journal.open(QIODevice::ReadOnly), qPrintable(info.filePath()));
        while (!journal.atEnd()) {
            // Some tests break lines; those hold no record.
            const QJsonObject record = QJsonDocument::fromJson(journal.readLine()).object();
            if (record.isEmpty()) {
                continue;
            }
            const QByteArray before = QJsonDocument(record).toJson(QJsonDocument::Compact);
            const QByteArray after =
                QJsonDocument(toJson(runEventFromJson(record))).toJson(QJsonDocument::Compact);
            QVERIFY2(after == before, QByteArray(before + " became " + after).constData());
        }
    }
}
