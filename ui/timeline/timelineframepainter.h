// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinecursor.h"
#include "ui/timeline/timelinelook.h"

#include <QCoreApplication>
#include <vector>

class QPainter;

/** The places of a lane's header; a part that has no room, and isn't shown, is empty. */
struct LaneHeader
{
    QRectF all;
    QRectF name;
    QRectF chevron;
    QRectF mute;
    QRectF lock;

    /** Returns the part at a point. */
    HeaderPart partAt(const QPointF &point) const;
};

/** A marker or a hold in the strip below the ruler. */
struct StripMark
{
    bool isHold = false;
    int index = -1; ///< of the marker or of the incident
    qreal x = 0;
    QRectF rect;       ///< that can be pressed
    qreal textEnd = 0; ///< of a marker: how far its words may go
};

/**
 * Paints what stands around the lanes, and knows where it stands: ruler, strip of markers and
 * holds, headers of the lanes and the corner. `area` is the rectangle of a part in the viewport,
 * `scroll` the x or y of the content at the lanes' top left corner.
 */
class TimelineFramePainter
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    /** Neither is owned; all of them live longer. */
    TimelineFramePainter(const TimelineScene &scene, const TimelineLayout &layout,
                         const TimelineLook &look);

    /** Returns the width of the headers, with room for the buttons if there are any. */
    qreal headerWidth(bool editable) const;
    /** Returns the places of a lane's header in the viewport. */
    LaneHeader headerOf(int lane, const QRectF &area, qreal scroll,
                        const TimelineCursor &cursor) const;
    /** Returns markers and holds from left to right, in the viewport. */
    std::vector<StripMark> stripMarks(const QRectF &area, qreal scroll) const;
    /** Returns the place of the playhead's handle with its time, in the ruler. */
    QRectF handleRect(const QRectF &ruler, qreal scroll, TimelinePosition playhead) const;

    void paintHeaders(QPainter *painter, const QRectF &area, qreal scroll,
                      const TimelineCursor &cursor) const;
    /** Paints where a dragged lane would go, across headers and lanes. */
    void paintLaneTarget(QPainter *painter, const QRectF &area, qreal scroll,
                         const TimelineCursor &cursor) const;
    /** Paints the part `clip` of the ruler. */
    void paintRuler(QPainter *painter, const QRectF &area, const QRectF &clip, qreal scroll,
                    const TimelineCursor &cursor) const;
    void paintStrip(QPainter *painter, const QRectF &area, qreal scroll,
                    const TimelineCursor &cursor) const;
    void paintCorner(QPainter *painter, const QRectF &ruler, const QRectF &strip) const;

private:
    void paintHeaderButtons(QPainter *painter, const LaneHeader &header, const SceneLane &lane,
                            HeaderPart hovered) const;

    const TimelineScene &m_scene;
    const TimelineLayout &m_layout;
    const TimelineLook &m_look;
};
