// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelineblockpainter.h"
#include "ui/timeline/timelinegroundpainter.h"

#include <QCoreApplication>
#include <vector>

class QPainter;

/** Incidents of a lane at one moment, with the pill that counts them. */
struct BlockGroup
{
    std::vector<int> members;
    QRectF bracket;
    QRectF pill;
    QString text;
};

/**
 * Paints the lanes from the ground up: ground, blocks, the brackets of those at one moment,
 * playhead and words. `scroll` is the point of the content at the lanes' top left corner.
 */
class TimelineLanesPainter
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    /** Neither is owned; all of them live longer. */
    TimelineLanesPainter(const TimelineScene &scene, const TimelineLayout &layout,
                         TimelineLook &look);

    /** Paints the part `clip` of `area`, both in the viewport. */
    void paintLanes(QPainter *painter, const QRectF &area, const QRectF &clip,
                    const QPointF &scroll, const TimelineCursor &cursor) const;
    /** Returns incidents at one moment if there is room for their pill; in the viewport. */
    std::vector<BlockGroup> groups(const QRectF &area, const QPointF &scroll) const;

    const TimelineBlockPainter &blocks() const { return m_blocks; }
    const TimelineGroundPainter &ground() const { return m_ground; }

private:
    BlockEdges edgesFor(const QRectF &area, const QPointF &scroll) const;
    void paintGroups(QPainter *painter, const QRectF &area, const QPointF &scroll) const;

    const TimelineScene &m_scene;
    const TimelineLayout &m_layout;
    const TimelineLook &m_look;
    TimelineGroundPainter m_ground;
    TimelineBlockPainter m_blocks;
};
