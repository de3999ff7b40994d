// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>

/** What the window remembers of itself from one start to the next; never a secret. */
QSettings windowSettings();
/** The keys that the user gave to commands. */
QSettings keySettings();
