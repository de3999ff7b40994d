// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinecursor.h"

#include <QPoint>
#include <Qt>
#include <QtGlobal>
#include <memory>

class TimelineController;

/**
 * What a held mouse button does to the timeline: made when it is pressed, gone when it is released
 * or when the gesture is given up. Points are those of the viewport.
 */
class TimelineTool
{
public:
    /** `controller` is not owned; it lives longer. */
    explicit TimelineTool(TimelineController &controller)
        : m_controller(controller)
    {}
    virtual ~TimelineTool() = default;
    Q_DISABLE_COPY_MOVE(TimelineTool)

    /** Follows the pointer; also if a modifier changes, or if the view scrolls below it. */
    virtual void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) = 0;
    /** Does what the gesture was for. */
    virtual void release(const QPoint &point, Qt::KeyboardModifiers modifiers) = 0;
    /** Leaves everything as it was before the press. */
    virtual void cancel() = 0;
    /** Returns whether Esc belongs to it. */
    virtual bool isDragging() const = 0;

protected:
    /** Returns whether the pointer has moved so far that a drag is meant. */
    static bool isFarEnough(const QPoint &from, const QPoint &to);

    TimelineController &m_controller;
};

/** Returns the tool of a press on a block: selects it, or moves or copies the selection. */
std::unique_ptr<TimelineTool> makeMoveTool(TimelineController &controller, int index,
                                           const QPoint &point, Qt::KeyboardModifiers modifiers);
/** Returns the tool of a press next to the blocks: the rubber band. */
std::unique_ptr<TimelineTool> makeBandTool(TimelineController &controller, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers);
std::unique_ptr<TimelineTool> makeMarkerTool(TimelineController &controller, int marker,
                                             const QPoint &point);
/** Returns the tool that takes the playhead along in the ruler. */
std::unique_ptr<TimelineTool> makeScrubTool(TimelineController &controller, const QPoint &point,
                                            Qt::KeyboardModifiers modifiers);
/** Returns the tool that asks for a jump to a place in the ruler while something plays. */
std::unique_ptr<TimelineTool> makeJumpTool(TimelineController &controller, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers);
/** Returns the tool that moves the window of the overview, or one of its edges. */
std::unique_ptr<TimelineTool> makeOverviewTool(TimelineController &controller, const QPoint &point);
std::unique_ptr<TimelineTool> makePanTool(TimelineController &controller, const QPoint &point);
/** Returns the tool of a lane's header: its buttons, and its place among the lanes. */
std::unique_ptr<TimelineTool> makeLaneTool(TimelineController &controller, int lane,
                                           HeaderPart part, const QPoint &point);
