// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

class RunRecord;
struct IncidentRun;

/** Returns the summary object of the command line. */
QJsonObject summaryOf(const RunRecord &record);
/** Returns what the summary says of that incident. */
QJsonObject summaryOf(const IncidentRun &run);
