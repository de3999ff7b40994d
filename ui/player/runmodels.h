// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class IncidentTableModel;
class RunLogModel;
class RunSession;

/**
 * Lets the models show the session's run, and the session take what the timeline's model has taken.
 * Call it before any view connects to one of them, so that views find all of them up to date.
 */
void connectModels(RunSession &session, IncidentTableModel &incidents, RunLogModel &log);
