// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QThread>
#include <memory>

/**
 * The append-only file of a run, one JSON object a line. A record is written before anything is
 * done or shown because of it; what is shown of a run is read from these records alone. Synced to
 * disk from a thread of its own, since that takes milliseconds.
 */
class RunJournal : public QObject
{
    Q_OBJECT

public:
    /** Makes the file, and its folder where it is missing; an existing file is refused. */
    static Result<std::unique_ptr<RunJournal>> create(const QString &path);
    /** One without a file, which is gone with it: of a rehearsal. */
    static Result<std::unique_ptr<RunJournal>> inMemory();
    /** Syncs and closes. */
    ~RunJournal() override;

    QString path() const { return m_path; }

    /** Secrets that must not stand in the journal, wherever a record got them from. */
    void setSecrets(const QList<QByteArray> &secrets) { m_secrets = secrets; }

    /**
     * Writes the records with one system call, so that they outlive this process, and announces
     * them. False where they could not be written: they are announced all the same, since they are
     * true.
     */
    bool append(const QList<QJsonObject> &records);
    bool append(const QJsonObject &record) { return append(QList<QJsonObject>{record}); }
    /**
     * The first half of append(), for where every microsecond counts; announce() is the other. What
     * could not be written is not announced either.
     */
    bool write(const QList<QJsonObject> &records);
    void announce();
    /** Has what was written so far brought to the disk; returns at once. */
    void sync();

Q_SIGNALS:
    void recorded(const QJsonObject &record);

private:
    RunJournal(const QString &path, int descriptor);
    QJsonObject withoutSecrets(const QJsonObject &record) const;

    QString m_path;
    int m_descriptor;
    qint64 m_size = 0; // of what was written whole
    QList<QByteArray> m_secrets;
    QList<QJsonObject> m_unannounced;
    QThread m_syncThread;
    QObject m_syncer; // lives in m_syncThread
};
