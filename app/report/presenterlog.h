// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runreport.h"

/** What a person did during the run and what forced it, in order, a line each. */
QList<PresenterLine> presenterLogOf(const RunReport &report);

/** "7 s", "0.4 s", "2:05". */
QString lengthText(Duration length);
