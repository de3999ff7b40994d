// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLibraryInfo>
#include <QVersionNumber>

/**
 * Qt 6.4 takes an interim answer (102, 103) for the final one, so that a post is in doubt; 6.8
 * waits for the final one by itself.
 */
inline bool takesInterimForFinal()
{
    return QLibraryInfo::version() < QVersionNumber(6, 8);
}
