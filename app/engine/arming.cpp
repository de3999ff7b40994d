// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/arming.h"

#include "app/journal/runjournal.h"

#include <algorithm>

namespace {

/** What translates addresses, or balances loads, may forget a connection that is idle for longer.
 */
constexpr Duration KeptOpen = std::chrono::seconds(30);

} // namespace

void Arming::armAhead()
{
    if (!m_transport.isPlaying()) {
        return;
    }
    const Instant horizon = std::max(m_clock.now(), m_transport.zero()) + Ahead + Together;
    const CueList::Armed armed = m_cues.armUntil(horizon, m_transport.schedule());
    if (armed.indices.isEmpty()) {
        return;
    }
    m_journal.append(m_transport.happened(Armed{armed.indices}));
    m_journal.sync();
    m_api.warm(armed.count);
}

void Arming::armIfUrgent()
{
    const CueList::Cue *unarmed = m_cues.firstUnarmed();
    if (m_transport.state() == RunState::Running && unarmed &&
        m_cues.dueOf(*unarmed, m_transport.schedule()) < m_clock.now() + Ahead - Together) {
        armAhead();
    }
}

void Arming::arm(int index)
{
    m_journal.append(m_transport.happened(Armed{{index}}));
    m_journal.sync();
}

void Arming::renew()
{
    m_usedAt = m_clock.now();
    m_api.forgetConnections();
    if (const int armed = m_cues.armedCount(); armed > 0) {
        m_api.warm(armed);
    }
}

void Arming::renewIfStale()
{
    if (m_clock.now() - m_usedAt > KeptOpen) {
        renew();
    }
}
