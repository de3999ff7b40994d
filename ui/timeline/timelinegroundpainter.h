// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinecursor.h"
#include "ui/timeline/timelinelook.h"

#include <QCoreApplication>

class QPainter;

/** How the box below the lanes is painted. */
enum class DropBox : quint8 {
    Waiting, ///< nothing is above it
    Aimed    ///< dropped now, something would get a lane of its own
};

/**
 * Paints what lies below the blocks: bands, grid, lines of markers and holds, the bars of crowded
 * lanes, the thin row of collapsed ones, and the box in which something is dropped for a new lane.
 * `origin` is the content's origin in the viewport.
 */
class TimelineGroundPainter
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    /** Neither is owned; all of them live longer. */
    TimelineGroundPainter(const TimelineScene &scene, const TimelineLayout &layout,
                          const TimelineLook &look);

    /** Paints `part` of `area`, both in the viewport. */
    void paintGround(QPainter *painter, const QRectF &area, const QRectF &part,
                     const QPointF &origin, const TimelineCursor &cursor) const;
    /** Paints the bars of a crowded lane; `clip` is in the content. */
    void paintDensity(QPainter *painter, int lane, const QRectF &clip, const QPointF &origin) const;
    /** Paints the thin row of a collapsed lane; `clip` is in the content. */
    void paintCollapsed(QPainter *painter, int lane, const QRectF &clip, const QPointF &origin,
                        const TimelineCursor &cursor) const;
    void paintDropBox(QPainter *painter, const QRectF &area, const QPointF &scroll,
                      DropBox box) const;

private:
    QRectF dropBox(const QRectF &area, const QPointF &scroll) const;

    const TimelineScene &m_scene;
    const TimelineLayout &m_layout;
    const TimelineLook &m_look;
};
