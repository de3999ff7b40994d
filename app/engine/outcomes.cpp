// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/outcomes.h"

#include <algorithm>

void Outcomes::set(int index, IncidentState state)
{
    if (index >= 0 && static_cast<size_t>(index) < m_states.size()) {
        m_states[static_cast<size_t>(index)] = state;
        m_retractable.erase(index);
    }
}

IncidentState Outcomes::of(int index) const
{
    return index >= 0 && static_cast<size_t>(index) < m_states.size()
               ? m_states[static_cast<size_t>(index)]
               : IncidentState::Scheduled;
}

bool Outcomes::areAllFinal() const
{
    return std::all_of(m_states.begin(), m_states.end(), isFinal);
}

bool Outcomes::hasTrouble() const
{
    return std::any_of(m_states.begin(), m_states.end(), [](IncidentState state) {
        return state == IncidentState::Failed || state == IncidentState::Uncertain;
    });
}
