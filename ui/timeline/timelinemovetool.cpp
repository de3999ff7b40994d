// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QApplication>
#include <QItemSelectionModel>
#include <algorithm>

namespace {

class MoveTool : public TimelineTool
{
public:
    MoveTool(TimelineView &view, int index, const QPoint &point, Qt::KeyboardModifiers modifiers);
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

MoveTool::MoveTool(TimelineView &view, int index, const QPoint &point,
                   Qt::KeyboardModifiers modifiers)
    : TimelineTool(view)
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
    rangeAnchor() = index;
    if (view.isSelected(index)) {
        m_selectsAlone = true;
        // The current one is the one that was pressed, whatever becomes of it.
        view.selectionModel()->setCurrentIndex(view.selectionModel()->model()->index(index, 0),
                                               QItemSelectionModel::NoUpdate);
    } else {
        view.setCurrentIndex(index);
    }
}

void MoveTool::selectRange()
{
    // All that lie between the two in time, in their lanes and those between.
    const TimelineLayout &layout = m_view.timelineLayout();
    int anchor = rangeAnchor();
    if (anchor < 0 || anchor >= layout.itemCount()) {
        anchor = m_view.currentIndex() >= 0 ? m_view.currentIndex() : m_index;
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
    m_view.selectRows(rows, m_index);
    rangeAnchor() = anchor;
}

void MoveTool::toggle()
{
    QItemSelectionModel *selection = m_view.selectionModel();
    selection->setCurrentIndex(selection->model()->index(m_index, 0),
                               QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    rangeAnchor() = m_index;
}

void MoveTool::moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    if (m_isOver) {
        return;
    }
    if (!m_drag) {
        if (!isFarEnough(m_pressed, point) || !m_view.document() || m_view.isPlaying()) {
            return;
        }
        if (!m_view.isSelected(m_index)) {
            Rows rows = m_view.selectedRows();
            rows.insert(std::upper_bound(rows.begin(), rows.end(), m_index), m_index);
            m_view.selectRows(rows, m_index);
        }
        m_drag = std::make_unique<TimelineDrag>(m_view, m_view.selectedRows(), m_index, m_pressed);
    }
    if (!m_view.viewport()->rect().contains(point) && !m_drag->rows().empty()) {
        // Beyond the view it may be another window's.
        const Rows rows = m_drag->rows();
        cancel();
        m_isOver = true;
        m_view.viewport()->unsetCursor();
        dragOut(rows, m_index, m_pressed);
        return;
    }
    m_drag->moveTo(point, modifiers, modifiers & Qt::ControlModifier);
    m_view.viewport()->setCursor(m_drag->isRefused()               ? Qt::ForbiddenCursor
                                 : modifiers & Qt::ControlModifier ? Qt::DragCopyCursor
                                                                   : Qt::ClosedHandCursor);
    showDrag(&m_drag->picture(), m_drag->hint());
    scrollAtEdges(point);
}

void MoveTool::release(const QPoint &point, Qt::KeyboardModifiers modifiers)
{
    if (!m_drag) {
        if (m_toggles) {
            toggle();
        } else if (m_selectsAlone) {
            m_view.setCurrentIndex(m_index);
        }
        return;
    }
    m_drag->moveTo(point, modifiers, modifiers & Qt::ControlModifier);
    stopScrolling();
    showDrag(nullptr, {});
    finishDrop(*m_drag);
}

void MoveTool::cancel()
{
    m_drag.reset();
    m_toggles = false;
    m_selectsAlone = false;
    stopScrolling();
    showDrag(nullptr, {});
}

} // namespace

std::unique_ptr<TimelineTool> makeMoveTool(TimelineView &view, int index, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<MoveTool>(view, index, point, modifiers);
}
