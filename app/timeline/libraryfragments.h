// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/promptcollection.h"
#include "app/model/scenario.h"
#include "app/timeline/timelinefragment.h"

/* What stands in the library as a piece of a timeline, to be inserted into one. */

/** Returns a predefined incident of that scenario at 0. */
TimelineFragment toFragment(const Scenario &scenario);
/** Returns the prompt as an incident at 0. */
TimelineFragment toFragment(const CollectionPrompt &prompt);
/** Returns the whole series, one prompt every `interval`. */
TimelineFragment toFragment(const PromptCollection &collection, std::chrono::seconds interval);
