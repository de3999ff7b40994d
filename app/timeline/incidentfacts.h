// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"
#include "app/model/timeline.h"

class ScenarioLibrary;

/*
 * What an incident comes to together with its scenario, which is nullptr for a prompt and for a
 * scenario that nobody knows.
 */

/** The scenario that it is from. Valid until the library changes. */
const Scenario *scenarioOf(const Incident &incident, const ScenarioLibrary &scenarios);

/** Returns what a user calls it: its title, its scenario's name, its comment, or its prompt's
 * start. */
QString displayTitle(const Incident &incident, const Scenario *scenario);
/** The service it is sent for: its own, its scenario's, or payment-service. */
QString effectiveService(const Incident &incident, const Scenario *scenario);
/** Its expected severity, or its scenario's declared one. */
Severity effectiveSeverity(const Incident &incident, const Scenario *scenario);
/** Returns what the audience reads: its own narration, its scenario's, or its comment. */
QString effectiveNarration(const Incident &incident, const Scenario *scenario);
/** Returns its own duration, its scenario's, or 300 s. */
std::chrono::milliseconds effectiveDuration(const Incident &incident, const Scenario *scenario);
