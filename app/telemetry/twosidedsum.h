// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

/**
 * Sums of a quantity over equal slots of time, counted from slot 0 in both directions and
 * remembered, so that the next instant costs one slot. Values are numbers or have += and -=.
 */
template<typename Value>
class TwoSidedSum
{
public:
    /**
     * Returns what slots 0 … slot − 1 sum up to; for a negative slot, what slot … −1 sum up to,
     * with a minus. `ofSlot` computes one slot and has to give the same value each time.
     */
    template<typename OfSlot>
    const Value &upTo(qint64 slot, OfSlot &&ofSlot)
    {
        std::vector<Value> &sums = slot < 0 ? m_before : m_after;
        const auto wanted = size_t(slot < 0 ? -slot : slot);
        while (sums.size() <= wanted) {
            const auto done = qint64(sums.size());
            Value next = sums.back();
            if (slot < 0) {
                next -= ofSlot(-done);
            } else {
                next += ofSlot(done - 1);
            }
            sums.push_back(next);
        }
        return sums[wanted];
    }

private:
    std::vector<Value> m_after{Value{}};
    std::vector<Value> m_before{Value{}};
};
