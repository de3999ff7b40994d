// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/** One line of text that is no markup to a reader of Markdown. */
QString markdownText(const QString &text);
/** A cell of a table by RFC 4180, quoted where it has to be; no spreadsheet takes it for a formula.
 */
QString csvCell(const QString &text);
