// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

class ScenarioLibrary;

/** The schedule as a Markdown document: name, description, a table by time, markers and notes. */
QByteArray scheduleMarkdown(const Timeline &timeline, const ScenarioLibrary &scenarios);

/**
 * The schedule as CSV by RFC 4180, UTF-8, one incident a line by time; times in seconds. A text
 * that a spreadsheet would take for a formula is set off by an apostrophe.
 */
QByteArray scheduleCsv(const Timeline &timeline, const ScenarioLibrary &scenarios);
