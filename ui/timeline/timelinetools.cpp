// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/timetext.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinedrag.h"
#include "ui/timeline/timelinetool.h"

#include <QApplication>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace {

class BandTool : public TimelineTool
{
public:
    BandTool(TimelineView &view, const QPoint &point, Qt::KeyboardModifiers modifiers)
        : TimelineTool(view)
        , m_pressed(point)
        , m_begin(view.toContent(point))
        , m_keeps(modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
        , m_before(cursor().selected)
    {
        m_before.resize(scene().blocks.size(), false);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        if (!m_dragging && !isFarEnough(m_pressed, point)) {
            return;
        }
        m_dragging = true;
        QRectF band(m_begin, m_view.toContent(point));
        band = band.normalized();
        cursor().band = band;
        // Only shown until the button is released; then everybody hears of it at once.
        cursor().selected = m_keeps ? m_before : std::vector<bool>(m_before.size(), false);
        for (const int index : covered(band)) {
            cursor().selected[size_t(index)] = true;
        }
        updateLanes();
        scrollAtEdges(point);
    }

    void release(const QPoint &point, Qt::KeyboardModifiers) override
    {
        stopScrolling();
        if (!m_dragging) {
            if (!m_keeps) {
                m_view.selectRows({});
                zoomIfDense(point);
            }
            return;
        }
        const Rows rows = m_view.selectedRows();
        cursor().band = {};
        m_view.selectRows(rows, rows.empty() ? -1 : rows.front());
        readSelection();
    }

    void cancel() override
    {
        stopScrolling();
        cursor().band = {};
        readSelection();
    }
    bool isDragging() const override { return m_dragging; }

private:
    std::vector<int> covered(const QRectF &band) const
    {
        const TimelineLayout &layout = m_view.timelineLayout();
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
        const TimelineLayout &layout = m_view.timelineLayout();
        const QPointF content = m_view.toContent(point);
        const int lane = layout.laneAt(content.y());
        if (lane < 0 || !layout.isDense(lane) || layout.isCollapsed(lane)) {
            return;
        }
        const qreal width = 4;
        const auto bars = layout.densityBars(lane, content.x() - width, content.x(), width);
        if (!bars.empty()) {
            m_view.setPixelsPerMs(m_view.pixelsPerMs() * 4, point.x() - m_view.lanesRect().left());
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
    MarkerTool(TimelineView &view, int marker, const QPoint &point)
        : TimelineTool(view)
        , m_marker(marker)
        , m_pressed(point)
        , m_before(scene().markers[marker].at)
        , m_offset(view.timeAt(point.x()) - m_before.count())
    {
        view.selectMarker(marker);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        if (!m_dragging) {
            if (!isFarEnough(m_pressed, point) || !m_view.document() || m_view.isPlaying()) {
                return;
            }
            m_dragging = true;
            m_snap = makeSnap(m_view, snapTargets(m_view, {}, m_marker));
            m_picture.isMarker = true;
        }
        m_picture.pointer = point;
        m_picture.isRefused = !m_view.canEdit();
        if (m_picture.isRefused) {
            m_picture.tip = {{{m_view.document()->lockReason(), true}}};
            m_view.viewport()->setCursor(Qt::ForbiddenCursor);
            showDrag(&m_picture, m_picture.tip.front().front().text);
            return;
        }
        const qint64 fine = TimelineSnap::fineStep(m_view.pixelsPerMs());
        qint64 at = std::llround(double(m_view.timeAt(point.x()) - m_offset) / double(fine)) * fine;
        at = std::clamp<qint64>(at, 0, MaximumDelay.count());
        SnapTarget target;
        if (m_view.isSnapping() && !(modifiers & Qt::AltModifier)) {
            const auto result = m_snap.snap({at}, at, 0, snapTolerance(m_view));
            at += result.delta;
            target = result.target;
        }
        scene().markers[m_marker].at = std::chrono::milliseconds(at);
        m_picture.at = at;
        m_picture.isSnapped = target.kind < SnapTarget::Kind::Grid;
        m_picture.neighbour = m_snap.neighbour(at);
        m_picture.tip =
            dragTip(m_view, at, scene().markers[m_marker].name, target, m_picture.neighbour);
        m_view.viewport()->setCursor(Qt::ClosedHandCursor);
        showDrag(&m_picture, tr("Move marker %1 to T+%2. Alt: no snapping. Esc: cancel.")
                                 .arg(scene().markers[m_marker].name,
                                      clockText(std::chrono::milliseconds(at))));
        scrollAtEdges(point);
    }

    void release(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        if (!m_dragging) {
            return;
        }
        moveTo(point, modifiers);
        Marker marker = scene().markers[m_marker];
        cancel();
        if (m_view.canEdit()) {
            m_view.document()->edit(
                tr("Move marker"), markerReplaced(m_view.document()->timeline(), m_marker, marker));
        }
    }

    void cancel() override
    {
        stopScrolling();
        if (m_dragging) {
            scene().markers[m_marker].at = m_before;
        }
        showDrag(nullptr, {});
        updateAll();
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

class ScrubTool : public TimelineTool
{
public:
    ScrubTool(TimelineView &view, const QPoint &point, Qt::KeyboardModifiers modifiers)
        : TimelineTool(view)
        , m_before(view.playhead())
    {
        std::vector<SnapTarget> targets = snapTargets(view);
        std::erase_if(targets, [](const SnapTarget &target) {
            return target.kind == SnapTarget::Kind::Playhead;
        });
        m_snap = makeSnap(view, std::move(targets));
        moveTo(point, modifiers);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        const qint64 fine = TimelineSnap::fineStep(m_view.pixelsPerMs());
        qint64 at = std::llround(double(m_view.timeAt(point.x())) / double(fine)) * fine;
        at = std::clamp<qint64>(at, 0, std::max<qint64>(m_view.timelineLayout().end(), 0));
        if (m_view.isSnapping() && !(modifiers & Qt::AltModifier)) {
            at += m_snap.snap({at}, at, 0, snapTolerance(m_view) / 2).delta;
        }
        m_view.movePlayheadTo(double(at));
        scrollAtEdges({point.x(), m_view.lanesRect().center().y()});
    }

    void release(const QPoint &, Qt::KeyboardModifiers) override { stopScrolling(); }
    void cancel() override
    {
        stopScrolling();
        m_view.movePlayheadTo(m_before);
    }
    bool isDragging() const override { return true; }

private:
    double m_before;
    TimelineSnap m_snap;
};

class JumpTool : public TimelineTool
{
    Q_DECLARE_TR_FUNCTIONS(JumpTool)

public:
    JumpTool(TimelineView &view, const QPoint &point, Qt::KeyboardModifiers modifiers)
        : TimelineTool(view)
        , m_snap(makeSnap(view, snapTargets(view)))
    {
        moveTo(point, modifiers);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers) override
    {
        const qint64 fine = TimelineSnap::fineStep(m_view.pixelsPerMs());
        qint64 at = std::llround(double(m_view.timeAt(point.x())) / double(fine)) * fine;
        at = std::clamp<qint64>(at, 0, std::max<qint64>(m_view.timelineLayout().end(), 0));
        if (m_view.isSnapping() && !(modifiers & Qt::AltModifier)) {
            at += m_snap.snap({at}, at, 0, snapTolerance(m_view) / 2).delta;
        }
        show(at);
        Q_EMIT m_view.hint(
            tr("Jump to %1. Esc: stay.").arg(clockText(std::chrono::milliseconds(at))));
    }

    void release(const QPoint &, Qt::KeyboardModifiers) override
    {
        const qint64 at = cursor().guide;
        cancel();
        if (at >= 0) {
            Q_EMIT m_view.jumpRequested(double(at));
        }
    }
    void cancel() override
    {
        show(-1);
        Q_EMIT m_view.hint({});
    }
    bool isDragging() const override { return true; }

private:
    void show(qint64 at)
    {
        cursor().guide = at;
        updateAll();
    }

    TimelineSnap m_snap;
};

class OverviewTool : public TimelineTool
{
public:
    OverviewTool(TimelineView &view, const QPoint &point)
        : TimelineTool(view)
    {
        const QRectF area = view.areas().overview;
        const QRect lanes = view.lanesRect();
        m_begin = double(view.timeAt(lanes.left()));
        m_end = double(view.timeAt(lanes.left() + lanes.width()));
        const qreal left = std::max(area.left(), overview().xOf(area, m_begin));
        const qreal right = std::min(area.right(), overview().xOf(area, m_end));
        const qreal near = scaled(QFontMetricsF(view.font()), 5);
        if (std::abs(point.x() - left) <= near && right - left > 3 * near) {
            m_part = Part::Begin;
        } else if (std::abs(point.x() - right) <= near && right - left > 3 * near) {
            m_part = Part::End;
        }
        view.setFollowing(false);
        const double pressed = overview().timeAt(area, point.x());
        // Outside the window it comes to the pointer first.
        if (m_part == Part::Middle && (pressed < m_begin || pressed > m_end)) {
            const double half = (m_end - m_begin) / 2;
            m_begin = pressed - half;
            m_end = pressed + half;
        }
        m_offset = pressed - m_begin;
        moveTo(point, {});
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        const double time = overview().timeAt(m_view.areas().overview, point.x());
        const double least = std::max(1.0, double(m_view.timelineLayout().end()) / 500);
        if (m_part == Part::Begin) {
            m_view.showTimes(qint64(std::min(time, m_end - least)), qint64(m_end));
        } else if (m_part == Part::End) {
            m_view.showTimes(qint64(m_begin), qint64(std::max(time, m_begin + least)));
        } else {
            const TimelineLayout &layout = m_view.timelineLayout();
            m_view.horizontalScrollBar()->setValue(
                int(layout.measures().margin + (time - m_offset) * layout.pixelsPerMs()));
        }
    }
    void release(const QPoint &, Qt::KeyboardModifiers) override {}
    void cancel() override {}
    bool isDragging() const override { return false; }

private:
    enum class Part { Begin, Middle, End };
    Part m_part = Part::Middle;
    double m_begin = 0;
    double m_end = 0;
    double m_offset = 0;
};

class PanTool : public TimelineTool
{
public:
    PanTool(TimelineView &view, const QPoint &point)
        : TimelineTool(view)
        , m_last(point)
    {
        view.viewport()->setCursor(Qt::ClosedHandCursor);
    }
    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        scrollBy(m_last.x() - point.x(), m_last.y() - point.y());
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
    LaneTool(TimelineView &view, int lane, HeaderPart part, const QPoint &point)
        : TimelineTool(view)
        , m_lane(lane)
        , m_part(part)
        , m_pressed(point)
    {
        view.setCurrentLane(lane);
    }

    void moveTo(const QPoint &point, Qt::KeyboardModifiers) override
    {
        if (m_part != HeaderPart::Name || !m_view.canEdit()) {
            return;
        }
        if (!m_dragging &&
            std::abs(point.y() - m_pressed.y()) < QApplication::startDragDistance()) {
            return;
        }
        m_dragging = true;
        m_view.viewport()->setCursor(Qt::ClosedHandCursor);
        const TimelineLayout &layout = m_view.timelineLayout();
        const qreal y = m_view.toContent(point).y();
        int target = 0;
        while (target < layout.laneCount() &&
               y > layout.laneTop(target) + layout.laneHeight(target) / 2) {
            ++target;
        }
        cursor().laneTarget = target;
        showDrag(nullptr,
                 tr("Move the lane %1. Esc: cancel.").arg(scene().lanes[size_t(m_lane)].service));
        updateAll();
        scrollAtEdges({m_view.lanesRect().center().x(), point.y()});
    }

    void release(const QPoint &point, Qt::KeyboardModifiers) override
    {
        const int target = cursor().laneTarget;
        const bool dragged = m_dragging;
        cancel();
        if (dragged) {
            m_view.moveLane(m_lane, target > m_lane ? target - 1 : target);
        } else if (m_part != HeaderPart::Name &&
                   m_view.laneHeader(m_lane).partAt(point) == m_part) {
            m_view.toggleLane(m_lane, m_part);
        }
    }

    void cancel() override
    {
        stopScrolling();
        m_dragging = false;
        cursor().laneTarget = -1;
        showDrag(nullptr, {});
        updateAll();
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

std::unique_ptr<TimelineTool> makeBandTool(TimelineView &view, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<BandTool>(view, point, modifiers);
}

std::unique_ptr<TimelineTool> makeMarkerTool(TimelineView &view, int marker, const QPoint &point)
{
    return std::make_unique<MarkerTool>(view, marker, point);
}

std::unique_ptr<TimelineTool> makeScrubTool(TimelineView &view, const QPoint &point,
                                            Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<ScrubTool>(view, point, modifiers);
}

std::unique_ptr<TimelineTool> makeJumpTool(TimelineView &view, const QPoint &point,
                                           Qt::KeyboardModifiers modifiers)
{
    return std::make_unique<JumpTool>(view, point, modifiers);
}

std::unique_ptr<TimelineTool> makeOverviewTool(TimelineView &view, const QPoint &point)
{
    return std::make_unique<OverviewTool>(view, point);
}

std::unique_ptr<TimelineTool> makePanTool(TimelineView &view, const QPoint &point)
{
    return std::make_unique<PanTool>(view, point);
}

std::unique_ptr<TimelineTool> makeLaneTool(TimelineView &view, int lane, HeaderPart part,
                                           const QPoint &point)
{
    return std::make_unique<LaneTool>(view, lane, part, point);
}
