// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineselection.h"

#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelinescroll.h"

#include <QSet>
#include <algorithm>

TimelineSelection::TimelineSelection(const TimelineScene &scene, TimelineCursor &cursor,
                                     TimelineCanvas &canvas, TimelineScroll &scroll)
    : m_scene(scene)
    , m_cursor(cursor)
    , m_canvas(canvas)
    , m_scroll(scroll)
{}

void TimelineSelection::setModel(QItemSelectionModel *model)
{
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    if (!m_model) {
        return;
    }
    connect(m_model, &QItemSelectionModel::selectionChanged, this,
            &TimelineSelection::readSelection);
    connect(m_model, &QItemSelectionModel::currentChanged, this, &TimelineSelection::readCurrent);
    readSelection();
    readCurrent();
}

void TimelineSelection::reset()
{
    m_cursor.current = -1;
    m_cursor.marker = -1;
    m_cursor.lane = m_scene.lanes.empty() ? -1 : 0;
    m_rangeAnchor = -1;
    m_cursor.selected.clear();
}

void TimelineSelection::read()
{
    if (m_model) {
        readSelection();
        readCurrent();
    }
}

void TimelineSelection::readSelection()
{
    if (!m_model) {
        return;
    }
    const std::vector<bool> before = m_cursor.selected;
    m_cursor.selected.assign(m_scene.blocks.size(), false);
    bool any = false;
    for (const QItemSelectionRange &range : m_model->selection()) {
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
        Q_EMIT changed(before);
    }
    m_canvas.updateLanes();
}

bool TimelineSelection::showsModel() const
{
    return m_model && m_model->model() &&
           m_model->model()->rowCount() == int(m_scene.blocks.size());
}

void TimelineSelection::readCurrent()
{
    const int row = m_model->currentIndex().row();
    const int current = row < int(m_scene.blocks.size()) ? row : -1;
    if (current == m_cursor.current) {
        return;
    }
    m_cursor.current = current;
    if (current >= 0) {
        setLane(m_scene.blocks[size_t(current)].lane);
        if (m_sight == Sight::Scroll) {
            m_scroll.ensureVisible(current);
        }
        if (showsModel()) {
            Q_EMIT focusMoved();
        }
    }
    m_canvas.updateLanes();
}

Rows TimelineSelection::rows() const
{
    Rows rows;
    for (size_t row = 0; row < m_cursor.selected.size(); ++row) {
        if (m_cursor.selected[row]) {
            rows.push_back(int(row));
        }
    }
    return rows;
}

bool TimelineSelection::isSelected(int index) const
{
    return m_cursor.isSelected(index);
}

void TimelineSelection::select(const Rows &rows, int current)
{
    if (!m_model || !m_model->model()) {
        return;
    }
    const QAbstractItemModel *model = m_model->model();
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
        m_model->setCurrentIndex(model->index(current, 0), QItemSelectionModel::NoUpdate);
    }
    m_model->select(selection, QItemSelectionModel::ClearAndSelect);
}

void TimelineSelection::selectIds(const QStringList &ids)
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
        select(rows, rows.front());
    }
}

void TimelineSelection::selectAll()
{
    Rows rows(m_scene.blocks.size());
    for (size_t row = 0; row < rows.size(); ++row) {
        rows[row] = int(row);
    }
    select(rows, m_cursor.current);
}

void TimelineSelection::clear()
{
    if (m_model) {
        m_model->clearSelection();
    }
    selectMarker(-1);
}

void TimelineSelection::toggle(int index)
{
    m_model->setCurrentIndex(m_model->model()->index(index, 0),
                             QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
}

void TimelineSelection::preview(const std::vector<bool> &selected)
{
    m_cursor.selected = selected;
    m_canvas.updateLanes();
}

QString TimelineSelection::incidentId(int row) const
{
    // A view without a document knows its incidents by their rows alone.
    return m_document ? m_document->timeline().incidents.value(row).id : QString::number(row);
}

QStringList TimelineSelection::incidentIds() const
{
    QStringList ids;
    ids.reserve(qsizetype(m_scene.blocks.size()));
    for (int row = 0; row < int(m_scene.blocks.size()); ++row) {
        ids.append(incidentId(row));
    }
    return ids;
}

int TimelineSelection::current() const
{
    return m_cursor.current;
}

void TimelineSelection::setCurrent(int index)
{
    if (!m_model || !m_model->model() || index < 0) {
        return;
    }
    m_model->setCurrentIndex(m_model->model()->index(index, 0),
                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void TimelineSelection::setCurrentOnly(int index)
{
    m_model->setCurrentIndex(m_model->model()->index(index, 0), QItemSelectionModel::NoUpdate);
}

int TimelineSelection::marker() const
{
    return m_cursor.marker;
}

void TimelineSelection::selectMarker(int index)
{
    if (index == m_cursor.marker) {
        return;
    }
    m_cursor.marker = index;
    if (index >= 0 && m_model) {
        m_model->clearSelection();
    }
    m_canvas.updateStrip();
    if (index >= 0) {
        Q_EMIT focusMoved();
    }
    Q_EMIT markerActivated(index);
}

int TimelineSelection::lane() const
{
    return m_cursor.lane;
}

void TimelineSelection::setLane(int lane)
{
    if (lane == m_cursor.lane) {
        return;
    }
    m_cursor.lane = lane;
    m_canvas.updateHeaders();
}

QString TimelineSelection::laneService() const
{
    const int lane = m_cursor.lane;
    return lane >= 0 && lane < int(m_scene.lanes.size()) ? m_scene.lanes[size_t(lane)].service
                                                         : QString();
}

void TimelineSelection::goToEmptyLane(int lane)
{
    if (!m_model) {
        return;
    }
    m_model->clear();
    setLane(lane);
    Q_EMIT focusMoved();
}

int TimelineSelection::laneOf(const QString &service) const
{
    const auto found = std::find_if(m_scene.lanes.begin(), m_scene.lanes.end(),
                                    [&](const SceneLane &lane) { return lane.service == service; });
    return found == m_scene.lanes.end() ? -1 : int(found - m_scene.lanes.begin());
}

QStringList TimelineSelection::services() const
{
    QStringList names;
    for (const SceneLane &lane : m_scene.lanes) {
        names << lane.service;
    }
    return names;
}

QString TimelineSelection::freeServiceName() const
{
    for (int number = 1;; ++number) {
        const QString name = QStringLiteral("service-%1").arg(number);
        if (laneOf(name) < 0) {
            return name;
        }
    }
}
