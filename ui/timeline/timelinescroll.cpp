// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinescroll.h"

#include "ui/look/text.h"
#include "ui/timeline/timelinecanvas.h"

#include <QAbstractScrollArea>
#include <QScrollBar>
#include <QTimerEvent>
#include <algorithm>
#include <cmath>

namespace {

constexpr double ZoomStep = 1.25;
/** Of scrolling while something is held at the edge, in milliseconds. */
constexpr int EdgeInterval = 16;
constexpr int FastestEdgeStep = 40;

} // namespace

TimelineScroll::TimelineScroll(QAbstractScrollArea &area, TimelineCanvas &canvas,
                               const TimelineCursor &cursor)
    : m_area(area)
    , m_canvas(canvas)
    , m_cursor(cursor)
{
    for (QScrollBar *bar : {area.horizontalScrollBar(), area.verticalScrollBar()}) {
        connect(bar, &QScrollBar::actionTriggered, this, [this] { setFollowing(false); });
    }
}

void TimelineScroll::setPixelsPerMs(double pixelsPerMs, qreal anchorX)
{
    const double anchorTime =
        (anchorX + m_canvas.scrollOffset().x() - m_canvas.layout().measures().margin) /
        m_canvas.layout().pixelsPerMs();
    m_canvas.setPixelsPerMs(pixelsPerMs);
    m_fits = false;
    m_byProgram = true;
    updateBars();
    m_area.horizontalScrollBar()->setValue(
        int(std::lround(m_canvas.layout().measures().margin +
                        anchorTime * m_canvas.layout().pixelsPerMs() - anchorX)));
    m_byProgram = false;
    m_canvas.updateLanes();
    m_canvas.updateAll();
    Q_EMIT zoomChanged(m_canvas.layout().pixelsPerMs());
}

void TimelineScroll::zoomIn()
{
    setPixelsPerMs(m_canvas.pixelsPerMs() * ZoomStep, m_canvas.areas().lanes.width() / 2.0);
}

void TimelineScroll::zoomOut()
{
    setPixelsPerMs(m_canvas.pixelsPerMs() / ZoomStep, m_canvas.areas().lanes.width() / 2.0);
}

void TimelineScroll::fit()
{
    setPixelsPerMs(m_canvas.layout().fitting(m_canvas.areas().lanes.width()), 0);
    m_fits = true;
    updateBars();
}

void TimelineScroll::showTimes(qint64 from, qint64 to)
{
    const double margin = m_canvas.layout().measures().margin;
    const double room = std::max(1.0, m_canvas.areas().lanes.width() - 2 * margin);
    setPixelsPerMs(room / double(std::max<qint64>(1, to - from)), 0);
    m_byProgram = true;
    m_area.horizontalScrollBar()->setValue(int(std::lround(m_canvas.layout().xOf(from) - margin)));
    m_byProgram = false;
    m_canvas.updateAll();
}

void TimelineScroll::ensureVisible(int index)
{
    const QRectF block = m_canvas.layout().blockRect(index);
    const QPointF offset = m_canvas.scrollOffset();
    const qreal margin = m_canvas.layout().measures().lanePadding;
    m_byProgram = true;
    if (block.left() - margin < offset.x()) {
        m_area.horizontalScrollBar()->setValue(int(block.left() - margin));
    } else if (block.right() + margin > offset.x() + m_canvas.areas().lanes.width()) {
        m_area.horizontalScrollBar()->setValue(int(std::min(
            block.left() - margin, block.right() + margin - m_canvas.areas().lanes.width())));
    }
    if (block.top() - margin < offset.y()) {
        m_area.verticalScrollBar()->setValue(int(block.top() - margin));
    } else if (block.bottom() + margin > offset.y() + m_canvas.areas().lanes.height()) {
        m_area.verticalScrollBar()->setValue(
            int(block.bottom() + margin - m_canvas.areas().lanes.height()));
    }
    m_byProgram = false;
}

void TimelineScroll::ensureLaneVisible(int lane)
{
    const int top = int(m_canvas.layout().laneTop(lane));
    const int bottom = top + int(m_canvas.layout().laneHeight(lane));
    QScrollBar *bar = m_area.verticalScrollBar();
    bar->setValue(
        std::clamp(bar->value(), std::min(top, bottom - m_canvas.areas().lanes.height()), top));
}

void TimelineScroll::toStart()
{
    m_area.horizontalScrollBar()->setValue(0);
    m_area.verticalScrollBar()->setValue(0);
}

void TimelineScroll::scrollBy(int dx, int dy)
{
    if (dx != 0) {
        setFollowing(false);
        m_area.horizontalScrollBar()->setValue(m_area.horizontalScrollBar()->value() + dx);
    }
    if (dy != 0) {
        m_area.verticalScrollBar()->setValue(m_area.verticalScrollBar()->value() + dy);
    }
}

void TimelineScroll::scrollToEnd(Qt::Edge edge)
{
    const int length = m_area.horizontalScrollBar()->maximum();
    scrollBy(edge == Qt::LeftEdge ? -length : length, 0);
}

void TimelineScroll::scrollToX(int x)
{
    m_area.horizontalScrollBar()->setValue(x);
}

void TimelineScroll::setFollowing(bool following)
{
    if (following == m_following) {
        return;
    }
    m_following = following;
    if (following) {
        followPlayhead();
    }
    Q_EMIT followingChanged(following);
}

void TimelineScroll::followPlayhead()
{
    const qreal x = m_canvas.layout().xOf(m_cursor.playhead) - m_canvas.scrollOffset().x();
    const qreal width = m_canvas.areas().lanes.width();
    if (x >= 0 && x <= width * 0.9) {
        return;
    }
    m_byProgram = true;
    m_area.horizontalScrollBar()->setValue(int(x + m_canvas.scrollOffset().x() - width * 0.15));
    m_byProgram = false;
}

void TimelineScroll::scrollAtEdges(const QPoint &point)
{
    m_edgePoint = point;
    const QFontMetricsF metrics(m_area.font());
    const int edge = scaledInt(metrics, 24);
    const QRect inner = m_canvas.areas().lanes.adjusted(edge, edge, -edge, -edge);
    if (inner.contains(point)) {
        m_edgeTimer.stop();
    } else if (!m_edgeTimer.isActive()) {
        m_edgeTimer.start(EdgeInterval, this);
    }
}

void TimelineScroll::updateBars()
{
    QScrollBar *horizontal = m_area.horizontalScrollBar();
    horizontal->setPageStep(m_canvas.areas().lanes.width());
    horizontal->setSingleStep(std::max(1, m_canvas.areas().lanes.width() / 20));
    // What is dragged may go behind the end; where all is in sight there is nothing to scroll.
    const int behind = m_cursor.editable && (!m_fits || m_canvas.isOverlaid())
                           ? m_canvas.areas().lanes.width() / 2
                           : 0;
    horizontal->setRange(0, std::max(0, int(m_canvas.layout().contentWidth()) + behind -
                                            m_canvas.areas().lanes.width()));
    QScrollBar *vertical = m_area.verticalScrollBar();
    vertical->setPageStep(m_canvas.areas().lanes.height());
    vertical->setSingleStep(
        int(m_canvas.layout().measures().blockHeight + m_canvas.layout().measures().rowGap));
    vertical->setRange(
        0, std::max(0, int(m_canvas.layout().contentHeight()) - m_canvas.areas().lanes.height()));
}

void TimelineScroll::updateBarsQuietly()
{
    m_byProgram = true;
    updateBars();
    m_byProgram = false;
}

void TimelineScroll::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_edgeTimer.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    const int edge = scaledInt(QFontMetricsF(m_area.font()), 24);
    const QRect inner = m_canvas.areas().lanes.adjusted(edge, edge, -edge, -edge);
    const auto step = [](int at, int from, int to) {
        const int beyond = at < from ? at - from : at > to ? at - to : 0;
        return std::clamp(beyond / 2, -FastestEdgeStep, FastestEdgeStep);
    };
    const QPointF before = m_canvas.scrollOffset();
    scrollBy(step(m_edgePoint.x(), inner.left(), inner.right()),
             step(m_edgePoint.y(), inner.top(), inner.bottom()));
    if (before != m_canvas.scrollOffset()) {
        Q_EMIT scrolledAtEdge(m_edgePoint);
    }
}
