// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/cuelist.h"
#include "app/engine/transport.h"
#include "app/incident/incidentapi.h"

class RunJournal;

/**
 * Arms incidents shortly before they are sent: has their intent synced to disk and their
 * connections opened, and keeps those fresh.
 */
class Arming
{
public:
    /** All of them must outlive it. */
    Arming(const Clock &clock, IncidentApi &api, RunJournal &journal, const Transport &transport,
           CueList &cues)
        : m_clock(clock)
        , m_api(api)
        , m_journal(journal)
        , m_transport(transport)
        , m_cues(cues)
    {}

    /** How long before its due an incident is armed. */
    static constexpr Duration Ahead = std::chrono::seconds(2);
    /** Incidents due within that long of each other are armed in one go. */
    static constexpr Duration Together = std::chrono::milliseconds(500);

    /** Arms what is due soon; nothing unless the run is being played. */
    void armAhead();
    /** The same if nothing has been armed for so long that it may come too late. */
    void armIfUrgent();
    /** Journals that an incident is about to be sent. */
    void arm(int index);

    /** Notes that until then, the run's clock was or will be going, so that they are in use. */
    void noteUse(Instant instant) { m_usedAt = instant; }
    /** Closes what may lead nowhere by now, and opens it again for those that are armed. */
    void renew();
    /** The same if they have been idle so long that what is between may have forgotten them. */
    void renewIfStale();

private:
    const Clock &m_clock;
    IncidentApi &m_api;
    RunJournal &m_journal;
    const Transport &m_transport;
    CueList &m_cues;
    Instant m_usedAt;
};
