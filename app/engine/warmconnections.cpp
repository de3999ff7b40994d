// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/warmconnections.h"

namespace {

/** What translates addresses, or balances loads, may forget a connection that is idle for longer.
 */
constexpr Duration KeptOpen = std::chrono::seconds(30);

} // namespace

void WarmConnections::renew(int armed)
{
    m_usedAt = m_clock.now();
    m_api.forgetConnections();
    if (armed > 0) {
        m_api.warm(armed);
    }
}

void WarmConnections::renewIfStale(int armed)
{
    if (m_clock.now() - m_usedAt > KeptOpen) {
        renew(armed);
    }
}
