// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

/**
 * Returns whether the incident has begun when the timeline's clock stands there. An incident begins
 * at its moment from the plan, or when it was sent before that; whether the target took it changes
 * nothing. One with a hold begins when the hold opens. One that was skipped before it was sent
 * begins only if it is sent after all. What has been sent stays on stage, also while it is sent
 * again and after the clock was turned back.
 */
bool hasBegun(const IncidentRun &run, TimelinePosition position);

/**
 * Returns when it began, on the timeline's clock: its metrics depart from there. For one that has
 * not begun, when it is to begin.
 */
TimelinePosition beganAt(const IncidentRun &run);

/**
 * Returns the incident that is on stage when a view's clock stands there: the one that began last,
 * the later in file order of two that began together. -1 before the first.
 */
int onStage(const RunRecord &record, TimelinePosition position);

/**
 * Returns where the clock of the plan stands when that of a view stands at `position`. Before the
 * run's clock starts it is below 0, so that nothing has begun. After the end of a run a view goes
 * on while metrics are on their way, but nothing of the plan begins any more.
 */
TimelinePosition stagePosition(const RunRecord &record, TimelinePosition position);
