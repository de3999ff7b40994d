// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class TimelineController;

/**
 * Shows a timeline to screen readers: a list of the incidents and markers by time, each with what
 * there is to say of it; then the lanes, and the playhead as a slider. All can be acted on. An
 * incident stays the same object over edits, as long as there is one of its id. It hears from the
 * controller what changes, and costs nothing if there is no screen reader.
 */
void installTimelineAccessibility(TimelineController &controller);
