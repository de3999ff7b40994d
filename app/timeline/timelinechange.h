// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <functional>
#include <vector>

/**
 * What differs between two states of a timeline, and nothing else: applied to the one it gives the
 * other, and is then the way back. As large as the difference, however long the timeline is.
 */
class TimelineChange
{
public:
    /** A change that changes nothing. */
    TimelineChange() = default;
    /** Incidents are the same by their ids, whose order may differ. */
    static TimelineChange between(const Timeline &before, const Timeline &after);
    /**
     * The change that `set` makes to the incidents of these rows, ascending; it does not touch
     * their ids. Costs what the rows cost, however long the timeline is.
     */
    static TimelineChange ofRows(const Timeline &before, const std::vector<int> &rows,
                                 const std::function<void(Incident &)> &set);

    bool isEmpty() const;
    /** `timeline` must be in the state that this starts from. Afterwards this leads back. */
    void apply(Timeline &timeline);

    /** Rows that go, in the state this starts from; ascending. */
    std::vector<int> rowsOut() const { return rowsOf(m_out); }
    /** Rows that come, in the state this leads to; ascending. */
    std::vector<int> rowsIn() const { return rowsOf(m_in); }
    /** Rows whose incidents get other values, in the state this leads to; ascending. */
    std::vector<int> rowsReplaced() const;
    bool changesRows() const { return !m_out.empty() || !m_in.empty(); }
    bool changesIncidents() const { return changesRows() || !m_replaced.empty(); }
    /** Anything of the timeline but its incidents. */
    bool changesHead() const { return m_changesHead; }
    /** Returns whether it changes what a picture of the schedule shows: length, markers, lanes, or
     * variables. */
    bool changesSchedule() const { return m_changesSchedule; }
    /** Its markers, among other things that changesHead() stands for. */
    bool changesMarkers() const { return m_changesMarkers; }

    /** Both change only values, and those of the same incidents: one step may stand for both. */
    bool coversSameAs(const TimelineChange &other) const;
    /** Returns whether `timeline` has the values that this leads to already; for a change of
     * values. */
    bool isIn(const Timeline &timeline) const;

private:
    struct Row
    {
        int row = 0;
        Incident incident;
    };
    static std::vector<int> rowsOf(const std::vector<Row> &rows);

    std::vector<Row> m_out;
    std::vector<Row> m_replaced; ///< rows where neither what goes nor what comes is counted
    std::vector<Row> m_in;
    Timeline m_head; ///< without incidents; what the timeline has after apply()
    bool m_changesHead = false;
    bool m_changesSchedule = false;
    bool m_changesMarkers = false;
};
