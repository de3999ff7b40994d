// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/cuelist.h"
#include "app/engine/transport.h"

#include <QObject>
#include <memory>

/** Something that happened to the machine while a run was in progress. */
struct Interruption
{
    /** A sentence. */
    QString why;
    PauseCause cause = PauseCause::Suspend;
    /** How long the machine slept; 0 if it did not. */
    Duration slept{0};
};

/**
 * Notices soon that the machine slept or that its clock was set. Looks now and then, more often
 * when a cue is near, and whenever the system says that something changed.
 */
class InterruptionWatch : public QObject
{
    Q_OBJECT

public:
    /** All three must outlive it. */
    InterruptionWatch(Clock &clock, const Transport &transport, const CueList &cues,
                      QObject *parent = nullptr);

    /** Looks now. Returns true if something was noticed, after interrupted(). */
    bool look();
    /** Sets when to look next by the cues as they are now; never again once the run is over. */
    void rearm();
    void stop() { m_heartbeat->disarm(); }

    /** Notes that nothing was missed in any sleep so far. */
    void forgetSleep() { m_suspendedBefore = m_clock.suspended(); }
    /** The same, and takes the wall clock as it is. */
    void forgetAll();
    /** Notes that a pause begins, for which the machine had slept that long. */
    void notePause(Duration slept) { m_sleptBeforePause = slept; }
    /** Returns for how long the machine slept before and in the pause that ends now. */
    Duration takeSlept();

Q_SIGNALS:
    void interrupted(const Interruption &interruption);

private:
    /** How far the wall clock is ahead of the others. */
    Duration wallAhead() const;

    Clock &m_clock;
    const Transport &m_transport;
    const CueList &m_cues;
    std::unique_ptr<ClockTimer> m_heartbeat;
    std::unique_ptr<ClockWatch> m_clockWatch;
    Duration m_suspendedBefore{0};
    Duration m_wallBefore{0}; // as wallAhead(), when it was last looked at
    Duration m_sleptBeforePause{0};
};
