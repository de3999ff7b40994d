// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class RunActions;
class RunSession;

/** Beside the timeline: what comes next, and the buttons of a live run. */
class NextPanel : public QWidget
{
    Q_OBJECT

public:
    /** Both outlive this. */
    NextPanel(RunSession &session, RunActions &actions, QWidget *parent = nullptr);
};
