// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <optional>
#include <vector>

/**
 * What could not reach the target, in the order in which it was due. As long as the target is away,
 * the first of them alone tries again, after 2, 4, 8 and 16 s; when one gets through, the others
 * follow LateSpacing apart. Pure arithmetic: it has no timer, and sends nothing.
 */
class OutageQueue
{
public:
    /** The longest that the others wait for the answer to a try that was not refused at once. */
    static constexpr Duration Grace = std::chrono::milliseconds(500);

    /**
     * Adds an incident that could not reach the target. It may try again until `limit` at the
     * latest, and then does so in any case. `due` is when it was first to go out.
     */
    void add(int index, Instant due, Instant limit, Instant now);
    /** Notes the same of one that may not try again. */
    void giveUp(int index, Instant now);
    /** Notes that something got through, or that the target is known to be back. */
    void reached(Instant now);
    /** Removes one that is not wanted any more. Returns false if it does not wait here. */
    bool remove(int index);

    /** Returns when take() has something to say next; nothing if nothing waits. */
    std::optional<Instant> nextAt() const;
    /** Removes and returns the one that goes out now; nothing before its time. */
    std::optional<int> take(Instant now);

    struct Wait
    {
        int index = 0;
        Instant until;
    };
    /** Returns the waits that changed since this was last asked, in their order. */
    std::vector<Wait> changedWaits();

private:
    struct Entry
    {
        int index = 0;
        Instant due;
        Instant limit;
        std::optional<Instant> said;
    };

    void noteFailure(int index, Instant now);
    Instant freeFrom(Instant wanted) const;

    std::vector<Entry> m_waiting; // by due, then by index
    int m_failures = 0;           // of tries in a row, for the pause before the next
    bool m_isBack = false;        // the others follow
    Instant m_next;               // when the first of them goes
    std::optional<int> m_probe;   // the try whose answer is awaited
    Instant m_probedAt;
    std::optional<Instant> m_lastTaken;
};
