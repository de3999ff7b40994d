// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runtimes.h"

#include "ui/timeline/timelinescene.h"

#include <algorithm>

IncidentState RunTimes::stateOf(int index) const
{
    const QList<IncidentRun> &incidents = m_record.incidents();
    return index < incidents.size() ? incidents[index].state : IncidentState::Scheduled;
}

double RunTimes::lastStart() const
{
    double last = 0;
    for (const SceneBlock &block : m_scene.blocks) {
        if (block.sends) {
            last = std::max(last, double(block.start.count()));
        }
    }
    return last;
}

double RunTimes::msTo(int index) const
{
    return (double(m_scene.blocks[size_t(index)].start.count()) - m_position) / m_pace;
}

double RunTimes::msToLast() const
{
    return std::max(0.0, lastStart() - m_position) / m_pace;
}

std::optional<double> RunTimes::msToHold() const
{
    std::optional<double> first;
    for (const int index : m_scene.holds) {
        const SceneBlock &block = m_scene.blocks[size_t(index)];
        const double start = double(block.start.count());
        if (!isFinal(stateOf(index)) && block.sends && start >= m_position &&
            (!first || start < *first)) {
            first = start;
        }
    }
    if (!first) {
        return {};
    }
    return (*first - m_position) / m_pace;
}

double RunTimes::waitFraction(int index) const
{
    const double to = double(m_scene.blocks[size_t(index)].start.count());
    double from = 0;
    for (const SceneBlock &block : m_scene.blocks) {
        const double start = double(block.start.count());
        if (block.sends && start < to) {
            from = std::max(from, start);
        }
    }
    return to > from ? std::clamp((m_position - from) / (to - from), 0.0, 1.0) : 1;
}

double RunTimes::plannedEndMs() const
{
    return std::max(double(m_scene.duration.count()), lastStart());
}
