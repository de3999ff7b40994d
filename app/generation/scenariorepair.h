// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"

/**
 * A scenario that a model could not get right in two tries, made to keep the rules as far as that
 * needs no invention: the severity that was asked for, deviations with the sign of the change and
 * of a size that fits the severity, each metric once. Says in `repairs` what it did. Absent where
 * errors of kind E are left all the same.
 */
std::optional<Scenario> repaired(Scenario scenario, const GenerationRequest &request,
                                 QStringList &repairs);
