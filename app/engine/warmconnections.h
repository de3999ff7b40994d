// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/incident/incidentapi.h"

/** Keeps the connections fresh that are opened ahead for incidents that are about to be sent. */
class WarmConnections
{
public:
    /** Both must outlive it. */
    WarmConnections(const Clock &clock, IncidentApi &api)
        : m_clock(clock)
        , m_api(api)
    {}

    /** Notes that until then, the run's clock was or will be going, so that they are in use. */
    void noteUse(Instant instant) { m_usedAt = instant; }
    void open(int sends) { m_api.warm(sends); }
    /** Closes what may lead nowhere by now, and opens it anew for those that are armed. */
    void renew(int armed);
    /** The same if they have been idle so long that what is between may have forgotten them. */
    void renewIfStale(int armed);

private:
    const Clock &m_clock;
    IncidentApi &m_api;
    Instant m_usedAt;
};
