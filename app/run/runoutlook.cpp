// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runoutlook.h"

#include "app/model/pace.h"
#include "app/run/runrecord.h"
#include "app/run/stageplan.h"

#include <algorithm>

bool isOver(RunState state)
{
    return state == RunState::Idle || state == RunState::Finished || state == RunState::Stopped;
}

IncidentState stateOf(const RunRecord &record, int index)
{
    const QList<IncidentRun> &incidents = record.incidents();
    return index >= 0 && index < incidents.size() ? incidents[index].state
                                                  : IncidentState::Scheduled;
}

RunOutlook::RunOutlook(const RunRecord &record, const RunOutline &outline,
                       TimelinePosition position, double pace, const QDateTime &wall)
    : m_record(record)
    , m_outline(outline)
    , m_position(position)
    , m_pace(pace)
    , m_wall(wall)
{}

int RunOutlook::onStage() const
{
    return m_record.state() == RunState::Idle ? -1 : ::onStage(m_record, m_position);
}

Duration RunOutlook::to(int index) const
{
    return scaled(m_outline.incidents[size_t(index)].due - m_position, 1 / m_pace);
}

Duration RunOutlook::toLast() const
{
    return scaled(std::max(Duration(), m_outline.lastDue() - m_position), 1 / m_pace);
}

std::optional<Duration> RunOutlook::toHold() const
{
    std::optional<TimelinePosition> first;
    for (size_t row = 0; row < m_outline.incidents.size(); ++row) {
        const OutlinedIncident &incident = m_outline.incidents[row];
        if (incident.hold && incident.sends && !isFinal(stateOf(m_record, int(row))) &&
            incident.due >= m_position && (!first || incident.due < *first)) {
            first = incident.due;
        }
    }
    if (!first) {
        return {};
    }
    return scaled(*first - m_position, 1 / m_pace);
}

double RunOutlook::waitFraction(int index) const
{
    const TimelinePosition to = m_outline.incidents[size_t(index)].due;
    TimelinePosition from;
    for (const OutlinedIncident &incident : m_outline.incidents) {
        if (incident.sends && incident.due < to) {
            from = std::max(from, incident.due);
        }
    }
    return to > from
               ? std::clamp(toMilliseconds(m_position - from) / toMilliseconds(to - from), 0.0, 1.0)
               : 1;
}

QDateTime RunOutlook::wallOf(int index) const
{
    if (m_record.state() != RunState::Running) {
        return {};
    }
    return m_wall.addMSecs(std::max(qint64(0), qint64(qRound64(toMilliseconds(to(index))))));
}

QDateTime RunOutlook::expectedEnd() const
{
    if (m_record.state() != RunState::Running) {
        return {};
    }
    return m_wall.addMSecs(qRound64(toMilliseconds(toLast())));
}

QList<int> RunOutlook::passedBy(TimelinePosition position) const
{
    QList<int> passed;
    for (const IncidentRun &run : m_record.incidents()) {
        if (run.sends && isUnsent(run.state) && TimelinePosition(run.delay) < position) {
            passed.append(run.index);
        }
    }
    std::stable_sort(passed.begin(), passed.end(), [this](int a, int b) {
        return m_record.incidents()[a].delay < m_record.incidents()[b].delay;
    });
    return passed;
}

std::optional<Duration> untilLimitOpens(const RunRecord &record, RunAge age)
{
    std::optional<Duration> opens;
    for (const IncidentRun &run : record.incidents()) {
        if (!run.waitsForRateLimit() || !run.waitingUntil) {
            continue;
        }
        if (*run.waitingUntil > age) {
            opens = std::max(opens.value_or(Duration()), *run.waitingUntil - age);
        }
    }
    return opens;
}
