// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelinescene.h"

#include <QCoreApplication>
#include <QFont>
#include <QSizeF>

class QPainter;

/**
 * The whole timeline as a picture for files and paper: its name, ruler, markers, and all lanes, in
 * light colours, whatever the window shows. Sizes are in the pixels of the font.
 */
class TimelinePicture
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePicture)

public:
    /** Shorter than this it could not be read. */
    static constexpr qreal LeastWidth = 640;

    TimelinePicture(const Timeline &timeline, TimelineScene scene, const QFont &font);
    Q_DISABLE_COPY_MOVE(TimelinePicture)

    /** How large it is when it is as wide as that; lanes take as many rows as they need. */
    QSizeF sizeFor(qreal width);
    /** With its top left corner at 0, 0; clipped to nothing. */
    void paint(QPainter *painter, qreal width);

private:
    void arrange(qreal width);

    QString m_title;
    QString m_subtitle;
    TimelineScene m_scene;
    QFont m_font;
    TimelineLayout m_layout;
    qreal m_header = 0;
    qreal m_titleHeight = 0;
    qreal m_ruler = 0;
    qreal m_strip = 0;
};
