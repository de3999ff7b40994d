// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinekeys.h"

#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelinecontroller.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>

namespace {

int lineOf(const TimelineController &controller)
{
    const TimelineMeasures &measures = controller.canvas().layout().measures();
    return int(measures.blockHeight + measures.rowGap);
}

} // namespace

bool TimelineKeys::press(QKeyEvent *event)
{
    if (m_controller.document() && !m_controller.isPlaying() && editKey(event)) {
        return true;
    }
    if (m_controller.isJumping() && jumpKey(event)) {
        return true;
    }
    return viewKey(event);
}

bool TimelineKeys::viewKey(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_controller.scroll().zoomIn();
        return true;
    case Qt::Key_Minus:
        m_controller.scroll().zoomOut();
        return true;
    case Qt::Key_0:
        m_controller.scroll().fit();
        return true;
    case Qt::Key_Home:
        m_controller.scroll().scrollToEnd(Qt::LeftEdge);
        return true;
    case Qt::Key_End:
        m_controller.scroll().scrollToEnd(Qt::RightEdge);
        return true;
    case Qt::Key_Left:
        moveCurrent(-1);
        return true;
    case Qt::Key_Right:
        moveCurrent(1);
        return true;
    case Qt::Key_Up:
        m_controller.scroll().scrollBy(0, -lineOf(m_controller));
        return true;
    case Qt::Key_Down:
        m_controller.scroll().scrollBy(0, lineOf(m_controller));
        return true;
    case Qt::Key_PageUp:
        m_controller.scroll().scrollBy(-m_controller.canvas().areas().lanes.width(), 0);
        return true;
    case Qt::Key_PageDown:
        m_controller.scroll().scrollBy(m_controller.canvas().areas().lanes.width(), 0);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_controller.cursor().current >= 0) {
            Q_EMIT m_controller.activated(m_controller.cursor().current);
        }
        return true;
    case Qt::Key_Escape:
        m_controller.selection().clear();
        event->ignore(); // the window has its own use for it
        return true;
    default:
        return false;
    }
}

bool TimelineKeys::jumpKey(QKeyEvent *event)
{
    if (event->modifiers() & (Qt::AltModifier | Qt::ControlModifier)) {
        return false;
    }
    const Duration step = std::chrono::milliseconds(
        event->modifiers() & Qt::ShiftModifier ? 1000 : m_controller.canvas().gridStep());
    switch (event->key()) {
    case Qt::Key_Home:
        Q_EMIT m_controller.jumpRequested(TimelinePosition());
        return true;
    case Qt::Key_End:
        Q_EMIT m_controller.jumpRequested(TimelinePosition(m_controller.scene().duration));
        return true;
    case Qt::Key_Left:
        Q_EMIT m_controller.jumpRequested(
            std::max(TimelinePosition(), m_controller.cursor().playhead - step));
        return true;
    case Qt::Key_Right:
        Q_EMIT m_controller.jumpRequested(m_controller.cursor().playhead + step);
        return true;
    default:
        return false;
    }
}

bool TimelineKeys::editKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    const Step step = modifiers & Qt::ShiftModifier ? Step::Second : Step::Tick;
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
        m_controller.movePlayhead(event->key() == Qt::Key_Left ? -1 : 1, step);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int by = event->key() == Qt::Key_Up ? -1 : 1;
        if (alt) {
            m_controller.moveSelectionToLane(by);
        } else {
            moveToLane(by);
        }
        return true;
    }
    case Qt::Key_Home:
    case Qt::Key_End:
        m_controller.scroll().scrollToEnd(event->key() == Qt::Key_Home ? Qt::LeftEdge
                                                                       : Qt::RightEdge);
        m_controller.movePlayheadTo(event->key() == Qt::Key_Home
                                        ? TimelinePosition()
                                        : TimelinePosition(m_controller.scene().duration));
        Q_EMIT m_controller.playheadStepped();
        return true;
    // With Shift the same keys are called otherwise, and on other keyboards otherwise again.
    case Qt::Key_Comma:
    case Qt::Key_Less:
    case Qt::Key_Semicolon:
        m_controller.nudge(-1, step);
        return true;
    case Qt::Key_Period:
    case Qt::Key_Greater:
    case Qt::Key_Colon:
        m_controller.nudge(1, step);
        return true;
    case Qt::Key_BracketLeft:
        m_controller.goToMarker(-1);
        return true;
    case Qt::Key_BracketRight:
        m_controller.goToMarker(1);
        return true;
    case Qt::Key_F2:
        m_controller.askForLaneName(m_controller.cursor().lane);
        return true;
    default:
        return false;
    }
}

void TimelineKeys::moveCurrent(int step)
{
    const auto &order = m_controller.canvas().layout().byStart();
    if (order.empty()) {
        return;
    }
    m_controller.scroll().setFollowing(false);
    const auto here = std::find(order.begin(), order.end(), m_controller.cursor().current);
    if (here == order.end()) {
        m_controller.selection().setCurrent(step > 0 ? order.front() : order.back());
        return;
    }
    const auto next =
        std::clamp<qsizetype>(here - order.begin() + step, 0, qsizetype(order.size()) - 1);
    m_controller.selection().setCurrent(order[size_t(next)]);
}

void TimelineKeys::moveToLane(int step)
{
    if (m_controller.canvas().layout().laneCount() == 0) {
        return;
    }
    const qint64 time =
        m_controller.cursor().current >= 0
            ? m_controller.canvas().layout().item(m_controller.cursor().current).start
            : wholeMilliseconds(m_controller.cursor().playhead).count();
    const int lane = std::clamp(m_controller.cursor().lane + step, 0,
                                m_controller.canvas().layout().laneCount() - 1);
    if (lane == m_controller.cursor().lane) {
        return;
    }
    const auto &items = m_controller.canvas().layout().laneItems(lane);
    if (!items.empty()) {
        const auto nearest = std::min_element(items.begin(), items.end(), [&](int a, int b) {
            return std::abs(m_controller.canvas().layout().item(a).start - time) <
                   std::abs(m_controller.canvas().layout().item(b).start - time);
        });
        m_controller.selection().setCurrent(*nearest);
    } else {
        m_controller.selection().goToEmptyLane(lane);
    }
    m_controller.selection().setLane(lane);
}
