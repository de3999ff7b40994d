// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinedragpicture.h"
#include "ui/timeline/timelineframepainter.h"
#include "ui/timeline/timelinelanespainter.h"

class QPainter;

/** Paints what is dragged over the lanes: ghosts, guide and difference, its time and its tip. */
class TimelineDragPainter
{
public:
    /** Neither is owned; all of them live longer. */
    TimelineDragPainter(const TimelineScene &scene, const TimelineLayout &layout,
                        const TimelineLook &look, const TimelineFramePainter &frame,
                        const TimelineLanesPainter &lanes);

    /** Paints ghosts, guide and difference over the lanes. */
    void paintDrag(QPainter *painter, const QRectF &area, const QPointF &scroll,
                   const TimelineCursor &cursor, const DragPicture &drag) const;
    /** Paints the guide's time in the ruler. */
    void paintDragTime(QPainter *painter, const QRectF &ruler, qreal scroll,
                       const DragPicture &drag) const;
    /** Paints the words next to the pointer, kept within `within`. */
    void paintDragTip(QPainter *painter, const QRectF &within, const DragPicture &drag) const;
    /** Paints the rubber band; nothing if it is empty. */
    void paintBand(QPainter *painter, const QRectF &area, const QPointF &scroll,
                   const QRectF &band) const;

private:
    QRectF ghostRect(const DragPicture::Ghost &ghost) const;
    void paintGhost(QPainter *painter, const QRectF &rect, const DragPicture::Ghost &ghost,
                    const QColor &ink) const;
    void paintDifference(QPainter *painter, const QRectF &area, const QPointF &origin,
                         const DragPicture &drag) const;

    const TimelineScene &m_scene;
    const TimelineLayout &m_layout;
    const TimelineLook &m_look;
    const TimelineFramePainter &m_frame;
    const TimelineLanesPainter &m_lanes;
};
