// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/runsession.h"

#include <QPushButton>

class QAction;
class RunActions;

/**
 * A large button of a live run: what it does, and its key below. Space is GO wherever the focus is,
 * so this one is pressed by Return.
 */
class LiveButton : public QPushButton
{
    Q_OBJECT

public:
    enum class Look {
        Plain,
        Closed,  ///< dashed, in the colour of what it will do
        Open,    ///< filled with it
        Grey,    ///< filled, and deaf for the moment
        Outline, ///< stands apart
        Filled,  ///< armed
    };

    explicit LiveButton(QWidget *parent);
    /** Takes icon, words, key and whether it can be pressed from the action; `hint` has the key
     * as %1. */
    void follow(QAction *action, const QString &hint = QStringLiteral("%1"));
    void setTexts(const QString &title, const QString &hint);
    const QString &hint() const { return m_hint; }
    void setLook(Look look);
    Look look() const { return m_look; }
    void setLarge();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QFont titleFont() const;
    QFont hintFont() const;

    QString m_hint;
    Look m_look = Look::Plain;
    bool m_isLarge = false;
};

/** GO, Pause, Skip, Fire now, and Stop apart from them. */
class LiveButtons : public QWidget
{
    Q_OBJECT

public:
    /** In a row, or below each other for a panel at the side. Both outlive this. */
    LiveButtons(RunSession &session, RunActions &actions, Qt::Orientation orientation,
                QWidget *parent = nullptr);

    LiveButton *goButton() const { return m_go; }
    LiveButton *stopButton() const { return m_stop; }

private:
    void update();
    void updateGo();

    RunSession &m_session;
    RunActions &m_actions;
    LiveButton *m_go = nullptr;
    LiveButton *m_stop = nullptr;
};
