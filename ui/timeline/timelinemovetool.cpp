// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QApplication>
#include <QWidget>
#include <algorithm>

namespace {

TimelineDrag::Originals originalsFor(Qt::KeyboardModifiers modifiers)
{
    return modifiers & Qt::ControlModifier ? TimelineDrag::Originals::Stay
                                           : TimelineDrag::Originals::Move;
}

class MoveTool : public TimelineTool
{
public:
    MoveTool(TimelineController &controller, int index, const QPoint &point,
             Qt::KeyboardModifiers modifiers);
    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override;
    void release(const QPoint &point, Qt::KeyboardModifiers modifiers) override;
    void cancel() override;
    bool isDragging() const override { return m_drag != nullptr; }

private:
    void selectRange();
    void toggle();

    int m_index;
    QPoint m_pressed;
    bool m_toggles;              // at the release, if nothing was dragged
    bool m_selectsAlone = false; // likewise
    bool m_isOver = false;       // the system drags it now
    std::unique_ptr<TimelineDrag> m_drag;
};

MoveTool::MoveTool(TimelineController &controller, int index, const QPoint &point,
                   Qt::KeyboardModifiers modifiers)
    : TimelineTool(controller)
    , m_index(index)
    , m_pressed(point)
    , m_toggles(modifiers & Qt::ControlModifier)
{
    if (modifiers & Qt::ShiftModifier) {
        selectRange();
        m_toggles = false;
        return;
    }
    if (m_toggles) {
        return;
    }
    m_controller.selection().setRangeAnchor(index);
    if (controller.selection().isSelected(index)) {
        m_selectsAlone = true;
        // The current one is the one that was pressed, whatever becomes of it.
        controller.selection().setCurrentOnly(index);
    } else {
        controller.selection().setCurrent(index);
    }
}

void MoveTool::selectRange()
{
    // All that lie between the two in time, in their lanes and those between.
    const TimelineLayout &layout = m_controller.canvas().layout();
    int anchor = m_controller.selection().rangeAnchor();
    if (anchor < 0 || anchor >= layout.itemCount()) {
        anchor =
            m_controller.selection().current() >= 0 ? m_controller.selection().current() : m_index;
    }
    const LayoutItem &a = layout.item(anchor);
    const LayoutItem &b = layout.item(m_index);
    const auto [from, to] = std::minmax(a.start, b.start);
    const auto [upper, lower] = std::minmax(a.lane, b.lane);
    Rows rows;
    for (int lane = upper; lane <= lower; ++lane) {
        for (const int row : layout.laneItems(lane)) {
            if (layout.item(row).start >= from && layout.item(row).start <= to) {
                rows.push_back(row);
            }
        }
    }
    std::sort(rows.begin(), rows.end());
    m_controller.selection().select(rows, m_index);
    m_controller.selection().setRangeAnchor(anchor);
}

void MoveTool::toggle()
{
    m_controller.selection().toggle(m_index);
    m_controller.selection().setRangeAnchor(m_index);
}

void MoveTool::moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    if (m_isOver) {
        return;
    }
    if (!m_drag) {
        if (!isFarEnough(m_pressed, point) || !m_controller.document() ||
            m_controller.isPlaying()) {
            return;
        }
        if (!m_controller.selection().isSelected(m_index)) {
            Rows rows = m_controller.selection().rows();
            rows.insert(std::upper_bound(rows.begin(), rows.end(), m_index), m_index);
            m_controller.selection().select(rows, m_index);
        }
        m_drag = std::make_unique<TimelineDrag>(m_controller, m_controller.selection().rows(),
                                                m_index, m_pressed);
    }
    if (!m_controller.canvas().pane().rect().contains(point) && !m_drag->rows().empty()) {
        // Beyond the view it may be another window's.
        const Rows rows = m_drag->rows();
        cancel();
        m_isOver = true;
        m_controller.canvas().pane().unsetCursor();
        Q_EMIT m_controller.draggedOut(rows, m_index, m_pressed);
        return;
    }
    m_drag->moveTo(point, modifiers, originalsFor(modifiers));
    m_controller.canvas().pane().setCursor(m_drag->isRefused() ? Qt::ForbiddenCursor
                                           : modifiers & Qt::ControlModifier
                                               ? Qt::DragCopyCursor
                                               : Qt::ClosedHandCursor);
    m_controller.showDrag(&m_drag->picture(), m_drag->hint());
    m_controller.scroll().scrollAtEdges(point);
}

void MoveTool::release(const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    if (!m_drag) {
        if (m_toggles) {
            toggle();
        } else if (m_selectsAlone) {
            m_controller.selection().setCurrent(m_index);
        }
        return;
    }
    m_drag->moveTo(point, modifiers, originalsFor(modifiers));
    m_controller.scroll().stopAtEdges();
    m_controller.showDrag(nullptr, {});
    m_drag->drop(m_controller);
}

void MoveTool::cancel()
{
    m_drag.reset();
    m_toggles = false;
    m_selectsAlone = false;
    m_controller.scroll().stopAtEdges();
    m_controller.showDrag(nullptr, {});
}

} // namespace

std::unique_ptr<TimelineTool> makeMoveTool(TimelineController &controller, int index,
                                           const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<MoveTool>(controller, index, point, modifiers);
}
