// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/player/mode.h"

#include <QObject>
#include <memory>

class ClockLabel;
class QLabel;
class QMainWindow;
class QToolBar;
class ShowBar;
class TargetChip;
struct WindowParts;

/** The bars at the top of the window: the tools and the target, or those of a show. */
class WindowToolBars : public QObject
{
    Q_OBJECT

public:
    /** Takes the commands, the session and the views of `parts`, which outlive it. */
    WindowToolBars(QMainWindow &window, WindowParts &parts);
    ~WindowToolBars() override;

    QToolBar *tools() const { return m_tools.get(); }
    ShowBar *showBar() const;
    /** Shows the bar of a show, or those of the other modes. */
    void setMode(Mode mode);
    /** Shows the timeline's name and how long it is. */
    void setTimeline(const QString &name, const QString &duration);
    /** Shows where the playhead stands. */
    void setClock(const QString &text);
    /** Shows the target that was chosen. */
    void refreshTarget();

Q_SIGNALS:
    /** The user is done with the speed, and the keys are to go to the run. */
    void speedDone();

private:
    std::unique_ptr<QToolBar> m_tools;
    std::unique_ptr<QToolBar> m_target;
    std::unique_ptr<ShowBar> m_show;
    ClockLabel *m_clock = nullptr;
    QLabel *m_ofDuration = nullptr;
    TargetChip *m_chip = nullptr;
};
