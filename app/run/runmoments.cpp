// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runmoments.h"

#include "app/model/pace.h"

#include <algorithm>
#include <cmath>

namespace {

/** Wall times count whole milliseconds, and are read a moment after the others. */
constexpr qint64 SameClockMs = 5;
/** A cue goes out up to that much, in real time, before the clock is read for its record. */
constexpr std::chrono::milliseconds Punctual{50};

} // namespace

void RunMoments::apply(const RunEvent &event)
{
    QDateTime wall = event.wall;
    if (const RunBegan *began = event.as<RunBegan>()) {
        *this = {};
        m_planned.reserve(began->incidents.size());
        for (const PlannedInRun &planned : began->incidents) {
            m_planned.append(TimelinePosition(planned.delay));
        }
        wall = began->startedAt.isValid() ? began->startedAt : wall;
    } else if (event.as<ClockStarted>() && wall.isValid()) {
        m_anchors.clear(); // what was prepared before took its time
    }
    const RunAge age = event.age();
    if (wall.isValid() &&
        (m_anchors.isEmpty() ||
         (age >= m_anchors.last().at && std::abs(wallAt(age).msecsTo(wall)) > SameClockMs))) {
        m_anchors.append({age, wall});
    }
    m_clock.apply(event);
}

QDateTime RunMoments::wallAt(RunAge age) const
{
    if (m_anchors.isEmpty()) {
        return {};
    }
    const auto after =
        std::upper_bound(m_anchors.begin(), m_anchors.end(), age,
                         [](RunAge moment, const Anchor &anchor) { return moment < anchor.at; });
    const Anchor &anchor = after == m_anchors.begin() ? *after : *std::prev(after);
    return anchor.wall.addMSecs(
        std::chrono::round<std::chrono::milliseconds>(age - anchor.at).count());
}

QDateTime RunMoments::wallOf(const RunEvent &event) const
{
    return event.wall.isValid() ? event.wall : wallAt(event.age());
}

std::optional<TimelinePosition> RunMoments::planned(int index) const
{
    return index >= 0 && index < m_planned.size() ? std::optional(m_planned[index]) : std::nullopt;
}

std::optional<Duration> RunMoments::firedEarlyBy(const RunEvent &event) const
{
    const Sending *sending = event.as<Sending>();
    const std::optional<TimelinePosition> moment = planned(sending ? sending->index : -1);
    if (!moment || sending->attempt.value_or(1) > 1) {
        return std::nullopt;
    }
    const Duration early = *moment - m_clock.positionAt(event.age());
    return early > scaled(Punctual, m_clock.speed()) ? std::optional(early) : std::nullopt;
}
