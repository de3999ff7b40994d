// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"
#include "app/scenario/incidentfacts.h"
#include "app/timeline/timeline.h"

class ScenarioLibrary;

/** One incident of a run: what its author wrote, and what will be sent for it. */
struct PlannedIncident
{
    Incident incident;
    /** What a user calls it: its title, its scenario's name, its comment, or its prompt's start. */
    QString title;
    QString service;
    Severity severity = Severity::Medium;
    std::chrono::milliseconds duration{0};
    /** False for disabled incidents and for those in muted lanes. */
    bool sends = true;
    IncidentDraft draft;
};

/** Everything that a run needs, taken from the timeline when it starts: edits never race with it.
 */
struct RunPlan
{
    QString timelineName;
    QString timelinePath;
    std::chrono::milliseconds duration{0};
    /** In file order. */
    QList<PlannedIncident> incidents;

    Target target;
    /** "sandbox", or the base URL. */
    QString targetName;
    /** 0.1 … 1000 times the timeline's own pace. */
    double speed = 1;
    /** How long uncertain outcomes are looked for. */
    std::chrono::milliseconds reconcile{20000};
    /** Without anybody to say GO, holds open at once. */
    bool holdsOpen = false;
    /** Empty: a new file in the runs folder. */
    QString journalPath;
};

inline constexpr double MinimumSpeed = 0.1;
inline constexpr double MaximumSpeed = 1000;

/** An error where an incident names a scenario that the library does not have. */
Result<RunPlan> planRun(const Timeline &timeline, const ScenarioLibrary &scenarios);
