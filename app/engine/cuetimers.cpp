// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/cuetimers.h"

#include "app/engine/arming.h"

#include <algorithm>

CueTimers::CueTimers(Clock &clock, const Transport &transport, const CueList &cues, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_transport(transport)
    , m_cues(cues)
    , m_cue(clock.createTimer(Clock::Precision::Cue))
    , m_arm(clock.createTimer(Clock::Precision::Coarse))
    , m_fallBack(clock.createTimer(Clock::Precision::Coarse))
{
    connect(m_cue.get(), &ClockTimer::timeout, this, &CueTimers::cueDue);
    connect(m_arm.get(), &ClockTimer::timeout, this, &CueTimers::armDue);
    connect(m_fallBack.get(), &ClockTimer::timeout, this, &CueTimers::fallBackDue);
}

void CueTimers::stop()
{
    m_cue->disarm();
    m_arm->disarm();
    m_fallBack->disarm();
}

void CueTimers::rearm()
{
    stop();
    if (m_transport.state() != RunState::Running || m_cues.isEmpty()) {
        return;
    }
    const Schedule &schedule = m_transport.schedule();
    if (const CueList::Cue *unready = m_cues.firstUnready()) {
        m_fallBack->armAt(m_cues.dueOf(*unready, schedule) - FallBackAhead);
    }
    const Instant next = m_cues.dueOf(m_cues.front(), schedule);
    m_cue->armAt(next);
    if (const CueList::Cue *unarmed = m_cues.firstUnarmed()) {
        // Arming takes a millisecond or two, in which no send may wait: neither one that has just
        // been handed to the network nor the next.
        const Instant wanted =
            std::max(m_cues.dueOf(*unarmed, schedule) - Arming::Ahead, m_clock.now() + Undisturbed);
        m_arm->armAt(awayFrom(next, wanted));
    }
}
