// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "app/run/runevent.h"

/** Returns how the first event of a run tells the incident of its plan at that index. */
PlannedInRun plannedInRun(int index, const PlannedIncident &planned);
/**
 * Returns the planned incident as far as the first event of a run tells it: without draft,
 * generation and request.
 */
PlannedIncident plannedIncident(const PlannedInRun &told);
