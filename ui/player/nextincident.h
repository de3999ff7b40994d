// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"
#include "app/model/severity.h"
#include "app/run/runrecord.h"

#include <QString>

class ScenarioLibrary;
struct Timeline;

/** What comes next, as it is shown next to the run. */
struct NextIncident
{
    /** -1 if nothing is left, or nothing is there. */
    int index = -1;
    /** How many incidents there are. */
    int count = 0;
    QString title;
    QString service;
    Severity severity = Severity::Medium;
    IncidentState state = IncidentState::Scheduled;
    /** "Predefined", "LLM, pinned", … */
    QString source;
    int metrics = 0;
    /** When it is due. */
    TimelinePosition due{};
    /** How long its metrics last, on the timeline's clock. */
    std::chrono::milliseconds duration{0};
    QString notes;
    /** The clock stops before it until GO. */
    bool hold = false;
};

/** Returns what there is to show of the incident `index`, -1 for none, that comes next in a run of
 * the timeline. */
NextIncident nextIncident(int index, const RunRecord &record, const Timeline &timeline,
                          const ScenarioLibrary &scenarios);
