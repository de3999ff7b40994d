// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/lanenameedit.h"

#include <QObject>
#include <QPointer>

class QMenu;
class TimelineController;

/** How the user says what becomes of a lane: the name that is typed into its header, its menu. */
class LaneInput : public QObject
{
    Q_OBJECT

public:
    /** Answers the controller's questions; it is not owned, and lives longer. */
    explicit LaneInput(TimelineController &controller);

    /** Returns whether a name is being typed. */
    bool isNaming() const { return m_nameEdit; }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askForName(int lane);
    void showMenu(int lane, const QPoint &globalPos);
    void fillMenu(QMenu *menu, int lane);

    TimelineController &m_controller;
    QPointer<LaneNameEdit> m_nameEdit;
};
