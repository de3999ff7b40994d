// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/statefolder.h"

#include <QDir>

QString stateFolder()
{
    const QString set = qEnvironmentVariable("XDG_STATE_HOME");
    // A relative path is to be ignored, says the XDG specification.
    return (QDir::isAbsolutePath(set) ? set : QDir::homePath() + QStringLiteral("/.local/state")) +
           QStringLiteral("/timeline-orchestrator");
}
