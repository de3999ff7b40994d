// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class TimelineView;

/**
 * What a screen reader sees of the timeline: a list of the incidents and markers by time, each with
 * what there is to say of it; then the lanes, and the playhead as a slider. All can be acted on. An
 * incident stays the same object over edits, as long as there is one of its id.
 *
 * What follows costs nothing without a screen reader.
 */
void installTimelineAccessibility();

/** There is another scene. */
void notifyTimelineScene(TimelineView *view);
/** The selected marker, else the current incident, else the current lane has the focus now. */
void notifyTimelineFocus(TimelineView *view);
void notifyTimelineState(TimelineView *view, int index);
/** Other incidents are selected; those whose rows `before` and the view disagree about. */
void notifyTimelineSelection(TimelineView *view, const std::vector<bool> &before);
/** By the user, who is told where it stands now. */
void notifyTimelinePlayhead(TimelineView *view);
