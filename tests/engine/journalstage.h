// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/engine/playback.h"
#include "app/library/scenariolibrary.h"
#include "app/run/runeventcodec.h"
#include "app/run/runrecord.h"
#include "app/sandbox/sandboxhost.h"
#include "app/timeline/timelinefile.h"
#include "resealed.h"
#include "samebytes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <functional>

/** Plays runs against a sandbox, and cuts, ages and changes their journals as fate would. */
class JournalStage : public QObject
{
protected:
    /** Gives the test a folder of its own, after a look at what the one before wrote. */
    void reset()
    {
        if (m_dir) {
            expectSameBytes(m_dir->path());
        }
        m_dir = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", m_dir->path().toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", m_dir->path().toLocal8Bit());
    }

    QString file(const char *name) const { return m_dir->filePath(QLatin1String(name)); }

    RunPlan planOf(const QByteArray &timeline, const SandboxHost &host, const QString &journal)
    {
        RunPlan plan = *planRun(TimelineFile::parse(timeline, {})->timeline(), m_library);
        plan.target.base = host.baseUrl();
        plan.targetName = host.baseUrl().toString();
        plan.reconcile = std::chrono::milliseconds(500);
        plan.journalPath = journal;
        return plan;
    }

    /** To its end; `meanwhile` hears of each record and may give orders. */
    RunRecord play(const RunPlan &plan,
                   const std::function<void(Playback &, const QJsonObject &)> &meanwhile = {})
    {
        Playback playback;
        RunRecord record;
        m_refusal.clear();
        connect(&playback, &Playback::recorded, this, [&](const RunEvent &event) {
            record.apply(event);
            if (meanwhile) {
                meanwhile(playback, toJson(event));
            }
        });
        connect(&playback, &Playback::startFailed, this,
                [this](const Error &error) { m_refusal = error.message; });
        QSignalSpy finished(&playback, &Playback::finished);
        playback.start(plan);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(finished.count() > 0 || !m_refusal.isEmpty(), 60000); }();
        return record;
    }

    /** Plays until `isEnough` of a record; what the journal holds then is in `remains`. */
    void playAndCut(const RunPlan &plan, const QString &remains,
                    const std::function<bool(const RunRecord &, const QJsonObject &)> &isEnough,
                    const std::function<void(Playback &, const QJsonObject &)> &meanwhile = {})
    {
        RunRecord record;
        bool isCut = false;
        auto playback = std::make_unique<Playback>();
        connect(playback.get(), &Playback::recorded, this, [&](const RunEvent &event) {
            record.apply(event);
            if (!isCut && isEnough(record, toJson(event))) {
                isCut = true;
                playback->abort();
            }
            if (!isCut && meanwhile) {
                meanwhile(*playback, toJson(event));
            }
        });
        playback->start(plan);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(isCut, 20000); }();
        playback.reset();
        // Before its end a killed run writes what one does that is given up, and nothing behind.
        QByteArray text;
        for (const QByteArray &line : lines(plan.journalPath)) {
            if (QJsonDocument::fromJson(line).object().contains(u"aborted")) {
                break;
            }
            text += line + '\n';
        }
        write(remains, text);
    }

    /** How many were sent by then, in order of time. */
    static int sentIn(const QString &path)
    {
        int sent = 0;
        for (const QByteArray &line : lines(path)) {
            sent += line.contains("\"record\":\"sending\"") ? 1 : 0;
        }
        return sent;
    }

    static QList<QByteArray> lines(const QString &path)
    {
        QFile journal(path);
        [&] { QVERIFY(journal.open(QIODevice::ReadOnly)); }();
        QList<QByteArray> all = journal.readAll().split('\n');
        all.removeLast();
        return all;
    }

    static void write(const QString &path, const QByteArray &text)
    {
        QFile journal(path);
        [&] { QVERIFY(journal.open(QIODevice::WriteOnly)); }();
        journal.write(resealed(text));
    }

    static void change(const QString &path, const std::function<void(QJsonObject &)> &how)
    {
        QByteArray text;
        for (const QByteArray &line : lines(path)) {
            QJsonObject record = QJsonDocument::fromJson(line).object();
            how(record);
            text += QJsonDocument(record).toJson(QJsonDocument::Compact) + '\n';
        }
        write(path, text);
    }

    /** As if all in it had happened that much earlier. */
    static void age(const QString &path, std::chrono::milliseconds by)
    {
        change(path, [by](QJsonObject &record) {
            for (const char *key : {"wall", "started_at"}) {
                const QDateTime time = QDateTime::fromString(
                    record.value(QLatin1String(key)).toString(), Qt::ISODateWithMs);
                if (time.isValid()) {
                    record.insert(QLatin1String(key),
                                  time.addMSecs(-by.count()).toString(Qt::ISODateWithMs));
                }
            }
            if (record.contains(u"boot_ms")) {
                record.insert(QStringLiteral("boot_ms"),
                              record.value(u"boot_ms").toDouble() - double(by.count()));
            }
        });
    }

    QJsonObject ask(const SandboxHost &host, const QString &path)
    {
        QNetworkAccessManager manager;
        QUrl url = host.baseUrl();
        url.setPath(path);
        QNetworkReply *reply = manager.get(QNetworkRequest(url));
        [&] { QTRY_VERIFY(reply->isFinished()); }();
        reply->deleteLater();
        return QJsonDocument::fromJson(reply->readAll()).object();
    }

    /** How often each token was delivered. */
    QJsonObject deliveries(const SandboxHost &host)
    {
        return ask(host, QStringLiteral("/sandbox/deliveries")).value(u"deliveries").toObject();
    }

    int incidentsOn(const SandboxHost &host)
    {
        return ask(host, QStringLiteral("/api/v1/incidents")).value(u"total").toInt();
    }

    ScenarioLibrary m_library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_refusal;
};
