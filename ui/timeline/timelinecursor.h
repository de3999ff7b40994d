// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"
#include "ui/timeline/timelinescene.h"

#include <QRectF>
#include <vector>

/** A part of a lane's header that can be pressed. */
enum class HeaderPart : quint8 { None, Name, Chevron, Mute, Lock };

/**
 * The state of a timeline that changes while it is looked at, and that the file knows nothing of:
 * playhead, selection, what is pointed at, what is dragged.
 */
struct TimelineCursor
{
    TimelinePosition playhead;
    /** The current incident, or -1. */
    int current = -1;
    /** The incident below the pointer, or -1. */
    int hovered = -1;
    std::vector<bool> selected; ///< by incident; may be shorter
    /** The timeline has the keyboard's focus. */
    bool focused = false;
    /** A run is shown: blocks carry the mark of their state. */
    bool live = false;
    bool showsPlayhead = true;
    /** Lanes have buttons, and something can be dropped. */
    bool editable = false;
    /** The lane that the keyboard is in, or -1. */
    int lane = -1;
    int hoveredLane = -1;
    HeaderPart hoveredPart = HeaderPart::None;
    /** The selected marker, or -1. */
    int marker = -1;
    /** The time at which a chip stands in the ruler while something is dragged, or -1. */
    qint64 guide = -1;
    /** The lane before which a dragged lane would go, or -1. */
    int laneTarget = -1;
    /** The rubber band, in the content. */
    QRectF band;
    /** The sends of an earlier run, shown as ghosts. */
    std::vector<PastSend> past;

    /** Returns whether an incident is selected. */
    bool isSelected(int index) const
    {
        return size_t(index) < selected.size() && selected[size_t(index)];
    }
};
