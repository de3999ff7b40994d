// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinedragpainter.h"
#include "ui/timeline/timelineoverview.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QRegion>
#include <utility>

class QAbstractScrollArea;

/** The parts of the viewport. */
struct TimelineAreas
{
    QRect corner;
    QRect cornerStrip;
    QRect ruler;
    QRect strip;
    QRect headers;
    QRect lanes;
    QRect overviewHeader;
    QRect overview;
};

/**
 * The picture of a timeline in the viewport of a scroll area: paints it, keeps track of where
 * everything stands there, and has the parts painted again that change. Reads scene and cursor, and
 * changes neither. It has more than forty methods, since it is all that tools, drags and screen
 * readers know of the view; half of them are questions of one line.
 */
class TimelineCanvas
{
    Q_DECLARE_TR_FUNCTIONS(TimelineView)

public:
    /** None of them is owned; all live longer. */
    TimelineCanvas(QAbstractScrollArea &area, const TimelineScene &scene,
                   const TimelineCursor &cursor);
    Q_DISABLE_COPY_MOVE(TimelineCanvas)

    // The picture as a whole

    /** Lays the scene out, which is another one now. */
    void takeScene();
    /** Reads the area's font and palette again. */
    void updateLook();
    /** Divides the viewport again, whose size or look has changed. */
    void placeAreas();
    /** Shows low blocks with one line of text. */
    void setCompact(bool compact);
    bool isCompact() const { return m_look.isCompact(); }
    /** Shows one row without the markers above it, if no blocks overlap in time. */
    void setFolded(bool folded);
    void setOverviewShown(bool shown) { m_showsOverview = shown; }
    /** Paints the parts of the viewport that are in `dirty`. */
    void paint(QPainter *painter, const QRegion &dirty);
    /** Returns the height of the whole area if nothing had to be scrolled, in pixels. */
    int fullHeight() const;

    // Where things stand

    /** Returns the viewport, whose cursor a tool may change. */
    QWidget &pane() const;
    const TimelineAreas &areas() const { return m_areas; }
    /** Returns the lanes in the viewport. */
    const QRect &lanesRect() const { return m_areas.lanes; }
    const TimelineLayout &layout() const { return m_layout; }
    const TimelineOverview &overview() const { return m_overview; }
    const Theme &theme() const { return m_look.theme(); }
    double pixelsPerMs() const { return m_layout.pixelsPerMs(); }
    /** Changes the zoom; TimelineScroll keeps the bars in step. */
    void setPixelsPerMs(double pixelsPerMs) { m_layout.setPixelsPerMs(pixelsPerMs); }
    /** Returns the time between two ticks of the ruler, to which things snap, in milliseconds. */
    qint64 gridStep() const { return m_layout.tickStep(); }
    /** Returns the point of the content at the lanes' top left corner. */
    QPointF scrollOffset() const;
    /** Returns the point of the content at a point of the viewport. */
    QPointF toContent(const QPoint &point) const;
    /** Returns the time at an x of the viewport, in milliseconds; may be below 0. */
    qint64 timeAt(int x) const;
    /** Returns the times at the left and at the right edge of the lanes. */
    std::pair<TimelinePosition, TimelinePosition> shownTimes() const;
    /** Returns the incident at a point of the viewport, or -1. */
    int itemAt(const QPoint &point) const;
    /** Returns the lane at a point of the viewport, whatever its x, or -1. */
    int laneAt(const QPoint &point) const { return m_layout.laneAt(toContent(point).y()); }
    /** Returns the lane whose header is at a point of the viewport, or -1. */
    int headerAt(const QPoint &point) const;
    /** Returns a block's place in the viewport. */
    QRect blockRect(int index) const;
    LaneHeader laneHeader(int lane) const;
    std::vector<StripMark> stripMarks() const;
    /** Returns the incidents that a pill at that point stands for; none if there is no pill. */
    std::vector<int> groupAt(const QPoint &point) const;
    /** Returns what the playhead covers in the viewport. */
    QRegion playheadRegion() const;

    // What is painted again

    void updateAll();
    void updateLanes();
    void updateHeaders();
    void updateStrip();
    void updateBlock(int index);
    /** Has the blocks' words painted again. */
    void updateTitle(int index);
    /** Moves the playhead, which covered `before`. */
    void updatePlayhead(const QRegion &before);

    // What is dragged

    /** Shows a drag above the lanes; nullptr when it is over. Not owned. */
    void showDrag(const DragPicture *drag);
    /** Returns whether something is painted above the lanes. */
    bool isOverlaid() const { return m_drag || !m_cursor.band.isEmpty(); }

private:
    void paintLanes(QPainter *painter, const QRegion &dirty);
    void paintOverview(QPainter *painter);
    void paintEmpty(QPainter *painter) const;

    QAbstractScrollArea &m_area;
    const TimelineScene &m_scene;
    const TimelineCursor &m_cursor;
    TimelineLayout m_layout;
    TimelineLook m_look;
    TimelineFramePainter m_framePainter;
    TimelineLanesPainter m_lanesPainter;
    TimelineDragPainter m_dragPainter;
    TimelineOverview m_overview;
    TimelineAreas m_areas;
    bool m_isFolded = false;
    bool m_showsOverview = true;
    const DragPicture *m_drag = nullptr;
    QPixmap m_backdrop; ///< the lanes below what is dragged
    QPointF m_backdropScroll;
};
