// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class NextPane;
class NowPane;
class RunActions;
class RunSession;

/**
 * Now and next, side by side, on one sheet: what the presenter talks about, and what comes. As high
 * in every state of the run, so that nothing below it ever moves.
 */
class StageCard : public QWidget
{
    Q_OBJECT

public:
    /** Both outlive this. */
    StageCard(RunSession &session, const RunActions &actions, QWidget *parent = nullptr);

    /** Of the two heights, which follow from the window's. */
    void setTall(bool tall);

Q_SIGNALS:
    /** The id of the incident on stage was pressed. */
    void linkClicked(int row);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    NowPane *m_now = nullptr;
    NextPane *m_next = nullptr;
};
