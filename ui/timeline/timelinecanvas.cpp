// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinecanvas.h"

#include "app/base/timetext.h"
#include "ui/look/text.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

TimelineCanvas::TimelineCanvas(QAbstractScrollArea &area, const TimelineScene &scene,
                               const TimelineCursor &cursor)
    : m_area(area)
    , m_scene(scene)
    , m_cursor(cursor)
    , m_framePainter(m_scene, m_layout, m_look)
    , m_lanesPainter(m_scene, m_layout, m_look)
    , m_dragPainter(m_scene, m_layout, m_look, m_framePainter, m_lanesPainter)
    , m_overview(m_scene)
{}

void TimelineCanvas::takeScene()
{
    layOut(m_scene, m_layout);
    m_overview.invalidate();
}

void TimelineCanvas::setCompact(bool compact)
{
    m_look.setCompact(compact);
    updateLook();
}

void TimelineCanvas::setFolded(bool folded)
{
    m_isFolded = folded;
    updateLook();
}

QWidget &TimelineCanvas::pane() const
{
    return *m_area.viewport();
}

void TimelineCanvas::updateLook()
{
    const QFontMetricsF metrics(m_area.font());
    TimelineMeasures measures = TimelineLook::measuresFor(m_area.font(), isCompact());
    measures.addLaneHeight = m_cursor.editable ? scaledInt(metrics, isCompact() ? 62 : 88) : 0;
    measures.isOneRow = m_isFolded;
    m_look.set(m_area.font(), m_area.palette(), m_area.devicePixelRatioF());
    m_layout.setMeasures(measures);
    m_backdrop = {};
}

void TimelineCanvas::placeAreas()
{
    const QFontMetricsF metrics(m_area.font());
    const QSize size = m_area.viewport()->size();
    const int header = int(m_framePainter.headerWidth(m_cursor.editable));
    const int ruler = int(m_look.rulerHeight());
    const int strip = m_isFolded ? 0 : int(m_look.stripHeight());
    const int overview = scaledInt(metrics, 46);
    const int gap = scaledInt(metrics, 6);
    const int width = std::max(0, size.width() - header);
    const int lanesTop = ruler + strip;
    const int below = m_showsOverview ? overview + 2 * gap : 0;
    const int overviewTop = std::max(lanesTop, size.height() - below);

    m_areas.corner = {0, 0, header, ruler};
    m_areas.cornerStrip = {0, ruler, header, strip};
    m_areas.ruler = {header, 0, width, ruler};
    m_areas.strip = {header, ruler, width, strip};
    m_areas.headers = {0, lanesTop, header, overviewTop - lanesTop};
    m_areas.lanes = {header, lanesTop, width, overviewTop - lanesTop};
    m_areas.overviewHeader = {0, overviewTop, header, size.height() - overviewTop};
    m_areas.overview = m_showsOverview ? QRect(header + gap, overviewTop + gap,
                                               std::max(0, width - 2 * gap), overview)
                                       : QRect();
}

int TimelineCanvas::fullHeight() const
{
    const int frames = m_area.height() - m_area.viewport()->height();
    return frames + m_areas.lanes.top() + int(std::ceil(m_layout.contentHeight()));
}

QPointF TimelineCanvas::scrollOffset() const
{
    return {qreal(m_area.horizontalScrollBar()->value()),
            qreal(m_area.verticalScrollBar()->value())};
}

QPointF TimelineCanvas::toContent(const QPoint &point) const
{
    return QPointF(point - m_areas.lanes.topLeft()) + scrollOffset();
}

std::pair<TimelinePosition, TimelinePosition> TimelineCanvas::shownTimes() const
{
    const auto at = [this](int x) {
        return TimelinePosition(std::chrono::milliseconds(timeAt(x)));
    };
    return {at(m_areas.lanes.left()), at(m_areas.lanes.left() + m_areas.lanes.width())};
}

qint64 TimelineCanvas::timeAt(int x) const
{
    return m_layout.timeAt(x - m_areas.lanes.left() + scrollOffset().x());
}

int TimelineCanvas::itemAt(const QPoint &point) const
{
    if (!m_areas.lanes.contains(point)) {
        return -1;
    }
    return m_layout.itemAt(QPointF(point - m_areas.lanes.topLeft()) + scrollOffset());
}

int TimelineCanvas::headerAt(const QPoint &point) const
{
    return m_areas.headers.contains(point) ? laneAt(point) : -1;
}

QRect TimelineCanvas::blockRect(int index) const
{
    return m_layout.blockRect(index)
        .translated(QPointF(m_areas.lanes.topLeft()) - scrollOffset())
        .toAlignedRect();
}

LaneHeader TimelineCanvas::laneHeader(int lane) const
{
    return m_framePainter.headerOf(lane, m_areas.headers, scrollOffset().y(), m_cursor);
}

std::vector<StripMark> TimelineCanvas::stripMarks() const
{
    return m_framePainter.stripMarks(m_areas.strip, scrollOffset().x());
}

std::vector<int> TimelineCanvas::groupAt(const QPoint &point) const
{
    for (const BlockGroup &group : m_lanesPainter.groups(m_areas.lanes, scrollOffset())) {
        if (group.pill.contains(point)) {
            std::vector<int> members = group.members;
            std::sort(members.begin(), members.end());
            return members;
        }
    }
    return {};
}

QRegion TimelineCanvas::playheadRegion() const
{
    const QRectF ruler = m_areas.ruler;
    const QRectF handle = m_framePainter.handleRect(ruler, scrollOffset().x(), m_cursor.playhead);
    const int x = int(std::floor(handle.center().x()));
    const QRect stripe(x - 3, m_areas.lanes.top(), 7, m_areas.lanes.height());
    // With the numbers of the ruler that give way to the handle, and come back behind it.
    const int number = int(std::ceil(handle.width()));
    QRegion region =
        QRegion(handle.toAlignedRect().adjusted(-number, -3, number, m_areas.ruler.height()))
            .intersected(m_areas.ruler);
    region |= QRegion(stripe).intersected(m_areas.lanes);
    const int mark = int(m_overview.xOf(m_areas.overview, m_cursor.playhead));
    region |= QRegion(QRect(mark - 3, m_areas.overview.top(), 6, m_areas.overview.height()))
                  .intersected(m_areas.overview);
    return region;
}

void TimelineCanvas::updateAll()
{
    m_area.viewport()->update();
}

void TimelineCanvas::updateLanes()
{
    m_backdrop = {};
    m_area.viewport()->update(m_areas.lanes);
}

void TimelineCanvas::updateHeaders()
{
    m_area.viewport()->update(m_areas.headers);
}

void TimelineCanvas::updateStrip()
{
    m_area.viewport()->update(m_areas.strip);
}

void TimelineCanvas::updateBlock(int index)
{
    m_backdrop = {};
    m_area.viewport()->update(blockRect(index).adjusted(-3, -3, 3, 3).intersected(m_areas.lanes));
}

void TimelineCanvas::updateTitle(int index)
{
    constexpr int Frame = 4; // of what is selected or has the focus
    m_backdrop = {};
    m_area.viewport()->update(blockRect(index).adjusted(-Frame, -Frame, Frame, Frame));
}

void TimelineCanvas::updatePlayhead(const QRegion &before)
{
    m_backdrop = {};
    m_area.viewport()->update(before | playheadRegion());
}

void TimelineCanvas::showDrag(const DragPicture *drag)
{
    const bool wasShown = m_drag;
    m_drag = drag;
    if (wasShown != bool(drag)) {
        m_backdrop = {};
    }
    if (wasShown || drag) {
        updateAll();
    }
}

void TimelineCanvas::paint(QPainter *painter, const QRegion &dirty)
{
    const QPointF scroll = scrollOffset();
    m_look.set(m_area.font(), m_area.palette(), painter->device()->devicePixelRatioF());
    for (const QRect &rect : dirty) {
        if (rect.intersects(m_areas.ruler)) {
            m_framePainter.paintRuler(painter, m_areas.ruler, QRectF(rect), scroll.x(), m_cursor);
        }
    }
    if (m_drag && dirty.intersects(m_areas.ruler)) {
        m_dragPainter.paintDragTime(painter, m_areas.ruler, scroll.x(), *m_drag);
    }
    if (dirty.intersects(m_areas.lanes)) {
        paintLanes(painter, dirty);
    }
    if (dirty.intersects(m_areas.strip)) {
        m_framePainter.paintStrip(painter, m_areas.strip, scroll.x(), m_cursor);
    }
    if (dirty.intersects(m_areas.headers)) {
        m_framePainter.paintHeaders(painter, m_areas.headers, scroll.y(), m_cursor);
    }
    if (dirty.intersects(m_areas.corner | m_areas.cornerStrip)) {
        m_framePainter.paintCorner(painter, m_areas.corner, m_areas.cornerStrip);
    }
    if (dirty.intersects(QRect(0, m_areas.overviewHeader.top(), m_area.viewport()->width(),
                               m_areas.overviewHeader.height()))) {
        paintOverview(painter);
    }
    if (m_cursor.laneTarget >= 0) {
        m_framePainter.paintLaneTarget(painter, m_areas.headers | m_areas.lanes, scroll.y(),
                                       m_cursor);
    }
    if (m_scene.blocks.empty() && dirty.intersects(m_areas.lanes)) {
        paintEmpty(painter);
    }
    if (m_drag) {
        m_dragPainter.paintDragTip(painter, m_areas.ruler | m_areas.lanes, *m_drag);
    }
}

void TimelineCanvas::paintLanes(QPainter *painter, const QRegion &dirty)
{
    const QPointF scroll = scrollOffset();
    const QRect &lanes = m_areas.lanes;
    if (!isOverlaid()) {
        for (const QRect &rect : dirty) {
            if (rect.intersects(lanes)) {
                m_lanesPainter.paintLanes(painter, lanes, QRectF(rect), scroll, m_cursor);
            }
        }
        return;
    }
    // While something is dragged only that changes: the lanes below it are painted once.
    const qreal dpr = painter->device()->devicePixelRatioF();
    if (m_drag && (m_backdrop.isNull() || m_backdropScroll != scroll ||
                   m_backdrop.deviceIndependentSize().toSize() != lanes.size())) {
        m_backdrop = QPixmap(lanes.size() * dpr);
        m_backdrop.setDevicePixelRatio(dpr);
        m_backdropScroll = scroll;
        QPainter below(&m_backdrop);
        below.translate(-lanes.topLeft());
        m_lanesPainter.paintLanes(&below, lanes, lanes, scroll, m_cursor);
    }
    if (m_drag) {
        painter->drawPixmap(lanes.topLeft(), m_backdrop);
        m_dragPainter.paintDrag(painter, lanes, scroll, m_cursor, *m_drag);
    } else {
        m_lanesPainter.paintLanes(painter, lanes, lanes, scroll, m_cursor);
        m_dragPainter.paintBand(painter, lanes, scroll, m_cursor.band);
    }
}

void TimelineCanvas::paintOverview(QPainter *painter)
{
    const Theme &theme = m_look.theme();
    const QFontMetricsF metrics(m_area.font());
    const QRect band(0, m_areas.overviewHeader.top(), m_area.viewport()->width(),
                     m_areas.overviewHeader.height());
    painter->fillRect(band, theme.window);
    painter->fillRect(QRect(band.left(), band.top(), band.width(), 1), theme.separator);

    QFont heading = m_area.font();
    heading.setWeight(QFont::DemiBold);
    const int left = scaledInt(metrics, 12);
    const int line = int(std::ceil(metrics.height()));
    const int top = band.center().y() - line;
    painter->setFont(heading);
    painter->setPen(theme.text);
    painter->drawText(QRect(left, top, m_areas.overviewHeader.width() - left, line),
                      Qt::AlignLeft | Qt::AlignVCenter, tr("Overview"));
    QFont small = m_area.font();
    small.setPointSizeF(m_area.font().pointSizeF() * 0.84);
    painter->setFont(small);
    painter->setPen(theme.secondary);
    painter->drawText(QRect(left, top + line, m_areas.overviewHeader.width() - left, line),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      tr("0:00 to %1").arg(timeText(m_scene.duration)));

    const auto [begin, end] = shownTimes();
    m_overview.paint(painter, m_areas.overview, theme, m_area.devicePixelRatioF(), begin, end,
                     m_cursor.playhead);
}

void TimelineCanvas::paintEmpty(QPainter *painter) const
{
    painter->setFont(m_area.font());
    painter->setPen(m_look.theme().secondary);
    painter->drawText(m_areas.lanes, Qt::AlignCenter | Qt::TextWordWrap,
                      tr("No incidents yet.\nOpen a timeline with Ctrl+O, choose a shipped one in "
                         "the File menu,\nor drop a timeline file here."));
}
