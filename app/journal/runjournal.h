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
 * The append-only file of a run, one JSON object a line. It is locked as long as the run is live:
 * the lock goes with the process, however that ends. An event is written before anything is done or
 * shown because of it; what is shown of a run is read from these events alone. The file is synced
 * to disk from a thread of its own, since that takes milliseconds.
 */
class RunJournal : public QObject
{
    Q_OBJECT

public:
    /** The version that this program writes; it reads this one and those before. */
    static constexpr int Version = JournalVersion;

    /** The largest journal that is read: 2 GB, some 500,000 incidents. */
    static constexpr qint64 MaximumBytes = 2LL * 1024 * 1024 * 1024;

    using Content = JournalContent;

    /** Makes the file, and its folder if that is missing; an existing file is refused. */
    static Result<std::unique_ptr<RunJournal>> create(const QString &path);
    /**
     * Opens a journal whose run does not go on any more, to write more of it, and cuts off a line
     * that was torn when its program ended. What is damaged stays as it is, so that whoever reads
     * it next sees that, too. Refuses one whose run is live, be it in this process, and what read()
     * refuses.
     */
    static Result<std::unique_ptr<RunJournal>> reopen(const QString &path);
    /**
     * Reads a journal, be its run live or over. A torn last line does not count, nor do lines that
     * cannot be believed: Content::damage says so. Returns an error if the file is no run's
     * journal, or of a later version.
     */
    static Result<Content> read(const QString &path);
    /** Returns true if a run is writing it at this moment: its process lives. */
    static bool isLive(const QString &path);
    /** Identifies the current boot: the kernel's boot_id. */
    static QString bootId();
    /** Makes a journal in memory, for a rehearsal; it is gone with this object. */
    static Result<std::unique_ptr<RunJournal>> inMemory();
    /** Syncs and closes. */
    ~RunJournal() override;

    /** Returns the path of the file; empty for a journal in memory. */
    QString path() const { return m_path; }
    /** Returns how many bytes were written, without a line that failed. */
    qint64 size() const { return m_size; }

    /** Sets what must not stand in the journal, wherever an event got it from. */
    void setSecrets(const QList<QByteArray> &secrets) { m_secrets = secrets; }
    /** Returns the record with "(key)" in place of each secret in what others may have written. */
    QJsonObject withoutSecrets(const QJsonObject &record) const;

    /**
     * Writes the events with one system call, so that they outlive this process, and announces
     * them. Returns false if they could not be written: they are announced all the same, since they
     * are true.
     */
    bool append(const QList<RunEvent> &events);
    bool append(const RunEvent &event) { return append(QList<RunEvent>{event}); }
    /**
     * Does the first half of append(), for when every microsecond counts; announce() is the other.
     * Events that could not be written are not announced either.
     */
    bool write(const QList<RunEvent> &events);
    /** Emits recorded() for all that was written and not announced yet. */
    void announce();
    /** Gives up the lock: the run is over, though the journal may still be written. */
    void release();
    /** Asks for what was written so far to be brought to the disk; returns at once. */
    void sync();

Q_SIGNALS:
    /** An event is in the journal, or could not be written and is true all the same. */
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
