// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/mode.h"

#include <QObject>
#include <array>

class CommandSet;
class QAction;
class QMenu;
class RunSession;

/** What a run can be told, and what the window is for: the commands of the Run menu. */
class RunActions : public QObject
{
    Q_OBJECT

public:
    static constexpr double OfferedSpeeds[]{0.1, 0.5, 1, 2, 5, 10, 60, 120, 1000};

    /** Both outlive this. */
    RunActions(RunSession &session, CommandSet &commands, QObject *parent);

    void fillMenu(QMenu *menu);
    /** The row that is to be sent again, as the selection goes. */
    void setCurrentRow(int row);

    /** Of Design, Rehearse and Show, in that order. */
    std::array<QAction *, 3> modes{};
    QAction *play = nullptr;
    QAction *pause = nullptr;
    QAction *go = nullptr;
    QAction *skip = nullptr;
    QAction *fire = nullptr;
    /** Takes back what was skipped last. */
    QAction *takeBack = nullptr;
    QAction *stop = nullptr;
    /** A stopped run, from where it stopped. */
    QAction *continueRun = nullptr;
    QAction *endShow = nullptr;
    /** Draws the curtain over the audience, and opens it again. */
    QAction *curtain = nullptr;
    /** What a presenter's remote sends for "forward". */
    QAction *remote = nullptr;
    QAction *remoteFires = nullptr;
    /** Says where the run is; who speaks connects to it. */
    QAction *readRun = nullptr;
    QAction *toStart = nullptr;
    /** Of the incident that is current in the timeline. */
    QAction *refire = nullptr;
    QAction *jump = nullptr;
    /** What these do lies with the window. */
    QAction *target = nullptr;
    QAction *check = nullptr;

Q_SIGNALS:
    void backToStartRequested();
    void jumpRequested();
    void refireRequested(int row);

private:
    void update();
    void updatePlay();

    RunSession &m_session;
    int m_row = -1;
};
