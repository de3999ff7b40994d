// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/runsession.h"

#include <QWidget>

class ClockLabel;
class QLabel;
class RunActions;
class StateBanner;
class WaitBar;

/** What comes next, in the panel beside the timeline: countdown, the incident, and its notes. */
class NextCard : public QWidget
{
    Q_OBJECT

public:
    /** Both outlive this. */
    NextCard(RunSession &session, const RunActions &actions, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeRows();
    void showNext();
    void showTime();
    void updateMarks();

    RunSession &m_session;
    NextIncident m_next;
    QLabel *m_position = nullptr;
    QLabel *m_stateMark = nullptr;
    QLabel *m_stateText = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_where = nullptr;
    StateBanner *m_banner = nullptr;
    ClockLabel *m_minus = nullptr;
    ClockLabel *m_countdown = nullptr;
    ClockLabel *m_wall = nullptr;
    WaitBar *m_wait = nullptr;
    QLabel *m_notesTitle = nullptr;
    QLabel *m_notes = nullptr;
    QLabel *m_nothing = nullptr;
    QWidget *m_card = nullptr;
};
