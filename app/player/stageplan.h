// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/runrecord.h"

/**
 * Returns whether the incident has begun when the timeline's clock stands at `positionMs`
 * (milliseconds of the timeline). An incident begins at its moment from the plan, or when it was
 * sent before that; whether the target took it changes nothing. One with a hold begins when the
 * hold opens. One that was skipped before it was sent never begins.
 */
bool hasBegun(const IncidentRun &run, double positionMs);

/** When it began, on the timeline's clock, in milliseconds. Only meaningful if hasBegun(). */
double beganAt(const IncidentRun &run);

/**
 * The incident that is on stage at `positionMs`: the one that began last, the later in file order
 * of two that began together. -1 before the first.
 */
int onStage(const RunRecord &record, double positionMs);
