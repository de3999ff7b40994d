// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"
#include "app/model/pinnedscenario.h"
#include "app/model/timeline.h"

#include <optional>

/** Returns what a generator is asked for this incident; `seed` is for incidents that have none of
 * their own. */
GenerationRequest requestFor(const Incident &incident, const Timeline &timeline,
                             std::optional<qint64> seed = {});
/** Returns the pin of a generation; `request` is what it was generated from. */
PinnedScenario pinnedFrom(const Generation &generation, const GenerationRequest &request);
/** Returns what a pin keeps of its generation. */
Generation generationOf(const PinnedScenario &pinned);
