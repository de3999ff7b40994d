// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelineview.h"

/**
 * What a held mouse button does to the timeline: made when it is pressed, gone when it is released
 * or when the gesture is given up. Points are those of the viewport.
 */
class TimelineTool
{
public:
    explicit TimelineTool(TimelineView &view)
        : m_view(view)
    {}
    virtual ~TimelineTool() = default;
    Q_DISABLE_COPY_MOVE(TimelineTool)

    /** Also when a modifier changes, or when the view scrolls below the pointer. */
    virtual void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) = 0;
    virtual void release(const QPoint &point, Qt::KeyboardModifiers modifiers) = 0;
    virtual void cancel() = 0;
    /** Whether Esc belongs to it. */
    virtual bool isDragging() const = 0;

protected:
    // A tool may do what the view may; friendship is not inherited.
    TimelineCursor &cursor() { return m_view.m_cursor; }
    TimelineScene &scene() { return m_view.m_scene; }
    void updateLanes() { m_view.updateLanes(); }
    void updateAll() { m_view.viewport()->update(); }
    void showDrag(const DragPicture *drag, const QString &text) { m_view.showDrag(drag, text); }
    void scrollAtEdges(const QPoint &point) { m_view.scrollAtEdges(point); }
    void stopScrolling() { m_view.stopScrolling(); }
    void scrollBy(int dx, int dy) { m_view.scrollByUser(dx, dy); }
    void readSelection() { m_view.readSelection(); }
    void finishDrop(TimelineDrag &drag) { m_view.finishDrop(drag); }
    void dragOut(const Rows &rows, int grabbed, const QPoint &pressed)
    {
        m_view.dragOut(rows, grabbed, pressed);
    }
    int &rangeAnchor() { return m_view.m_rangeAnchor; }
    const TimelineOverview &overview() const { return m_view.m_overview; }
    static bool isFarEnough(const QPoint &from, const QPoint &to);

    TimelineView &m_view;
};

/** A press on a block: selects it, or moves or copies the selection. */
std::unique_ptr<TimelineTool> makeMoveTool(TimelineView &view, int index, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers);
/** A press beside the blocks: the rubber band. */
std::unique_ptr<TimelineTool> makeBandTool(TimelineView &view, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers);
std::unique_ptr<TimelineTool> makeMarkerTool(TimelineView &view, int marker, const QPoint &point);
/** The playhead, in the ruler. */
std::unique_ptr<TimelineTool> makeScrubTool(TimelineView &view, const QPoint &point,
                                            Qt::KeyboardModifiers modifiers);
/** A place in the ruler while something plays: on release, a jump to there is asked for. */
std::unique_ptr<TimelineTool> makeJumpTool(TimelineView &view, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers);
/** The window of the overview, and its edges. */
std::unique_ptr<TimelineTool> makeOverviewTool(TimelineView &view, const QPoint &point);
std::unique_ptr<TimelineTool> makePanTool(TimelineView &view, const QPoint &point);
/** A lane's header: its buttons, and its place among the lanes. */
std::unique_ptr<TimelineTool> makeLaneTool(TimelineView &view, int lane, HeaderPart part,
                                           const QPoint &point);
