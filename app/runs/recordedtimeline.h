// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

/**
 * The timeline that a run played, as far as its journal tells it: markers, lanes and variables are
 * not in there, and every generated scenario is pinned.
 */
Timeline recordedTimeline(const RunRecord &record);
/**
 * Whether the run was of these incidents, in this order: then it can be shown on that timeline.
 * Texts and what is sent may differ.
 */
bool isRunOf(const RunRecord &record, const Timeline &timeline);
