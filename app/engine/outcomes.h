// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runstates.h"

#include <set>
#include <vector>

/** What the incidents of a run came to, and which of the skipped ones the user may take back. */
class Outcomes
{
public:
    /** None of the incidents has an outcome yet. */
    explicit Outcomes(qsizetype incidents)
        : m_states(static_cast<size_t>(incidents), IncidentState::Scheduled)
    {}

    /** Notes a final state. */
    void set(int index, IncidentState state);
    /** Notes that an incident has no outcome any more: it is to be sent again, or after all. */
    void reopen(int index) { set(index, IncidentState::Scheduled); }
    /** Notes that it was skipped by a choice of the user's, and was never sent. */
    void setRetractable(int index) { m_retractable.insert(index); }

    /** Returns a final state; Scheduled if the incident has no outcome, or if there is none. */
    IncidentState of(int index) const;
    bool isRetractable(int index) const { return m_retractable.count(index) > 0; }
    const std::set<int> &retractable() const { return m_retractable; }
    bool areAllFinal() const;
    /** Returns true if any has failed or is uncertain. */
    bool hasTrouble() const;

private:
    std::vector<IncidentState> m_states; // by index
    std::set<int> m_retractable;
};
