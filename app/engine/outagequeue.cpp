// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/outagequeue.h"

#include "app/engine/runplan.h"

#include <algorithm>
#include <tuple>

void OutageQueue::noteFailure(int index, Instant now)
{
    const bool wasProbe = m_probe == index;
    if (!wasProbe && !m_waiting.empty() && !m_isBack) {
        return; // one whose moment came meanwhile says nothing new
    }
    constexpr int LongestDoubling = 4;
    m_failures = wasProbe ? m_failures + 1 : 1;
    m_probe.reset();
    m_isBack = false;
    m_next = now + std::chrono::seconds(1 << std::min(m_failures, LongestDoubling));
}

void OutageQueue::add(int index, Instant due, Instant limit, Instant now)
{
    noteFailure(index, now);
    const Entry entry{index, due, limit, {}};
    m_waiting.insert(std::upper_bound(m_waiting.begin(), m_waiting.end(), entry,
                                      [](const Entry &a, const Entry &b) {
                                          return std::tie(a.due, a.index) <
                                                 std::tie(b.due, b.index);
                                      }),
                     entry);
}

void OutageQueue::giveUp(int index, Instant now)
{
    if (m_probe == index || m_isBack) {
        noteFailure(index, now);
    }
}

Instant OutageQueue::freeFrom(Instant wanted) const
{
    return m_lastTaken ? std::max(wanted, *m_lastTaken + LateSpacing) : wanted;
}

void OutageQueue::reached(Instant now)
{
    m_failures = 0;
    m_probe.reset();
    if (m_waiting.empty() || m_isBack) {
        return;
    }
    m_isBack = true;
    // What was said of it holds, if that was reckoned from the try that got through.
    const std::optional<Instant> said = m_waiting.front().said;
    const Instant free = freeFrom(now);
    const bool isNear = said && *said + LateSpacing / 2 >= free && *said <= now + LateSpacing;
    m_next = isNear ? *said : free;
}

bool OutageQueue::remove(int index)
{
    return std::erase_if(m_waiting, [index](const Entry &entry) { return entry.index == index; }) >
           0;
}

std::optional<Instant> OutageQueue::nextAt() const
{
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    if (m_isBack) {
        return m_next;
    }
    Instant at = m_probe ? m_probedAt + Grace : m_next;
    for (const Entry &entry : m_waiting) {
        at = std::min(at, freeFrom(entry.limit));
    }
    return at;
}

std::optional<int> OutageQueue::take(Instant now)
{
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    auto taken = m_waiting.end();
    if (!m_isBack && m_probe && now >= m_probedAt + Grace) {
        m_isBack = true; // nothing refused it: it is being answered, and the others need not wait
        m_next = now;
    }
    if (m_isBack) {
        if (now >= m_next) {
            taken = m_waiting.begin();
            m_next = (now - m_next > LateSpacing / 2 ? now : m_next) + LateSpacing;
        }
    } else if (!m_probe && now >= m_next) {
        taken = m_waiting.begin();
        m_probe = taken->index;
        m_probedAt = now;
    } else {
        taken = std::find_if(m_waiting.begin(), m_waiting.end(),
                             [&](const Entry &entry) { return now >= freeFrom(entry.limit); });
    }
    if (taken == m_waiting.end()) {
        return std::nullopt;
    }
    const int index = taken->index;
    m_waiting.erase(taken);
    m_lastTaken = now;
    return index;
}

std::vector<OutageQueue::Wait> OutageQueue::changedWaits()
{
    std::vector<Wait> changed;
    Instant slot = m_isBack || !m_probe ? m_next : m_next + LateSpacing;
    Instant lastChance;
    for (Entry &entry : m_waiting) {
        lastChance = std::max(entry.limit, lastChance + LateSpacing);
        const Instant until = m_isBack ? slot : std::min(slot, lastChance);
        if (entry.said != until) {
            entry.said = until;
            changed.push_back({entry.index, until});
        }
        slot += LateSpacing;
    }
    return changed;
}
