// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineoverview.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace {

constexpr qreal OverviewInset = 5;
constexpr qreal ThinnestBar = 2;
constexpr qreal ShortestBar = 4;
constexpr qreal ThickestBar = 4;

} // namespace

TimelineOverview::TimelineOverview(const TimelineScene &scene)
    : m_scene(scene)
{}

void TimelineOverview::invalidate()
{
    m_bars = {};
    m_end = std::max(std::chrono::milliseconds(1), m_scene.duration);
    for (const SceneBlock &block : m_scene.blocks) {
        m_end = std::max<Duration>(m_end, block.start + block.duration);
    }
}

qreal TimelineOverview::xOf(const QRectF &area, TimelinePosition time) const
{
    return area.left() + OverviewInset +
           toMilliseconds(time) / toMilliseconds(m_end) * (area.width() - 2 * OverviewInset);
}

TimelinePosition TimelineOverview::timeAt(const QRectF &area, qreal x) const
{
    const qreal width = std::max(1.0, area.width() - 2 * OverviewInset);
    const double share = std::clamp((x - area.left() - OverviewInset) / width, 0.0, 1.0);
    return positionFromMilliseconds(share * toMilliseconds(m_end));
}

void TimelineOverview::paintBars(const QSizeF &size, const Theme &theme, qreal dpr)
{
    m_size = size;
    m_dark = theme.dark;
    m_bars = QPixmap((size * dpr).toSize());
    m_bars.setDevicePixelRatio(dpr);
    m_bars.fill(theme.base);
    if (m_scene.blocks.empty()) {
        return;
    }

    QPainter painter(&m_bars);
    const qreal room = size.height() - 2 * OverviewInset;
    // So many cannot lie in rows, each with its bar; what is asked for first is cheap.
    const bool tooMany =
        double(m_scene.blocks.size()) * ShortestBar / size.width() * ThinnestBar > room;
    if (tooMany || !paintRows(&painter, size, theme)) {
        paintCounts(&painter, size, theme);
    }
}

bool TimelineOverview::paintRows(QPainter *painter, const QSizeF &size, const Theme &theme) const
{
    TimelineMeasures measures;
    measures.minimumBlockWidth = ShortestBar;
    measures.margin = OverviewInset;
    measures.endMargin = OverviewInset;
    measures.lanePadding = 0;
    measures.rowGap = 0;
    measures.blockHeight = 1;
    TimelineLayout layout;
    layout.setMeasures(measures);
    std::vector<LayoutItem> items;
    items.reserve(m_scene.blocks.size());
    for (const SceneBlock &block : m_scene.blocks) {
        items.push_back({block.start.count(), block.duration.count(), 0});
    }
    layout.setItems(std::move(items), 1, m_scene.duration.count());
    layout.setPixelsPerMs(layout.fitting(size.width()));

    const qreal room = size.height() - 2 * OverviewInset;
    const int rows = layout.rowCount(0);
    if (rows == 0 || room / rows < ThinnestBar) {
        return false;
    }
    const qreal pitch = std::min(room / rows, ThickestBar * 1.6);
    const qreal thickness = std::min(ThickestBar, std::max(1.0, pitch - 1.5));
    for (int index = 0; index < layout.itemCount(); ++index) {
        const SceneBlock &block = m_scene.blocks[size_t(index)];
        const qreal y = OverviewInset + layout.rowOf(index) * pitch;
        const qreal x = layout.xOf(block.start.count());
        const auto &ink = theme.ink(block.severity);
        painter->fillRect(
            QRectF(x, y, std::max(ShortestBar, layout.durationWidth(index)), thickness),
            mixed(theme.base, ink.fill, block.sends ? 0.5 : 0.2));
        painter->fillRect(QRectF(x, y, ShortestBar, thickness),
                          block.sends ? ink.edge : theme.border);
    }
    return true;
}

void TimelineOverview::paintCounts(QPainter *painter, const QSizeF &size, const Theme &theme) const
{
    // How many start in each column.
    std::vector<int> counts(size_t(std::ceil(size.width() / 2)) + 1);
    const double columns = (size.width() - 2 * OverviewInset) / 2 / toMilliseconds(m_end);
    for (const SceneBlock &block : m_scene.blocks) {
        ++counts[std::min(counts.size() - 1,
                          size_t(OverviewInset / 2 + double(block.start.count()) * columns))];
    }
    const int most = *std::max_element(counts.begin(), counts.end());
    const qreal room = size.height() - 2 * OverviewInset;
    for (size_t column = 0; column < counts.size(); ++column) {
        const qreal height = room * counts[column] / most;
        painter->fillRect(
            QRectF(double(column) * 2, size.height() - OverviewInset - height, 2, height),
            mixed(theme.base, theme.secondary, 0.7));
    }
}

void TimelineOverview::paint(QPainter *painter, const QRectF &area, const Theme &theme, qreal dpr,
                             TimelinePosition windowBegin, TimelinePosition windowEnd,
                             TimelinePosition playhead)
{
    if (m_bars.isNull() || m_size != area.size() || m_dark != theme.dark ||
        m_bars.devicePixelRatio() != dpr) {
        paintBars(area.size(), theme, dpr);
    }
    painter->save();
    painter->setClipRect(area.adjusted(-1, -1, 1, 1));
    painter->drawPixmap(area.topLeft(), m_bars);

    for (const Marker &marker : m_scene.markers) {
        painter->fillRect(QRectF(std::round(xOf(area, TimelinePosition(marker.at))), area.top(), 1,
                                 area.height()),
                          theme.marker);
    }
    painter->setPen(QPen(theme.text, 1, Qt::DotLine));
    for (const int index : m_scene.holds) {
        const qreal x =
            std::round(xOf(area, TimelinePosition(m_scene.blocks[size_t(index)].start)));
        painter->drawLine(QPointF(x + 0.5, area.top()), QPointF(x + 0.5, area.bottom()));
    }

    const qreal left = std::max(area.left() + 1, std::floor(xOf(area, windowBegin)));
    const qreal right = std::min(area.right() - 1, std::ceil(xOf(area, windowEnd)));
    QColor veil = theme.window;
    veil.setAlphaF(0.6F);
    painter->fillRect(QRectF(QPointF(area.left(), area.top()), QPointF(left, area.bottom())), veil);
    painter->fillRect(QRectF(QPointF(right, area.top()), QPointF(area.right(), area.bottom())),
                      veil);
    painter->fillRect(QRectF(std::round(xOf(area, playhead)) - 1, area.top(), 2, area.height()),
                      theme.text);

    painter->setBrush(Qt::NoBrush);
    painter->setPen(theme.separator);
    painter->drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.accent, 2));
    painter->drawRoundedRect(
        QRectF(QPointF(left, area.top() + 1), QPointF(right, area.bottom() - 1)), 2, 2);
    painter->restore();
}
