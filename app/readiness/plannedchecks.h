// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/readiness/checkitem.h"
#include "app/readiness/showsetup.h"

struct RunHealth;

/** What can be told from the timeline alone, without asking anybody. */
namespace PlannedChecks {

/** Broken rules; errors keep a run from starting. */
CheckItem timeline(const ShowSetup &setup);
/** Incidents from prompts whose scenario is not fixed, or was made from another prompt. */
CheckItem pins(const ShowSetup &setup);
/** The schedule against the target's limit. */
CheckItem rateLimit(const ShowSetup &setup);
/** The same as the run in progress has met it. */
CheckItem rateLimitSeen(const ShowSetup &setup, const RunHealth &health, const QDateTime &now);
/** What has to be generated, and whether the budget is enough; its endpoint is not asked. */
CheckItem generator(const ShowSetup &setup);
/** How many incidents have to be generated before they are sent. */
int generations(const ShowSetup &setup);
/** Runs that a crash has ended. */
CheckItem interrupted(const ShowSetup &setup);

} // namespace PlannedChecks
