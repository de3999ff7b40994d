// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QList>
#include <QObject>

struct WindowParts;

/** Where the window's scenarios come from: the program, the user and the target. */
class ScenarioSource : public QObject
{
    Q_OBJECT

public:
    /** Fills the library of `parts`, which outlive it. */
    explicit ScenarioSource(WindowParts &parts);

    /** Reads the shipped and the user's scenarios again and shows them everywhere. */
    void load();
    /** Asks the target for its scenarios, and forgets those of the target before. */
    void askTarget();

Q_SIGNALS:
    /** The scenarios were loaded. */
    void loaded();

private:
    WindowParts &m_parts;
    QList<Scenario> m_ofTarget; ///< beyond the shipped and the user's
};
