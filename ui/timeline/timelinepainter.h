// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/marks.h"
#include "ui/theme.h"
#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelinescene.h"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <vector>

class QPainter;

/** What changes on the timeline while it is looked at. */
struct TimelineCursor
{
    /** Milliseconds of the timeline. */
    double playhead = 0;
    int current = -1;
    int hovered = -1;
    std::vector<bool> selected; ///< by incident; may be shorter
    bool focused = false;
    /** A run is shown: blocks carry the mark of their state. */
    bool live = false;

    bool isSelected(int index) const
    {
        return size_t(index) < selected.size() && selected[size_t(index)];
    }
};

/**
 * Paints the parts of the timeline into rectangles of the viewport. Knows no widget, so that the
 * same picture can be exported. `scroll` is the point of the content at the lanes' top left corner.
 */
class TimelinePainter
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    TimelinePainter(const TimelineScene &scene, const TimelineLayout &layout);

    void setLook(const QFont &font, const QPalette &palette, qreal dpr);
    const Theme &theme() const { return *m_theme; }
    void setCompact(bool compact) { m_compact = compact; }

    /** `clip` is the part to be painted, in the coordinates of `area`. */
    void paintLanes(QPainter *painter, const QRectF &area, const QRectF &clip,
                    const QPointF &scroll, const TimelineCursor &cursor);
    void paintHeaders(QPainter *painter, const QRectF &area, qreal scroll);
    void paintRuler(QPainter *painter, const QRectF &area, const QRectF &clip, qreal scroll,
                    const TimelineCursor &cursor);
    /** Markers and holds, below the ruler. */
    void paintStrip(QPainter *painter, const QRectF &area, qreal scroll);
    void paintCorner(QPainter *painter, const QRectF &ruler, const QRectF &strip);

    /** The playhead's handle with its time, for the ruler. */
    QRectF handleRect(const QRectF &ruler, qreal scroll, double playhead) const;
    /** Where a content x stands, on a whole device pixel. */
    qreal snapped(qreal x) const;

private:
    void paintBody(QPainter *painter, const QRectF &rect, int index, const TimelineCursor &cursor,
                   bool fine);
    void paintTexts(QPainter *painter, const QRectF &rect, int index, bool halo, bool live);
    void paintSecondLine(QPainter *painter, const QRectF &rect, int index, bool halo);
    void paintOutline(QPainter *painter, const QRectF &rect, int index,
                      const TimelineCursor &cursor);
    void paintDensity(QPainter *painter, int lane, const QRectF &clip, const QPointF &origin);
    void paintGroups(QPainter *painter, const std::vector<int> &visible, const QPointF &origin);
    void drawText(QPainter *painter, const QPointF &baseline, const QString &text,
                  const QColor &ink, const QColor *halo) const;
    QString elided(const QString &text, qreal width);
    qreal advance(QChar character);
    qreal px(qreal pixels) const;
    QColor bodyOf(const SceneBlock &block) const;

    const TimelineScene &m_scene;
    const TimelineLayout &m_layout;
    const Theme *m_theme = &Theme::light();
    QFont m_body;
    QFont m_title;
    QFont m_small;
    QFontMetricsF m_bodyMetrics;
    QFontMetricsF m_titleMetrics;
    QFontMetricsF m_smallMetrics;
    qreal m_dpr = 1;
    bool m_compact = false;
    MarkCache m_marks;
    QHash<QChar, qreal> m_advances; // of the title's font
};
