// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepointer.h"

#include "app/timeline/timelinefile.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace {

bool isModifier(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Control || event.key() == Qt::Key_Shift ||
           event.key() == Qt::Key_Alt;
}

} // namespace

TimelinePointer::TimelinePointer(TimelineController &controller)
    : m_controller(controller)
{
    QWidget &pane = controller.canvas().pane();
    pane.setMouseTracking(true);
    pane.installEventFilter(this);
    connect(&controller.scroll(), &TimelineScroll::scrolledAtEdge, this, [this] {
        if (m_tool) {
            m_tool->moveTo(m_lastPoint, m_lastModifiers);
        }
    });
    connect(&controller, &TimelineController::interrupted, this, &TimelinePointer::cancel);
}

TimelinePointer::~TimelinePointer() = default;

bool TimelinePointer::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_controller.canvas().pane().isEnabled()) {
        return QObject::eventFilter(watched, event); // the view itself takes none then
    }
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseMove:
        move(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonRelease:
        release(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonDblClick:
        doubleClick(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::Leave:
        m_controller.setHovered(-1);
        m_controller.setHoveredHeader(-1, HeaderPart::None);
        return false;
    default:
        return QObject::eventFilter(watched, event);
    }
}

bool TimelinePointer::isDragging() const
{
    return m_tool && m_tool->isDragging();
}

void TimelinePointer::cancel()
{
    if (!m_tool) {
        return;
    }
    const std::unique_ptr<TimelineTool> tool = std::move(m_tool);
    tool->cancel();
    m_controller.canvas().pane().unsetCursor();
}

void TimelinePointer::letGo()
{
    m_tool.reset();
}

void TimelinePointer::keyPressed(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isDragging()) {
        cancel();
    } else {
        keyReleased(event);
    }
}

bool TimelinePointer::keyReleased(QKeyEvent *event)
{
    if (!m_tool || !isModifier(*event)) {
        return false;
    }
    m_lastModifiers = event->modifiers();
    m_tool->moveTo(m_lastPoint, m_lastModifiers);
    return true;
}

void TimelinePointer::note(QMouseEvent *event)
{
    m_lastPoint = event->position().toPoint();
    m_lastModifiers = event->modifiers();
}

void TimelinePointer::press(QMouseEvent *event)
{
    note(event);
    if (m_tool) { // another button gives up what the first one began
        cancel();
        return;
    }
    m_controller.selection().setSight(TimelineSelection::Sight::Stay);
    if (event->button() == Qt::MiddleButton) {
        m_tool = makePanTool(m_controller, m_lastPoint);
    } else if (event->button() == Qt::LeftButton) {
        m_tool = toolFor(event);
    }
    m_controller.selection().setSight(TimelineSelection::Sight::Scroll);
    updateShape();
}

std::unique_ptr<TimelineTool> TimelinePointer::toolFor(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (m_controller.canvas().areas().overview.contains(point)) {
        return makeOverviewTool(m_controller, point);
    }
    if (m_controller.canvas().areas().ruler.contains(point) && m_controller.isJumping()) {
        return makeJumpTool(m_controller, point, event->modifiers());
    }
    if (m_controller.canvas().areas().ruler.contains(point) && m_controller.document() &&
        !m_controller.isPlaying()) {
        return makeScrubTool(m_controller, point, event->modifiers());
    }
    if (m_controller.canvas().areas().strip.contains(point)) {
        return toolInStrip(point);
    }
    if (m_controller.canvas().areas().headers.contains(point)) {
        const int lane =
            m_controller.canvas().layout().laneAt(m_controller.canvas().toContent(point).y());
        if (lane >= 0 && m_controller.cursor().editable) {
            return makeLaneTool(m_controller, lane,
                                m_controller.canvas().laneHeader(lane).partAt(point), point);
        }
        return nullptr;
    }
    if (!m_controller.canvas().areas().lanes.contains(point) || !m_controller.selection().model()) {
        return nullptr;
    }
    return toolInLanes(point, event->modifiers());
}

std::unique_ptr<TimelineTool> TimelinePointer::toolInStrip(const QPoint &point)
{
    const std::vector<StripMark> marks = m_controller.canvas().stripMarks();
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        if (!mark->rect.contains(point)) {
            continue;
        }
        if (!mark->isHold) {
            return makeMarkerTool(m_controller, mark->index, point);
        }
        m_controller.selection().setCurrent(mark->index);
        return nullptr;
    }
    m_controller.selection().selectMarker(-1);
    return nullptr;
}

std::unique_ptr<TimelineTool> TimelinePointer::toolInLanes(const QPoint &point,
                                                           Qt::KeyboardModifiers modifiers)
{
    m_controller.selection().selectMarker(-1);
    const int lane =
        m_controller.canvas().layout().laneAt(m_controller.canvas().toContent(point).y());
    if (lane >= 0) {
        m_controller.selection().setLane(lane);
    }
    const int index = m_controller.canvas().itemAt(point);
    if (index >= 0) {
        return makeMoveTool(m_controller, index, point, modifiers);
    }
    if (const Rows group = m_controller.canvas().groupAt(point); !group.empty()) {
        m_controller.selection().select(group, group.front());
        return nullptr;
    }
    return makeBandTool(m_controller, point, modifiers);
}

void TimelinePointer::move(QMouseEvent *event)
{
    note(event);
    if (m_tool) {
        m_tool->moveTo(m_lastPoint, m_lastModifiers);
        return;
    }
    m_controller.setHovered(m_controller.canvas().itemAt(m_lastPoint));
    const int lane = m_controller.canvas().areas().headers.contains(m_lastPoint)
                         ? m_controller.canvas().layout().laneAt(
                               m_controller.canvas().toContent(m_lastPoint).y())
                         : -1;
    m_controller.setHoveredHeader(
        lane,
        lane >= 0 ? m_controller.canvas().laneHeader(lane).partAt(m_lastPoint) : HeaderPart::None);
    updateShape();
}

void TimelinePointer::release(QMouseEvent *event)
{
    note(event);
    // What the tool does may replace all that it knew.
    const std::unique_ptr<TimelineTool> tool = std::move(m_tool);
    if (tool) {
        m_controller.selection().setSight(TimelineSelection::Sight::Stay);
        tool->release(m_lastPoint, m_lastModifiers);
        m_controller.selection().setSight(TimelineSelection::Sight::Scroll);
        m_controller.scroll().stopAtEdges();
    }
    updateShape();
}

void TimelinePointer::doubleClick(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (event->button() != Qt::LeftButton) {
        press(event);
        return;
    }
    const int index = m_controller.canvas().itemAt(point);
    if (index >= 0) {
        Q_EMIT m_controller.activated(index);
        return;
    }
    if (m_controller.canvas().areas().strip.contains(point) && m_controller.canEdit() &&
        addMarkerAt(point)) {
        return;
    }
    if (m_controller.canvas().areas().headers.contains(point) && m_controller.cursor().editable) {
        const int lane =
            m_controller.canvas().layout().laneAt(m_controller.canvas().toContent(point).y());
        if (lane >= 0 && m_controller.canvas().laneHeader(lane).partAt(point) == HeaderPart::Name) {
            m_controller.askForLaneName(lane);
            return;
        }
    }
    press(event);
}

bool TimelinePointer::addMarkerAt(const QPoint &point)
{
    const TimelineCanvas &canvas = m_controller.canvas();
    const std::vector<StripMark> marks = canvas.stripMarks();
    if (std::any_of(marks.begin(), marks.end(),
                    [&](const StripMark &mark) { return mark.rect.contains(point); })) {
        return false;
    }
    const qint64 fine = TimelineSnap::fineStep(canvas.pixelsPerMs());
    qint64 at = std::llround(double(canvas.timeAt(point.x())) / double(fine)) * fine;
    if (m_controller.isSnapping()) {
        const TimelineSnap snap = makeSnap(m_controller, snapTargets(m_controller));
        at += snap.snap({at}, at, 0, snapTolerance(m_controller)).delta;
    }
    m_controller.addMarkerAt(std::chrono::milliseconds(at));
    return true;
}

void TimelinePointer::updateShape()
{
    QWidget &pane = m_controller.canvas().pane();
    const QPoint &point = m_lastPoint;
    const Qt::KeyboardModifiers modifiers = m_lastModifiers;
    if (m_tool) {
        return;
    }
    if (m_controller.cursor().editable) {
        const int index = m_controller.canvas().itemAt(point);
        if (index >= 0) {
            const bool locked = m_controller.scene()
                                    .lanes[size_t(m_controller.scene().blocks[size_t(index)].lane)]
                                    .locked;
            pane.setCursor(locked                            ? Qt::ArrowCursor
                           : modifiers & Qt::ControlModifier ? Qt::PointingHandCursor
                                                             : Qt::OpenHandCursor);
            return;
        }
        if (m_controller.canvas().areas().strip.contains(point)) {
            for (const StripMark &mark : m_controller.canvas().stripMarks()) {
                if (mark.rect.contains(point)) {
                    pane.setCursor(mark.isHold ? Qt::PointingHandCursor : Qt::OpenHandCursor);
                    return;
                }
            }
        }
        if (m_controller.canvas().areas().ruler.contains(point) &&
            (m_controller.isJumping() || !m_controller.isPlaying())) {
            pane.setCursor(Qt::SizeHorCursor);
            return;
        }
    }
    if (m_controller.canvas().areas().overview.contains(point)) {
        const QFontMetricsF metrics(m_controller.canvas().pane().font());
        const auto [begin, end] = m_controller.canvas().shownTimes();
        const qreal left =
            m_controller.canvas().overview().xOf(m_controller.canvas().areas().overview, begin);
        const qreal right =
            m_controller.canvas().overview().xOf(m_controller.canvas().areas().overview, end);
        const qreal near = scaled(metrics, 5);
        const bool atEdge =
            std::abs(point.x() -
                     std::max<qreal>(left, m_controller.canvas().areas().overview.left())) <=
                near ||
            std::abs(point.x() -
                     std::min<qreal>(right, m_controller.canvas().areas().overview.right())) <=
                near;
        pane.setCursor(atEdge ? Qt::SizeHorCursor : Qt::OpenHandCursor);
        return;
    }
    pane.unsetCursor();
}
