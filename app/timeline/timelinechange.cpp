// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinechange.h"

#include <QHash>
#include <algorithm>
#include <utility>

namespace {

Timeline headOf(const Timeline &timeline)
{
    Timeline head;
    head.name = timeline.name;
    head.description = timeline.description;
    head.durationMinutes = timeline.durationMinutes;
    head.markers = timeline.markers;
    head.lanes = timeline.lanes;
    head.variables = timeline.variables;
    head.pinsFile = timeline.pinsFile;
    head.version = timeline.version;
    head.services = timeline.services;
    head.metricNames = timeline.metricNames;
    return head;
}

void swapHead(Timeline &timeline, Timeline &head)
{
    std::swap(timeline.incidents, head.incidents);
    std::swap(timeline, head);
}

bool sameIds(const QList<Incident> &before, const QList<Incident> &after)
{
    return before.size() == after.size() &&
           std::equal(before.begin(), before.end(), after.begin(),
                      [](const Incident &a, const Incident &b) { return a.id == b.id; });
}

/**
 * By row of `after`, the row of `before` that stays there, or -1. What stays keeps its order: of
 * incidents that changed places, the later ones count as new.
 */
std::vector<int> staying(const QList<Incident> &before, const QList<Incident> &after)
{
    QHash<QString, int> rowOf;
    rowOf.reserve(before.size());
    for (int row = 0; row < before.size(); ++row) {
        rowOf.insert(before[row].id, row);
    }
    std::vector<int> stays(size_t(after.size()), -1);
    int last = -1;
    for (int row = 0; row < after.size(); ++row) {
        const int old = rowOf.value(after[row].id, -1);
        if (old > last) {
            stays[size_t(row)] = old;
            last = old;
        }
    }
    return stays;
}

} // namespace

TimelineChange TimelineChange::between(const Timeline &before, const Timeline &after)
{
    TimelineChange change;
    const Timeline head = headOf(after);
    if (!(headOf(before) == head)) {
        change.m_head = head;
        change.m_changesHead = true;
        change.m_changesMarkers = before.markers != after.markers;
        change.m_changesSchedule =
            change.m_changesMarkers || before.durationMinutes != after.durationMinutes ||
            before.lanes != after.lanes || before.variables != after.variables;
    }
    // Lists that share their data have nothing to compare.
    if (before.incidents.constData() == after.incidents.constData() &&
        before.incidents.size() == after.incidents.size()) {
        return change;
    }

    if (sameIds(before.incidents, after.incidents)) {
        for (int row = 0; row < after.incidents.size(); ++row) {
            if (!(before.incidents[row] == after.incidents[row])) {
                change.m_replaced.push_back({row, after.incidents[row]});
            }
        }
        return change;
    }
    int kept = 0;
    int next = 0; // of before
    const std::vector<int> stays = staying(before.incidents, after.incidents);
    for (int row = 0; row < after.incidents.size(); ++row) {
        const int old = stays[size_t(row)];
        if (old < 0) {
            change.m_in.push_back({row, after.incidents[row]});
            continue;
        }
        for (; next < old; ++next) {
            change.m_out.push_back({next, before.incidents[next]});
        }
        ++next;
        if (!(before.incidents[old] == after.incidents[row])) {
            change.m_replaced.push_back({kept, after.incidents[row]});
        }
        ++kept;
    }
    for (; next < before.incidents.size(); ++next) {
        change.m_out.push_back({next, before.incidents[next]});
    }
    return change;
}

TimelineChange TimelineChange::ofRows(const Timeline &before, const std::vector<int> &rows,
                                      const std::function<void(Incident &)> &set)
{
    TimelineChange change;
    for (const int row : rows) {
        const Incident &old = before.incidents[row];
        Incident incident = old;
        set(incident);
        if (!(incident == old)) {
            change.m_replaced.push_back({row, std::move(incident)});
        }
    }
    return change;
}

bool TimelineChange::isEmpty() const
{
    return !m_changesHead && !changesIncidents();
}

std::vector<int> TimelineChange::rowsOf(const std::vector<Row> &rows)
{
    std::vector<int> numbers;
    numbers.reserve(rows.size());
    for (const Row &row : rows) {
        numbers.push_back(row.row);
    }
    return numbers;
}

std::vector<int> TimelineChange::rowsReplaced() const
{
    std::vector<int> rows;
    rows.reserve(m_replaced.size());
    size_t before = 0; // how many of those that come stand before it
    for (const Row &replaced : m_replaced) {
        while (before < m_in.size() && m_in[before].row <= replaced.row + int(before)) {
            ++before;
        }
        rows.push_back(replaced.row + int(before));
    }
    return rows;
}

void TimelineChange::apply(Timeline &timeline)
{
    if (m_changesHead) {
        swapHead(timeline, m_head);
    }
    if (!changesRows()) {
        if (m_replaced.empty()) {
            return;
        }
        // Detached once; every access through the list would ask again.
        Incident *incidents = timeline.incidents.data();
        for (Row &replaced : m_replaced) {
            std::swap(incidents[replaced.row], replaced.incident);
        }
        return;
    }
    QList<Incident> kept;
    kept.reserve(timeline.incidents.size());
    Incident *incidents = timeline.incidents.data();
    size_t out = 0;
    for (int row = 0; row < timeline.incidents.size(); ++row) {
        if (out < m_out.size() && m_out[out].row == row) {
            m_out[out++].incident = std::move(incidents[row]);
        } else {
            kept.append(std::move(incidents[row]));
        }
    }
    for (Row &replaced : m_replaced) {
        std::swap(kept[replaced.row], replaced.incident);
    }

    const auto total = qsizetype(kept.size()) + qsizetype(m_in.size());
    QList<Incident> result;
    result.reserve(total);
    size_t in = 0;
    qsizetype next = 0;
    for (int row = 0; row < total; ++row) {
        if (in < m_in.size() && m_in[in].row == row) {
            result.append(m_in[in++].incident);
        } else {
            result.append(std::move(kept[next++]));
        }
    }
    timeline.incidents = std::move(result);
    std::swap(m_out, m_in);
}

bool TimelineChange::coversSameAs(const TimelineChange &other) const
{
    return !changesRows() && !other.changesRows() && m_changesHead == other.m_changesHead &&
           std::equal(m_replaced.begin(), m_replaced.end(), other.m_replaced.begin(),
                      other.m_replaced.end(),
                      [](const Row &a, const Row &b) { return a.row == b.row; });
}

bool TimelineChange::isIn(const Timeline &timeline) const
{
    return !changesRows() && (!m_changesHead || headOf(timeline) == m_head) &&
           std::all_of(m_replaced.begin(), m_replaced.end(), [&timeline](const Row &replaced) {
               return timeline.incidents[replaced.row] == replaced.incident;
           });
}
