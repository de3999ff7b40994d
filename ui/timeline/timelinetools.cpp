// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the small tools that a press with the pointer chooses from.
#include "app/base/timetext.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinecontroller.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QApplication>
#include <QWidget>
#include <algorithm>
#include <cmath>
#include <tuple>

namespace {

class BandTool : public TimelineTool
{
public:
    BandTool(TimelineController &controller, const QPoint &point, Qt::KeyboardModifiers modifiers)
        : TimelineTool(controller)
        , m_pressed(point)
        , m_begin(controller.canvas().toContent(point))
        , m_keeps(modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
        , m_before(m_controller.cursor().selected)
    {
        m_before.resize(m_controller.scene().blocks.size(), false);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        if (!m_dragging && !isFarEnough(m_pressed, point)) {
            return;
        }
        m_dragging = true;
        QRectF band(m_begin, m_controller.canvas().toContent(point));
        band = band.normalized();
        m_controller.showBand(band);
        // Only shown until the button is released; then everybody hears of it at once.
        std::vector<bool> selected = m_keeps ? m_before : std::vector<bool>(m_before.size(), false);
        for (const int index : covered(band)) {
            selected[size_t(index)] = true;
        }
        m_controller.selection().preview(selected);
        m_controller.scroll().scrollAtEdges(point);
    }

    void release(const QPoint &point, Qt::KeyboardModifiers) override
    {
        m_controller.scroll().stopAtEdges();
        if (!m_dragging) {
            if (!m_keeps) {
                m_controller.selection().select({});
                zoomIfDense(point);
            }
            return;
        }
        const Rows rows = m_controller.selection().rows();
        m_controller.showBand({});
        m_controller.selection().select(rows, rows.empty() ? -1 : rows.front());
        m_controller.selection().read();
    }

    void cancel() override
    {
        m_controller.scroll().stopAtEdges();
        m_controller.showBand({});
        m_controller.selection().read();
    }
    bool isDragging() const override { return m_dragging; }

private:
    std::vector<int> covered(const QRectF &band) const
    {
        const TimelineLayout &layout = m_controller.canvas().layout();
        std::vector<int> found = layout.itemsIn(band);
        // Lanes without blocks select by time.
        const qint64 from = layout.timeAt(band.left());
        const qint64 to = layout.timeAt(band.right());
        for (int lane = 0; lane < layout.laneCount(); ++lane) {
            if (!layout.isDense(lane) || layout.laneTop(lane) > band.bottom() ||
                layout.laneTop(lane) + layout.laneHeight(lane) < band.top()) {
                continue;
            }
            const auto &items = layout.laneItems(lane);
            auto it = std::partition_point(items.begin(), items.end(), [&](int index) {
                return layout.item(index).start < from;
            });
            for (; it != items.end() && layout.item(*it).start <= to; ++it) {
                found.push_back(*it);
            }
        }
        return found;
    }

    void zoomIfDense(const QPoint &point)
    {
        const TimelineLayout &layout = m_controller.canvas().layout();
        const QPointF content = m_controller.canvas().toContent(point);
        const int lane = layout.laneAt(content.y());
        if (lane < 0 || !layout.isDense(lane) || layout.isCollapsed(lane)) {
            return;
        }
        const qreal width = 4;
        const auto bars = layout.densityBars(lane, content.x() - width, content.x(), width);
        if (!bars.empty()) {
            m_controller.scroll().setPixelsPerMs(m_controller.canvas().pixelsPerMs() * 4,
                                                 point.x() -
                                                     m_controller.canvas().lanesRect().left());
        }
    }

    QPoint m_pressed;
    QPointF m_begin;
    bool m_keeps;
    std::vector<bool> m_before;
    bool m_dragging = false;
};

class MarkerTool : public TimelineTool
{
    Q_DECLARE_TR_FUNCTIONS(MarkerTool)

public:
    MarkerTool(TimelineController &controller, int marker, const QPoint &point)
        : TimelineTool(controller)
        , m_marker(marker)
        , m_pressed(point)
        , m_before(m_controller.scene().markers[marker].at)
        , m_offset(controller.canvas().timeAt(point.x()) - m_before.count())
    {
        controller.selection().selectMarker(marker);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        if (!m_dragging) {
            if (!isFarEnough(m_pressed, point) || !m_controller.document() ||
                m_controller.isPlaying()) {
                return;
            }
            m_dragging = true;
            m_snap = makeSnap(m_controller, snapTargets(m_controller, {}, m_marker));
            m_picture.isMarker = true;
        }
        m_picture.pointer = point;
        m_picture.isRefused = !m_controller.canEdit();
        if (m_picture.isRefused) {
            m_picture.tip = {{{m_controller.document()->lockReason(), true}}};
            m_controller.canvas().pane().setCursor(Qt::ForbiddenCursor);
            m_controller.showDrag(&m_picture, m_picture.tip.front().front().text);
            return;
        }
        const qint64 fine = TimelineSnap::fineStep(m_controller.canvas().pixelsPerMs());
        qint64 at = std::llround(double(m_controller.canvas().timeAt(point.x()) - m_offset) /
                                 double(fine)) *
                    fine;
        at = std::clamp<qint64>(at, 0, MaximumDelay.count());
        SnapTarget target;
        if (m_controller.isSnapping() && !(modifiers & Qt::AltModifier)) {
            const auto result = m_snap.snap({at}, at, 0, snapTolerance(m_controller));
            at += result.delta;
            target = result.target;
        }
        m_controller.previewMarker(m_marker, std::chrono::milliseconds(at));
        m_picture.at = at;
        m_picture.isSnapped = target.kind < SnapTarget::Kind::Grid;
        m_picture.neighbour = m_snap.neighbour(at);
        m_picture.tip = dragTip(m_controller, at, m_controller.scene().markers[m_marker].name,
                                target, m_picture.neighbour);
        m_controller.canvas().pane().setCursor(Qt::ClosedHandCursor);
        m_controller.showDrag(&m_picture,
                              tr("Move marker %1 to T+%2. Alt: no snapping. Esc: cancel.")
                                  .arg(m_controller.scene().markers[m_marker].name,
                                       clockText(std::chrono::milliseconds(at))));
        m_controller.scroll().scrollAtEdges(point);
    }

    void release(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        if (!m_dragging) {
            return;
        }
        moveTo(point, modifiers);
        Marker marker = m_controller.scene().markers[m_marker];
        cancel();
        if (m_controller.canEdit()) {
            m_controller.document()->edit(
                tr("Move marker"),
                markerReplaced(m_controller.document()->timeline(), m_marker, marker));
        }
    }

    void cancel() override
    {
        m_controller.scroll().stopAtEdges();
        if (m_dragging) {
            m_controller.previewMarker(m_marker, m_before);
        }
        m_controller.showDrag(nullptr, {});
        m_controller.canvas().updateAll();
    }
    bool isDragging() const override { return m_dragging; }

private:
    int m_marker;
    QPoint m_pressed;
    std::chrono::milliseconds m_before;
    qint64 m_offset;
    bool m_dragging = false;
    TimelineSnap m_snap;
    DragPicture m_picture;
};

/** Finds the time below the pointer in the ruler, and snaps it. */
class RulerTool : public TimelineTool
{
public:
    RulerTool(TimelineController &controller, std::vector<SnapTarget> targets)
        : TimelineTool(controller)
        , m_snap(makeSnap(controller, std::move(targets)))
    {}

    bool isDragging() const override { return true; }

protected:
    qint64 timeAt(const QPoint &point, Qt::KeyboardModifiers modifiers) const
    {
        const TimelineCanvas &canvas = m_controller.canvas();
        const qint64 fine = TimelineSnap::fineStep(canvas.pixelsPerMs());
        qint64 at = std::llround(double(canvas.timeAt(point.x())) / double(fine)) * fine;
        at = std::clamp<qint64>(at, 0, std::max<qint64>(canvas.layout().end(), 0));
        if (m_controller.isSnapping() && !(modifiers & Qt::AltModifier)) {
            at += m_snap.snap({at}, at, 0, snapTolerance(m_controller) / 2).delta;
        }
        return at;
    }

private:
    TimelineSnap m_snap;
};

std::vector<SnapTarget> targetsBesidePlayhead(const TimelineController &controller)
{
    std::vector<SnapTarget> targets = snapTargets(controller);
    std::erase_if(targets, [](const SnapTarget &target) {
        return target.kind == SnapTarget::Kind::Playhead;
    });
    return targets;
}

class ScrubTool : public RulerTool
{
public:
    ScrubTool(TimelineController &controller, const QPoint &point, Qt::KeyboardModifiers modifiers)
        : RulerTool(controller, targetsBesidePlayhead(controller))
        , m_before(controller.playhead())
    {
        moveTo(point, modifiers);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        m_controller.movePlayheadTo(
            TimelinePosition(std::chrono::milliseconds(timeAt(point, modifiers))));
        m_controller.scroll().scrollAtEdges(
            {point.x(), m_controller.canvas().lanesRect().center().y()});
    }

    void release(const QPoint &, Qt::KeyboardModifiers) override
    {
        m_controller.scroll().stopAtEdges();
    }
    void cancel() override
    {
        m_controller.scroll().stopAtEdges();
        m_controller.movePlayheadTo(m_before);
    }

private:
    TimelinePosition m_before;
};

class JumpTool : public RulerTool
{
    Q_DECLARE_TR_FUNCTIONS(JumpTool)

public:
    JumpTool(TimelineController &controller, const QPoint &point, Qt::KeyboardModifiers modifiers)
        : RulerTool(controller, snapTargets(controller))
    {
        moveTo(point, modifiers);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        const qint64 at = timeAt(point, modifiers);
        m_controller.showGuide(at);
        Q_EMIT m_controller.hint(
            tr("Jump to %1. Esc: stay.").arg(clockText(std::chrono::milliseconds(at))));
    }

    void release(const QPoint &, Qt::KeyboardModifiers) override
    {
        const qint64 at = m_controller.cursor().guide;
        cancel();
        if (at >= 0) {
            Q_EMIT m_controller.jumpRequested(TimelinePosition(std::chrono::milliseconds(at)));
        }
    }
    void cancel() override
    {
        m_controller.showGuide(-1);
        Q_EMIT m_controller.hint({});
    }
};

class OverviewTool : public TimelineTool
{
public:
    OverviewTool(TimelineController &controller, const QPoint &point)
        : TimelineTool(controller)
    {
        const QRectF area = controller.canvas().areas().overview;
        std::tie(m_begin, m_end) = controller.canvas().shownTimes();
        const qreal left =
            std::max(area.left(), m_controller.canvas().overview().xOf(area, m_begin));
        const qreal right =
            std::min(area.right(), m_controller.canvas().overview().xOf(area, m_end));
        const qreal near = scaled(QFontMetricsF(controller.canvas().pane().font()), 5);
        if (std::abs(point.x() - left) <= near && right - left > 3 * near) {
            m_part = Part::Begin;
        } else if (std::abs(point.x() - right) <= near && right - left > 3 * near) {
            m_part = Part::End;
        }
        controller.scroll().setFollowing(false);
        const TimelinePosition pressed = m_controller.canvas().overview().timeAt(area, point.x());
        // Outside the window it comes to the pointer first.
        if (m_part == Part::Middle && (pressed < m_begin || pressed > m_end)) {
            const Duration half = (m_end - m_begin) / 2;
            m_begin = pressed - half;
            m_end = pressed + half;
        }
        m_offset = pressed - m_begin;
        moveTo(point, {});
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        const TimelineLayout &layout = m_controller.canvas().layout();
        const TimelinePosition time = m_controller.canvas().overview().timeAt(
            m_controller.canvas().areas().overview, point.x());
        const std::chrono::milliseconds least(std::max<qint64>(1, layout.end() / 500));
        if (m_part == Part::Begin) {
            show(std::min(time, m_end - least), m_end);
        } else if (m_part == Part::End) {
            show(m_begin, std::max(time, m_begin + least));
        } else {
            m_controller.scroll().scrollToX(int(layout.xOf(time - m_offset)));
        }
    }
    void release(const QPoint &, Qt::KeyboardModifiers) override {}
    void cancel() override {}
    bool isDragging() const override { return false; }

private:
    enum class Part { Begin, Middle, End };

    void show(TimelinePosition begin, TimelinePosition end)
    {
        m_controller.scroll().showTimes(wholeMilliseconds(begin).count(),
                                        wholeMilliseconds(end).count());
    }

    Part m_part = Part::Middle;
    TimelinePosition m_begin;
    TimelinePosition m_end;
    Duration m_offset{0};
};

class PanTool : public TimelineTool
{
public:
    PanTool(TimelineController &controller, const QPoint &point)
        : TimelineTool(controller)
        , m_last(point)
    {
        controller.canvas().pane().setCursor(Qt::ClosedHandCursor);
    }
    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        m_controller.scroll().scrollBy(m_last.x() - point.x(), m_last.y() - point.y());
        m_last = point;
    }
    void release(const QPoint &, Qt::KeyboardModifiers) override {}
    void cancel() override {}
    bool isDragging() const override { return false; }

private:
    QPoint m_last;
};

class LaneTool : public TimelineTool
{
    Q_DECLARE_TR_FUNCTIONS(LaneTool)

public:
    LaneTool(TimelineController &controller, int lane, HeaderPart part, const QPoint &point)
        : TimelineTool(controller)
        , m_lane(lane)
        , m_part(part)
        , m_pressed(point)
    {
        controller.selection().setLane(lane);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        if (m_part != HeaderPart::Name || !m_controller.canEdit()) {
            return;
        }
        if (!m_dragging &&
            std::abs(point.y() - m_pressed.y()) < QApplication::startDragDistance()) {
            return;
        }
        m_dragging = true;
        m_controller.canvas().pane().setCursor(Qt::ClosedHandCursor);
        const TimelineLayout &layout = m_controller.canvas().layout();
        const qreal y = m_controller.canvas().toContent(point).y();
        int target = 0;
        while (target < layout.laneCount() &&
               y > layout.laneTop(target) + layout.laneHeight(target) / 2) {
            ++target;
        }
        m_controller.showLaneTarget(target);
        m_controller.showDrag(nullptr,
                              tr("Move the lane %1. Esc: cancel.")
                                  .arg(m_controller.scene().lanes[size_t(m_lane)].service));
        m_controller.canvas().updateAll();
        m_controller.scroll().scrollAtEdges(
            {m_controller.canvas().lanesRect().center().x(), point.y()});
    }

    void release(const QPoint &point, Qt::KeyboardModifiers) override
    {
        const int target = m_controller.cursor().laneTarget;
        const bool dragged = m_dragging;
        cancel();
        if (dragged) {
            m_controller.moveLane(m_lane, target > m_lane ? target - 1 : target);
        } else if (m_part != HeaderPart::Name &&
                   m_controller.canvas().laneHeader(m_lane).partAt(point) == m_part) {
            m_controller.toggleLane(m_lane, m_part);
        }
    }

    void cancel() override
    {
        m_controller.scroll().stopAtEdges();
        m_dragging = false;
        m_controller.showLaneTarget(-1);
        m_controller.showDrag(nullptr, {});
        m_controller.canvas().updateAll();
    }
    bool isDragging() const override { return m_dragging; }

private:
    int m_lane;
    HeaderPart m_part;
    QPoint m_pressed;
    bool m_dragging = false;
};

} // namespace

bool TimelineTool::isFarEnough(const QPoint &from, const QPoint &to)
{
    return (to - from).manhattanLength() >= QApplication::startDragDistance();
}

std::unique_ptr<TimelineTool> makeBandTool(TimelineController &controller, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<BandTool>(controller, point, modifiers);
}

std::unique_ptr<TimelineTool> makeMarkerTool(TimelineController &controller, int marker,
                                             const QPoint &point)
{
    return std::make_unique<MarkerTool>(controller, marker, point);
}

std::unique_ptr<TimelineTool> makeScrubTool(TimelineController &controller, const QPoint &point,
                                            Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<ScrubTool>(controller, point, modifiers);
}

std::unique_ptr<TimelineTool> makeJumpTool(TimelineController &controller, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<JumpTool>(controller, point, modifiers);
}

std::unique_ptr<TimelineTool> makeOverviewTool(TimelineController &controller, const QPoint &point)
{
    return std::make_unique<OverviewTool>(controller, point);
}

std::unique_ptr<TimelineTool> makePanTool(TimelineController &controller, const QPoint &point)
{
    return std::make_unique<PanTool>(controller, point);
}

std::unique_ptr<TimelineTool> makeLaneTool(TimelineController &controller, int lane,
                                           HeaderPart part, const QPoint &point)
{
    return std::make_unique<LaneTool>(controller, lane, part, point);
}
