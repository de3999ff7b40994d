// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QKeyEvent;
class QWidget;
class RunActions;
class RunSession;

/**
 * Who gets a key while a run is live, in all windows of it: a text field keeps its keys, an Esc
 * that leaves something is no part of a Stop, and the keys of a remote do what they say and nothing
 * else. The windows of a run are the operator's and all that have its Stop among their actions.
 */
class RunKeys : public QObject
{
    Q_OBJECT

public:
    /** Watches all keys of the program. All of them outlive this. */
    RunKeys(RunSession &session, const RunActions &actions, QWidget *window);

    /** What is typed goes into it. */
    static bool isTextField(const QWidget *widget);

Q_SIGNALS:
    /** A field was left by Esc, so the keys are to go to the run again. */
    void fieldLeft();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /** Whether the key goes to the widget, and to no command. */
    bool belongsToWidget(const QWidget &widget, const QKeyEvent &key) const;
    /** Whether the key was dealt with here. */
    bool takeKey(const QWidget &widget, const QKeyEvent &key);
    bool isOrder(const QKeyEvent &key) const;

    RunSession &m_session;
    const RunActions &m_actions;
    QWidget *m_window;
};
