// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What the presenter does to the course of a run: turns its clock, and sends again what did not
 * come to be. What is late because of it never goes out in a burst.
 */
#include "app/engine/player.h"
#include "app/journal/runjournal.h"

#include <QJsonArray>

#include <algorithm>
#include <tuple>

namespace {

/** As long as a timeline may be. */
constexpr Duration Furthest = std::chrono::hours(366 * 24);
/** A thread that comes that much too late was kept from running; what it missed is spaced. */
constexpr Duration Stall = std::chrono::seconds(1);

} // namespace

Duration Player::position() const
{
    return m_state == RunState::Running
               ? std::max(Duration(0), m_schedule.positionAt(m_clock.now()))
               : m_stoodAt;
}

Instant Player::dueOf(const Pending &pending) const
{
    return pending.lateDue.value_or(std::max(m_schedule.dueOf(pending.delay), m_lateUntil));
}

void Player::passOver(Duration position, LatePolicy passed, SkipCause cause, const QString &why)
{
    for (auto pending = m_pending.begin();
         pending != m_pending.end() && pending->delay < position;) {
        if (passed == LatePolicy::Skip) {
            pending = skipPending(pending, why, cause);
            continue;
        }
        pending->hold = false;
        pending->isJumpedOver = pending->isJumpedOver || cause == SkipCause::Jump;
        if (!pending->lateDue) {
            pending->lateDue = Instant();
        }
        ++pending;
    }
}

void Player::spaceLate(Instant first)
{
    Instant slot = first;
    for (Pending &pending : m_pending) {
        if (!pending.lateDue) {
            break; // those that are late come before all others
        }
        pending.lateDue = slot;
        slot += LateSpacing;
    }
    m_lateUntil = slot == first ? Instant() : slot;
}

void Player::spaceAfterStall(Instant now)
{
    if (m_pending.empty() || now - dueOf(m_pending.front()) < Stall) {
        return;
    }
    const auto onTime =
        std::find_if(m_pending.begin(), m_pending.end(),
                     [&](const Pending &pending) { return pending.hold || dueOf(pending) > now; });
    if (onTime == m_pending.begin() || std::prev(onTime)->delay == m_pending.front().delay) {
        return; // they were meant to go out together
    }
    for (auto late = m_pending.begin(); late != onTime; ++late) {
        if (!late->missedDue && !late->lateDue) {
            late->missedDue = m_schedule.dueOf(late->delay);
        }
        late->lateDue = now;
    }
    spaceLate(now);
}

void Player::catchUp(Duration missed, LatePolicy passed)
{
    const Duration from = m_stoodAt;
    Duration target =
        std::clamp(Schedule(Instant(), from, m_schedule.speed()).positionAt(Instant(missed)), from,
                   std::max(from, Furthest));
    for (const Pending &pending : m_pending) {
        if (pending.hold) {
            target = std::max(from, std::min(target, pending.delay));
            break;
        }
    }
    turnClock("resumed", RunState::Running, target, m_schedule.speed(),
              {{QStringLiteral("from_ms"), toMilliseconds(from)}});
    passOver(target, passed, SkipCause::Passed, tr("Its moment passed while the run was paused."));
}

void Player::jump(Duration target, LatePolicy passed)
{
    if (m_state != RunState::Running && m_state != RunState::Holding &&
        m_state != RunState::Paused) {
        return;
    }
    target = std::clamp(target, Duration(0), Furthest);
    const RunState state = m_state == RunState::Paused ? RunState::Paused : RunState::Running;
    const Duration from = position();
    for (Pending &pending : m_pending) {
        if (pending.delay >= target) {
            pending.lateDue.reset();
            pending.missedDue.reset();
            pending.isJumpedOver = false;
        }
    }
    m_pausedInHold = false;
    m_pausedAt = m_clock.now();
    m_sleptBeforePause = Duration(0);
    turnClock("jumped", state, target, m_schedule.speed(),
              {{QStringLiteral("from_ms"), toMilliseconds(from)},
               {QStringLiteral("passed"),
                passed == LatePolicy::Skip ? QStringLiteral("skip") : QStringLiteral("fire")}});
    passOver(target, passed, SkipCause::Jump, tr("Passed over when the clock was turned."));
    spaceLate(m_clock.now() + LateSpacing);
    if (state == RunState::Running) {
        armAhead();
    }
    rearm();
    finishIfDone();
}

void Player::noteOutcome(const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    if (index < 0 || index >= m_plan.incidents.size()) {
        return;
    }
    const QString kind = record.value(u"record").toString();
    const std::optional<IncidentState> state = incidentStateFromString(kind);
    const bool isOpenAgain = kind == u"refired" || kind == u"taken_back";
    if (!isOpenAgain && (!state || !isFinal(*state))) {
        return;
    }
    m_outcomes.resize(static_cast<size_t>(m_plan.incidents.size()), IncidentState::Scheduled);
    m_outcomes[static_cast<size_t>(index)] = isOpenAgain ? IncidentState::Scheduled : *state;
    m_retractable.erase(index);
}

bool Player::canTakeBack(int index) const
{
    const bool isPlaying = m_state == RunState::Preparing || m_state == RunState::Running ||
                           m_state == RunState::Holding || m_state == RunState::Paused;
    return isPlaying && m_retractable.count(index) > 0 && !m_dispatcher.wasSent(index) &&
           position() <= m_plan.incidents[index].incident.delay;
}

void Player::insertPending(const Pending &pending)
{
    const auto place = std::upper_bound(
        m_pending.begin(), m_pending.end(), pending, [](const Pending &a, const Pending &b) {
            return std::tie(a.delay, a.index) < std::tie(b.delay, b.index);
        });
    m_pending.insert(place, pending);
}

void Player::takeBack(int index)
{
    if (!canTakeBack(index)) {
        return;
    }
    const PlannedIncident &planned = m_plan.incidents[index];
    Pending pending{index, planned.incident.delay, planned.incident.hold && !m_plan.holdsOpen,
                    false, true};
    QJsonObject entry = record("taken_back");
    entry.insert(QStringLiteral("index"), index);
    QList<QJsonObject> records{entry};
    if (!m_dispatcher.request(index)) {
        pending.isReady = !planned.generation || !m_preparer;
        if (pending.isReady) {
            records += preparedLate(index);
        }
    }
    if (!m_journal.write(records)) {
        return; // after a crash nobody would know of it, so it stays skipped
    }
    m_journal.announce();
    if (pending.isReady && !m_dispatcher.request(index)) {
        finishIfDone(); // it can never be sent, and has failed
        return;
    }
    insertPending(pending);
    if (!pending.isReady) {
        m_preparer->add(index, pending.delay, *planned.generation);
        m_preparer->start();
    }
    if (m_state == RunState::Running) {
        armAhead();
    } else if (m_state == RunState::Holding && pending.hold && find(index) == m_pending.data() &&
               pending.delay <= m_stoodAt) {
        leaveHold(); // of several of that second, GO means this one from now on
    }
    rearm();
}

void Player::refire(int index)
{
    const auto place = static_cast<size_t>(index);
    const bool isPlaying =
        m_state == RunState::Running || m_state == RunState::Holding || m_state == RunState::Paused;
    if (!isPlaying || index < 0 || place >= m_outcomes.size()) {
        return;
    }
    const IncidentState was = m_outcomes[place];
    if (was != IncidentState::Failed && was != IncidentState::Skipped &&
        was != IncidentState::Uncertain) {
        return;
    }
    QJsonObject refired = record("refired");
    refired.insert(QStringLiteral("index"), index);
    refired.insert(QStringLiteral("was"), toString(was));
    QList<QJsonObject> records{refired};
    m_dispatcher.reopen(index);
    if (std::optional<IncidentRequest> request = m_dispatcher.request(index)) {
        request->renewToken();
        records += preparedAgain(index, *request);
    } else {
        records += preparedLate(index);
    }
    const bool isWritten = m_journal.append(records);
    if (!records.last().contains(u"request")) {
        finishIfDone(); // it can never be sent
        return;
    }
    if (isWritten) {
        QJsonObject armed = record("armed");
        armed.insert(QStringLiteral("incidents"), QJsonArray{index});
        m_journal.append(armed);
        m_journal.sync();
    }
    // Where the journal cannot be written, the dispatcher sends nothing and says so.
    m_dispatcher.send({{index, m_clock.now()}});
    rearm();
    finishIfDone();
}
