// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinedrag.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/timeline/timelinecontroller.h"

#include <QSet>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace {

/** How near, in pixels of the mock-ups, something has to be to hold. */
constexpr qreal SnapPixels = 8;
/** So little sideways is no move in time: to another lane a drag is never quite upright. */
constexpr qreal UprightPixels = 4;
constexpr qsizetype LongestName = 44;

QString shortened(const QString &name)
{
    return name.size() > LongestName ? name.left(LongestName - 1).trimmed() + QChar(0x2026) : name;
}

QString secondsText(qint64 ms)
{
    return roundedText(double(ms) / 1000.0, ms % 1000 == 0 ? 0 : ms % 100 == 0 ? 1 : 3);
}

} // namespace

std::vector<SnapTarget> snapTargets(const TimelineController &controller,
                                    const std::vector<bool> &except, int exceptMarker)
{
    using Kind = SnapTarget::Kind;
    const TimelineScene &scene = controller.scene();
    std::vector<SnapTarget> targets;
    targets.reserve(scene.blocks.size() + size_t(scene.markers.size()) + 3);
    for (const int row : controller.canvas().layout().byStart()) {
        if (size_t(row) < except.size() && except[size_t(row)]) {
            continue;
        }
        const SceneBlock &block = scene.blocks[size_t(row)];
        targets.push_back({block.start.count(), block.hold ? Kind::Hold : Kind::Incident, row});
    }
    for (int i = 0; i < int(scene.markers.size()); ++i) {
        if (i != exceptMarker) {
            targets.push_back({scene.markers[i].at.count(), Kind::Marker, i});
        }
    }
    targets.push_back({0, Kind::Start, -1});
    if (scene.duration.count() > 0) {
        targets.push_back({scene.duration.count(), Kind::End, -1});
    }
    const qint64 playhead = wholeMilliseconds(controller.playhead()).count();
    if (playhead > 0) {
        targets.push_back({playhead, Kind::Playhead, -1});
    }
    return targets;
}

TimelineSnap makeSnap(const TimelineController &controller, std::vector<SnapTarget> targets)
{
    TimelineSnap snap;
    snap.setTargets(std::move(targets));
    snap.setGrid(controller.canvas().gridStep());
    return snap;
}

qint64 snapTolerance(const TimelineController &controller)
{
    return qint64(scaled(QFontMetricsF(controller.canvas().pane().font()), SnapPixels) /
                  controller.canvas().pixelsPerMs());
}

std::vector<DragPicture::Line> dragTip(const TimelineController &controller, qint64 at,
                                       const QString &where, const SnapTarget &target,
                                       const SnapTarget &neighbour)
{
    using Kind = SnapTarget::Kind;
    const auto words = [](const char *text) {
        return QCoreApplication::translate("TimelineDrag", text);
    };
    const TimelineScene &scene = controller.scene();
    const auto title = [&](int row) { return shortened(scene.blocks[size_t(row)].title); };
    std::vector<DragPicture::Line> tip;
    QString rest = u"  " + words(QT_TRANSLATE_NOOP("TimelineDrag", "%1 s")).arg(secondsText(at));
    if (!where.isEmpty()) {
        rest += u", " + where;
    }
    tip.push_back({{u"T+" + clockText(std::chrono::milliseconds(at)), true}, {rest, false}});
    switch (target.kind) {
    case Kind::Marker:
        tip.push_back({{words(QT_TRANSLATE_NOOP("TimelineDrag", "on marker ")), false},
                       {shortened(scene.markers[target.index].name), true}});
        break;
    case Kind::Hold:
        tip.push_back({{words(QT_TRANSLATE_NOOP("TimelineDrag", "on the hold of ")), false},
                       {title(target.index), true}});
        break;
    case Kind::Incident:
        tip.push_back({{words(QT_TRANSLATE_NOOP("TimelineDrag", "together with ")), false},
                       {title(target.index), true}});
        break;
    case Kind::Playhead:
        tip.push_back({{words(QT_TRANSLATE_NOOP("TimelineDrag", "on the playhead")), false}});
        break;
    case Kind::Start:
        tip.push_back({{words(QT_TRANSLATE_NOOP("TimelineDrag", "on the start")), false}});
        break;
    case Kind::End:
        tip.push_back({{words(QT_TRANSLATE_NOOP("TimelineDrag", "on the end")), false}});
        break;
    case Kind::Grid:
    case Kind::None:
        break;
    }
    if (neighbour.kind != Kind::None) {
        const QString text = neighbour.time < at
                                 ? words(QT_TRANSLATE_NOOP("TimelineDrag", "%1 after %2"))
                                 : words(QT_TRANSLATE_NOOP("TimelineDrag", "%1 before %2"));
        tip.push_back({{text.arg(timeText(std::chrono::milliseconds(std::abs(at - neighbour.time))),
                                 title(neighbour.index)),
                        false}});
    }
    return tip;
}

TimelineDrag::TimelineDrag(const TimelineController &controller, const Rows &rows, int grabbed,
                           const QPoint &pressed)
    : m_controller(controller)
    , m_grabbedRow(grabbed)
    , m_pressed(pressed)
{
    const TimelineScene &scene = controller.scene();
    std::vector<bool> dragged(scene.blocks.size(), false);
    for (const int row : rows) {
        const SceneBlock &block = scene.blocks[size_t(row)];
        if (scene.lanes[size_t(block.lane)].locked) {
            continue;
        }
        dragged[size_t(row)] = true;
        m_rows.push_back(row);
        m_items.push_back({block, row});
        m_starts.push_back(block.start.count());
        m_leastLane = m_items.size() == 1 ? block.lane : std::min(m_leastLane, block.lane);
        m_mostLane = std::max(m_mostLane, block.lane);
    }
    const SceneBlock &block = scene.blocks[size_t(grabbed)];
    m_allLocked = m_items.empty() || scene.lanes[size_t(block.lane)].locked;
    if (m_allLocked) {
        m_starts = {block.start.count()}; // nothing moves, but the tip is somewhere
    }
    std::sort(m_starts.begin(), m_starts.end());
    m_grabbedStart = block.start.count();
    m_grabOffset = controller.canvas().timeAt(pressed.x()) - m_grabbedStart;
    m_snap = makeSnap(controller, snapTargets(controller, dragged));
}

TimelineDrag::TimelineDrag(const TimelineController &controller, const TimelineFragment &fragment)
    : m_controller(controller)
    , m_fragment(fromStart(fragment))
    , m_foreign(true)
{
    m_starts.push_back(0);
    QSet<QString> services;
    for (const Incident &incident : std::as_const(m_fragment.incidents)) {
        const QString service =
            effectiveService(incident, scenarioOf(incident, *controller.scenarios()));
        services.insert(service);
        SceneBlock block = buildBlock(incident, *controller.scenarios());
        block.lane = controller.selection().laneOf(service);
        m_starts.push_back(block.start.count());
        m_items.push_back({std::move(block), -1});
    }
    std::sort(m_starts.begin(), m_starts.end());
    m_ownLanes = services.size() > 1;
    if (services.size() == 1) {
        m_ownService = *services.cbegin();
    }
    m_snap = makeSnap(controller, snapTargets(controller));
    // The pointer holds the block a little behind its beginning.
    m_grabOffset = qint64(scaled(QFontMetricsF(controller.canvas().pane().font()), 14) /
                          controller.canvas().pixelsPerMs());
}

QString TimelineDrag::refusal(int lane) const
{
    const TimelineScene &scene = m_controller.scene();
    if (!m_controller.canEdit()) {
        return m_controller.document()->lockReason();
    }
    const auto locked = [&](int at) {
        return at >= 0 && at < int(scene.lanes.size()) && scene.lanes[size_t(at)].locked;
    };
    const auto sentence = [&](int at) {
        return tr("%1 is locked.").arg(scene.lanes[size_t(at)].service);
    };
    if (m_allLocked) {
        return sentence(scene.blocks[size_t(m_grabbedRow)].lane);
    }
    if (m_foreign && !m_ownLanes) {
        return locked(lane) ? sentence(lane) : QString();
    }
    if (m_addsLane) {
        return {};
    }
    for (const Item &item : m_items) {
        const int at = laneFor(item);
        if (locked(at)) {
            return sentence(at);
        }
    }
    return {};
}

int TimelineDrag::laneFor(const Item &item) const
{
    const int lanes = int(m_controller.scene().lanes.size());
    if (m_foreign) {
        return item.block.lane < 0 ? lanes : item.block.lane;
    }
    return m_addsLane ? lanes : item.block.lane + m_laneBy;
}

void TimelineDrag::moveTo(const QPoint &point, Qt::KeyboardModifiers modifiers, Originals originals)
{
    const TimelineLayout &layout = m_controller.canvas().layout();
    const QRect lanes = m_controller.canvas().lanesRect();
    const int laneCount = layout.laneCount();
    m_copies = originals == Originals::Stay;
    m_picture.pointer = point;

    // In time
    const bool upright =
        !m_foreign &&
        std::abs(point.x() - m_pressed.x()) <
            scaled(QFontMetricsF(m_controller.canvas().pane().font()), UprightPixels) &&
        std::abs(m_controller.canvas().timeAt(m_pressed.x()) - m_grabOffset - m_grabbedStart) <=
            qint64(1 / layout.pixelsPerMs()) + 1;
    SnapTarget target;
    if (upright) {
        m_delta = 0;
    } else {
        const qint64 fine = TimelineSnap::fineStep(layout.pixelsPerMs());
        const double wanted = double(m_controller.canvas().timeAt(point.x()) - m_grabOffset);
        m_delta = std::llround(wanted / double(fine)) * fine - m_grabbedStart;
        m_delta =
            std::clamp<qint64>(m_delta, -m_starts.front(), MaximumDelay.count() - m_starts.back());
        if (m_controller.isSnapping() && !(modifiers & Qt::AltModifier)) {
            const TimelineSnap::Result result =
                m_snap.snap(m_starts, m_grabbedStart, m_delta, snapTolerance(m_controller));
            m_delta = result.delta;
            target = result.target;
        }
    }

    // Across the lanes
    const int y = std::clamp(point.y(), lanes.top(), lanes.bottom());
    int lane = layout.laneAt(m_controller.canvas().toContent({point.x(), y}).y());
    m_addsLane = lane < 0;
    if (!m_foreign) {
        const int home = m_controller.scene().blocks[size_t(m_grabbedRow)].lane;
        if (modifiers & Qt::ShiftModifier || lane < 0) {
            lane = home;
        }
        if (modifiers & Qt::ShiftModifier) {
            m_addsLane = false;
        }
        m_laneBy = std::clamp(lane - home, -m_leastLane, laneCount - 1 - m_mostLane);
    } else if (!m_ownLanes) {
        for (Item &item : m_items) {
            item.block.lane = lane;
        }
    }

    const QString reason = refusal(lane);
    m_picture.isRefused = !reason.isEmpty();
    m_picture.at = m_grabbedStart + m_delta;
    // What holds may hold another one than the one under the pointer.
    m_picture.isSnapped = target.kind < SnapTarget::Kind::Grid;
    if (m_picture.isSnapped && target.time != m_picture.at) {
        m_picture.at = target.time;
    }
    m_picture.neighbour = m_snap.neighbour(m_picture.at);
    m_picture.addsLane = m_addsLane && !m_ownLanes;
    placeGhosts();
    if (m_picture.isRefused) {
        m_picture.tip = {{{reason, true}}};
        return;
    }
    const int shown =
        m_foreign ? lane : m_controller.scene().blocks[size_t(m_grabbedRow)].lane + m_laneBy;
    QString where;
    if (m_ownLanes) {
        where = tr("each for its own service");
    } else if (m_picture.addsLane) {
        where = tr("in a new lane");
    } else if (shown >= 0 && shown < laneCount) {
        where = m_controller.scene().lanes[size_t(shown)].service;
    }
    m_picture.tip = dragTip(m_controller, m_picture.at, where, target, m_picture.neighbour);
    if (m_items.size() > 1 || m_copies) {
        m_picture.tip.push_back({{what(), false}});
    }
}

void TimelineDrag::placeGhosts()
{
    const TimelineLayout &layout = m_controller.canvas().layout();
    const bool alone = m_items.size() == 1;
    m_picture.ghosts.clear();
    m_picture.ghosts.reserve(m_items.size());
    for (const Item &item : m_items) {
        DragPicture::Ghost ghost{&item.block, item.block.start.count() + m_delta, laneFor(item), 0};
        ghost.leaves = m_copies || m_picture.isRefused ? -1 : item.row;
        if (m_foreign && !m_ownLanes && item.block.lane < 0) {
            ghost.lane = layout.laneCount();
        }
        if (ghost.lane < layout.laneCount() && !layout.isDense(ghost.lane)) {
            const int rows = std::max(1, layout.rowCount(ghost.lane));
            const bool keepsItsRow = item.row >= 0 && (m_laneBy == 0 || !alone);
            ghost.row = keepsItsRow
                            ? layout.rowOf(item.row)
                            : layout.freeRow(ghost.lane, ghost.start, item.block.duration.count());
            ghost.row = std::min(ghost.row, rows - 1);
        }
        m_picture.ghosts.push_back(ghost);
    }
}

QString TimelineDrag::what() const
{
    const auto count = qsizetype(m_items.size());
    if (m_copies) {
        return count == 1 ? tr("Copy of 1 incident") : tr("Copies of %1 incidents").arg(count);
    }
    return count == 1 ? tr("1 incident") : tr("%1 incidents").arg(count);
}

QString TimelineDrag::hint() const
{
    if (m_picture.isRefused) {
        return m_picture.tip.empty() ? QString() : m_picture.tip.front().front().text;
    }
    QString name = what();
    if (m_items.size() == 1) {
        name = shortened(m_items.front().block.title);
    } else if (m_foreign && !m_fragment.name.isEmpty()) {
        name = shortened(m_fragment.name);
    }
    const QString time = clockText(std::chrono::milliseconds(m_picture.at));
    if (m_foreign) {
        return tr("Insert %1 at T+%2. Alt: no snapping. Esc: cancel.").arg(name, time);
    }
    if (m_copies) {
        return tr("Copy %1 to T+%2. Alt: no snapping. Shift: same lane. Esc: cancel.")
            .arg(name, time);
    }
    return tr("Move %1 to T+%2. Ctrl: copy. Alt: no snapping. Shift: same lane. Esc: cancel.")
        .arg(name, time);
}

QString TimelineDrag::newService() const
{
    if (m_foreign && !m_ownService.isEmpty() && m_controller.selection().laneOf(m_ownService) < 0) {
        return m_ownService;
    }
    return m_controller.selection().freeServiceName();
}

Timeline TimelineDrag::moved(const Timeline &timeline, const QString &newLane) const
{
    const ScenarioLibrary &scenarios = *m_controller.scenarios();
    Timeline after = movedBy(timeline, m_rows, std::chrono::milliseconds(m_delta));
    if (m_addsLane) {
        return inLane(after, m_rows, newLane, scenarios);
    }
    if (m_laneBy == 0) {
        return after;
    }
    std::vector<Rows> byLane(m_controller.scene().lanes.size());
    for (const Item &item : m_items) {
        byLane[size_t(laneFor(item))].push_back(item.row);
    }
    for (size_t lane = 0; lane < byLane.size(); ++lane) {
        if (!byLane[lane].empty()) {
            after =
                inLane(after, byLane[lane], m_controller.scene().lanes[lane].service, scenarios);
        }
    }
    return after;
}

TimelineDrag::Outcome TimelineDrag::edit(TimelineDocument &document) const
{
    Outcome outcome;
    const Timeline &timeline = document.timeline();
    const QString newLane = m_picture.addsLane ? newService() : QString();
    const auto count = qsizetype(m_items.size());
    if (m_foreign) {
        QString service;
        if (m_picture.addsLane) {
            service = newLane;
        } else if (!m_ownLanes && !m_items.empty()) {
            service = m_controller.scene().lanes[size_t(m_items.front().block.lane)].service;
        }
        // Another service than its own only where the pointer says so.
        const Insertion insertion =
            inserted(timeline, m_fragment, std::chrono::milliseconds(m_grabbedStart + m_delta),
                     service, *m_controller.scenarios());
        const QString name = count == 1 ? m_items.front().block.title : m_fragment.name;
        if (document.edit(name.isEmpty() ? tr("Insert %1 incidents").arg(count)
                                         : tr("Insert %1").arg(shortened(name)),
                          insertion.timeline)) {
            outcome.ids = insertion.ids;
        }
    } else if (m_copies) {
        const TimelineFragment copies = fragmentOf(moved(timeline, newLane), m_rows);
        const Insertion insertion =
            inserted(timeline, copies, std::chrono::milliseconds(m_starts.front() + m_delta), {},
                     *m_controller.scenarios());
        if (document.edit(count == 1 ? tr("Copy 1 incident") : tr("Copy %1 incidents").arg(count),
                          insertion.timeline)) {
            outcome.ids = insertion.ids;
        }
    } else {
        const Timeline after = moved(timeline, newLane);
        for (const int row : m_rows) {
            outcome.ids << timeline.incidents[row].id;
        }
        if (!document.edit(count == 1 ? tr("Move 1 incident") : tr("Move %1 incidents").arg(count),
                           after)) {
            outcome.ids.clear();
        }
    }
    if (!outcome.ids.isEmpty()) {
        outcome.newService = newLane;
    }
    return outcome;
}

void TimelineDrag::drop(TimelineController &controller) const
{
    if (m_picture.isRefused) {
        return;
    }
    // The edit brings another scene, to which the picture does not belong.
    const DropOrigin origin = m_foreign ? DropOrigin::Elsewhere : DropOrigin::Timeline;
    const Outcome outcome = edit(*controller.document());
    if (!outcome.ids.isEmpty()) {
        controller.showDropped(outcome.ids, origin, outcome.newService);
    }
}
