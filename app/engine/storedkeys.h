// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/engine/runplan.h"
#include "app/settings/secretstore.h"

/**
 * The keys that a run needs, from where the user keeps them. Plans are made without keys: whoever
 * is about to use one fills in what it lacks. Answers come from the event loop, as those of
 * SecretStore do; a key that is not found stays empty. For the thread of the application.
 */
namespace StoredKeys {

/** Returns whether the target asks for a key and has none yet. */
bool isMissing(const Target &target);
/** Returns whether the target or the generator of the plan has no key yet. */
bool areMissing(const RunPlan &plan);

/** Answers with the target, its key filled in, and with where the key is kept. */
void read(const Target &target, const Continuation<Target, SecretStore::Place> &done);
/** Answers with the plan, its missing keys filled in. */
void read(const RunPlan &plan, const Continuation<RunPlan> &done);

} // namespace StoredKeys
