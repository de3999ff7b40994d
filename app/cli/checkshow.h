// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/cli.h"

namespace Cli {

/** --show, and what only that takes: --target, --speed, --generator, --allow-plain-http. */
void addShow(Options &options);
/**
 * Checks everything that a show of this timeline depends on. Prints it, or with --json adds it to
 * `report` as "show" and prints that. Returns the exit code.
 */
int checkShow(const Options &options, const Timeline &timeline, const QString &path,
              QJsonObject report);

} // namespace Cli
