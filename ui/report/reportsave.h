// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/reportwriters.h"

/** Writes that form of the report; what was there stays until the new file is whole. */
Result<void> saveReport(const RunReport &report, ReportFormat format, const QString &path);
