// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QToolBar>

class ClockLabel;
class ElidedLabel;
class QToolButton;
class RunActions;
class RunSession;
class TargetChip;

/**
 * The tool bar of a show: the mood, that editing is locked, the run's clock beside that on the
 * wall, what is played until when, and against what.
 */
class ShowBar : public QToolBar
{
    Q_OBJECT

public:
    /** Both outlive this. */
    ShowBar(RunSession &session, RunActions &actions, QWidget *parent);

    TargetChip *targetChip() const { return m_target; }
    /** What is played. */
    void setTimelineName(const QString &name);
    /** Puts a button for it before the target. */
    void addTool(QAction *action);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void tick();

    RunSession &m_session;
    ClockLabel *m_run = nullptr;
    ClockLabel *m_wall = nullptr;
    ElidedLabel *m_name = nullptr;
    ElidedLabel *m_end = nullptr;
    TargetChip *m_target = nullptr;
    QAction *m_targetPlace = nullptr;
    QList<QToolButton *> m_tools;
    QTimer m_second;
};
