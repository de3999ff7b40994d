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
        Closed,    ///< dashed, in the colour of what it will do
        Open,      ///< filled with it
        Grey,      ///< filled, and deaf for the moment
        Attention, ///< in the color of what waits: the run stands because of it
        Outline,   ///< stands apart
        Filled,    ///< armed
    };

    explicit LiveButton(QWidget *parent);
    /** Takes icon, tool tip and whether it can be pressed from the action, and triggers it. */
    void follow(QAction *action);
    /** A screen reader says `spoken` where the hint has a clock that counts; else the hint. */
    void setTexts(const QString &title, const QString &hint, const QString &spoken = {});
    const QString &hint() const { return m_hint; }
    void setLook(Look look);
    Look look() const { return m_look; }
    void setLarge();

    /** The same whatever it says: a hand finds it where it was. */
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

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

/**
 * GO, Pause, Skip, Fire now, and Stop apart from them. Where each one is follows from the width
 * alone: no state of the run moves a button or makes it larger.
 */
class LiveButtons : public QWidget
{
    Q_OBJECT

public:
    /** In a row, or below each other for a panel at the side. Both outlive this. */
    LiveButtons(RunSession &session, RunActions &actions, Qt::Orientation orientation,
                QWidget *parent = nullptr);

    /** Of a row: its two heights, which follow from the window's. */
    void setTall(bool tall);

    LiveButton *goButton() const { return m_go; }
    LiveButton *stopButton() const { return m_stop; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeInRow();
    void placeInPanel();
    void update();
    void updateGo();
    void updatePause();
    void updateSkip();
    void updateFire();
    void updateStop();
    /** Why nothing can be skipped or fired; empty where something can. */
    QString whyClosed() const;

    RunSession &m_session;
    RunActions &m_actions;
    Qt::Orientation m_orientation;
    bool m_isTall = true;
    LiveButton *m_go = nullptr;
    LiveButton *m_pause = nullptr;
    LiveButton *m_skip = nullptr;
    LiveButton *m_fire = nullptr;
    LiveButton *m_stop = nullptr;
};
