// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class TimelineView;

/**
 * What a screen reader sees of the timeline: a list whose items are the incidents, each with name,
 * time, service, severity and state, and then the lanes. Both can be acted on.
 */
void installTimelineAccessibility();

/** All items are about to be replaced. */
void notifyTimelineReset(TimelineView *view);
/** There are others now. */
void notifyTimelineChanged(TimelineView *view);
void notifyTimelineLane(TimelineView *view, int lane);
void notifyTimelineFocus(TimelineView *view, int index);
void notifyTimelineState(TimelineView *view, int index);
