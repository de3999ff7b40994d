// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelinepainter.h"
#include "ui/timeline/timelinescene.h"

#include <QFont>
#include <QPalette>

/**
 * The whole timeline on one sheet, for files and for paper: title, ruler, markers, lanes and
 * blocks. Paints onto any device; sizes are those of the mock-ups' pixels until it is painted into
 * a rectangle, to which it is scaled.
 */
class TimelinePicture
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePicture)

public:
    /** `title` may be empty: then there is none. */
    TimelinePicture(TimelineScene scene, const QString &title, const QFont &font,
                    const QPalette &palette, bool compact = false);
    Q_DISABLE_COPY_MOVE(TimelinePicture)

    /** How high it is at that width. */
    QSizeF sizeFor(qreal width);
    /** As wide as fits, its proportions kept, at the top left of `rect`. */
    void paint(QPainter *painter, const QRectF &rect);

    /** The width at which titles can be read: that of a wide screen, or more for a long one. */
    static constexpr qreal UsualWidth = 1600;

private:
    qreal titleHeight() const;
    void arrange(qreal width);
    void paintTitle(QPainter *painter, qreal width) const;

    TimelineScene m_scene;
    QString m_title;
    QFont m_font;
    QPalette m_palette;
    bool m_compact;
    TimelineLayout m_layout;
    TimelinePainter m_painter;
    qreal m_header = 0;
};
