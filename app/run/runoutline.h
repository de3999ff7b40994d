// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"

#include <vector>

class RunRecord;
class ScenarioLibrary;
struct Timeline;

/** When an incident is due, and what it does to the run's clock. */
struct OutlinedIncident
{
    TimelinePosition due{};
    /** Nothing goes out for it otherwise: it is disabled, or its lane is muted. */
    bool sends = true;
    /** The clock stops before it until GO. */
    bool hold = false;

    bool operator==(const OutlinedIncident &) const = default;
};

/** The moments of a plan: what questions about time need to know of a timeline, and no more. */
struct RunOutline
{
    /** In file order. */
    std::vector<OutlinedIncident> incidents;
    /** How long the timeline was made. */
    std::chrono::milliseconds duration{0};

    /** Returns the first incident that is sent, by time, the earlier in file order of two that are
     * due together; -1 if none is. */
    int first() const;
    /** Returns when the last incident that is sent is due; 0 if none is. */
    TimelinePosition lastDue() const;
    /** Returns how long the plan takes on its own clock: as long as the timeline was made, or until
     * its last incident. */
    TimelinePosition end() const;
};

/** Returns the outline of a timeline that would be played as it is now. */
RunOutline outlineOf(const Timeline &timeline, const ScenarioLibrary &scenarios);
/** Returns the outline of a run, also of one that is over. */
RunOutline outlineOf(const RunRecord &record);
