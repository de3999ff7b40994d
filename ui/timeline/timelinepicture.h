// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelineframepainter.h"
#include "ui/timeline/timelinelanespainter.h"
#include "ui/timeline/timelinescene.h"

#include <QFont>

/**
 * The whole timeline on one sheet, for files and for paper: its name, ruler, markers, lanes and
 * blocks, in light colours whatever the window shows. Paints onto any device; sizes are in the
 * pixels of the font.
 */
class TimelinePicture
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePicture)

public:
    /** Narrower than this it could not be read. */
    static constexpr qreal LeastWidth = 640;
    /** That of a wide screen. */
    static constexpr qreal UsualWidth = 1600;

    TimelinePicture(const Timeline &timeline, TimelineScene scene, const QFont &font,
                    const Theme &theme = Theme::light());
    Q_DISABLE_COPY_MOVE(TimelinePicture)

    /** Returns its size if it is as wide as that; lanes take as many rows as they need. */
    QSizeF sizeFor(qreal width);
    /** Paints it with its top left corner at 0, 0; clipped to nothing. */
    void paint(QPainter *painter, qreal width);
    /** Paints it scaled, its proportions kept, into the top left of `rect`; wider if that is flat.
     */
    void paint(QPainter *painter, const QRectF &rect);

private:
    qreal titleHeight() const;
    void arrange(qreal width);
    void paintTitle(QPainter *painter, qreal width) const;

    TimelineScene m_scene;
    QString m_title;
    QString m_facts;
    QFont m_font;
    TimelineLayout m_layout;
    TimelineLook m_look;
    TimelineFramePainter m_framePainter;
    TimelineLanesPainter m_lanesPainter;
    qreal m_header = 0;
};
