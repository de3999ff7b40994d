// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <optional>
#include <vector>

class RunRecord;

/**
 * What each press has skipped, and how much of it can still be taken back. One that a jump passed
 * over comes back with the jump: the clock goes back to where it would stand had there been none.
 * All positions are milliseconds of the timeline.
 */
class SkipHistory
{
public:
    /** What one press can give back. */
    struct Step
    {
        QList<int> indices;
        /** Where the clock has to be turned to before; absent where it stays. */
        std::optional<double> position;
    };

    void clear() { m_skips.clear(); }
    void addSkip(int index) { m_skips.push_back({{index}, std::nullopt}); }
    /** From here on no earlier jump can be undone; `passed` are those that it skips. */
    void addJump(double from, double to, const QList<int> &passed);
    /** The clock was turned back: no jump can be undone any more. */
    void forgetJumps();

    /** The last press of which something is left, with the clock at `position`; without indices
     * where there is none. */
    Step last(const RunRecord &record, double position) const;
    /** The same for one incident. */
    Step of(int index, const RunRecord &record, double position) const;

private:
    struct Jump
    {
        double from = 0;
        double to = 0;
    };
    struct Skip
    {
        QList<int> indices;
        std::optional<Jump> jump;
    };

    static Step left(const Skip &skip, const RunRecord &record, double position);

    std::vector<Skip> m_skips;
};
