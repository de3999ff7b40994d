// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/segmentedcontrol.h"

class RunActions;
class RunSession;

/** Design, Rehearse, Show: which of them the window is in, and the way to the others. */
class ModeSwitch : public SegmentedControl
{
    Q_OBJECT

public:
    /** Both outlive this. */
    ModeSwitch(RunSession &session, RunActions &actions, QWidget *parent = nullptr);
};
