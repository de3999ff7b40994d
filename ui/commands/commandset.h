// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <vector>

class QAction;
class QWidget;

/**
 * All that a window can be told to do: one action each, under a name that settings refer to, with
 * the keys that the user gave it or those it came with.
 */
class CommandSet : public QObject
{
    Q_OBJECT

public:
    struct Command
    {
        QString id;
        /** The menu it is found in. */
        QString group;
        /** Without mnemonic and dots. */
        QString name;
        QAction *action = nullptr;
        QList<QKeySequence> defaults;
    };

    explicit CommandSet(QWidget *window);

    /** The action belongs to the window, and works wherever the focus is in it. */
    QAction *add(const QString &id, const QString &group, const QString &text,
                 const QList<QKeySequence> &keys = {}, const QIcon &image = {});
    /** Its keys work only while one of these has the focus; elsewhere they mean something else. */
    static void keepWithin(QAction *action, const QList<QWidget *> &widgets);
    /** What it does in a sentence; the tool tip adds the key, whatever it is. */
    static void describe(QAction *action, const QString &sentence);

    const std::vector<Command> &commands() const { return m_commands; }
    /** nullptr where there is none of that id. */
    QAction *action(const QString &id) const;

    /** Takes the keys from commands that have them; kept for every window and the next start. */
    void rebind(const QString &id, const QList<QKeySequence> &keys);
    /** All commands as they came. */
    void resetKeys();
    /** The command that a key belongs to; nullptr where it is free. */
    const Command *commandWith(const QKeySequence &key) const;

Q_SIGNALS:
    void keysChanged();

private:
    void applyKeys(const Command &command);
    void applyAllKeys();
    static void tellAllWindows();

    QWidget *m_window;
    std::vector<Command> m_commands;
};
