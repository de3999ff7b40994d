// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"

#include <QRectF>
#include <array>
#include <map>
#include <vector>

/** The measures of the timeline in pixels; all of them come from the font. */
struct TimelineMeasures
{
    qreal blockHeight = 40;
    qreal rowGap = 4;
    qreal lanePadding = 8;
    /** A block is never narrower than its badge needs, however short it lasts. */
    qreal minimumBlockWidth = 30;
    /** Left of 0:00. */
    qreal margin = 22;
    /** Right of the end; its label has room there. */
    qreal endMargin = 50;
    /** The least room between two labels of the ruler, their text included. */
    qreal labelSpacing = 60;
    /** Of a lane that is folded into one thin row. */
    qreal collapsedHeight = 23;
    /** Blocks that would only overlap because of their least width share a row all the same. */
    bool isOneRow = false;
    /** Below the lanes, where something can be dropped for a lane of its own. */
    qreal addLaneHeight = 0;

    bool operator==(const TimelineMeasures &) const = default;
};

/** What the layout knows of an incident. Times are milliseconds from the start. */
struct LayoutItem
{
    qint64 start = 0;
    qint64 duration = 0;
    int lane = 0;
    quint8 kind = 0; ///< below DensityBar::Kinds; counted in crowded lanes
};

struct RulerTick
{
    qint64 time = 0;
    bool labelled = false;
};

/** A column of a lane that is too crowded for blocks. */
struct DensityBar
{
    static constexpr size_t Kinds = 4;

    qreal x = 0;
    qreal width = 0;
    /** The items in it are laneItems(lane)[first … first + count). */
    size_t first = 0;
    size_t count = 0;
    std::array<size_t, Kinds> ofKind{};
};

/**
 * Where everything on the timeline stands: lanes, the rows in them, time to pixel and back. Pure
 * arithmetic, no widgets. Coordinates are those of the content: x from the margin left of 0:00, y
 * from the top of the first lane.
 *
 * Items of a lane that would cover each other lie in rows below each other. The rows depend on the
 * zoom, since a block has a least width; they change only when the zoom passes a power of two, and
 * are kept for each.
 */
class TimelineLayout
{
public:
    static constexpr double MaximumContentWidth = 1e9;

    TimelineLayout() { arrange(); }
    Q_DISABLE_COPY_MOVE(TimelineLayout)

    void setMeasures(const TimelineMeasures &measures);
    const TimelineMeasures &measures() const { return m_measures; }

    /**
     * `end` is at least the end of the timeline; lanes may be empty of items. `collapsed` by lane;
     * it may be shorter.
     */
    void setItems(std::vector<LayoutItem> items, int laneCount, qint64 end,
                  const std::vector<bool> &collapsed = {});
    const LayoutItem &item(int index) const { return m_items[size_t(index)]; }
    int itemCount() const { return int(m_items.size()); }
    int laneCount() const { return int(m_lanes.size()); }
    /** The end of the timeline or of its last block, whichever is later. */
    qint64 end() const { return m_end; }

    /** Kept within the zoom's limits. */
    void setPixelsPerMs(double pixelsPerMs);
    double pixelsPerMs() const { return m_pixelsPerMs; }
    double minimumPixelsPerMs() const;
    double maximumPixelsPerMs() const;
    /** The zoom at which everything is as wide as that. */
    double fitting(qreal width) const;

    qreal xOf(qint64 time) const { return m_measures.margin + double(time) * m_pixelsPerMs; }
    qreal xOf(TimelinePosition position) const;
    qint64 timeAt(qreal x) const;
    qreal contentWidth() const { return xOf(m_end) + m_measures.endMargin; }
    /** The lanes alone. */
    qreal lanesHeight() const;
    qreal contentHeight() const { return lanesHeight() + m_measures.addLaneHeight; }
    /** Where something is dropped for a lane of its own: all that is below the lanes. */
    QRectF addLaneRect() const;

    qreal laneTop(int lane) const { return m_lanes[size_t(lane)].top; }
    qreal laneHeight(int lane) const;
    /** -1 outside. */
    int laneAt(qreal y) const;
    int laneItemCount(int lane) const { return int(m_lanes[size_t(lane)].sorted.size()); }
    int rowCount(int lane) const;
    /** The row of an item in its lane; 0 in a crowded one. */
    int rowOf(int index) const;
    /** So crowded at this zoom, or folded so thin, that bars stand for blocks. */
    bool isDense(int lane) const
    {
        return isCollapsed(lane) || m_packing->lanes[size_t(lane)].dense;
    }
    /** Folded into one thin row by the user. */
    bool isCollapsed(int lane) const { return m_lanes[size_t(lane)].collapsed; }
    /** The topmost row of a lane with room for that; as many as there are rows if none has. */
    int freeRow(int lane, qint64 start, qint64 duration) const;

    QRectF blockRect(int index) const;
    /** The width that is true to the duration, which may be less than the block's. */
    qreal durationWidth(int index) const;
    /** -1 where there is none. */
    int itemAt(const QPointF &point) const;
    /** All blocks that touch the rectangle, lane by lane, row by row, by time; none of dense lanes.
     */
    std::vector<int> itemsIn(const QRectF &rect) const;

    /** All items by time, then in file order. */
    const std::vector<int> &byStart() const { return m_byStart; }
    /** The items of a lane by time. */
    const std::vector<int> &laneItems(int lane) const { return m_lanes[size_t(lane)].sorted; }
    /** Bars of a dense lane between two x; empty columns are left out. */
    std::vector<DensityBar> densityBars(int lane, qreal left, qreal right, qreal barWidth) const;

    std::vector<RulerTick> ticks(qreal left, qreal right) const;
    /** The time between two labels of the ruler. */
    qint64 labelStep() const;
    /** The time between two ticks. */
    qint64 tickStep() const;

private:
    struct Lane
    {
        std::vector<int> sorted;
        // Of those, side by side: every one of them is counted at every frame.
        std::vector<qint64> starts;
        std::vector<quint8> kinds;
        qreal top = 0;
        bool collapsed = false;
    };
    using Rows = std::vector<std::vector<int>>;
    struct PackedLane
    {
        Rows rows;
        bool dense = false;
    };
    struct Packing
    {
        std::vector<PackedLane> lanes;
        std::vector<int> rowOf; // by item
    };

    const Packing &packingFor(int level);
    Rows pack(const std::vector<int> &sorted, double leastDuration, std::vector<int> &rowOf) const;
    void sortByStart(const std::vector<LayoutItem> &items);
    Rows packMany(const std::vector<int> &sorted, double leastDuration,
                  std::vector<int> &rowOf) const;
    void arrange();

    TimelineMeasures m_measures;
    std::vector<LayoutItem> m_items;
    std::vector<int> m_byStart;
    std::vector<Lane> m_lanes;
    qint64 m_end = 1;
    double m_pixelsPerMs = 0.001;
    std::map<int, Packing> m_packings; // by power of two of the zoom
    const Packing *m_packing = nullptr;
};
