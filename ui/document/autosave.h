// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QDateTime>
#include <QFutureWatcher>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <memory>

class TimelineDocument;

/** A timeline that was being edited when a program ended without asking. */
struct UnsavedTimeline
{
    /** Of the autosaved file itself. */
    QString file;
    /** Where the user had it; empty if it was never saved. */
    QString path;
    QDateTime at;
    QByteArray text;
    /** TimelineDocument::diskVersion() of then. */
    qint64 diskVersion = 0;
};

/**
 * Keeps what is not saved in a file of its own, at most `Delay` behind the first edit, written by
 * another thread. The file goes when the document is saved or given up, so one that is found
 * without a living program is what a crash has left.
 */
class Autosave : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds Delay{3000};

    /** `document` outlives it. */
    explicit Autosave(TimelineDocument &document, QObject *parent = nullptr);
    /** Leaves nothing behind, except after keep(). */
    ~Autosave() override;

    /** What was left by programs that are no longer running; files that cannot be read stay. */
    static QList<UnsavedTimeline> orphans();
    /** Goes on in the file of what a crash has left, which the document holds now. */
    void adopt(const UnsavedTimeline &left);
    /**
     * When the program must end without asking: writes what is not saved before it returns, and
     * leaves it for the next start. Nothing may be edited after that.
     */
    void keep();
    /** $XDG_STATE_HOME/timeline-orchestrator/unsaved. */
    static QString folder();

Q_SIGNALS:
    void saved(const QDateTime &at);
    void failed(const Error &error);

private:
    static QString freshFile();
    void documentChanged();
    void lock();
    void write();
    void finish();
    void giveUp();

    TimelineDocument &m_document;
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    QFutureWatcher<Result<void>> m_writing;
    bool m_failing = false;
    bool m_isKept = false;
    bool m_obsolete = false; ///< saved or given up while it was being written
};
