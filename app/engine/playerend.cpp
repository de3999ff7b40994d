// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How a run ends: by itself when nothing is left to do, later where the user may still want to send
 * something again, or at once because it is stopped.
 */
#include "app/engine/player.h"
#include "app/engine/recordedrun.h"
#include "app/journal/runjournal.h"

#include <algorithm>

void Player::stop()
{
    end(false);
}

void Player::abort()
{
    end(true);
    m_dispatcher.abort();
}

void Player::end(bool isAborted)
{
    if (m_state == RunState::Idle || m_state == RunState::Stopped ||
        m_state == RunState::Finished) {
        return;
    }
    if (m_plan.staysOpen && m_state != RunState::Preparing && isIdle()) {
        endRun(); // nothing is left that could be stopped
        return;
    }
    if (m_preparer) {
        m_preparer->stop();
    }
    if (m_state == RunState::Preparing) {
        m_start = m_clock.now();
        m_dispatcher.setStart(m_start);
    }
    turnClock("stopped", RunState::Stopped, position(), m_schedule.speed(),
              isAborted ? QJsonObject{{QStringLiteral("aborted"), true}} : QJsonObject());
    const QString why = tr("The run was stopped before it was sent.");
    while (!m_pending.empty()) {
        skipPending(m_pending.begin(), why, SkipCause::Stop);
    }
    m_dispatcher.skipAllWaiting(why);
    m_dispatcher.endLooking();
    rearm();
    finishIfDone();
}

bool Player::isKeptOpen()
{
    if (!m_plan.staysOpen || m_state == RunState::Stopped) {
        return false;
    }
    if (std::any_of(m_outcomes.begin(), m_outcomes.end(), [](IncidentState outcome) {
            return outcome == IncidentState::Failed || outcome == IncidentState::Uncertain;
        })) {
        return true;
    }
    std::optional<Duration> latest; // of those that can still be taken back
    for (const int index : m_retractable) {
        if (canTakeBack(index)) {
            latest = std::max<Duration>(latest.value_or(Duration(0)),
                                        m_plan.incidents[index].incident.delay);
        }
    }
    if (latest && m_state == RunState::Running) {
        m_cueTimer->armAt(m_schedule.dueOf(*latest) + std::chrono::milliseconds(1));
    }
    return latest.has_value();
}

void Player::endRun()
{
    const bool isPlaying =
        m_state == RunState::Running || m_state == RunState::Holding || m_state == RunState::Paused;
    const bool isAllDone = m_pending.empty() &&
                           m_outcomes.size() == size_t(m_plan.incidents.size()) &&
                           std::all_of(m_outcomes.begin(), m_outcomes.end(), isFinal);
    if (!isPlaying || !isAllDone) {
        return;
    }
    m_plan.staysOpen = false;
    m_dispatcher.endLooking();
    finishIfDone();
}

void Player::finishIfDone()
{
    const bool isPlaying = m_state == RunState::Running || m_state == RunState::Holding ||
                           m_state == RunState::Paused || m_state == RunState::Stopped;
    if (!isPlaying || !isIdle() || isKeptOpen()) {
        return;
    }
    // A run without anything to send is over when it starts, and not before.
    const Instant now = std::max(m_clock.now(), m_start);
    const QDateTime wall = m_clock.wall().addMSecs(
        std::chrono::ceil<std::chrono::milliseconds>(now - m_clock.now()).count());
    QJsonObject entry = record("finished");
    entry.insert(QStringLiteral("position_ms"), toMilliseconds(position()));
    entry.insert(QStringLiteral("finished_at"), wall.toString(Qt::ISODateWithMs));
    stampMoment(entry, m_clock, now);
    m_state = RunState::Finished;
    m_cueTimer->disarm();
    m_armTimer->disarm();
    m_heartbeat->disarm();
    m_journal.append(entry);
    m_journal.sync();
    Q_EMIT finished();
}
