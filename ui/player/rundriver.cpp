// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/rundriver.h"

QString RunDriver::nameOf(const Target &target)
{
    return target.isSandbox ? tr("Sandbox") : target.base.toDisplayString();
}
