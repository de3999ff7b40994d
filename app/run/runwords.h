// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

/*
 * What severities and states are called wherever a user reads of them.
 */

QString severityName(Severity severity);
/** The one letter on the badge of a severity. */
QString severityLetter(Severity severity);
QString stateName(IncidentState state);
/** The beginning of an incident's id: enough to tell it from others where there is little room. */
QString shortIncidentId(const QString &id);
/**
 * Returns what an event says about the making of an incident's scenario: asked for, waited for,
 * made, or replaced by a fallback. Empty for all other events.
 */
QString preparationSentence(const RunEvent &event);
