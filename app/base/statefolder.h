// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/**
 * $XDG_STATE_HOME/timeline-orchestrator, where the program keeps what it needs to lose nothing; Qt
 * 6.4 has no location for state. It is not created by asking.
 */
QString stateFolder();
