// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/responderwords.h"

#include <QWidget>
#include <optional>

class CauseBars;
class ElidedLabel;
class LinkButton;
class QLabel;
class RunSession;
class StageNotes;

/**
 * What the presenter talks about: the incident on stage by the plan, its notes in large letters,
 * and what the responder has found so far. It stays until the next incident has begun, whatever
 * becomes of it at the target.
 */
class NowPane : public QWidget
{
    Q_OBJECT

public:
    /** The session outlives this. */
    explicit NowPane(RunSession &session, QWidget *parent = nullptr);

    /** -1 before the first. */
    int shownIndex() const { return m_index; }
    std::optional<Severity> severity() const;

Q_SIGNALS:
    /** Its id was pressed. */
    void linkClicked(int row);
    void incidentChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeRows();
    void take(const RunEvent &event);
    void refresh();
    void showIncident();
    void showNothing();
    void showTime();
    void updateMarks();
    const IncidentRun *incident() const;

    RunSession &m_session;
    LatestCauses m_causes;
    int m_index = -1;
    bool m_isTrouble = false;
    QLabel *m_position = nullptr;
    QLabel *m_stateMark = nullptr;
    QLabel *m_stateText = nullptr;
    ElidedLabel *m_source = nullptr;
    QLabel *m_began = nullptr;
    QLabel *m_badge = nullptr;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_where = nullptr;
    StageNotes *m_notes = nullptr;
    QLabel *m_responder = nullptr;
    ElidedLabel *m_answer = nullptr;
    LinkButton *m_id = nullptr;
    CauseBars *m_bars = nullptr;
    QLabel *m_nothing = nullptr;
    QWidget *m_page = nullptr;
};
