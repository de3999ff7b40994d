// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/cuelist.h"

#include "app/model/pace.h"

#include <algorithm>
#include <tuple>

namespace {

/** A thread that comes that much too late was kept from running. */
constexpr Duration Stall = std::chrono::seconds(1);

bool isBefore(const CueList::Cue &a, const CueList::Cue &b)
{
    return std::tie(a.delay, a.index) < std::tie(b.delay, b.index);
}

} // namespace

Instant awayFrom(Instant cue, Instant wanted)
{
    return wanted + Undisturbed > cue && cue + Undisturbed > wanted ? cue + Undisturbed : wanted;
}

std::vector<CueList::Cue>::iterator CueList::place(int index)
{
    return std::find_if(m_cues.begin(), m_cues.end(),
                        [index](const Cue &cue) { return cue.index == index; });
}

const CueList::Cue *CueList::find(int index) const
{
    const auto found = std::find_if(m_cues.begin(), m_cues.end(),
                                    [index](const Cue &cue) { return cue.index == index; });
    return found == m_cues.end() ? nullptr : &*found;
}

const CueList::Cue *CueList::firstUnready() const
{
    const auto found =
        std::find_if(m_cues.begin(), m_cues.end(), [](const Cue &cue) { return !cue.isReady; });
    return found == m_cues.end() ? nullptr : &*found;
}

const CueList::Cue *CueList::firstUnarmed() const
{
    const auto found = std::find_if(m_cues.begin(), m_cues.end(),
                                    [](const Cue &cue) { return cue.isReady && !cue.isArmed; });
    return found == m_cues.end() ? nullptr : &*found;
}

int CueList::armedCount() const
{
    return int(
        std::count_if(m_cues.begin(), m_cues.end(), [](const Cue &cue) { return cue.isArmed; }));
}

std::optional<Duration> CueList::firstHold() const
{
    const auto held =
        std::find_if(m_cues.begin(), m_cues.end(), [](const Cue &cue) { return cue.hold; });
    return held == m_cues.end() ? std::nullopt : std::optional<Duration>(held->delay);
}

bool CueList::isHeldAt(Duration position) const
{
    return !m_cues.empty() && m_cues.front().hold && m_cues.front().delay <= position;
}

bool CueList::holds(int index, Duration position) const
{
    const Cue *cue = find(index);
    return cue && cue->hold && cue->delay == position;
}

std::vector<int> CueList::before(Duration position) const
{
    std::vector<int> indices;
    for (const Cue &cue : m_cues) {
        if (cue.delay >= position) {
            break;
        }
        indices.push_back(cue.index);
    }
    return indices;
}

void CueList::add(std::vector<Cue> cues)
{
    m_cues.insert(m_cues.end(), cues.begin(), cues.end());
    std::stable_sort(m_cues.begin(), m_cues.end(), isBefore);
}

void CueList::add(const Cue &cue)
{
    m_cues.insert(std::upper_bound(m_cues.begin(), m_cues.end(), cue, isBefore), cue);
}

void CueList::remove(int index)
{
    if (const auto cue = place(index); cue != m_cues.end()) {
        m_cues.erase(cue);
    }
}

void CueList::setReady(int index)
{
    if (const auto cue = place(index); cue != m_cues.end()) {
        cue->isReady = true;
    }
}

void CueList::open(Duration position)
{
    for (Cue &cue : m_cues) {
        if (cue.delay == position) {
            cue.hold = false;
        }
    }
}

Instant CueList::dueOf(const Cue &cue, const Schedule &schedule) const
{
    if (const auto *slotted = std::get_if<Slotted>(&cue.lateness)) {
        return slotted->at;
    }
    return cue.isLate() ? Instant() : std::max(schedule.dueOf(cue.delay), m_lateUntil);
}

void CueList::passOver(Duration position, Early early)
{
    for (Cue &cue : m_cues) {
        if (cue.delay >= position) {
            break;
        }
        cue.hold = false;
        if (early != Early::No) {
            cue.early = early;
        }
        if (!cue.isLate()) {
            cue.lateness = Late();
        }
    }
}

void CueList::passOverQueued(Duration position, const Schedule &schedule)
{
    for (Cue &cue : m_cues) {
        if (cue.delay >= position || cue.hold) {
            break;
        }
        if (!cue.isLate()) {
            cue.missedDue = schedule.dueOf(cue.delay);
            cue.lateness = Late();
        }
    }
}

void CueList::setMissed(const Schedule &schedule)
{
    for (Cue &cue : m_cues) {
        if (cue.isLate()) {
            cue.missedDue = schedule.dueOf(cue.delay);
        }
    }
}

void CueList::makeOnTime(Duration from)
{
    for (Cue &cue : m_cues) {
        if (cue.delay >= from) {
            cue.lateness = OnTime();
            cue.missedDue.reset();
            cue.early = Early::No;
        }
    }
}

void CueList::spaceLate(Instant first)
{
    Instant slot = first;
    for (Cue &cue : m_cues) {
        if (!cue.isLate()) {
            break; // those that are late come before all others
        }
        cue.lateness = Slotted{slot};
        slot += LateSpacing;
    }
    m_lateUntil = slot == first ? Instant() : slot;
}

void CueList::spaceAfterStall(Instant now, const Schedule &schedule)
{
    if (m_cues.empty() || now - dueOf(m_cues.front(), schedule) < Stall) {
        return;
    }
    const auto onTime = std::find_if(m_cues.begin(), m_cues.end(), [&](const Cue &cue) {
        return cue.hold || dueOf(cue, schedule) > now;
    });
    if (onTime == m_cues.begin() || std::prev(onTime)->delay == m_cues.front().delay) {
        return;
    }
    for (auto late = m_cues.begin(); late != onTime; ++late) {
        if (!late->missedDue && !late->isLate()) {
            late->missedDue = schedule.dueOf(late->delay);
        }
        late->lateness = Late();
    }
    spaceLate(now);
}

CueList::Taken CueList::takeDue(Instant now, const Schedule &schedule)
{
    Taken taken;
    auto next = m_cues.begin();
    for (; next != m_cues.end() && !next->hold && dueOf(*next, schedule) <= now; ++next) {
        const Instant own = schedule.dueOf(next->delay);
        const auto *slotted = std::get_if<Slotted>(&next->lateness);
        const Instant due = slotted ? slotted->at : next->isLate() ? now : own;
        taken.due.push_back({next->index, next->missedDue.value_or(due), next->early});
        const auto after = std::next(next);
        if (!next->isLate() && own < m_lateUntil &&
            (after == m_cues.end() || after->delay != next->delay)) {
            // It fell due while late ones went out, and what comes next keeps its distance, too.
            m_lateUntil = now + LateSpacing;
        }
    }
    next = m_cues.erase(m_cues.begin(), next);
    taken.isHeld = next != m_cues.end() && next->hold && dueOf(*next, schedule) <= now;
    if (taken.isHeld) {
        // Those of the same moment that are not held go out on time.
        const Duration moment = next->delay;
        while (next != m_cues.end() && next->delay == moment) {
            if (next->hold) {
                ++next;
            } else {
                taken.due.push_back({next->index, schedule.dueOf(moment), Early::No});
                next = m_cues.erase(next);
            }
        }
    }
    return taken;
}

CueList::Armed CueList::armUntil(Instant horizon, const Schedule &schedule)
{
    Armed armed;
    for (Cue &cue : m_cues) {
        if (dueOf(cue, schedule) > horizon) {
            break;
        }
        if (!cue.isReady) {
            continue;
        }
        if (!cue.isArmed) {
            cue.isArmed = true;
            armed.indices.append(cue.index);
        }
        ++armed.count;
    }
    return armed;
}
