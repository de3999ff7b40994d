// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinecursor.h"
#include "ui/timeline/timelinelook.h"

#include <QCoreApplication>

class QPainter;

/** How much work goes into the edges of a block. */
enum class BlockEdges : quint8 {
    Plain, ///< for very many
    Round
};

/** The place of a block on its way to the screen. */
struct PlacedBlock
{
    QRectF rect;
    qreal trueWidth = 0; ///< of its duration
};

/** Paints single blocks: their bodies, words and outlines, and the ghosts of an earlier run. */
class TimelineBlockPainter
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    /** Neither is owned; all of them live longer. */
    TimelineBlockPainter(const TimelineScene &scene, const TimelineLayout &layout,
                         TimelineLook &look);

    /** Returns where a block is painted; `origin` is the content's origin in the viewport. */
    PlacedBlock placed(int index, const QPointF &origin) const;
    void paintBody(QPainter *painter, const PlacedBlock &place, const SceneBlock &block,
                   bool hovered, BlockEdges edges) const;
    /** Paints the words; `halo` keeps a line from striking them through, `live` adds the state. */
    void paintTexts(QPainter *painter, const QRectF &rect, const SceneBlock &block, bool halo,
                    bool live) const;
    void paintOutline(QPainter *painter, const QRectF &rect, int index,
                      const TimelineCursor &cursor) const;
    void paintPast(QPainter *painter, const QRectF &part, const QPointF &origin,
                   const TimelineCursor &cursor) const;

private:
    void paintSecondLine(QPainter *painter, const QRectF &rect, const SceneBlock &block,
                         bool halo) const;

    const TimelineScene &m_scene;
    const TimelineLayout &m_layout;
    TimelineLook &m_look; ///< whose caches grow
};
