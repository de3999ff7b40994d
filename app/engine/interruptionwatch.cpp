// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/interruptionwatch.h"

#include "app/base/timetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

/** What a suspend of the machine is told apart by from the noise of two clock readings. */
constexpr Duration ShortestSuspend = std::chrono::milliseconds(500);
/** A clock is corrected by less all the time. */
constexpr Duration SmallestTurn = std::chrono::seconds(2);

constexpr Duration ShortestBeat = std::chrono::seconds(1);
constexpr Duration LongestBeat = std::chrono::seconds(60);
/** While the run's clock stands, nothing can come too late. */
constexpr Duration StandingBeat = std::chrono::seconds(10);

QString timeLost(Duration length)
{
    using std::chrono::seconds;
    return clockText(std::max(seconds(1), std::chrono::round<seconds>(length)));
}

} // namespace

InterruptionWatch::InterruptionWatch(Clock &clock, const Transport &transport, const CueList &cues,
                                     QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_transport(transport)
    , m_cues(cues)
    , m_heartbeat(clock.createTimer(Clock::Precision::Coarse))
    , m_clockWatch(clock.createWatch())
{
    forgetAll();
    connect(m_heartbeat.get(), &ClockTimer::timeout, this, [this] {
        look();
        rearm();
    });
    connect(m_clockWatch.get(), &ClockWatch::changed, this, &InterruptionWatch::look);
}

Duration InterruptionWatch::wallAhead() const
{
    return std::chrono::milliseconds(m_clock.wall().toMSecsSinceEpoch()) -
           bootTimeAt(m_clock, m_clock.now());
}

void InterruptionWatch::forgetAll()
{
    forgetSleep();
    m_wallBefore = wallAhead();
}

Duration InterruptionWatch::takeSlept()
{
    const Duration slept = m_sleptBeforePause + (m_clock.suspended() - m_suspendedBefore);
    forgetSleep();
    return slept;
}

bool InterruptionWatch::look()
{
    const Duration slept = m_clock.suspended() - m_suspendedBefore;
    const Duration turned = wallAhead() - m_wallBefore;
    // What is slept in a pause is looked at when the pause ends.
    const bool hasSlept = slept >= ShortestSuspend && m_transport.state() != RunState::Paused;
    const bool isTurned = turned >= SmallestTurn || turned <= -SmallestTurn;
    // What is corrected little by little never adds up to a turn.
    m_wallBefore += turned;
    if (hasSlept) {
        m_suspendedBefore += slept;
        Q_EMIT interrupted(
            {InterruptionWatch::tr("The computer slept for %1.").arg(timeLost(slept)),
             PauseCause::Suspend, slept});
    } else if (isTurned) {
        Q_EMIT interrupted(
            {turned > Duration(0)
                 ? InterruptionWatch::tr("The computer's clock was set forward by %1.")
                       .arg(timeLost(turned))
                 : InterruptionWatch::tr("The computer's clock was set back by %1.")
                       .arg(timeLost(-turned)),
             PauseCause::Clock, Duration(0)});
    }
    return hasSlept || isTurned;
}

void InterruptionWatch::rearm()
{
    const RunState state = m_transport.state();
    if (state == RunState::Stopped || state == RunState::Finished) {
        stop();
        return;
    }
    const Instant now = m_clock.now();
    if (state != RunState::Running || m_cues.isEmpty()) {
        m_heartbeat->armAt(now + StandingBeat);
        return;
    }
    const Instant next = m_cues.dueOf(m_cues.front(), m_transport.schedule());
    m_heartbeat->armAt(
        awayFrom(next, now + std::clamp<Duration>((next - now) / 8, ShortestBeat, LongestBeat)));
}
