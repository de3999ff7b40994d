// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>

/** What the window is for at the moment; it always starts with Design. */
enum class Mode {
    Design,   ///< the timeline is edited; to play it leads to Rehearse
    Rehearse, ///< played on the embedded sandbox; edited as long as nothing is played
    Show,     ///< played against the chosen target; nothing is edited
};
Q_DECLARE_METATYPE(Mode)
