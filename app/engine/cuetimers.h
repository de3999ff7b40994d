// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/cuelist.h"
#include "app/engine/transport.h"

#include <QObject>
#include <memory>

/** Wakes the player for its cues: when they are due, and before that to arm them. */
class CueTimers : public QObject
{
    Q_OBJECT

public:
    /** All three must outlive it. */
    CueTimers(Clock &clock, const Transport &transport, const CueList &cues,
              QObject *parent = nullptr);

    /** How long before its due it is settled what an incident without a scenario goes out with. */
    static constexpr Duration FallBackAhead = std::chrono::milliseconds(200);

    /** Sets all timers by the cues as they are now; none unless the clock runs. */
    void rearm();
    /** Has cueDue() come then although nothing is to be sent, until rearm() is called. */
    void wakeAt(Instant instant) { m_cue->armAt(instant); }
    void stop();

Q_SIGNALS:
    void cueDue();
    void armDue();
    void fallBackDue();

private:
    Clock &m_clock;
    const Transport &m_transport;
    const CueList &m_cues;
    std::unique_ptr<ClockTimer> m_cue;
    std::unique_ptr<ClockTimer> m_arm;
    std::unique_ptr<ClockTimer> m_fallBack;
};
