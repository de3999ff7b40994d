// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/runsession.h"

#include <QWidget>

class ClockLabel;
class ElidedLabel;
class QLabel;
class QPlainTextEdit;

/** What comes next: countdown, time on the wall, the incident, and the presenter's notes. */
class NextCard : public QWidget
{
    Q_OBJECT

public:
    enum class Form {
        Narrow, ///< the notes below, for a panel at the side
        Wide,   ///< large, the notes beside it, for the operator's view
    };

    /** The session outlives this. */
    NextCard(RunSession &session, Form form, QWidget *parent = nullptr);

    /** How large the countdown is, relative to the window's font. */
    void setCountdownFactor(qreal factor);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeWide();
    void makeNarrow();
    void showNext();
    void showTime();
    void updateMarks();
    QString nothingSentence() const;

    RunSession &m_session;
    Form m_form;
    NextIncident m_next;
    QLabel *m_position = nullptr;
    QLabel *m_stateMark = nullptr;
    QLabel *m_stateText = nullptr;
    QLabel *m_source = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_title = nullptr;
    ElidedLabel *m_shortTitle = nullptr;
    QLabel *m_where = nullptr;
    ClockLabel *m_minus = nullptr;
    ClockLabel *m_countdown = nullptr;
    ClockLabel *m_wall = nullptr;
    QLabel *m_holdMark = nullptr;
    QLabel *m_hold = nullptr;
    QWidget *m_wait = nullptr;
    QLabel *m_notesTitle = nullptr;
    /** In the narrow form, as high as they are; in the wide one they scroll. */
    QLabel *m_notes = nullptr;
    QPlainTextEdit *m_longNotes = nullptr;
    QLabel *m_nothing = nullptr;
    QWidget *m_card = nullptr;
};
