// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <vector>

/**
 * Sums of a quantity over equal slots of time, counted from slot 0 in both directions and
 * remembered, so that the next instant costs one slot. Each sum is remembered near slot 0, and
 * only now and then further out, so that a clock that runs for weeks needs little memory: going
 * back there costs a few slots. Values are numbers or have += and -=.
 */
template<typename Value>
class TwoSidedSum
{
public:
    /** How many slots from 0 each sum is remembered, and how far apart sums are beyond. */
    static constexpr qint64 Near = 4096;
    static constexpr qint64 Apart = 32;

    /**
     * Returns what slots 0 … slot − 1 sum up to; for a negative slot, what slot … −1 sum up to,
     * with a minus. `ofSlot` computes one slot and has to give the same value each time. The
     * reference is good until the next call.
     */
    template<typename OfSlot>
    const Value &upTo(qint64 slot, OfSlot &&ofSlot)
    {
        Side &side = slot < 0 ? m_before : m_after;
        const qint64 wanted = slot < 0 ? -slot : slot;
        // The sums are always added up in the same order, so they are the same wherever it starts.
        const qint64 index = std::min(indexUpTo(wanted), qint64(side.sums.size()) - 1);
        if (side.done > wanted || side.done < slotOf(index)) {
            side.done = slotOf(index);
            side.sum = side.sums[size_t(index)];
        }
        while (side.done < wanted) {
            if (slot < 0) {
                side.sum -= ofSlot(-side.done - 1);
            } else {
                side.sum += ofSlot(side.done);
            }
            ++side.done;
            if (side.done == slotOf(qint64(side.sums.size()))) {
                side.sums.push_back(side.sum);
            }
        }
        return side.sum;
    }
    /** Returns how many sums are remembered. */
    size_t size() const { return m_after.sums.size() + m_before.sums.size(); }

private:
    struct Side
    {
        std::vector<Value> sums{Value{}};
        /** What was asked for last: so many slots sum up to this. */
        qint64 done = 0;
        Value sum{};
    };

    /** Returns the index of the last sum to remember that is not beyond the slot. */
    static qint64 indexUpTo(qint64 slot)
    {
        return slot <= Near ? slot : Near + (slot - Near) / Apart;
    }
    static qint64 slotOf(qint64 index)
    {
        return index <= Near ? index : Near + (index - Near) * Apart;
    }

    Side m_after;
    Side m_before;
};
