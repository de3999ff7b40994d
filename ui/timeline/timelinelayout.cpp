// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinelayout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <queue>

namespace {

/** One millisecond is never wider than this: nothing in a timeline is finer. */
constexpr double WidestMillisecond = 2.0;
/**
 * A lane is dense when, on the average, this many blocks of the least width would lie over each
 * other: they would need so many rows only because they cannot be drawn narrower.
 */
constexpr double DenseDepth = 4.0;
constexpr qreal LeastMinorTick = 5;
/** So many of a folded lane are looked at for one under the pointer. */
constexpr int MostCovered = 200;
constexpr size_t MostRowsLookedThrough = 48;

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Day = 24 * Hour;
constexpr std::array<qint64, 34> Steps{
    1,           2,        5,          10,         20,          50,          100,
    200,         500,      Second,     2 * Second, 5 * Second,  10 * Second, 15 * Second,
    30 * Second, Minute,   2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute,
    Hour,        2 * Hour, 3 * Hour,   6 * Hour,   12 * Hour,   Day,         2 * Day,
    5 * Day,     10 * Day, 20 * Day,   50 * Day,   100 * Day,   200 * Day};

} // namespace

void TimelineLayout::setMeasures(const TimelineMeasures &measures)
{
    if (m_measures == measures) {
        return;
    }
    m_measures = measures;
    m_packings.clear();
    arrange();
}

void TimelineLayout::sortByStart(const std::vector<LayoutItem> &items)
{
    // As pairs: looking every time up by its index would miss the cache.
    using Start = std::pair<qint64, int>;
    std::vector<Start> moved;
    std::vector<bool> stays(items.size(), false);
    if (items.size() == m_items.size()) {
        for (size_t i = 0; i < items.size(); ++i) {
            stays[i] = items[i].start == m_items[i].start;
        }
    }
    for (size_t i = 0; i < items.size(); ++i) {
        if (!stays[i]) {
            moved.emplace_back(items[i].start, int(i));
        }
    }
    std::sort(moved.begin(), moved.end());
    // After an edit most are where they were, and still in order.
    std::vector<int> order;
    order.reserve(items.size());
    auto next = moved.begin();
    if (moved.size() < items.size()) {
        for (const int index : m_byStart) {
            if (!stays[size_t(index)]) {
                continue;
            }
            const Start here(items[size_t(index)].start, index);
            for (; next != moved.end() && *next < here; ++next) {
                order.push_back(next->second);
            }
            order.push_back(index);
        }
    }
    for (; next != moved.end(); ++next) {
        order.push_back(next->second);
    }
    m_byStart = std::move(order);
}

void TimelineLayout::setItems(std::vector<LayoutItem> items, int laneCount, qint64 end,
                              const std::vector<bool> &collapsed)
{
    sortByStart(items);
    m_items = std::move(items);
    m_lanes.assign(size_t(laneCount), {});
    for (size_t lane = 0; lane < std::min(m_lanes.size(), collapsed.size()); ++lane) {
        m_lanes[lane].collapsed = collapsed[lane];
    }
    m_end = std::max<qint64>(end, 1);
    for (const int index : m_byStart) {
        const LayoutItem &item = m_items[size_t(index)];
        Lane &lane = m_lanes[size_t(item.lane)];
        lane.sorted.push_back(index);
        lane.starts.push_back(item.start);
        lane.kinds.push_back(item.kind);
        m_end = std::max(m_end, item.start + item.duration);
    }
    m_packings.clear();
    arrange();
}

double TimelineLayout::minimumPixelsPerMs() const
{
    return 50.0 / double(m_end);
}

double TimelineLayout::maximumPixelsPerMs() const
{
    return std::max(minimumPixelsPerMs(),
                    std::min(WidestMillisecond, MaximumContentWidth / double(m_end)));
}

double TimelineLayout::fitting(qreal width) const
{
    return std::max(1.0, width - m_measures.margin - m_measures.endMargin) / double(m_end);
}

void TimelineLayout::setPixelsPerMs(double pixelsPerMs)
{
    m_pixelsPerMs = std::clamp(pixelsPerMs, minimumPixelsPerMs(), maximumPixelsPerMs());
    arrange();
}

qreal TimelineLayout::xOf(TimelinePosition position) const
{
    return m_measures.margin + toMilliseconds(position) * m_pixelsPerMs;
}

qint64 TimelineLayout::timeAt(qreal x) const
{
    return std::llround((x - m_measures.margin) / m_pixelsPerMs);
}

TimelineLayout::Rows TimelineLayout::pack(const std::vector<int> &sorted, double leastDuration,
                                          std::vector<int> &rowOf) const
{
    // Few rows are looked through faster than kept in order.
    Rows rows;
    std::vector<double> ends;
    for (const int index : sorted) {
        const LayoutItem &item = m_items[size_t(index)];
        const auto free = std::find_if(ends.begin(), ends.end(),
                                       [&](double end) { return end <= double(item.start); });
        const auto row = size_t(free - ends.begin());
        if (row == MostRowsLookedThrough) {
            return packMany(sorted, leastDuration, rowOf);
        }
        if (free == ends.end()) {
            rows.emplace_back();
            ends.push_back(0);
        }
        rows[row].push_back(index);
        rowOf[size_t(index)] = int(row);
        ends[row] = double(item.start) + std::max(double(item.duration), leastDuration);
    }
    return rows;
}

TimelineLayout::Rows TimelineLayout::packMany(const std::vector<int> &sorted, double leastDuration,
                                              std::vector<int> &rowOf) const
{
    // The topmost row that is free takes the next item, so rows stay few and steady.
    using Ending = std::pair<double, int>;
    std::priority_queue<Ending, std::vector<Ending>, std::greater<>> busy;
    std::priority_queue<int, std::vector<int>, std::greater<>> free;
    Rows rows;
    for (const int index : sorted) {
        const LayoutItem &item = m_items[size_t(index)];
        while (!busy.empty() && busy.top().first <= double(item.start)) {
            free.push(busy.top().second);
            busy.pop();
        }
        int row = int(rows.size());
        if (free.empty()) {
            rows.emplace_back();
        } else {
            row = free.top();
            free.pop();
        }
        rows[size_t(row)].push_back(index);
        rowOf[size_t(index)] = row;
        busy.emplace(double(item.start) + std::max(double(item.duration), leastDuration), row);
    }
    return rows;
}

const TimelineLayout::Packing &TimelineLayout::packingFor(int level)
{
    const auto known = m_packings.find(level);
    if (known != m_packings.end()) {
        return known->second;
    }

    const double leastDuration =
        m_measures.isOneRow ? 0 : m_measures.minimumBlockWidth / std::ldexp(1.0, level);
    Packing &packing = m_packings[level];
    packing.lanes.resize(m_lanes.size());
    packing.rowOf.assign(m_items.size(), 0);
    for (size_t lane = 0; lane < m_lanes.size(); ++lane) {
        const auto &sorted = m_lanes[lane].sorted;
        PackedLane &packed = packing.lanes[lane];
        if (!sorted.empty()) {
            const double span = double(m_items[size_t(sorted.back())].start -
                                       m_items[size_t(sorted.front())].start) +
                                leastDuration;
            packed.dense =
                double(sorted.size()) * leastDuration > DenseDepth * span && sorted.size() > 50;
        }
        if (!packed.dense) {
            packed.rows = pack(sorted, leastDuration, packing.rowOf);
        }
    }
    return packing;
}

void TimelineLayout::arrange()
{
    m_packing = &packingFor(int(std::floor(std::log2(m_pixelsPerMs))));
    qreal top = 0;
    for (size_t lane = 0; lane < m_lanes.size(); ++lane) {
        m_lanes[lane].top = top;
        top += laneHeight(int(lane));
    }
}

int TimelineLayout::rowCount(int lane) const
{
    return int(m_packing->lanes[size_t(lane)].rows.size());
}

int TimelineLayout::rowOf(int index) const
{
    return m_packing->rowOf[size_t(index)];
}

qreal TimelineLayout::laneHeight(int lane) const
{
    if (isCollapsed(lane)) {
        return m_measures.collapsedHeight;
    }
    const int rows = std::max(1, rowCount(lane));
    return 2 * m_measures.lanePadding + rows * m_measures.blockHeight +
           (rows - 1) * m_measures.rowGap;
}

qreal TimelineLayout::lanesHeight() const
{
    return m_lanes.empty() ? 0 : m_lanes.back().top + laneHeight(laneCount() - 1);
}

QRectF TimelineLayout::addLaneRect() const
{
    return {0, lanesHeight(), contentWidth(), m_measures.addLaneHeight};
}

int TimelineLayout::laneAt(qreal y) const
{
    if (y < 0 || y >= lanesHeight()) {
        return -1;
    }
    const auto after =
        std::upper_bound(m_lanes.begin(), m_lanes.end(), y,
                         [](qreal value, const Lane &lane) { return value < lane.top; });
    return int(after - m_lanes.begin()) - 1;
}

int TimelineLayout::freeRow(int lane, qint64 start, qint64 duration) const
{
    if (isDense(lane)) {
        return 0;
    }
    const auto least = qint64(m_measures.minimumBlockWidth / m_pixelsPerMs);
    const auto endOf = [&](const LayoutItem &item) {
        return item.start + std::max(item.duration, least);
    };
    const qint64 end = start + std::max(duration, least);
    const Rows &rows = m_packing->lanes[size_t(lane)].rows;
    for (size_t row = 0; row < rows.size(); ++row) {
        // Within a row nothing overlaps: only the last one that starts before the end can.
        const auto after = std::partition_point(rows[row].begin(), rows[row].end(), [&](int index) {
            return m_items[size_t(index)].start < end;
        });
        if (after == rows[row].begin() || endOf(m_items[size_t(*std::prev(after))]) <= start) {
            return int(row);
        }
    }
    return int(rows.size());
}

QRectF TimelineLayout::blockRect(int index) const
{
    const LayoutItem &item = m_items[size_t(index)];
    if (isCollapsed(item.lane)) {
        const qreal height = std::round(m_measures.collapsedHeight * 0.5);
        return {xOf(item.start),
                m_lanes[size_t(item.lane)].top +
                    std::round((m_measures.collapsedHeight - height) / 2),
                std::max(durationWidth(index), height), height};
    }
    const qreal y = m_lanes[size_t(item.lane)].top + m_measures.lanePadding +
                    rowOf(index) * (m_measures.blockHeight + m_measures.rowGap);
    return {xOf(item.start), y, std::max(durationWidth(index), m_measures.minimumBlockWidth),
            m_measures.blockHeight};
}

qreal TimelineLayout::durationWidth(int index) const
{
    return double(m_items[size_t(index)].duration) * m_pixelsPerMs;
}

int TimelineLayout::itemAt(const QPointF &point) const
{
    const int lane = laneAt(point.y());
    if (lane >= 0 && isCollapsed(lane)) {
        // There they lie over each other; the one that starts last is on top.
        const auto &sorted = m_lanes[size_t(lane)].sorted;
        auto it = std::partition_point(sorted.begin(), sorted.end(), [&](int index) {
            return xOf(m_items[size_t(index)].start) <= point.x();
        });
        for (int tries = 0; it != sorted.begin() && tries < MostCovered; ++tries) {
            --it;
            if (blockRect(*it).contains(point)) {
                return *it;
            }
        }
        return -1;
    }
    for (const int index : itemsIn(QRectF(point, QSizeF(0.01, 0.01)))) {
        if (blockRect(index).contains(point)) {
            return index;
        }
    }
    return -1;
}

std::vector<int> TimelineLayout::itemsIn(const QRectF &rect) const
{
    std::vector<int> found;
    if (m_lanes.empty() || rect.bottom() < 0) {
        return found;
    }
    const qreal pitch = m_measures.blockHeight + m_measures.rowGap;
    for (int lane = std::max(0, laneAt(std::max(0.0, rect.top()))); lane < laneCount(); ++lane) {
        if (laneTop(lane) > rect.bottom() || rect.top() >= lanesHeight()) {
            break;
        }
        if (isCollapsed(lane)) {
            continue;
        }
        const Rows &rows = m_packing->lanes[size_t(lane)].rows;
        const qreal firstTop = laneTop(lane) + m_measures.lanePadding;
        const int first = std::max(0, int(std::floor((rect.top() - firstTop) / pitch)));
        const int last =
            std::min(int(rows.size()) - 1, int(std::floor((rect.bottom() - firstTop) / pitch)));
        for (int row = first; row <= last; ++row) {
            // Within a row nothing overlaps, so right ends are in order as left ones are.
            const auto &items = rows[size_t(row)];
            auto it = std::partition_point(items.begin(), items.end(), [&](int index) {
                return blockRect(index).right() < rect.left();
            });
            for (; it != items.end() && xOf(m_items[size_t(*it)].start) <= rect.right(); ++it) {
                found.push_back(*it);
            }
        }
    }
    return found;
}

std::vector<DensityBar> TimelineLayout::densityBars(int lane, qreal left, qreal right,
                                                    qreal barWidth) const
{
    std::vector<DensityBar> bars;
    const Lane &crowded = m_lanes[size_t(lane)];
    // Columns stand still in the content, whatever part of it is asked for.
    const auto columnOf = [&](qint64 start) { return qint64(std::floor(xOf(start) / barWidth)); };
    const auto firstColumn = qint64(std::floor(left / barWidth));
    const auto lastColumn = qint64(std::floor(right / barWidth));
    const auto from =
        std::partition_point(crowded.starts.begin(), crowded.starts.end(),
                             [&](qint64 start) { return columnOf(start) < firstColumn; });
    qint64 last = firstColumn - 1;
    for (auto at = size_t(from - crowded.starts.begin()); at < crowded.starts.size(); ++at) {
        const qint64 column = columnOf(crowded.starts[at]);
        if (column > lastColumn) {
            break;
        }
        if (column != last) {
            bars.push_back({double(column) * barWidth, barWidth, at, 0, {}});
        }
        last = column;
        ++bars.back().count;
        ++bars.back().ofKind[crowded.kinds[at]];
    }
    return bars;
}

qint64 TimelineLayout::labelStep() const
{
    for (const qint64 step : Steps) {
        if (double(step) * m_pixelsPerMs >= m_measures.labelSpacing) {
            return step;
        }
    }
    return Steps.back();
}

qint64 TimelineLayout::tickStep() const
{
    const qint64 major = labelStep();
    for (const qint64 step : Steps) {
        if (major % step == 0 && double(step) * m_pixelsPerMs >= LeastMinorTick &&
            major / step <= 10) {
            return step;
        }
    }
    return major;
}

std::vector<RulerTick> TimelineLayout::ticks(qreal left, qreal right) const
{
    const qint64 major = labelStep();
    const qint64 minor = tickStep();
    std::vector<RulerTick> result;
    const qint64 from = std::max<qint64>(0, timeAt(left) / minor * minor);
    for (qint64 time = from; xOf(time) <= right; time += minor) {
        result.push_back({time, time % major == 0});
    }
    return result;
}
