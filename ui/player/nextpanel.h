// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/runrecord.h"

#include <QWidget>

class ClockLabel;
class QLabel;
class QPushButton;
class QAction;

/** What comes next: countdown, time on the wall, incident, notes, and the buttons of a live run. */
class NextPanel : public QWidget
{
    Q_OBJECT

public:
    struct Next
    {
        int index = -1;
        int count = 0;
        QString title;
        QString service;
        Severity severity = Severity::Medium;
        IncidentState state = IncidentState::Scheduled;
        QString notes;
        bool hold = false;
    };

    /** The actions give the buttons their effect, keys and whether they can be pressed. */
    NextPanel(QAction *go, QAction *skip, QAction *fire, QAction *stop, QWidget *parent = nullptr);

    void showNext(const Next &next);
    /** Nothing is left, or nothing is open; the sentence says which and what to do. */
    void showNothing(const QString &sentence);
    /** Milliseconds until it is sent, in real time; the wall clock where the run's clock moves. */
    void setCountdown(double milliseconds, const QDateTime &wall);
    void setGo(bool open, const QString &hint);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QPushButton *liveButton(QAction *action);
    void updateMarks();

    Next m_next;
    QLabel *m_position = nullptr;
    QLabel *m_stateMark = nullptr;
    QLabel *m_stateText = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_where = nullptr;
    QLabel *m_minus = nullptr;
    ClockLabel *m_countdown = nullptr;
    QLabel *m_wall = nullptr;
    QLabel *m_hold = nullptr;
    QLabel *m_notesTitle = nullptr;
    QLabel *m_notes = nullptr;
    QLabel *m_nothing = nullptr;
    QWidget *m_card = nullptr;
    QPushButton *m_go = nullptr;
    QLabel *m_goHint = nullptr;
    bool m_goOpen = false;
};
