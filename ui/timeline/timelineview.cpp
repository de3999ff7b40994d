// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "ui/look/focusring.h"
#include "ui/timeline/timelineaccessible.h"
#include "ui/widgets/plaintext.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace {

constexpr double WheelZoomStep = 1.25;
/** A timeline with more incidents starts in compact rows. */
constexpr size_t CompactFrom = 60;

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    installTimelineAccessibility(m_controller);
    setObjectName(QStringLiteral("timelineView"));
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    FocusRing::own(this);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAcceptDrops(true);
    // Every pixel is painted, so that scrolling may move what is there.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);

    connect(&m_controller, &TimelineController::activated, this, &TimelineView::activated);
    connect(&m_controller, &TimelineController::playheadMoved, this, &TimelineView::playheadMoved);
    connect(&m_controller, &TimelineController::jumpRequested, this, &TimelineView::jumpRequested);
    connect(&m_controller, &TimelineController::hint, this, &TimelineView::hint);
    connect(&m_controller, &TimelineController::inserted, this, &TimelineView::inserted);
    connect(&m_guest, &TimelineGuest::repaired, this, &TimelineView::repaired);
    connect(&m_guest, &TimelineGuest::takenOver, &m_pointer, &TimelinePointer::letGo);
    connect(&selection(), &TimelineSelection::markerActivated, this,
            &TimelineView::markerActivated);
    m_controller.canvas().updateLook();
}

void TimelineView::setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    setScene(buildScene(timeline, scenarios));
}

void TimelineView::takeScene(TimelineScene scene)
{
    m_pointer.cancel(); // which counts by the old rows
    m_guest.giveUp();
    m_controller.takeScene(std::move(scene));
}

void TimelineView::setScene(TimelineScene scene)
{
    takeScene(std::move(scene));
    selection().reset();
    m_controller.setPlayhead(TimelinePosition());
    m_controller.canvas().setCompact(this->scene().blocks.size() > CompactFrom);
    m_controller.canvas().placeAreas();
    scroll().fit();
    scroll().toStart();
    viewport()->update();
}

void TimelineView::updateScene(TimelineScene scene)
{
    takeScene(std::move(scene));
    selection().read();
    Q_EMIT selection().focusMoved();
    m_controller.canvas().placeAreas();
    scroll().updateBarsQuietly();
    if (scroll().isFitting()) {
        scroll().fit();
    }
    m_controller.canvas().updateLanes();
    viewport()->update();
}

void TimelineView::updateTitles(const TimelineScene &scene, const std::vector<int> &rows)
{
    m_controller.takeTitles(scene, rows);
}

void TimelineView::arrange()
{
    m_controller.canvas().placeAreas();
    scroll().updateBars();
    m_controller.canvas().updateLanes();
    viewport()->update();
}

void TimelineView::setCompact(bool compact)
{
    if (compact != isCompact()) {
        m_controller.canvas().setCompact(compact);
        arrange();
    }
}

void TimelineView::setFolded(bool folded)
{
    m_controller.canvas().setFolded(folded);
    arrange();
}

void TimelineView::setOverviewShown(bool shown)
{
    m_controller.canvas().setOverviewShown(shown);
    arrange();
}

bool TimelineView::event(QEvent *event)
{
    // While something is dragged Esc gives that up, whatever else it means to the window.
    if (event->type() == QEvent::ShortcutOverride && m_pointer.isDragging() &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QAbstractScrollArea::viewportEvent(event);
    }
    auto *help = static_cast<QHelpEvent *>(event);
    const bool isBusy = m_pointer.isBusy() || m_guest.isHere();
    const QString text = isBusy ? QString() : m_tips.tipAt(help->pos());
    if (text.isEmpty()) {
        PlainText::hideToolTip();
    } else {
        PlainText::showRichToolTip(help->globalPos(), text, viewport());
    }
    return true;
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    m_controller.setFocused(hasFocus());
    m_controller.canvas().paint(&painter, event->region());
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const bool fits = scroll().isFitting();
    m_controller.canvas().placeAreas();
    scroll().updateBars();
    if (fits) {
        scroll().fit();
    }
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange) {
        m_controller.canvas().updateLook();
        arrange();
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const QPoint angle = event->angleDelta();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const double steps = double(angle.y()) / 120.0;
        scroll().setPixelsPerMs(canvas().pixelsPerMs() * std::pow(WheelZoomStep, steps),
                                event->position().x() - canvas().lanesRect().left());
        scroll().setFollowing(false);
        return;
    }
    const qreal line = canvas().layout().measures().blockHeight * 1.5;
    QPoint delta = pixels;
    if (pixels.isNull()) {
        delta = QPoint(int(std::lround(double(angle.x()) / 120.0 * line)),
                       int(std::lround(double(angle.y()) / 120.0 * line)));
    }
    // Alt turns the wheel on some platforms; Shift does everywhere.
    if (event->modifiers() & Qt::ShiftModifier && delta.x() == 0) {
        delta = QPoint(delta.y(), 0);
    }
    scroll().scrollBy(-delta.x(), -delta.y());
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (m_pointer.isBusy()) {
        m_pointer.keyPressed(event);
    } else if (!m_keys.press(event)) {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void TimelineView::keyReleaseEvent(QKeyEvent *event)
{
    if (!m_pointer.keyReleased(event)) {
        QAbstractScrollArea::keyReleaseEvent(event);
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    const int current = selection().current();
    const bool isOnCurrent = event->reason() == QContextMenuEvent::Keyboard && current >= 0 &&
                             selection().isSelected(current);
    QPoint point = event->pos();
    QPoint global = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        point = isOnCurrent ? canvas().blockRect(current).center()
                : selection().lane() >= 0
                    ? canvas().laneHeader(selection().lane()).name.center().toPoint()
                    : canvas().lanesRect().center();
        global = viewport()->mapToGlobal(point);
    }
    m_pointer.cancel();
    const int lane = canvas().laneAt(point);
    if (canvas().areas().headers.contains(point)) {
        m_controller.showLaneMenu(lane, global);
        return;
    }
    const int row = isOnCurrent ? current : canvas().itemAt(point);
    if (row >= 0 && !selection().isSelected(row)) {
        selection().setCurrent(row);
    }
    Q_EMIT contextMenuRequested(global, row, std::max<qint64>(0, canvas().timeAt(point.x())),
                                lane >= 0 ? scene().lanes[size_t(lane)].service : QString());
}

void TimelineView::scrollContentsBy(int dx, int dy)
{
    // At whole pixel ratios what is on the screen can be moved; else its edges would blur.
    const qreal dpr = devicePixelRatioF();
    if (scroll().isByProgram() || canvas().isOverlaid() || m_laneInput.isNaming() ||
        dpr != std::floor(dpr) || (dx != 0 && dy != 0)) {
        viewport()->update();
        return;
    }
    const TimelineAreas &areas = canvas().areas();
    if (dx != 0) {
        viewport()->scroll(dx, 0, areas.ruler | areas.lanes);
        viewport()->update(areas.strip);
        viewport()->update(areas.overview);
    } else if (dy != 0) {
        viewport()->scroll(0, dy, areas.headers | areas.lanes);
    }
    if (scene().blocks.empty()) {
        viewport()->update();
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    // Behind what Qt tells of the widget itself, which a reader would stay with.
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT selection().focusMoved(); }, Qt::QueuedConnection);
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}
