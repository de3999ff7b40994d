// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/journal/runjournal.h"
#include "app/report/runreport.h"
#include "app/run/runeventcodec.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

/** A run of five incidents: a retry, a hold, and one that failed. */
inline const QString StormJournal = QStringLiteral(TEST_SOURCE_DIR "/report/data/storm.jsonl");
inline const QString PageAddress = QStringLiteral("http://localhost:3000/incidents/{id}");

inline QList<QJsonObject> stormRecords()
{
    const Result<RunJournal::Content> content = RunJournal::read(StormJournal);
    return content ? content->records : QList<QJsonObject>();
}

/** The report of a journal that holds these records. */
inline RunReport reportFrom(const QList<QJsonObject> &records, const ReportOptions &options = {})
{
    return reportOf(runEventsFrom(records), options);
}

/** The records with one text put in place of another, wherever it stands. */
inline QList<QJsonObject> replaced(const QList<QJsonObject> &records, const QString &from,
                                   const QString &to)
{
    const auto escaped = [](const QString &text) {
        const QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
        return json.mid(2, json.size() - 4);
    };
    QList<QJsonObject> changed;
    for (const QJsonObject &record : records) {
        QByteArray text = QJsonDocument(record).toJson(QJsonDocument::Compact);
        text.replace(escaped(from), escaped(to));
        changed.append(QJsonDocument::fromJson(text).object());
    }
    return changed;
}
