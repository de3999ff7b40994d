// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/llmexchange.h"

/** Returns true if the same request may well be answered a little later. */
bool isWorthRetrying(const LlmOutcome &outcome);
/** The wait before retry 0, 1, … without word from the endpoint; `random` is 0 … 1. */
std::chrono::milliseconds backOff(int retry, double random);
/**
 * Returns what went wrong, in the endpoint's own words if it has any, and what to do about it; for
 * outcomes other than a whole answer.
 */
GenerationFailure failureOf(const LlmEndpoint &endpoint, const LlmOutcome &outcome);
