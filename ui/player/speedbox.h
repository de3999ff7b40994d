// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

class RunSession;

/** How fast the timeline is played: one of a few speeds, or one that is typed. */
class SpeedBox : public QComboBox
{
    Q_OBJECT

public:
    /** The session outlives this. */
    explicit SpeedBox(RunSession &session, QWidget *parent = nullptr);
};
