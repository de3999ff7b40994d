// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelinechange.h"
#include "app/timeline/timelinefile.h"

#include <QObject>
#include <QUndoStack>
#include <functional>
#include <memory>

/**
 * A timeline that is being worked on: its values, the file it comes from, and the way back from
 * every edit. Knows no widget.
 *
 * Edits are made on a copy and handed over: the document finds out what differs, keeps that as one
 * step of undo, and tells it to everybody who shows the timeline.
 */
class TimelineDocument : public QObject
{
    Q_OBJECT

public:
    /** An empty, untitled timeline. */
    explicit TimelineDocument(QObject *parent = nullptr);
    ~TimelineDocument() override;

    const Timeline &timeline() const { return m_timeline; }
    /** The text that was opened or typed; edits since then are not in it. */
    const TimelineFile &file() const { return *m_file; }
    std::shared_ptr<const TimelineFile> sharedFile() const { return m_file; }
    /** What saving would write. */
    QByteArray text() const { return m_file->textFor(m_timeline); }

    /** Empty until it is saved for the first time. */
    const QString &path() const { return m_path; }
    /** What a title bar calls it. */
    QString displayName() const;
    bool isModified() const { return !m_stack.isClean(); }
    /** Opened, saved, or edited: not the empty one that a window starts with. */
    bool isUntouched() const { return m_path.isEmpty() && m_stack.count() == 0 && !isModified(); }

    /** Another timeline altogether; the steps of the old one are gone. */
    void clear();
    /** Nothing changes where the file cannot be read. */
    Result<void> load(const QString &path);
    /**
     * Text that was never saved to `path`, which may be empty: it counts as modified. With the
     * disk version that it was made from, a file that has changed since is noticed.
     */
    Result<void> restore(const QByteArray &text, const QString &path,
                         std::optional<qint64> diskVersion = {});
    /** The old file stays where anything fails. Undo reaches back behind a save. */
    Result<void> save(const QString &path);
    /** The file at path() is not the one that was last read or written here. */
    bool isChangedOnDisk() const;
    /** Tells one state of the file at path() from another; 0 where there is none. */
    qint64 diskVersion() const { return m_stamp.modified; }

    /** A run or a show is played from it: every edit is refused. */
    bool isLocked() const { return m_locked; }
    /** `why` is a sentence that says how to unlock it; empty means that a run has to be stopped. */
    void setLocked(bool locked, const QString &why = {});
    const QString &lockReason() const { return m_lockReason; }

    /**
     * One step of undo, called `name`. Steps of one not empty `gesture` that change the same
     * incidents become one. False where nothing differs, or where the document is locked.
     */
    bool edit(const QString &name, const Timeline &after, const QString &gesture = {});
    /** The same for the incidents of these rows, ascending; as fast in a long timeline. */
    bool editRows(const QString &name, const std::vector<int> &rows,
                  const std::function<void(Incident &)> &set, const QString &gesture = {});
    /** The whole text again, comments and unknown keys with it; the ids of the session live on. */
    Result<void> editText(const QString &name, const QByteArray &text, const QString &gesture = {});

    /** A state of the document that somebody works from. */
    struct Revision
    {
        std::shared_ptr<const TimelineFile> file;
        Timeline timeline;
    };
    Revision revision() const { return {m_file, m_timeline}; }
    /**
     * Text that was made from an older revision: what it changes there is changed here, as one step
     * of undo, and what was changed here since stays. False if both changed the same thing, and
     * nothing is changed then; an error if the text cannot be read.
     */
    Result<bool> mergeText(const QString &name, const QByteArray &text, const Revision &from);

    QUndoStack *undoStack() { return &m_stack; }

Q_SIGNALS:
    /** Another timeline altogether. */
    void opened();
    /** After an edit, an undo or a redo. */
    void changed(const TimelineChange &change);
    void modifiedChanged(bool modified);
    void pathChanged();
    void lockedChanged(bool locked);

private:
    class EditCommand;
    class TextCommand;
    struct Stamp
    {
        bool exists = false;
        qint64 size = 0;
        qint64 modified = 0; ///< nanoseconds
        quint64 inode = 0;

        bool operator==(const Stamp &) const = default;
    };
    static Stamp stampOf(const QString &path);
    void take(TimelineFile file, const QString &path, const Stamp &stamp, bool modified);
    Result<TimelineFile> read(const QByteArray &text, const QList<Incident> &before) const;
    void pushText(const QString &name, TimelineFile file, const QString &gesture);
    bool push(const QString &name, TimelineChange change, const QString &gesture);
    void applyAndTell(TimelineChange &change);

    std::shared_ptr<const TimelineFile> m_file;
    Timeline m_timeline;
    QString m_path;
    Stamp m_stamp;
    QUndoStack m_stack;
    bool m_locked = false;
    QString m_lockReason;
};
