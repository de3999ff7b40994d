// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/llmgenerator.h"
#include "app/readiness/checkitem.h"
#include "app/readiness/showsetup.h"

/** What target and generator answered, in words. */
namespace TargetChecks {

CheckItem target(const ShowSetup &setup, const HealthReport &health);
CheckItem key(const ShowSetup &setup, const HealthReport &health);
/** An error where the target does not list its scenarios. */
CheckItem scenarios(const ShowSetup &setup, const Result<QList<Scenario>> &listed);
/** Where the target does not answer, nothing is known of its scenarios. */
CheckItem scenariosNotAsked();
/** Of one that has to make something, see PlannedChecks::generator(). */
CheckItem generator(const ShowSetup &setup, const ConnectionReport &report);

} // namespace TargetChecks
