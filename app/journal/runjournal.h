// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/journaltext.h"
#include "app/run/runevent.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

/**
 * The append-only file of a run, one JSON object a line. Locked as
 * long as the run is live: the lock goes with the process, however that ends. A record is written
 * before anything is done or shown because of it; what is shown of a run is read from these records
 * alone. Synced to disk from a thread of its own, since that takes milliseconds.
 */
class RunJournal : public QObject
{
    Q_OBJECT

public:
    /** What this program writes; it reads this and those before. */
    static constexpr int Version = JournalVersion;

    /** The largest journal that is read: 2 GB, some 500,000 incidents. */
    static constexpr qint64 MaximumBytes = 2LL * 1024 * 1024 * 1024;

    using Content = JournalContent;

    /** Makes the file, and its folder where it is missing; an existing file is refused. */
    static Result<std::unique_ptr<RunJournal>> create(const QString &path);
    /**
     * Opens a journal whose run does not go on any more, to write more of it, and cuts off a line
     * that was torn when its program ended. What is damaged stays as it is, so that whoever reads
     * it next sees that, too. Refuses one whose run is live, be it in this process, and what read()
     * refuses.
     */
    static Result<std::unique_ptr<RunJournal>> reopen(const QString &path);
    /**
     * The records that are there, of a live run, too. A torn last line does not count, nor do lines
     * that cannot be believed: Content::damage says so. An error where the file is no run's
     * journal, or of a later version.
     */
    static Result<Content> read(const QString &path);
    /** Whether a run is writing it at this moment: its process lives. */
    static bool isLive(const QString &path);
    /** Tells apart the times that this computer was started. */
    static QString bootId();
    /** One without a file, which is gone with it: of a rehearsal. */
    static Result<std::unique_ptr<RunJournal>> inMemory();
    /** Syncs and closes. */
    ~RunJournal() override;

    QString path() const { return m_path; }
    /** Of what was written whole, in bytes. */
    qint64 size() const { return m_size; }

    /** Secrets that must not stand in the journal, wherever a record got them from. */
    void setSecrets(const QList<QByteArray> &secrets) { m_secrets = secrets; }
    /** Returns the record with "(key)" in place of each secret in what others may have written. */
    QJsonObject withoutSecrets(const QJsonObject &record) const;

    /**
     * Writes the records with one system call, so that they outlive this process, and announces
     * them. False where they could not be written: they are announced all the same, since they are
     * true.
     */
    bool append(const QList<RunEvent> &events);
    bool append(const RunEvent &event) { return append(QList<RunEvent>{event}); }
    /**
     * The first half of append(), for where every microsecond counts; announce() is the other. What
     * could not be written is not announced either.
     */
    bool write(const QList<RunEvent> &events);
    void announce();
    /** The run is over: it is live no longer, though the journal may still be written. */
    void release();
    /** Has what was written so far brought to the disk; returns at once. */
    void sync();

Q_SIGNALS:
    void recorded(const RunEvent &event);

private:
    RunJournal(const QString &path, int descriptor);
    struct Written;
    /** The event as it may be told, and its record. */
    Written withoutSecrets(const RunEvent &event) const;
    /** What m_syncThread does until the end. What is wanted while one sync goes on, is one more. */
    void syncAsWanted();

    QString m_path;
    int m_descriptor;
    qint64 m_size = 0; // of what was written whole
    /** Nothing in journals of versions before 3, and where there is no file. */
    std::optional<JournalSeal> m_seal;
    QByteArray m_lead; // goes before the next line
    QList<QByteArray> m_secrets;
    QList<RunEvent> m_unannounced;
    std::mutex m_syncLock; // for the two below
    bool m_isSyncWanted = false;
    bool m_isEnding = false;
    std::condition_variable m_syncCalled;
    std::thread m_syncThread;
};
