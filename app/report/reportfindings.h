// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runreport.h"

/** What went wrong, the worst first; in each kind in the order of the file. */
QList<ReportFinding> findingsOf(const RunReport &report);
/** What is worth knowing, is no fault, and does not stand in the presenter's log. */
QStringList notesOf(const RunReport &report, const RunHistory &history);
