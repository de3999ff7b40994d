// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "ui/document/timelinedocument.h"
#include "ui/look/focusring.h"
#include "ui/look/text.h"
#include "ui/timeline/lanenameedit.h"
#include "ui/timeline/timelineaccessible.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QEvent>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace {

constexpr double ZoomStep = 1.25;
/** A timeline with more incidents starts in compact rows. */
constexpr size_t CompactFrom = 60;

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_painter(m_scene, m_layout)
    , m_overview(m_scene)
{
    installTimelineAccessibility();
    setObjectName(QStringLiteral("timelineView"));
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    FocusRing::own(this);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setMouseTracking(true);
    setAcceptDrops(true);
    // Every pixel is painted, so that scrolling may move what is there.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    for (QScrollBar *bar : {horizontalScrollBar(), verticalScrollBar()}) {
        connect(bar, &QScrollBar::actionTriggered, this, [this] { setFollowing(false); });
    }
    updateLook();
}

TimelineView::~TimelineView() = default;

void TimelineView::setDocument(TimelineDocument *document)
{
    m_document = document;
    m_cursor.editable = canEdit();
    if (document) {
        connect(document, &TimelineDocument::lockedChanged, this, [this](bool locked) {
            if (locked) {
                cancelTool();
            }
            m_cursor.editable = canEdit();
            updateLook();
            placeAreas();
            updateScrollBars();
            viewport()->update();
        });
    }
    updateLook();
    placeAreas();
    updateScrollBars();
    viewport()->update();
}

bool TimelineView::canEdit() const
{
    return m_document && m_scenarios && !m_document->isLocked();
}

bool TimelineView::isPlaying() const
{
    return m_document ? m_document->isLocked() : m_cursor.live;
}

void TimelineView::setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    setScene(buildScene(timeline, scenarios));
}

void TimelineView::takeScene(TimelineScene scene)
{
    cancelTool(); // which counts by the old rows
    if (m_visitor) {
        m_visitor.reset();
        showDrag(nullptr, {});
    }
    const QString lane = currentLaneService();
    const int lanes = int(m_scene.lanes.size());
    m_scene = std::move(scene);
    ++m_sceneRevision;
    m_cursor.hovered = -1;
    layOut(m_scene, m_layout);
    // The same lane, or the one that now stands in its place after it was renamed.
    const int same = laneOf(lane);
    if (same >= 0 || lanes != int(m_scene.lanes.size())) {
        m_cursor.lane = same;
    }
    m_cursor.hoveredLane = -1;
    if (m_cursor.marker >= int(m_scene.markers.size())) {
        m_cursor.marker = -1;
    }
    m_overview.invalidate();
    notifyTimelineScene(this);
}

void TimelineView::setScene(TimelineScene scene)
{
    takeScene(std::move(scene));
    m_cursor.current = -1;
    m_cursor.marker = -1;
    m_cursor.lane = m_scene.lanes.empty() ? -1 : 0;
    m_rangeAnchor = -1;
    m_cursor.selected.clear();
    m_cursor.playhead = 0;
    m_fits = true;
    m_compact = m_scene.blocks.size() > CompactFrom;
    updateLook();
    placeAreas();
    fit();
    horizontalScrollBar()->setValue(0);
    verticalScrollBar()->setValue(0);
    viewport()->update();
}

void TimelineView::updateScene(TimelineScene scene)
{
    takeScene(std::move(scene));
    if (m_selection) {
        readSelection();
        readCurrent();
    }
    notifyTimelineFocus(this);
    placeAreas();
    m_scrollingByProgram = true;
    updateScrollBars();
    m_scrollingByProgram = false;
    if (m_fits) {
        fit();
    }
    updateLanes();
    viewport()->update();
}

void TimelineView::updateTitles(const TimelineScene &scene, const std::vector<int> &rows)
{
    m_backdrop = {};
    for (const int row : rows) {
        if (size_t(row) >= m_scene.blocks.size()) {
            continue;
        }
        SceneBlock &block = m_scene.blocks[size_t(row)];
        block.title = scene.blocks[size_t(row)].title;
        block.pin = scene.blocks[size_t(row)].pin;
        constexpr int Frame = 4; // of what is selected or has the focus
        viewport()->update(blockRect(row).adjusted(-Frame, -Frame, Frame, Frame));
    }
}

void TimelineView::updateLanes()
{
    m_backdrop = {};
    viewport()->update(m_areas.lanes);
}

void TimelineView::setPlayhead(double milliseconds)
{
    if (milliseconds == m_cursor.playhead) {
        return;
    }
    m_backdrop = {};
    const QRegion before = playheadRegion();
    m_cursor.playhead = milliseconds;
    viewport()->update(before | playheadRegion());
    if (m_following) {
        followPlayhead();
    }
}

QRegion TimelineView::playheadRegion() const
{
    const QRectF ruler = m_areas.ruler;
    const QRectF handle = m_painter.handleRect(ruler, scrollOffset().x(), m_cursor.playhead);
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

void TimelineView::setState(int index, IncidentState state)
{
    if (index < 0 || size_t(index) >= m_scene.blocks.size() ||
        m_scene.blocks[size_t(index)].state == state) {
        return;
    }
    m_scene.blocks[size_t(index)].state = state;
    updateBlock(index);
    notifyTimelineState(this, index);
}

void TimelineView::setPast(std::vector<PastSend> past, const QString &name)
{
    m_cursor.past = std::move(past);
    m_pastName = name;
    viewport()->update();
}

void TimelineView::setLive(bool live)
{
    if (live == m_cursor.live) {
        return;
    }
    cancelTool();
    m_cursor.live = live;
    updateLook();
    updateScrollBars();
    updateLanes();
    viewport()->update();
}

void TimelineView::setFollowing(bool following)
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

void TimelineView::followPlayhead()
{
    const qreal x =
        m_layout.xOf(0) + m_cursor.playhead * m_layout.pixelsPerMs() - scrollOffset().x();
    const qreal width = m_areas.lanes.width();
    if (x >= 0 && x <= width * 0.9) {
        return;
    }
    m_scrollingByProgram = true;
    horizontalScrollBar()->setValue(int(x + scrollOffset().x() - width * 0.15));
    m_scrollingByProgram = false;
}

void TimelineView::setCompact(bool compact)
{
    if (compact == m_compact) {
        return;
    }
    m_compact = compact;
    updateLook();
    updateScrollBars();
    updateLanes();
    viewport()->update();
}

void TimelineView::setFolded(bool folded)
{
    if (folded == m_isFolded) {
        return;
    }
    m_isFolded = folded;
    updateLook();
    placeAreas();
    updateScrollBars();
    updateLanes();
    viewport()->update();
}

void TimelineView::setOverviewShown(bool shown)
{
    m_showsOverview = shown;
    placeAreas();
    updateScrollBars();
    viewport()->update();
}

int TimelineView::fullHeight() const
{
    const int frames = height() - viewport()->height();
    return frames + m_areas.lanes.top() + int(std::ceil(m_layout.contentHeight()));
}

void TimelineView::setSnapping(bool snapping)
{
    if (snapping == m_snapping) {
        return;
    }
    m_snapping = snapping;
    Q_EMIT snappingChanged(snapping);
}

void TimelineView::updateLook()
{
    const QFontMetricsF metrics(font());
    TimelineMeasures measures = TimelinePainter::measuresFor(font(), m_compact);
    measures.addLaneHeight = m_cursor.editable ? scaledInt(metrics, m_compact ? 62 : 88) : 0;
    measures.isOneRow = m_isFolded;
    m_painter.setLook(font(), palette(), devicePixelRatioF());
    m_painter.setCompact(m_compact);
    m_layout.setMeasures(measures);
    m_backdrop = {};
}

void TimelineView::placeAreas()
{
    const QFontMetricsF metrics(font());
    const QSize size = viewport()->size();
    const int header = int(m_painter.headerWidth(m_cursor.editable));
    const int ruler = int(m_painter.rulerHeight());
    const int strip = m_isFolded ? 0 : int(m_painter.stripHeight());
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

void TimelineView::updateScrollBars()
{
    QScrollBar *horizontal = horizontalScrollBar();
    horizontal->setPageStep(m_areas.lanes.width());
    horizontal->setSingleStep(std::max(1, m_areas.lanes.width() / 20));
    // What is dragged may go behind the end; where all is in sight there is nothing to scroll.
    const int behind =
        m_cursor.editable && (!m_fits || isOverlaid()) ? m_areas.lanes.width() / 2 : 0;
    horizontal->setRange(
        0, std::max(0, int(m_layout.contentWidth()) + behind - m_areas.lanes.width()));
    QScrollBar *vertical = verticalScrollBar();
    vertical->setPageStep(m_areas.lanes.height());
    vertical->setSingleStep(int(m_layout.measures().blockHeight + m_layout.measures().rowGap));
    vertical->setRange(0, std::max(0, int(m_layout.contentHeight()) - m_areas.lanes.height()));
}

QPointF TimelineView::scrollOffset() const
{
    return {qreal(horizontalScrollBar()->value()), qreal(verticalScrollBar()->value())};
}

QPointF TimelineView::toContent(const QPoint &point) const
{
    return QPointF(point - m_areas.lanes.topLeft()) + scrollOffset();
}

qint64 TimelineView::timeAt(int x) const
{
    return m_layout.timeAt(x - m_areas.lanes.left() + scrollOffset().x());
}

void TimelineView::setPixelsPerMs(double pixelsPerMs, qreal anchorX)
{
    const double anchorTime =
        (anchorX + scrollOffset().x() - m_layout.measures().margin) / m_layout.pixelsPerMs();
    m_layout.setPixelsPerMs(pixelsPerMs);
    m_fits = false;
    m_scrollingByProgram = true;
    updateScrollBars();
    horizontalScrollBar()->setValue(int(
        std::lround(m_layout.measures().margin + anchorTime * m_layout.pixelsPerMs() - anchorX)));
    m_scrollingByProgram = false;
    updateLanes();
    viewport()->update();
    Q_EMIT zoomChanged(m_layout.pixelsPerMs());
}

void TimelineView::zoomIn()
{
    setPixelsPerMs(pixelsPerMs() * ZoomStep, m_areas.lanes.width() / 2.0);
}

void TimelineView::zoomOut()
{
    setPixelsPerMs(pixelsPerMs() / ZoomStep, m_areas.lanes.width() / 2.0);
}

void TimelineView::fit()
{
    setPixelsPerMs(m_layout.fitting(m_areas.lanes.width()), 0);
    m_fits = true;
    updateScrollBars();
}

void TimelineView::showTimes(qint64 from, qint64 to)
{
    const double margin = m_layout.measures().margin;
    const double room = std::max(1.0, m_areas.lanes.width() - 2 * margin);
    setPixelsPerMs(room / double(std::max<qint64>(1, to - from)), 0);
    m_scrollingByProgram = true;
    horizontalScrollBar()->setValue(int(std::lround(m_layout.xOf(from) - margin)));
    m_scrollingByProgram = false;
    viewport()->update();
}

void TimelineView::ensureVisible(int index)
{
    const QRectF block = m_layout.blockRect(index);
    const QPointF offset = scrollOffset();
    const qreal margin = m_layout.measures().lanePadding;
    m_scrollingByProgram = true;
    if (block.left() - margin < offset.x()) {
        horizontalScrollBar()->setValue(int(block.left() - margin));
    } else if (block.right() + margin > offset.x() + m_areas.lanes.width()) {
        horizontalScrollBar()->setValue(
            int(std::min(block.left() - margin, block.right() + margin - m_areas.lanes.width())));
    }
    if (block.top() - margin < offset.y()) {
        verticalScrollBar()->setValue(int(block.top() - margin));
    } else if (block.bottom() + margin > offset.y() + m_areas.lanes.height()) {
        verticalScrollBar()->setValue(int(block.bottom() + margin - m_areas.lanes.height()));
    }
    m_scrollingByProgram = false;
}

QRect TimelineView::blockRect(int index) const
{
    return m_layout.blockRect(index)
        .translated(QPointF(m_areas.lanes.topLeft()) - scrollOffset())
        .toAlignedRect();
}

LaneHeader TimelineView::laneHeader(int lane) const
{
    return m_painter.headerOf(lane, m_areas.headers, scrollOffset().y(), m_cursor);
}

std::vector<StripMark> TimelineView::stripMarks() const
{
    return m_painter.stripMarks(m_areas.strip, scrollOffset().x());
}

int TimelineView::itemAt(const QPoint &point) const
{
    if (!m_areas.lanes.contains(point)) {
        return -1;
    }
    return m_layout.itemAt(QPointF(point - m_areas.lanes.topLeft()) + scrollOffset());
}

void TimelineView::updateBlock(int index)
{
    m_backdrop = {};
    viewport()->update(blockRect(index).adjusted(-3, -3, 3, 3).intersected(m_areas.lanes));
}

int TimelineView::laneOf(const QString &service) const
{
    const auto found = std::find_if(m_scene.lanes.begin(), m_scene.lanes.end(),
                                    [&](const SceneLane &lane) { return lane.service == service; });
    return found == m_scene.lanes.end() ? -1 : int(found - m_scene.lanes.begin());
}

QStringList TimelineView::services() const
{
    QStringList names;
    for (const SceneLane &lane : m_scene.lanes) {
        names << lane.service;
    }
    return names;
}

QString TimelineView::currentLaneService() const
{
    const int lane = m_cursor.lane;
    return lane >= 0 && lane < int(m_scene.lanes.size()) ? m_scene.lanes[size_t(lane)].service
                                                         : QString();
}

QString TimelineView::freeServiceName() const
{
    for (int number = 1;; ++number) {
        const QString name = QStringLiteral("service-%1").arg(number);
        if (laneOf(name) < 0) {
            return name;
        }
    }
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const bool fits = m_fits;
    placeAreas();
    updateScrollBars();
    if (fits) {
        fit();
    }
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange) {
        updateLook();
        placeAreas();
        updateScrollBars();
        updateLanes();
        viewport()->update();
    }
}

void TimelineView::scrollContentsBy(int dx, int dy)
{
    // At whole pixel ratios what is on the screen can be moved; else its edges would blur.
    const qreal dpr = devicePixelRatioF();
    if (m_scrollingByProgram || isOverlaid() || m_nameEdit || dpr != std::floor(dpr) ||
        (dx != 0 && dy != 0)) {
        viewport()->update();
        return;
    }
    if (dx != 0) {
        viewport()->scroll(dx, 0, m_areas.ruler | m_areas.lanes);
        viewport()->update(m_areas.strip);
        viewport()->update(m_areas.overview);
    } else if (dy != 0) {
        viewport()->scroll(0, dy, m_areas.headers | m_areas.lanes);
    }
    if (m_scene.blocks.empty()) {
        viewport()->update();
    }
}

void TimelineView::scrollByUser(int dx, int dy)
{
    if (dx != 0) {
        setFollowing(false);
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + dx);
    }
    if (dy != 0) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + dy);
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    // Behind what Qt tells of the widget itself, which a reader would stay with.
    QMetaObject::invokeMethod(
        this, [this] { notifyTimelineFocus(this); }, Qt::QueuedConnection);
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}
