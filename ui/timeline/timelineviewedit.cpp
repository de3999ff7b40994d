// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelineaccessible.h"
#include "ui/timeline/timelinedrag.h"

#include <QItemSelectionModel>
#include <QScrollBar>
#include <QSet>
#include <algorithm>
#include <cmath>

namespace {

/** Steps that follow each other so quickly are one gesture. */
constexpr qint64 GesturePause = 1000;
/** Between a copy and its original where no distance is given. */
constexpr std::chrono::milliseconds DuplicateDistance{60000};

} // namespace

void TimelineView::setSelectionModel(QItemSelectionModel *selection)
{
    if (m_selection) {
        m_selection->disconnect(this);
    }
    m_selection = selection;
    if (!m_selection) {
        return;
    }
    connect(m_selection, &QItemSelectionModel::selectionChanged, this,
            &TimelineView::readSelection);
    connect(m_selection, &QItemSelectionModel::currentChanged, this, &TimelineView::readCurrent);
    readSelection();
    readCurrent();
}

void TimelineView::readSelection()
{
    if (!m_selection) {
        return;
    }
    const std::vector<bool> before = m_cursor.selected;
    m_cursor.selected.assign(m_scene.blocks.size(), false);
    bool any = false;
    for (const QItemSelectionRange &range : m_selection->selection()) {
        const int last = std::min(range.bottom(), int(m_scene.blocks.size()) - 1);
        for (int row = range.top(); row <= last; ++row) {
            m_cursor.selected[size_t(row)] = true;
            any = true;
        }
    }
    if (any) {
        selectMarker(-1);
    }
    if (showsModel()) {
        notifyTimelineSelection(this, before);
    }
    updateLanes();
}

bool TimelineView::showsModel() const
{
    return m_selection && m_selection->model() &&
           m_selection->model()->rowCount() == int(m_scene.blocks.size());
}

void TimelineView::readCurrent()
{
    const int row = m_selection->currentIndex().row();
    const int current = row < int(m_scene.blocks.size()) ? row : -1;
    if (current == m_cursor.current) {
        return;
    }
    m_cursor.current = current;
    if (current >= 0) {
        setCurrentLane(m_scene.blocks[size_t(current)].lane);
        if (!m_pointing) {
            ensureVisible(current);
        }
        if (showsModel()) {
            notifyTimelineFocus(this);
        }
    }
    updateLanes();
}

void TimelineView::setCurrentIndex(int index)
{
    if (!m_selection || !m_selection->model() || index < 0) {
        return;
    }
    m_selection->setCurrentIndex(m_selection->model()->index(index, 0),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void TimelineView::setCurrentLane(int lane)
{
    if (lane == m_cursor.lane) {
        return;
    }
    m_cursor.lane = lane;
    viewport()->update(m_areas.headers);
}

Rows TimelineView::selectedRows() const
{
    Rows rows;
    for (size_t row = 0; row < m_cursor.selected.size(); ++row) {
        if (m_cursor.selected[row]) {
            rows.push_back(int(row));
        }
    }
    return rows;
}

void TimelineView::selectRows(const Rows &rows, int current)
{
    if (!m_selection || !m_selection->model()) {
        return;
    }
    const QAbstractItemModel *model = m_selection->model();
    QItemSelection selection;
    for (size_t i = 0; i < rows.size();) {
        size_t last = i;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) {
            ++last;
        }
        selection.append(QItemSelectionRange(model->index(rows[i], 0),
                                             model->index(rows[last], model->columnCount() - 1)));
        i = last + 1;
    }
    if (current >= 0) {
        m_selection->setCurrentIndex(model->index(current, 0), QItemSelectionModel::NoUpdate);
    }
    m_selection->select(selection, QItemSelectionModel::ClearAndSelect);
}

void TimelineView::selectIds(const QStringList &ids)
{
    if (!m_document) {
        return;
    }
    const QSet<QString> wanted(ids.begin(), ids.end());
    Rows rows;
    const QList<Incident> &incidents = m_document->timeline().incidents;
    const int known = std::min(int(incidents.size()), int(m_scene.blocks.size()));
    for (int row = 0; row < known; ++row) {
        if (wanted.contains(incidents[row].id)) {
            rows.push_back(row);
        }
    }
    if (!rows.empty()) {
        selectRows(rows, rows.front());
    }
}

void TimelineView::selectMarker(int index)
{
    if (index == m_cursor.marker) {
        return;
    }
    m_cursor.marker = index;
    if (index >= 0 && m_selection) {
        m_selection->clearSelection();
    }
    viewport()->update(m_areas.strip);
    if (index >= 0) {
        notifyTimelineFocus(this);
    }
    Q_EMIT markerActivated(index);
}

void TimelineView::selectAllIncidents()
{
    Rows rows(m_scene.blocks.size());
    for (size_t row = 0; row < rows.size(); ++row) {
        rows[row] = int(row);
    }
    selectRows(rows, m_cursor.current);
}

Rows TimelineView::editableRows(QString *locked) const
{
    Rows rows;
    for (const int row : selectedRows()) {
        const SceneLane &lane = m_scene.lanes[size_t(m_scene.blocks[size_t(row)].lane)];
        if (lane.locked) {
            *locked = lane.service;
        } else {
            rows.push_back(row);
        }
    }
    return rows;
}

bool TimelineView::refuseEdit(const Rows &rows, const QString &locked)
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

Lane TimelineView::laneValue(int lane) const
{
    const SceneLane &shown = m_scene.lanes[size_t(lane)];
    return {shown.service, shown.muted, shown.locked, shown.collapsed};
}

QString TimelineView::gestureFor(const QString &kind)
{
    if (kind != m_gestureKind || !m_sinceGesture.isValid() ||
        m_sinceGesture.elapsed() > GesturePause) {
        ++m_gestures;
    }
    m_gestureKind = kind;
    m_sinceGesture.start();
    return kind + QString::number(m_gestures);
}

void TimelineView::nudge(int steps, bool fine)
{
    const std::chrono::milliseconds by(steps * (fine ? 1000 : gridStep()));
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
        ensureVisible(m_cursor.current);
    }
}

void TimelineView::moveSelectionToLane(int step)
{
    QString locked;
    const Rows rows = editableRows(&locked);
    if (refuseEdit(rows, locked)) {
        return;
    }
    int least = m_layout.laneCount();
    int most = 0;
    for (const int row : rows) {
        least = std::min(least, m_scene.blocks[size_t(row)].lane);
        most = std::max(most, m_scene.blocks[size_t(row)].lane);
    }
    if (least + step < 0 || most + step >= m_layout.laneCount()) {
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
        after = withLane(after, laneValue(least), services());
    }
    m_document->edit(tr("Move to another lane"), after);
    if (m_cursor.current >= 0) {
        setCurrentLane(m_scene.blocks[size_t(m_cursor.current)].lane);
        ensureVisible(m_cursor.current);
    }
}

void TimelineView::deleteSelection(bool closeGap)
{
    if (m_cursor.marker >= 0 && canEdit()) {
        const int index = m_cursor.marker;
        selectMarker(-1);
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
                     closeGap ? withoutClosingGap(m_document->timeline(), rows)
                              : without(m_document->timeline(), rows));
}

void TimelineView::duplicateSelection()
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
        selectIds(insertion.ids);
    }
}

void TimelineView::fitSelection()
{
    const Rows rows = selectedRows();
    if (rows.empty()) {
        fit();
        return;
    }
    qint64 from = m_layout.item(rows.front()).start;
    qint64 to = from;
    for (const int row : rows) {
        const LayoutItem &item = m_layout.item(row);
        from = std::min(from, item.start);
        to = std::max(to, item.start + item.duration);
    }
    setFollowing(false);
    showTimes(from, to);
    ensureVisible(rows.front());
}

void TimelineView::addMarkerAt(std::chrono::milliseconds at)
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
        selectMarker(index);
    }
}

void TimelineView::addMarkerAtPlayhead()
{
    addMarkerAt(std::chrono::milliseconds(std::llround(m_cursor.playhead)));
}

void TimelineView::goToMarker(int step)
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
    selectMarker(order[size_t(next)]);
    movePlayheadTo(double(m_scene.markers[m_cursor.marker].at.count()));
}

void TimelineView::movePlayheadTo(double milliseconds)
{
    if (isPlaying()) {
        return;
    }
    setPlayhead(std::clamp(milliseconds, 0.0, double(MaximumDelay.count())));
    Q_EMIT playheadMoved(m_cursor.playhead);
}

void TimelineView::movePlayhead(int steps, bool fine)
{
    // From tick to tick, wherever it stands between two of them.
    const double step = fine ? 1000.0 : double(gridStep());
    const double place = m_cursor.playhead / step;
    const double next =
        steps > 0 ? std::floor(place + 1e-6) + steps : std::ceil(place - 1e-6) + steps;
    const double time = fine ? m_cursor.playhead + steps * step : next * step;
    movePlayheadTo(std::min(time, std::max(double(m_layout.end()), m_cursor.playhead)));
    followPlayhead();
    notifyTimelinePlayhead(this);
}

QString TimelineView::incidentId(int row) const
{
    // A view without a document knows its incidents by their rows alone.
    return m_document ? m_document->timeline().incidents.value(row).id : QString::number(row);
}

QStringList TimelineView::incidentIds() const
{
    QStringList ids;
    ids.reserve(qsizetype(m_scene.blocks.size()));
    for (int row = 0; row < int(m_scene.blocks.size()); ++row) {
        ids.append(incidentId(row));
    }
    return ids;
}

void TimelineView::insertAtPlayhead(const TimelineFragment &fragment)
{
    if (!canEdit()) {
        refuseEdit({}, {});
        return;
    }
    QSet<QString> own;
    for (const Incident &incident : fragment.incidents) {
        own.insert(effectiveService(incident, scenarioOf(incident, *m_scenarios)));
    }
    QString service = own.size() == 1 ? currentLaneService() : QString();
    const int lane = laneOf(service);
    if (lane >= 0 && m_scene.lanes[size_t(lane)].locked) {
        Q_EMIT hint(tr("%1 is locked.").arg(service));
        return;
    }
    const Insertion insertion = ::inserted(
        m_document->timeline(), fragment,
        std::chrono::milliseconds(std::llround(m_cursor.playhead)), service, *m_scenarios);
    const QString name = fragment.name.isEmpty()
                             ? tr("Insert %1 incidents").arg(fragment.incidents.size())
                             : tr("Insert %1").arg(fragment.name);
    if (!m_document->edit(name, insertion.timeline)) {
        return;
    }
    selectIds(insertion.ids);
    Q_EMIT inserted(insertion.ids);
}

void TimelineView::finishDrop(TimelineDrag &drag)
{
    const TimelineDrag::Outcome outcome = drag.drop(*m_document);
    if (outcome.ids.isEmpty()) {
        return;
    }
    selectIds(outcome.ids);
    if (outcome.isInsertion) {
        Q_EMIT inserted(outcome.ids);
    }
    if (!outcome.newService.isEmpty()) {
        renameLane(laneOf(outcome.newService));
    }
}
