// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/autosave.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <functional>

class CommandSet;
class MessageBar;
class QAction;
class QMenu;
class QMimeData;
class TimelineDocument;

/**
 * The commands of the File menu that are about the document: new, open, save, revert, and all the
 * care that nothing is lost by them.
 */
class FileCommands : public QObject
{
    Q_OBJECT

public:
    /** `bar` says what happened to the file; none of them is owned. */
    FileCommands(TimelineDocument &document, CommandSet &commands, MessageBar &bar,
                 QWidget *window);

    /** What stands in fields and is not in the document yet. */
    struct Pending
    {
        /** Takes into the document what can be taken. */
        std::function<void()> take;
        /** Something is left that cannot be: a text that is no timeline. */
        std::function<bool()> isLeft;
        std::function<void()> show;
    };
    /** Asked before anything is saved, left or replaced. */
    void setPending(const Pending &pending) { m_pending = pending; }

    QAction *openAction() const { return m_open; }
    QAction *saveAction() const { return m_save; }
    QAction *newAction() const { return m_new; }
    void fillMenu(QMenu *menu);

    /** Asks first what shall become of unsaved edits. The old timeline stays where it fails. */
    bool open(const QString &named);
    bool openShipped(const QString &id);
    bool save();
    bool saveAs();
    /** True where nothing is unsaved, or the user has said what shall become of it. */
    bool mayGoAway();
    /** What a crash has left, as a modified document. */
    void takeOver(const UnsavedTimeline &left);
    /** The window is looked at again: the file may have changed meanwhile. */
    void checkDisk();

    /** Why something that is dragged onto the window cannot be opened; empty where it can. */
    static QString refusal(const QMimeData &mime);

    static QStringList recentFiles();

Q_SIGNALS:
    void newWindowRequested(const QString &path);
    /** What the status bar says about the last autosave. */
    void autosaved(const QString &sentence);

private:
    void makeCommands(CommandSet &commands);
    bool settlePending(const QString &question, const QString &anyway);
    void startNew();
    void chooseFile(bool inNewWindow);
    void revert();
    bool saveTo(const QString &path);
    void watch();
    void updateEnabled();
    void fillRecent(QMenu *menu);
    void fillShipped(QMenu *menu);
    void remember(const QString &path);
    QString dialogFolder() const;
    bool isShipped(const QString &path) const;

    TimelineDocument &m_document;
    MessageBar &m_bar;
    QWidget *m_window;
    Autosave m_autosave;
    QFileSystemWatcher m_watcher;
    Pending m_pending;
    bool m_isSaveAsOffered = false; ///< by the bar, instead of reading the file again
    qint64 m_toldVersion = -1;      ///< of the file on disk that a notice was about
    QAction *m_new = nullptr;
    QAction *m_newWindow = nullptr;
    QAction *m_open = nullptr;
    QAction *m_openInWindow = nullptr;
    QAction *m_save = nullptr;
    QAction *m_saveAs = nullptr;
    QAction *m_revert = nullptr;
};
