// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"

#include <QList>
#include <optional>
#include <vector>

class RunRecord;

/**
 * What each press has skipped, and how much of it can still be taken back. One that a jump passed
 * over comes back with the jump: the clock goes back to where it would stand had there been none.
 */
class SkipHistory
{
public:
    /** What one press can give back. */
    struct Step
    {
        QList<int> indices;
        /** Where the clock has to be turned to before; absent if it stays. */
        std::optional<TimelinePosition> position;
    };

    void clear() { m_skips.clear(); }
    void addSkip(int index) { m_skips.push_back({{index}, std::nullopt}); }
    /** Notes a jump that skips `passed`. From here on no earlier jump can be undone. */
    void addJump(TimelinePosition from, TimelinePosition to, const QList<int> &passed);
    /** Notes that the clock was turned back: no jump can be undone any more. */
    void forgetJumps();

    /** Returns the last press of which something is left, with the clock at `position`; without
     * indices if there is none. */
    Step last(const RunRecord &record, TimelinePosition position) const;
    /** Returns the same for one incident. */
    Step of(int index, const RunRecord &record, TimelinePosition position) const;

private:
    struct Jump
    {
        TimelinePosition from;
        TimelinePosition to;
    };
    struct Skip
    {
        QList<int> indices;
        std::optional<Jump> jump;
    };

    static Step left(const Skip &skip, const RunRecord &record, TimelinePosition position);

    std::vector<Skip> m_skips;
};
