// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: whatever keys, tools and drags do to the timeline goes through here.
#include "ui/timeline/timelinecontroller.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "ui/document/timelinedocument.h"

#include <QAbstractScrollArea>
#include <QSet>
#include <algorithm>

namespace {

/** Steps that follow each other so quickly are one gesture; in milliseconds. */
constexpr qint64 GesturePause = 1000;
/** Between a copy and its original if no distance is given. */
constexpr std::chrono::milliseconds DuplicateDistance{60000};

} // namespace

TimelineController::TimelineController(QAbstractScrollArea &area)
    : QObject(&area)
    , m_canvas(area, m_scene, m_cursor)
    , m_scroll(area, m_canvas, m_cursor)
    , m_selection(m_scene, m_cursor, m_canvas, m_scroll)
{}

void TimelineController::setDocument(TimelineDocument *document)
{
    m_document = document;
    m_selection.setDocument(document);
    const auto takeLock = [this] {
        m_cursor.editable = canEdit();
        m_canvas.updateLook();
        m_canvas.placeAreas();
        m_scroll.updateBars();
        m_canvas.updateAll();
    };
    if (document) {
        connect(document, &TimelineDocument::lockedChanged, this, [this, takeLock](bool locked) {
            if (locked) {
                Q_EMIT interrupted();
            }
            takeLock();
        });
    }
    takeLock();
}

bool TimelineController::canEdit() const
{
    return m_document && m_scenarios && !m_document->isLocked();
}

bool TimelineController::isPlaying() const
{
    return m_document ? m_document->isLocked() : m_cursor.live;
}

void TimelineController::takeScene(TimelineScene scene)
{
    const QString lane = m_selection.laneService();
    const int lanes = int(m_scene.lanes.size());
    m_scene = std::move(scene);
    ++m_sceneRevision;
    m_cursor.hovered = -1;
    m_canvas.takeScene();
    // The same lane, or the one that now stands in its place after it was renamed.
    const int same = m_selection.laneOf(lane);
    if (same >= 0 || lanes != int(m_scene.lanes.size())) {
        m_cursor.lane = same;
    }
    m_cursor.hoveredLane = -1;
    if (m_cursor.marker >= int(m_scene.markers.size())) {
        m_cursor.marker = -1;
    }
    Q_EMIT sceneTaken();
}

void TimelineController::takeTitles(const TimelineScene &scene, const std::vector<int> &rows)
{
    for (const int row : rows) {
        if (size_t(row) >= m_scene.blocks.size()) {
            continue;
        }
        SceneBlock &block = m_scene.blocks[size_t(row)];
        block.title = scene.blocks[size_t(row)].title;
        block.pin = scene.blocks[size_t(row)].pin;
        m_canvas.updateTitle(row);
    }
}

void TimelineController::setState(int index, IncidentState state)
{
    if (index < 0 || size_t(index) >= m_scene.blocks.size() ||
        m_scene.blocks[size_t(index)].state == state) {
        return;
    }
    m_scene.blocks[size_t(index)].state = state;
    m_canvas.updateBlock(index);
    Q_EMIT stateChanged(index);
}

void TimelineController::setLive(bool live)
{
    if (live == m_cursor.live) {
        return;
    }
    Q_EMIT interrupted();
    m_cursor.live = live;
    m_canvas.updateLook();
    m_scroll.updateBars();
    m_canvas.updateLanes();
    m_canvas.updateAll();
}

void TimelineController::setPast(std::vector<PastSend> past, const QString &name)
{
    m_cursor.past = std::move(past);
    m_pastName = name;
    m_canvas.updateAll();
}

void TimelineController::showDrag(const DragPicture *drag, const QString &text)
{
    const bool wasOverlaid = m_canvas.isOverlaid();
    m_cursor.guide = drag ? drag->at : -1;
    m_canvas.showDrag(drag);
    if (wasOverlaid != m_canvas.isOverlaid()) {
        m_scroll.updateBarsQuietly(); // behind the end there is room while something is dragged
    }
    Q_EMIT hint(text);
}

void TimelineController::showGuide(qint64 at)
{
    m_cursor.guide = at;
    m_canvas.updateAll();
}

void TimelineController::showBand(const QRectF &band)
{
    m_cursor.band = band;
}

void TimelineController::showLaneTarget(int lane)
{
    m_cursor.laneTarget = lane;
    m_canvas.updateAll();
}

void TimelineController::previewMarker(int index, std::chrono::milliseconds at)
{
    m_scene.markers[index].at = at;
}

void TimelineController::setHovered(int index)
{
    if (index == m_cursor.hovered) {
        return;
    }
    const int before = m_cursor.hovered;
    m_cursor.hovered = index;
    for (const int changed : {before, index}) {
        if (changed >= 0) {
            m_canvas.updateBlock(changed);
        }
    }
}

void TimelineController::setHoveredHeader(int lane, HeaderPart part)
{
    if (lane == m_cursor.hoveredLane && part == m_cursor.hoveredPart) {
        return;
    }
    m_cursor.hoveredLane = lane;
    m_cursor.hoveredPart = part;
    m_canvas.updateHeaders();
}

void TimelineController::setPlayhead(TimelinePosition position)
{
    if (position == m_cursor.playhead) {
        return;
    }
    const QRegion before = m_canvas.playheadRegion();
    m_cursor.playhead = position;
    m_canvas.updatePlayhead(before);
    if (m_scroll.isFollowing()) {
        m_scroll.followPlayhead();
    }
}

void TimelineController::movePlayheadTo(TimelinePosition position)
{
    if (isPlaying()) {
        return;
    }
    setPlayhead(std::clamp(position, TimelinePosition(), TimelinePosition(MaximumDelay)));
    Q_EMIT playheadMoved(m_cursor.playhead);
}

void TimelineController::movePlayhead(int steps, Step step)
{
    // From tick to tick, wherever it stands between two of them.
    const Duration length =
        std::chrono::milliseconds(step == Step::Second ? 1000 : m_canvas.gridStep());
    const Duration place = m_cursor.playhead.time_since_epoch();
    const bool isBetween = place % length > Duration(0);
    const qint64 tick = place / length + (steps < 0 && isBetween ? 1 : 0);
    const TimelinePosition wanted = step == Step::Second
                                        ? m_cursor.playhead + steps * length
                                        : TimelinePosition((tick + steps) * length);
    const TimelinePosition end(std::chrono::milliseconds(m_canvas.layout().end()));
    movePlayheadTo(std::min(wanted, std::max(end, m_cursor.playhead)));
    m_scroll.followPlayhead();
    Q_EMIT playheadStepped();
}

void TimelineController::goToMarker(int step)
{
    std::vector<int> order(size_t(m_scene.markers.size()));
    for (size_t i = 0; i < order.size(); ++i) {
        order[i] = int(i);
    }
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return m_scene.markers[a].at < m_scene.markers[b].at;
    });
    if (order.empty()) {
        return;
    }
    const auto here = std::find(order.begin(), order.end(), m_cursor.marker);
    qsizetype next = step > 0 ? 0 : qsizetype(order.size()) - 1;
    if (here != order.end()) {
        next = std::clamp<qsizetype>(here - order.begin() + step, 0, qsizetype(order.size()) - 1);
    }
    m_selection.selectMarker(order[size_t(next)]);
    movePlayheadTo(TimelinePosition(m_scene.markers[m_cursor.marker].at));
}

void TimelineController::setSnapping(bool snapping)
{
    if (snapping == m_snapping) {
        return;
    }
    m_snapping = snapping;
    Q_EMIT snappingChanged(snapping);
}

Rows TimelineController::editableRows(QString *locked) const
{
    Rows rows;
    for (const int row : m_selection.rows()) {
        const SceneLane &lane = m_scene.lanes[size_t(m_scene.blocks[size_t(row)].lane)];
        if (lane.locked) {
            *locked = lane.service;
        } else {
            rows.push_back(row);
        }
    }
    return rows;
}

bool TimelineController::refuseEdit(const Rows &rows, const QString &locked)
{
    if (!m_document || !m_scenarios) {
        return true;
    }
    if (!canEdit()) {
        Q_EMIT hint(m_document->lockReason());
        return true;
    }
    if (rows.empty() && !locked.isEmpty()) {
        Q_EMIT hint(tr("%1 is locked.").arg(locked));
    }
    return rows.empty();
}

Lane TimelineController::laneValue(int lane) const
{
    const SceneLane &shown = m_scene.lanes[size_t(lane)];
    return {shown.service, shown.muted, shown.locked, shown.collapsed};
}

QString TimelineController::gestureFor(const QString &kind)
{
    if (kind != m_gestureKind || !m_sinceGesture.isValid() ||
        m_sinceGesture.elapsed() > GesturePause) {
        ++m_gestures;
    }
    m_gestureKind = kind;
    m_sinceGesture.start();
    return kind + QString::number(m_gestures);
}

void TimelineController::nudge(int steps, Step step)
{
    const std::chrono::milliseconds by(steps * (step == Step::Second ? 1000 : m_canvas.gridStep()));
    if (m_cursor.marker >= 0 && canEdit()) {
        const int index = m_cursor.marker;
        Marker marker = m_document->timeline().markers[index];
        marker.at += by;
        m_document->edit(tr("Move marker"), markerReplaced(m_document->timeline(), index, marker),
                         gestureFor(QStringLiteral("marker%1-").arg(index)));
        return;
    }
    QString locked;
    const Rows rows = editableRows(&locked);
    if (refuseEdit(rows, locked)) {
        return;
    }
    m_document->edit(
        rows.size() == 1 ? tr("Move 1 incident") : tr("Move %1 incidents").arg(rows.size()),
        movedBy(m_document->timeline(), rows, by), gestureFor(QStringLiteral("nudge")));
    if (m_cursor.current >= 0) {
        m_scroll.ensureVisible(m_cursor.current);
    }
}

void TimelineController::moveSelectionToLane(int step)
{
    QString locked;
    const Rows rows = editableRows(&locked);
    if (refuseEdit(rows, locked)) {
        return;
    }
    int least = m_canvas.layout().laneCount();
    int most = 0;
    for (const int row : rows) {
        least = std::min(least, m_scene.blocks[size_t(row)].lane);
        most = std::max(most, m_scene.blocks[size_t(row)].lane);
    }
    if (least + step < 0 || most + step >= m_canvas.layout().laneCount()) {
        return;
    }
    std::vector<Rows> byLane(m_scene.lanes.size());
    for (const int row : rows) {
        const int lane = m_scene.blocks[size_t(row)].lane + step;
        byLane[size_t(lane)].push_back(row);
    }
    Timeline after = m_document->timeline();
    for (size_t lane = 0; lane < byLane.size(); ++lane) {
        if (byLane[lane].empty()) {
            continue;
        }
        if (m_scene.lanes[lane].locked) {
            Q_EMIT hint(tr("%1 is locked.").arg(m_scene.lanes[lane].service));
            return;
        }
        after = inLane(after, byLane[lane], m_scene.lanes[lane].service, *m_scenarios);
    }
    // Lanes that are not listed are there for their incidents; the one that is left stays, so that
    // the way back leads there.
    if (std::any_of(rows.begin(), rows.end(), [&](int row) {
            return m_scene.lanes[size_t(m_scene.blocks[size_t(row)].lane)].count == 1;
        })) {
        after = withLane(after, laneValue(least), m_selection.services());
    }
    m_document->edit(tr("Move to another lane"), after);
    if (m_cursor.current >= 0) {
        m_selection.setLane(m_scene.blocks[size_t(m_cursor.current)].lane);
        m_scroll.ensureVisible(m_cursor.current);
    }
}

void TimelineController::deleteSelection(Gap gap)
{
    if (m_cursor.marker >= 0 && canEdit()) {
        const int index = m_cursor.marker;
        m_selection.selectMarker(-1);
        m_document->edit(tr("Delete marker"), markerRemoved(m_document->timeline(), index));
        return;
    }
    QString locked;
    const Rows rows = editableRows(&locked);
    if (refuseEdit(rows, locked)) {
        return;
    }
    m_document->edit(rows.size() == 1 ? tr("Delete 1 incident")
                                      : tr("Delete %1 incidents").arg(rows.size()),
                     gap == Gap::Closes ? withoutClosingGap(m_document->timeline(), rows)
                                        : without(m_document->timeline(), rows));
}

void TimelineController::duplicateSelection()
{
    QString locked;
    const Rows rows = editableRows(&locked);
    if (refuseEdit(rows, locked)) {
        return;
    }
    // Behind the last of them, as far as they lie apart, so that nothing covers anything.
    std::chrono::milliseconds first = m_scene.blocks[size_t(rows.front())].start;
    std::chrono::milliseconds last = first;
    for (const int row : rows) {
        first = std::min(first, m_scene.blocks[size_t(row)].start);
        last = std::max(last, m_scene.blocks[size_t(row)].start);
    }
    std::chrono::milliseconds by = DuplicateDistance;
    if (rows.size() > 1 && last > first) {
        by = last - first + (last - first) / int(rows.size() - 1);
    }
    const Insertion insertion = duplicated(m_document->timeline(), rows, by);
    if (m_document->edit(rows.size() == 1 ? tr("Duplicate 1 incident")
                                          : tr("Duplicate %1 incidents").arg(rows.size()),
                         insertion.timeline)) {
        m_selection.selectIds(insertion.ids);
    }
}

void TimelineController::fitSelection()
{
    const Rows rows = m_selection.rows();
    if (rows.empty()) {
        m_scroll.fit();
        return;
    }
    qint64 from = m_canvas.layout().item(rows.front()).start;
    qint64 to = from;
    for (const int row : rows) {
        const LayoutItem &item = m_canvas.layout().item(row);
        from = std::min(from, item.start);
        to = std::max(to, item.start + item.duration);
    }
    m_scroll.setFollowing(false);
    m_scroll.showTimes(from, to);
    m_scroll.ensureVisible(rows.front());
}

void TimelineController::addMarkerAt(std::chrono::milliseconds at)
{
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    const Timeline &timeline = m_document->timeline();
    const int index = int(timeline.markers.size());
    const Marker marker{
        std::max(at, std::chrono::milliseconds(0)), tr("Marker %1").arg(index + 1), {}};
    if (m_document->edit(tr("Add marker"), withMarker(timeline, marker)) &&
        index < int(m_scene.markers.size())) {
        m_selection.selectMarker(index);
    }
}

void TimelineController::addMarkerAtPlayhead()
{
    addMarkerAt(wholeMilliseconds(m_cursor.playhead));
}

void TimelineController::insertAtPlayhead(const TimelineFragment &fragment)
{
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    QSet<QString> own;
    for (const Incident &incident : fragment.incidents) {
        own.insert(effectiveService(incident, scenarioOf(incident, *m_scenarios)));
    }
    QString service = own.size() == 1 ? m_selection.laneService() : QString();
    const int lane = m_selection.laneOf(service);
    if (lane >= 0 && m_scene.lanes[size_t(lane)].locked) {
        Q_EMIT hint(tr("%1 is locked.").arg(service));
        return;
    }
    const Insertion insertion =
        ::inserted(m_document->timeline(), fragment, wholeMilliseconds(m_cursor.playhead), service,
                   *m_scenarios);
    const QString name = fragment.name.isEmpty()
                             ? tr("Insert %1 incidents").arg(fragment.incidents.size())
                             : tr("Insert %1").arg(fragment.name);
    if (!m_document->edit(name, insertion.timeline)) {
        return;
    }
    m_selection.selectIds(insertion.ids);
    Q_EMIT inserted(insertion.ids);
}

void TimelineController::showDropped(const QStringList &ids, DropOrigin origin,
                                     const QString &newService)
{
    m_selection.selectIds(ids);
    if (origin == DropOrigin::Elsewhere) {
        Q_EMIT inserted(ids);
    }
    if (!newService.isEmpty()) {
        askForLaneName(m_selection.laneOf(newService));
    }
}

void TimelineController::addLane()
{
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    const QString service = m_selection.freeServiceName();
    m_document->edit(
        tr("Add lane"),
        withLane(m_document->timeline(), {service, false, false, false}, m_selection.services()));
    askForLaneName(m_selection.laneOf(service));
}

void TimelineController::askForLaneName(int lane)
{
    if (lane < 0 || lane >= m_canvas.layout().laneCount()) {
        return;
    }
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    m_selection.setLane(lane);
    m_scroll.ensureLaneVisible(lane);
    Q_EMIT laneNameWanted(lane);
}

void TimelineController::renameLane(const QString &from, const QString &to)
{
    if (!canEdit()) {
        return;
    }
    m_document->edit(
        tr("Rename lane %1 to %2").arg(from, to),
        laneRenamed(m_document->timeline(), from, to, m_selection.services(), *m_scenarios));
    m_selection.setLane(m_selection.laneOf(to));
}

void TimelineController::toggleLane(int lane, HeaderPart part)
{
    if (lane < 0 || lane >= m_canvas.layout().laneCount()) {
        return;
    }
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    Lane value = laneValue(lane);
    QString name;
    switch (part) {
    case HeaderPart::Mute:
        value.muted = !value.muted;
        name = value.muted ? tr("Mute %1") : tr("Unmute %1");
        break;
    case HeaderPart::Lock:
        value.locked = !value.locked;
        name = value.locked ? tr("Lock %1") : tr("Unlock %1");
        break;
    case HeaderPart::Chevron:
        value.collapsed = !value.collapsed;
        name = value.collapsed ? tr("Collapse %1") : tr("Expand %1");
        break;
    case HeaderPart::Name:
    case HeaderPart::None:
        return;
    }
    m_document->edit(name.arg(value.service),
                     withLane(m_document->timeline(), value, m_selection.services()));
}

void TimelineController::moveLane(int lane, int to)
{
    if (lane < 0 || lane >= m_canvas.layout().laneCount() || to < 0 ||
        to >= m_canvas.layout().laneCount() || lane == to) {
        return;
    }
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    const QString service = m_scene.lanes[size_t(lane)].service;
    m_document->edit(tr("Move lane %1").arg(service),
                     laneMoved(m_document->timeline(), service, to, m_selection.services()));
    m_selection.setLane(m_selection.laneOf(service));
}

void TimelineController::deleteLane(const QString &service)
{
    m_document->edit(tr("Delete lane %1").arg(service),
                     laneRemoved(m_document->timeline(), service));
}

void TimelineController::showLaneMenu(int lane, const QPoint &globalPos)
{
    if (!m_document) {
        return;
    }
    if (lane >= 0) {
        m_selection.setLane(lane);
    }
    Q_EMIT laneMenuWanted(lane, globalPos);
}
