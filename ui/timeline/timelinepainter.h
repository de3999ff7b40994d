// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/marks.h"
#include "ui/look/theme.h"
#include "ui/timeline/timelinedragpicture.h"
#include "ui/timeline/timelinelayout.h"
#include "ui/timeline/timelinescene.h"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <vector>

class QPainter;

/** What can be pressed in the header of a lane. */
enum class HeaderPart : quint8 { None, Name, Chevron, Mute, Lock };

/** Where those parts are; empty where one has no room and is not shown. */
struct LaneHeader
{
    QRectF all;
    QRectF name;
    QRectF chevron;
    QRectF mute;
    QRectF lock;

    HeaderPart partAt(const QPointF &point) const;
};

/** Incidents of a lane at one moment, with the pill that counts them. */
struct BlockGroup
{
    std::vector<int> members;
    QRectF bracket;
    QRectF pill;
    QString text;
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
    bool showsPlayhead = true;
    /** Lanes have buttons, and something can be dropped. */
    bool editable = false;
    /** The one that the keyboard is in, or -1. */
    int lane = -1;
    int hoveredLane = -1;
    HeaderPart hoveredPart = HeaderPart::None;
    /** The selected marker, or -1. */
    int marker = -1;
    /** The time at which a chip stands in the ruler while something is dragged, or -1. */
    qint64 guide = -1;
    /** Where a lane that is dragged would go: before this one; or -1. */
    int laneTarget = -1;
    /** The rubber band, in the content. */
    QRectF band;
    /** What an earlier run did, shown as ghosts. */
    std::vector<PastSend> past;

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
    /** Marks as shapes, not as pixels: a file or a printer scales them. */
    void setForPaper(bool forPaper) { m_forPaper = forPaper; }

    static TimelineMeasures measuresFor(const QFont &font, bool compact);
    qreal rulerHeight() const { return px(34); }
    qreal stripHeight() const { return px(24); }
    /** Of the lanes' headers, with room for the buttons where there are any. */
    qreal headerWidth(bool editable) const;

    /** `clip` is the part to be painted, in the coordinates of `area`. */
    void paintLanes(QPainter *painter, const QRectF &area, const QRectF &clip,
                    const QPointF &scroll, const TimelineCursor &cursor);
    void paintHeaders(QPainter *painter, const QRectF &area, qreal scroll,
                      const TimelineCursor &cursor);
    /** Where a lane that is dragged would go, across headers and lanes. */
    void paintLaneTarget(QPainter *painter, const QRectF &area, qreal scroll,
                         const TimelineCursor &cursor) const;
    void paintRuler(QPainter *painter, const QRectF &area, const QRectF &clip, qreal scroll,
                    const TimelineCursor &cursor);
    /** Markers and holds, below the ruler. */
    void paintStrip(QPainter *painter, const QRectF &area, qreal scroll,
                    const TimelineCursor &cursor);
    void paintCorner(QPainter *painter, const QRectF &ruler, const QRectF &strip);

    /** Ghosts, guide and difference, over the lanes. */
    void paintDrag(QPainter *painter, const QRectF &area, const QPointF &scroll,
                   const TimelineCursor &cursor, const DragPicture &drag);
    /** The guide's time, in the ruler. */
    void paintDragTime(QPainter *painter, const QRectF &ruler, qreal scroll,
                       const DragPicture &drag);
    /** The words beside the pointer, kept within `within`. */
    void paintDragTip(QPainter *painter, const QRectF &within, const DragPicture &drag) const;
    void paintBand(QPainter *painter, const QRectF &area, const QPointF &scroll,
                   const QRectF &band) const;

    LaneHeader headerOf(int lane, const QRectF &area, qreal scroll,
                        const TimelineCursor &cursor) const;
    /** Of incidents at one moment, where there is room for their pill; in the viewport. */
    std::vector<BlockGroup> groups(const QRectF &area, const QPointF &scroll) const;
    std::vector<StripMark> stripMarks(const QRectF &area, qreal scroll) const;
    /** Where a ghost is painted, in the content. */
    QRectF ghostRect(const DragPicture::Ghost &ghost) const;
    /** The dashed box below the lanes, in the content. */
    QRectF dropBox(const QRectF &area, const QPointF &scroll) const;

    /** The playhead's handle with its time, for the ruler. */
    QRectF handleRect(const QRectF &ruler, qreal scroll, double playhead) const;
    /** Where a content x stands, on a whole device pixel. */
    qreal snapped(qreal x) const;

private:
    /** A block on its way to the screen. */
    struct Placed
    {
        QRectF rect;
        qreal trueWidth = 0; ///< of its duration
    };
    Placed placed(int index, const QPointF &origin) const;
    void paintBody(QPainter *painter, const Placed &place, const SceneBlock &block, bool hovered,
                   bool fine);
    void paintTexts(QPainter *painter, const QRectF &rect, const SceneBlock &block, bool halo,
                    bool live);
    void paintSecondLine(QPainter *painter, const QRectF &rect, const SceneBlock &block, bool halo);
    void paintOutline(QPainter *painter, const QRectF &rect, int index,
                      const TimelineCursor &cursor);
    void paintGround(QPainter *painter, const QRectF &area, const QRectF &part,
                     const QPointF &origin, const TimelineCursor &cursor);
    void paintDensity(QPainter *painter, int lane, const QRectF &clip, const QPointF &origin);
    void paintCollapsed(QPainter *painter, int lane, const QRectF &clip, const QPointF &origin,
                        const TimelineCursor &cursor);
    void paintGroups(QPainter *painter, const QRectF &area, const QPointF &scroll) const;
    void paintPast(QPainter *painter, const QRectF &part, const QPointF &origin,
                   const TimelineCursor &cursor);
    void paintDropBox(QPainter *painter, const QRectF &area, const QPointF &scroll, bool aimed);
    void paintGhost(QPainter *painter, const QRectF &rect, const DragPicture::Ghost &ghost,
                    const QColor &ink);
    void paintDifference(QPainter *painter, const QRectF &area, const QPointF &origin,
                         const DragPicture &drag);
    void paintHeaderButtons(QPainter *painter, const LaneHeader &header, const SceneLane &lane,
                            HeaderPart hovered);
    QFont boldSmall() const;
    bool isFine(const QRectF &area, const QPointF &scroll) const;
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
    bool m_forPaper = false;
    MarkCache m_marks;
    QHash<QChar, qreal> m_advances; // of the title's font
};
