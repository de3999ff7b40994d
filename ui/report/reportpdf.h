// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runreport.h"

/**
 * The report of a run on pages of A4, across, drawn as shapes and text: what can be selected on the
 * page can be selected here, and ids are links. An error says what could not be written.
 */
Result<void> writeReportPdf(const RunReport &report, const QString &path);

/**
 * What the window program does when the command line asks it for a PDF: no window, no display.
 * Returns the exit code; says on standard error what went wrong.
 */
int writeReportPdf(const QString &journal, const QString &path);
