// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <optional>

/**
 * Joins two edits that were made to one timeline without knowing of each other: what `mine` changed
 * of `base` and what `theirs` changed of it. Incidents are the same if their ids are.
 *
 * Nothing is returned if both changed the same thing to different values, if one changed an
 * incident that the other deleted, or if both put the incidents in a new order: only a person can
 * decide that.
 */
std::optional<Timeline> mergedTimeline(const Timeline &base, const Timeline &mine,
                                       const Timeline &theirs);
