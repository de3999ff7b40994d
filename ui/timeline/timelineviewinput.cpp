// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "app/timeline/timelinefile.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/lanenameedit.h"
#include "ui/timeline/timelineaccessible.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QContextMenuEvent>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimerEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace {

constexpr double WheelZoomStep = 1.25;
/** Of scrolling while something is held at the edge. */
constexpr int EdgeInterval = 16;
constexpr int FastestEdgeStep = 40;

} // namespace

void TimelineView::cancelTool()
{
    if (!m_tool) {
        return;
    }
    const std::unique_ptr<TimelineTool> tool = std::move(m_tool);
    tool->cancel();
    viewport()->unsetCursor();
}

void TimelineView::showDrag(const DragPicture *drag, const QString &text)
{
    const bool wasShown = m_shownDrag;
    m_shownDrag = drag;
    m_cursor.guide = drag ? drag->at : -1;
    if (wasShown != bool(drag)) {
        m_backdrop = {};
        // Behind the end there is room while something is dragged.
        m_scrollingByProgram = true;
        updateScrollBars();
        m_scrollingByProgram = false;
    }
    if (wasShown || drag) {
        viewport()->update();
    }
    Q_EMIT hint(text);
}

void TimelineView::scrollAtEdges(const QPoint &point)
{
    m_lastPoint = point;
    const QFontMetricsF metrics(font());
    const int edge = scaledInt(metrics, 24);
    const QRect inner = m_areas.lanes.adjusted(edge, edge, -edge, -edge);
    if (inner.contains(point)) {
        m_edgeTimer.stop();
    } else if (!m_edgeTimer.isActive()) {
        m_edgeTimer.start(EdgeInterval, this);
    }
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_edgeTimer.timerId()) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    if (!m_tool && !m_visitor) {
        m_edgeTimer.stop();
        return;
    }
    const int edge = scaledInt(QFontMetricsF(font()), 24);
    const QRect inner = m_areas.lanes.adjusted(edge, edge, -edge, -edge);
    const auto step = [](int at, int from, int to) {
        const int beyond = at < from ? at - from : at > to ? at - to : 0;
        return std::clamp(beyond / 2, -FastestEdgeStep, FastestEdgeStep);
    };
    const QPointF before = scrollOffset();
    scrollByUser(step(m_lastPoint.x(), inner.left(), inner.right()),
                 step(m_lastPoint.y(), inner.top(), inner.bottom()));
    if (before == scrollOffset()) {
        return;
    }
    if (m_tool) {
        m_tool->moveTo(m_lastPoint, m_lastModifiers);
    } else {
        m_visitor->moveTo(m_lastPoint, m_lastModifiers);
        showDrag(&m_visitor->picture(), m_visitor->hint());
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const double steps = double(angle.y()) / 120.0;
        setPixelsPerMs(pixelsPerMs() * std::pow(WheelZoomStep, steps),
                       event->position().x() - m_areas.lanes.left());
        setFollowing(false);
        return;
    }
    const qreal line = m_layout.measures().blockHeight * 1.5;
    QPoint delta = pixels;
    if (pixels.isNull()) {
        delta = QPoint(int(std::lround(double(angle.x()) / 120.0 * line)),
                       int(std::lround(double(angle.y()) / 120.0 * line)));
    }
    // Alt turns the wheel on some platforms; Shift does everywhere.
    if (event->modifiers() & Qt::ShiftModifier && delta.x() == 0) {
        delta = QPoint(delta.y(), 0);
    }
    scrollByUser(-delta.x(), -delta.y());
}

bool TimelineView::event(QEvent *event)
{
    // While something is dragged Esc gives that up, whatever else it means to the window.
    if (event->type() == QEvent::ShortcutOverride && m_tool && m_tool->isDragging() &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (m_tool) {
        if (event->key() == Qt::Key_Escape && m_tool->isDragging()) {
            cancelTool();
        } else if (event->key() == Qt::Key_Control || event->key() == Qt::Key_Shift ||
                   event->key() == Qt::Key_Alt) {
            m_tool->moveTo(m_lastPoint, m_lastModifiers = event->modifiers());
        }
        return;
    }
    if (m_document && !isPlaying() && editKey(event)) {
        return;
    }
    if (m_jumps && jumpKey(event)) {
        return;
    }
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return;
    case Qt::Key_Minus:
        zoomOut();
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_Home:
        scrollByUser(-horizontalScrollBar()->maximum(), 0);
        return;
    case Qt::Key_End:
        scrollByUser(horizontalScrollBar()->maximum(), 0);
        return;
    case Qt::Key_Left:
        moveCurrent(-1);
        return;
    case Qt::Key_Right:
        moveCurrent(1);
        return;
    case Qt::Key_Up:
        scrollByUser(0, -verticalScrollBar()->singleStep());
        return;
    case Qt::Key_Down:
        scrollByUser(0, verticalScrollBar()->singleStep());
        return;
    case Qt::Key_PageUp:
        scrollByUser(-m_areas.lanes.width(), 0);
        return;
    case Qt::Key_PageDown:
        scrollByUser(m_areas.lanes.width(), 0);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor.current >= 0) {
            Q_EMIT activated(m_cursor.current);
        }
        return;
    case Qt::Key_Escape:
        if (m_selection) {
            m_selection->clearSelection();
        }
        selectMarker(-1);
        event->ignore(); // the window has its own use for it
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool TimelineView::jumpKey(QKeyEvent *event)
{
    if (event->modifiers() & (Qt::AltModifier | Qt::ControlModifier)) {
        return false;
    }
    const double step = event->modifiers() & Qt::ShiftModifier ? 1000.0 : double(gridStep());
    switch (event->key()) {
    case Qt::Key_Home:
        Q_EMIT jumpRequested(0);
        return true;
    case Qt::Key_End:
        Q_EMIT jumpRequested(double(m_scene.duration.count()));
        return true;
    case Qt::Key_Left:
        Q_EMIT jumpRequested(std::max(0.0, m_cursor.playhead - step));
        return true;
    case Qt::Key_Right:
        Q_EMIT jumpRequested(m_cursor.playhead + step);
        return true;
    default:
        return false;
    }
}

bool TimelineView::editKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    const bool fine = modifiers & Qt::ShiftModifier;
    const bool alt = modifiers & Qt::AltModifier;
    if (modifiers & Qt::ControlModifier) {
        return false;
    }
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (alt) {
            return false; // the incident before or after
        }
        movePlayhead(event->key() == Qt::Key_Left ? -1 : 1, fine);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int step = event->key() == Qt::Key_Up ? -1 : 1;
        if (alt) {
            moveSelectionToLane(step);
        } else {
            moveToLane(step);
        }
        return true;
    }
    case Qt::Key_Home:
    case Qt::Key_End:
        scrollByUser((event->key() == Qt::Key_Home ? -1 : 1) * horizontalScrollBar()->maximum(), 0);
        movePlayheadTo(event->key() == Qt::Key_Home ? 0 : double(m_scene.duration.count()));
        notifyTimelinePlayhead(this);
        return true;
    // With Shift the same keys are called otherwise, and on other keyboards otherwise again.
    case Qt::Key_Comma:
    case Qt::Key_Less:
    case Qt::Key_Semicolon:
        nudge(-1, fine);
        return true;
    case Qt::Key_Period:
    case Qt::Key_Greater:
    case Qt::Key_Colon:
        nudge(1, fine);
        return true;
    case Qt::Key_BracketLeft:
        goToMarker(-1);
        return true;
    case Qt::Key_BracketRight:
        goToMarker(1);
        return true;
    case Qt::Key_F2:
        renameLane(m_cursor.lane);
        return true;
    default:
        return false;
    }
}

void TimelineView::keyReleaseEvent(QKeyEvent *event)
{
    if (m_tool && (event->key() == Qt::Key_Control || event->key() == Qt::Key_Shift ||
                   event->key() == Qt::Key_Alt)) {
        m_tool->moveTo(m_lastPoint, m_lastModifiers = event->modifiers());
    } else {
        QAbstractScrollArea::keyReleaseEvent(event);
    }
}

void TimelineView::moveCurrent(int step)
{
    const auto &order = m_layout.byStart();
    if (order.empty()) {
        return;
    }
    setFollowing(false);
    const auto here = std::find(order.begin(), order.end(), m_cursor.current);
    if (here == order.end()) {
        setCurrentIndex(step > 0 ? order.front() : order.back());
        return;
    }
    const auto next =
        std::clamp<qsizetype>(here - order.begin() + step, 0, qsizetype(order.size()) - 1);
    setCurrentIndex(order[size_t(next)]);
}

void TimelineView::moveToLane(int step)
{
    if (m_layout.laneCount() == 0) {
        return;
    }
    const qint64 time =
        m_cursor.current >= 0 ? m_layout.item(m_cursor.current).start : qint64(m_cursor.playhead);
    const int lane = std::clamp(m_cursor.lane + step, 0, m_layout.laneCount() - 1);
    if (lane == m_cursor.lane) {
        return;
    }
    const auto &items = m_layout.laneItems(lane);
    if (!items.empty()) {
        const auto nearest = std::min_element(items.begin(), items.end(), [&](int a, int b) {
            return std::abs(m_layout.item(a).start - time) <
                   std::abs(m_layout.item(b).start - time);
        });
        setCurrentIndex(*nearest);
    } else if (m_selection) {
        m_selection->clear();
        setCurrentLane(lane);
        notifyTimelineFocus(this);
    }
    setCurrentLane(lane);
}

std::unique_ptr<TimelineTool> TimelineView::toolFor(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (m_areas.overview.contains(point)) {
        return makeOverviewTool(*this, point);
    }
    if (m_areas.ruler.contains(point) && m_jumps) {
        return makeJumpTool(*this, point, event->modifiers());
    }
    if (m_areas.ruler.contains(point) && m_document && !isPlaying()) {
        return makeScrubTool(*this, point, event->modifiers());
    }
    if (m_areas.strip.contains(point)) {
        const std::vector<StripMark> marks = stripMarks();
        for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
            if (!mark->rect.contains(point)) {
                continue;
            }
            if (!mark->isHold) {
                return makeMarkerTool(*this, mark->index, point);
            }
            setCurrentIndex(mark->index);
            return nullptr;
        }
        selectMarker(-1);
        return nullptr;
    }
    if (m_areas.headers.contains(point)) {
        const int lane = m_layout.laneAt(toContent(point).y());
        if (lane >= 0 && m_cursor.editable) {
            return makeLaneTool(*this, lane, laneHeader(lane).partAt(point), point);
        }
        return nullptr;
    }
    if (!m_areas.lanes.contains(point) || !m_selection) {
        return nullptr;
    }
    selectMarker(-1);
    const int lane = m_layout.laneAt(toContent(point).y());
    if (lane >= 0) {
        setCurrentLane(lane);
    }
    const int index = itemAt(point);
    if (index >= 0) {
        return makeMoveTool(*this, index, point, event->modifiers());
    }
    for (const BlockGroup &group : m_painter.groups(m_areas.lanes, scrollOffset())) {
        if (!group.pill.contains(point)) {
            continue;
        }
        Rows rows = group.members;
        std::sort(rows.begin(), rows.end());
        selectRows(rows, rows.front());
        return nullptr;
    }
    return makeBandTool(*this, point, event->modifiers());
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    if (m_tool) { // another button gives up what the first one began
        cancelTool();
        return;
    }
    if (m_nameEdit) {
        setFocus();
    }
    m_pointing = true;
    if (event->button() == Qt::MiddleButton) {
        m_tool = makePanTool(*this, m_lastPoint);
    } else if (event->button() == Qt::LeftButton) {
        m_tool = toolFor(event);
    }
    m_pointing = false;
    updateCursor(m_lastPoint, m_lastModifiers);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    if (m_tool) {
        m_tool->moveTo(m_lastPoint, m_lastModifiers);
        return;
    }
    setHovered(itemAt(m_lastPoint));
    const int lane =
        m_areas.headers.contains(m_lastPoint) ? m_layout.laneAt(toContent(m_lastPoint).y()) : -1;
    setHoveredHeader(lane, lane >= 0 ? laneHeader(lane).partAt(m_lastPoint) : HeaderPart::None);
    updateCursor(m_lastPoint, m_lastModifiers);
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
    // What the tool does may replace all that it knew.
    const std::unique_ptr<TimelineTool> tool = std::move(m_tool);
    if (tool) {
        m_pointing = true;
        tool->release(m_lastPoint, m_lastModifiers);
        m_pointing = false;
        m_edgeTimer.stop();
    }
    updateCursor(m_lastPoint, m_lastModifiers);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (event->button() != Qt::LeftButton) {
        mousePressEvent(event);
        return;
    }
    const int index = itemAt(point);
    if (index >= 0) {
        Q_EMIT activated(index);
        return;
    }
    if (m_areas.strip.contains(point) && canEdit()) {
        const std::vector<StripMark> marks = stripMarks();
        const bool taken = std::any_of(marks.begin(), marks.end(), [&](const StripMark &mark) {
            return mark.rect.contains(point);
        });
        if (!taken) {
            const qint64 fine = TimelineSnap::fineStep(pixelsPerMs());
            qint64 at = std::llround(double(timeAt(point.x())) / double(fine)) * fine;
            if (m_snapping) {
                const TimelineSnap snap = makeSnap(*this, snapTargets(*this));
                at += snap.snap({at}, at, 0, snapTolerance(*this)).delta;
            }
            addMarkerAt(std::chrono::milliseconds(at));
            return;
        }
    }
    if (m_areas.headers.contains(point) && m_cursor.editable) {
        const int lane = m_layout.laneAt(toContent(point).y());
        if (lane >= 0 && laneHeader(lane).partAt(point) == HeaderPart::Name) {
            renameLane(lane);
            return;
        }
    }
    mousePressEvent(event);
}

void TimelineView::updateCursor(const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    if (m_tool) {
        return;
    }
    if (m_cursor.editable) {
        const int index = itemAt(point);
        if (index >= 0) {
            const bool locked = m_scene.lanes[size_t(m_scene.blocks[size_t(index)].lane)].locked;
            viewport()->setCursor(locked                            ? Qt::ArrowCursor
                                  : modifiers & Qt::ControlModifier ? Qt::PointingHandCursor
                                                                    : Qt::OpenHandCursor);
            return;
        }
        if (m_areas.strip.contains(point)) {
            for (const StripMark &mark : stripMarks()) {
                if (mark.rect.contains(point)) {
                    viewport()->setCursor(mark.isHold ? Qt::PointingHandCursor
                                                      : Qt::OpenHandCursor);
                    return;
                }
            }
        }
        if (m_areas.ruler.contains(point) && (m_jumps || !isPlaying())) {
            viewport()->setCursor(Qt::SizeHorCursor);
            return;
        }
    }
    if (m_areas.overview.contains(point)) {
        const QFontMetricsF metrics(font());
        const qreal left = m_overview.xOf(m_areas.overview, double(timeAt(m_areas.lanes.left())));
        const qreal right = m_overview.xOf(
            m_areas.overview, double(timeAt(m_areas.lanes.left() + m_areas.lanes.width())));
        const qreal near = scaled(metrics, 5);
        const bool atEdge =
            std::abs(point.x() - std::max<qreal>(left, m_areas.overview.left())) <= near ||
            std::abs(point.x() - std::min<qreal>(right, m_areas.overview.right())) <= near;
        viewport()->setCursor(atEdge ? Qt::SizeHorCursor : Qt::OpenHandCursor);
        return;
    }
    viewport()->unsetCursor();
}

void TimelineView::setHovered(int index)
{
    if (index == m_cursor.hovered) {
        return;
    }
    const int before = m_cursor.hovered;
    m_cursor.hovered = index;
    for (const int changed : {before, index}) {
        if (changed >= 0) {
            updateBlock(changed);
        }
    }
}

void TimelineView::setHoveredHeader(int lane, HeaderPart part)
{
    if (lane == m_cursor.hoveredLane && part == m_cursor.hoveredPart) {
        return;
    }
    m_cursor.hoveredLane = lane;
    m_cursor.hoveredPart = part;
    viewport()->update(m_areas.headers);
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint point = event->pos();
    QPoint global = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (m_cursor.current >= 0 && m_cursor.isSelected(m_cursor.current)) {
            point = blockRect(m_cursor.current).center();
        } else if (m_cursor.lane >= 0) {
            point = laneHeader(m_cursor.lane).name.center().toPoint();
        } else {
            point = m_areas.lanes.center();
        }
        global = viewport()->mapToGlobal(point);
    }
    cancelTool();
    if (m_areas.headers.contains(point)) {
        showLaneMenu(m_layout.laneAt(toContent(point).y()), global);
        return;
    }
    const int row = event->reason() == QContextMenuEvent::Keyboard && m_cursor.current >= 0 &&
                            m_cursor.isSelected(m_cursor.current)
                        ? m_cursor.current
                        : itemAt(point);
    if (row >= 0 && !m_cursor.isSelected(row)) {
        setCurrentIndex(row);
    }
    const int lane = m_layout.laneAt(toContent(point).y());
    Q_EMIT contextMenuRequested(global, row, std::max<qint64>(0, timeAt(point.x())),
                                lane >= 0 ? m_scene.lanes[size_t(lane)].service : QString());
}
