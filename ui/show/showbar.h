// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QToolBar>

class ClockLabel;
class ElidedLabel;
class QHBoxLayout;
class QLabel;
class QToolButton;
class RunActions;
class RunSession;
class TargetChip;

/**
 * The tool bar of a show: the mode, that editing is locked, the run's clock next to that on the
 * wall, what is played until when, and against what. Mode and target are in sight at any width; of
 * the rest goes first what can be missed most.
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
    void makeAbout();
    void tick();
    void showPlan();
    QString endText() const;
    void fit();

    RunSession &m_session;
    QWidget *m_page = nullptr;
    QHBoxLayout *m_row = nullptr;
    QWidget *m_locked = nullptr;
    QLabel *m_lockedWords = nullptr;
    ClockLabel *m_run = nullptr;
    ClockLabel *m_wall = nullptr;
    QWidget *m_wallBox = nullptr;
    QWidget *m_about = nullptr;
    ElidedLabel *m_name = nullptr;
    QLabel *m_behind = nullptr;
    ElidedLabel *m_end = nullptr;
    TargetChip *m_target = nullptr;
    QList<QToolButton *> m_tools;
    QTimer m_second;
    bool m_isLate = false;
};
