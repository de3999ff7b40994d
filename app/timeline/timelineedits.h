// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelinefragment.h"

#include <utility>
#include <vector>

class ScenarioLibrary;

/*
 * What can be done to a timeline, each as a function from one to another. Times are kept within
 * 0 … MaximumDelay; where several incidents move together, their distances stay and the whole
 * movement is cut short. A timeline grows by whole minutes when an incident comes to lie behind
 * its end.
 */

/** Incidents by their place in Timeline::incidents; ascending, each once. */
using Rows = std::vector<int>;

/** A timeline to which incidents were added, with the ids of these. */
struct Insertion
{
    Timeline timeline;
    QStringList ids;
};

// Times
Timeline movedBy(const Timeline &timeline, const Rows &rows, std::chrono::milliseconds by);
/** All of them at one moment. */
Timeline placedAt(const Timeline &timeline, const Rows &rows, std::chrono::milliseconds at);
/** The first of them at that moment, the others as far behind it as they were. */
Timeline startedAt(const Timeline &timeline, const Rows &rows, std::chrono::milliseconds at);
/** Evenly between the first and the last of them. */
Timeline distributed(const Timeline &timeline, const Rows &rows);
/** Spaces them from the first on, one every `interval`, in the order of their times. */
Timeline spaced(const Timeline &timeline, const Rows &rows, std::chrono::milliseconds interval);
/**
 * Stretches or shrinks them from the first on until the last lies `length` behind it. Whole seconds
 * stay whole seconds if there is room for them.
 */
Timeline scaledTo(const Timeline &timeline, const Rows &rows, std::chrono::milliseconds length);
/** Everything, markers and the end with it, so that the timeline lasts `length`, above 0. */
Timeline scaledTo(const Timeline &timeline, std::chrono::milliseconds length);
/** Everything from `at` on comes later by `length`. */
Timeline timeInserted(const Timeline &timeline, std::chrono::milliseconds at,
                      std::chrono::milliseconds length);
/** Removes what lies between; everything from `to` on moves earlier. */
Timeline timeCut(const Timeline &timeline, std::chrono::milliseconds from,
                 std::chrono::milliseconds to);

// Incidents that come and go
Timeline without(const Timeline &timeline, const Rows &rows);
/** Removes them; what follows takes their place in time. */
Timeline withoutClosingGap(const Timeline &timeline, const Rows &rows);
/**
 * The fragment's start at `at`. With a `service` all of it is for that one, else each incident for
 * its own. Every incident gets an id of its own.
 */
Insertion inserted(const Timeline &timeline, const TimelineFragment &fragment,
                   std::chrono::milliseconds at, const QString &service,
                   const ScenarioLibrary &scenarios);
/** Copies behind their originals in the file, later by `by`. */
Insertion duplicated(const Timeline &timeline, const Rows &rows, std::chrono::milliseconds by);
/** `times` copies of each, one every `every`. */
Insertion repeated(const Timeline &timeline, const Rows &rows, int times,
                   std::chrono::milliseconds every);
/** Returns them as they are, with their times and without the markers. */
TimelineFragment fragmentOf(const Timeline &timeline, const Rows &rows);
/** All of another timeline at `at`: its incidents, markers, and what else it does not have yet. */
Insertion appended(const Timeline &timeline, const Timeline &other, std::chrono::milliseconds at);
/** Returns what lies before `at`, and what lies there and after it, from its own 0 on. */
std::pair<Timeline, Timeline> split(const Timeline &timeline, std::chrono::milliseconds at);

// What an incident is
Timeline inLane(const Timeline &timeline, const Rows &rows, const QString &service,
                const ScenarioLibrary &scenarios);
Timeline withEnabled(const Timeline &timeline, const Rows &rows, bool enabled);
/** Gives them a prompt that says what the scenario does; the scenario's id is kept for the way
 * back. */
Timeline asPrompts(const Timeline &timeline, const Rows &rows, const ScenarioLibrary &scenarios);
/** Turns them into that scenario, or with an empty id into the one each was before; keeps prompts.
 */
Timeline asScenarios(const Timeline &timeline, const Rows &rows, const QString &scenarioId,
                     const ScenarioLibrary &scenarios);

// Lanes; `shown` are the services of all lanes in the order in which they are shown
Timeline withLane(const Timeline &timeline, const Lane &lane, const QStringList &shown);
Timeline laneMoved(const Timeline &timeline, const QString &service, int to,
                   const QStringList &shown);
/** Renames a lane with its incidents, which join a lane of that name if there is one. */
Timeline laneRenamed(const Timeline &timeline, const QString &from, const QString &to,
                     const QStringList &shown, const ScenarioLibrary &scenarios);
/** A lane that holds no incident is no longer listed. */
Timeline laneRemoved(const Timeline &timeline, const QString &service);

// Markers
Timeline withMarker(const Timeline &timeline, const Marker &marker);
Timeline markerReplaced(const Timeline &timeline, int index, const Marker &marker);
Timeline markerRemoved(const Timeline &timeline, int index);
