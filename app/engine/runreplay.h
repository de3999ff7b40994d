// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/engine/runplan.h"

/**
 * A plan that plays a recorded run again, for Playback::start(), with the requests that went out
 * then, at the moments at which they were due then: holds, pauses and early sends are in the
 * delays, and nothing holds. What was not sent is prepared and skipped again. The speed is the
 * recorded run's; the target is the sandbox, which has to be started and its base filled in, or
 * whatever the caller sets.
 */
Result<RunPlan> replayPlan(const QString &path);
/** Those that the recorded target started by their ids: what a sandbox has to know, too. */
QList<Scenario> startedScenarios(const RunPlan &replay);
