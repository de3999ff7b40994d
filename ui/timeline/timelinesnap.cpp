// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinesnap.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace {

/** A step that is narrower than that on the screen is fine enough. */
constexpr double FinestStepPixels = 12;

bool isIncident(const SnapTarget &target)
{
    return target.kind == SnapTarget::Kind::Incident || target.kind == SnapTarget::Kind::Hold;
}

} // namespace

void TimelineSnap::setTargets(std::vector<SnapTarget> targets)
{
    m_targets = std::move(targets);
    const auto before = [](const SnapTarget &a, const SnapTarget &b) {
        return std::tie(a.time, a.kind, a.index) < std::tie(b.time, b.kind, b.index);
    };
    if (!std::is_sorted(m_targets.begin(), m_targets.end(), before)) {
        std::sort(m_targets.begin(), m_targets.end(), before);
    }
}

TimelineSnap::Result TimelineSnap::snap(const std::vector<qint64> &starts, qint64 grabbed,
                                        qint64 delta, qint64 tolerance) const
{
    const qint64 lowest = starts.empty() ? grabbed : starts.front();
    delta = std::max(delta, -lowest);
    Result best{delta, {}};
    qint64 nearest = tolerance + 1;
    const auto offer = [&](const SnapTarget &target, qint64 start) {
        const qint64 by = target.time - start;
        const qint64 distance = std::abs(by - delta);
        if (lowest + by < 0 || distance > nearest ||
            (distance == nearest &&
             (best.target.kind == SnapTarget::Kind::None || target.kind >= best.target.kind))) {
            return;
        }
        nearest = distance;
        best = {by, target};
    };

    // Few starts look theirs up; many walk along the targets, both being in order.
    const bool walks = starts.size() * 16 > m_targets.size();
    auto next = m_targets.begin(); // the first that is not before the start
    for (const qint64 start : starts) {
        const auto isBefore = [at = start + delta](const SnapTarget &t) { return t.time < at; };
        next = walks ? std::find_if_not(next, m_targets.end(), isBefore)
                     : std::partition_point(next, m_targets.end(), isBefore);
        if (next != m_targets.end()) {
            offer(*next, start);
        }
        if (next == m_targets.begin()) {
            continue;
        }
        const qint64 time = std::prev(next)->time;
        if (start + delta - time > nearest) {
            continue;
        }
        // Of those at one moment the first is the one that wins.
        offer(*std::partition_point(m_targets.begin(), next,
                                    [time](const SnapTarget &t) { return t.time < time; }),
              start);
    }
    if (best.target.kind != SnapTarget::Kind::None || m_grid <= 0) {
        return best;
    }
    const qint64 wanted = grabbed + delta;
    const qint64 line = std::llround(double(wanted) / double(m_grid)) * m_grid;
    if (std::abs(line - wanted) <= tolerance) {
        offer({line, SnapTarget::Kind::Grid, -1}, grabbed);
    }
    return best;
}

SnapTarget TimelineSnap::neighbour(qint64 time) const
{
    SnapTarget best;
    const auto here = std::partition_point(m_targets.begin(), m_targets.end(),
                                           [time](const SnapTarget &t) { return t.time < time; });
    for (auto it = here; it != m_targets.begin();) {
        --it;
        if (isIncident(*it)) {
            best = *it;
            break;
        }
    }
    for (auto it = here; it != m_targets.end(); ++it) {
        if (!isIncident(*it) || it->time == time) {
            continue;
        }
        if (best.kind == SnapTarget::Kind::None || it->time - time < time - best.time) {
            best = *it;
        }
        break;
    }
    return best;
}

qint64 TimelineSnap::fineStep(double pixelsPerMs)
{
    for (const qint64 step : {1000, 100, 10}) {
        if (double(step) * pixelsPerMs <= FinestStepPixels) {
            return step;
        }
    }
    return 1;
}
