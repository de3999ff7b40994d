// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/cli.h"

namespace Cli {

/**
 * A journal may come from anywhere: the target that it names gets the key only if the user has
 * named that target (`isNamed`), confirms it with --target, or is asked at a terminal. The exit
 * code if it stays unconfirmed.
 */
std::optional<int> confirmTarget(const Options &options, const QString &target, bool isNamed,
                                 bool isAttended);

} // namespace Cli
