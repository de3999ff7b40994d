// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/skiphistory.h"

#include "app/run/runrecord.h"

void SkipHistory::addJump(TimelinePosition from, TimelinePosition to, const QList<int> &passed)
{
    forgetJumps();
    if (!passed.isEmpty()) {
        m_skips.push_back({passed, Jump{from, to}});
    }
}

void SkipHistory::forgetJumps()
{
    for (Skip &skip : m_skips) {
        skip.jump.reset();
    }
}

SkipHistory::Step SkipHistory::left(const Skip &skip, const RunRecord &record,
                                    TimelinePosition position)
{
    Step step;
    if (skip.jump) {
        position = skip.jump->from + (position - skip.jump->to);
        step.position = position;
    }
    for (const int index : skip.indices) {
        if (record.canTakeBack(index, position)) {
            step.indices.append(index);
        }
    }
    return step;
}

SkipHistory::Step SkipHistory::last(const RunRecord &record, TimelinePosition position) const
{
    for (auto skip = m_skips.rbegin(); skip != m_skips.rend(); ++skip) {
        if (Step step = left(*skip, record, position); !step.indices.isEmpty()) {
            return step;
        }
    }
    return {};
}

SkipHistory::Step SkipHistory::of(int index, const RunRecord &record,
                                  TimelinePosition position) const
{
    if (record.canTakeBack(index, position)) {
        return {{index}, std::nullopt};
    }
    for (auto skip = m_skips.rbegin(); skip != m_skips.rend(); ++skip) {
        if (Step step = left(*skip, record, position); step.indices.contains(index)) {
            return step;
        }
    }
    return {};
}
