// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

/** Returns the prompt with its {{variables}} filled: from the incident, the timeline, and its own
 * service and severity, in that order. Variables without a value stay as they are written. */
QString filledPrompt(const Incident &incident, const Timeline &timeline);
/** Returns the SHA-256 of a filled prompt, in hex. */
QString promptSha256(const QString &filledPrompt);
/** Returns whether the incident's prompt has changed since its scenario was pinned. False without a
 * pin. */
bool isStale(const Incident &incident, const Timeline &timeline);
