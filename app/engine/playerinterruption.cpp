// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What happens to the machine while a run is under way: it sleeps, its clock is set, its network
 * changes, the target goes away. It is noticed soon, journalled, and the user is asked.
 */
#include "app/base/timetext.h"
#include "app/engine/player.h"
#include "app/journal/runjournal.h"

#include <algorithm>

using std::chrono::milliseconds;

namespace {

/** What a suspend of the machine is told apart by from the noise of two clock readings. */
constexpr Duration ShortestSuspend = milliseconds(500);
/** A clock is corrected by less all the time. */
constexpr Duration SmallestTurn = std::chrono::seconds(2);

constexpr Duration ShortestBeat = std::chrono::seconds(1);
constexpr Duration LongestBeat = std::chrono::seconds(60);
/** Where the run's clock stands, nothing can come too late. */
constexpr Duration StandingBeat = std::chrono::seconds(10);

QString timeLost(Duration length)
{
    using std::chrono::seconds;
    return clockText(std::max(seconds(1), std::chrono::round<seconds>(length)));
}

} // namespace

Duration Player::wallAhead() const
{
    const Duration elapsed = m_clock.now().time_since_epoch() + m_clock.suspended();
    return milliseconds(m_clock.wall().toMSecsSinceEpoch()) - elapsed;
}

bool Player::noticeTimeChange()
{
    const Duration slept = m_clock.suspended() - m_suspendedBefore;
    const Duration turned = wallAhead() - m_wallBefore;
    const bool hasSlept = slept >= ShortestSuspend && m_state != RunState::Paused;
    const bool isTurned = turned >= SmallestTurn || turned <= -SmallestTurn;
    // What is corrected little by little never adds up to a turn.
    m_wallBefore += turned;
    if (!hasSlept && !isTurned) {
        return false;
    }
    if (hasSlept) {
        // Read again by resume(), so that what is slept while paused counts, too.
        m_suspendedBefore += slept;
        renewConnections();
        const bool wasRunning = m_state == RunState::Running;
        interrupt(tr("The computer slept for %1.").arg(timeLost(slept)), QStringLiteral("suspend"));
        if (wasRunning && m_state == RunState::Paused) {
            m_sleptBeforePause = slept;
        }
    } else {
        interrupt(turned > Duration(0)
                      ? tr("The computer's clock was set forward by %1.").arg(timeLost(turned))
                      : tr("The computer's clock was set back by %1.").arg(timeLost(-turned)),
                  QStringLiteral("clock"));
    }
    return true;
}

void Player::interrupt(const QString &why, const QString &cause)
{
    // Where nothing is left to send, nothing can come too late.
    if (m_state == RunState::Running && !isIdle()) {
        if (!m_plan.holdsOpen) {
            pause(tr("%1 The run waits for you to continue.").arg(why), cause);
            return;
        }
        pause(tr("%1 Running unattended, so the run continues.").arg(why), cause);
        resume();
        return;
    }
    if (m_state == RunState::Running || m_state == RunState::Holding ||
        m_state == RunState::Paused) {
        // The clock stands, so nothing is late; GO must not be swallowed by a second pause.
        QJsonObject note = record("note");
        note.insert(QStringLiteral("note"), why);
        m_journal.append(note);
    }
}

void Player::beat()
{
    noticeTimeChange();
    armHeartbeat();
}

void Player::armHeartbeat()
{
    if (m_state == RunState::Stopped || m_state == RunState::Finished) {
        m_heartbeat->disarm();
        return;
    }
    const Instant now = m_clock.now();
    if (m_state != RunState::Running || m_pending.empty()) {
        m_heartbeat->armAt(now + StandingBeat);
        return;
    }
    const Instant next = dueOf(m_pending.front());
    Instant at = now + std::clamp<Duration>((next - now) / 8, ShortestBeat, LongestBeat);
    at = awayFrom(next, at);
    m_heartbeat->armAt(at);
}

void Player::noteNetworkChange(const QString &why)
{
    renewConnections();
    interrupt(why, QStringLiteral("network"));
}

void Player::noteReach(const QString &trouble)
{
    if (m_state == RunState::Finished || m_state == RunState::Idle) {
        return;
    }
    QJsonObject entry = record("network");
    entry.insert(QStringLiteral("state"),
                 trouble.isEmpty() ? QStringLiteral("back") : QStringLiteral("lost"));
    if (!trouble.isEmpty()) {
        entry.insert(QStringLiteral("error"), trouble);
    }
    m_journal.append(entry);
    if (trouble.isEmpty()) {
        renewConnections();
        m_dispatcher.noteBack();
    }
}
