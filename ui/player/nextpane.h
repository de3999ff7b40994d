// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/runsession.h"

#include <QWidget>

class ClockLabel;
class ElidedLabel;
class LinedLabel;
class QBoxLayout;
class QLabel;
class QStackedLayout;
class RunActions;
class StateBanner;
class WaitBar;

/**
 * What comes next, for the operator: the incident, in how long and when, how the run stands, and
 * the first two lines of its notes.
 */
class NextPane : public QWidget
{
    Q_OBJECT

public:
    /** Both outlive this. */
    NextPane(RunSession &session, const RunActions &actions, QWidget *parent);

    /** With a countdown and a banner of the full size. */
    void setTall(bool tall);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeRows(const RunActions &actions);
    void refresh();
    void showTime();
    void updateMarks();
    /** The countdown as large as there is room for, and the time of day where there is any left. */
    void fitTimes();

    RunSession &m_session;
    NextIncident m_next;
    bool m_isTall = true;
    QWidget *m_wallBox = nullptr;
    QWidget *m_page = nullptr;
    QBoxLayout *m_column = nullptr;
    QStackedLayout *m_stack = nullptr;
    QLabel *m_position = nullptr;
    QLabel *m_stateMark = nullptr;
    QLabel *m_stateText = nullptr;
    ElidedLabel *m_source = nullptr;
    QLabel *m_badge = nullptr;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_where = nullptr;
    StateBanner *m_banner = nullptr;
    ClockLabel *m_minus = nullptr;
    ClockLabel *m_countdown = nullptr;
    QLabel *m_caption = nullptr;
    ClockLabel *m_wall = nullptr;
    WaitBar *m_wait = nullptr;
    LinedLabel *m_notes = nullptr;
    QLabel *m_nothing = nullptr;
};
