// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"
#include "ui/look/theme.h"
#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelinescene.h"

#include <QPixmap>

class QPainter;

/** The whole timeline in one narrow strip, with the window that the view shows of it. */
class TimelineOverview
{
public:
    explicit TimelineOverview(const TimelineScene &scene);

    /** The scene has changed. */
    void invalidate();

    /** The window is what the view shows. */
    void paint(QPainter *painter, const QRectF &area, const Theme &theme, qreal dpr,
               TimelinePosition windowBegin, TimelinePosition windowEnd, TimelinePosition playhead);

    /** The time at an x of the area. */
    TimelinePosition timeAt(const QRectF &area, qreal x) const;
    qreal xOf(const QRectF &area, TimelinePosition time) const;

private:
    void paintBars(const QSizeF &size, const Theme &theme, qreal dpr);
    /** False where the rows would be too thin. */
    bool paintRows(QPainter *painter, const QSizeF &size, const Theme &theme) const;
    void paintCounts(QPainter *painter, const QSizeF &size, const Theme &theme) const;

    const TimelineScene &m_scene;
    Duration m_end = std::chrono::milliseconds(1);
    QPixmap m_bars;
    QSizeF m_size;
    bool m_dark = false;
};
