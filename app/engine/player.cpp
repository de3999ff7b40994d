// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/player.h"

#include "app/engine/recordedrun.h"
#include "app/generation/offlinegenerator.h"
#include "app/journal/runjournal.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

/** Around a cue, nothing else is done for that long. */
constexpr Duration Undisturbed = std::chrono::milliseconds(15);
/** Incidents due within that long of each other are armed in one go. */
constexpr Duration ArmTogether = std::chrono::milliseconds(500);
/** What translates addresses, or balances loads, may forget a connection that is idle for longer.
 */
constexpr Duration KeptOpen = std::chrono::seconds(30);

} // namespace

Player::Player(Clock &clock, IncidentApi &api, RunJournal &journal, const RunPlan &plan,
               std::unique_ptr<Preparer> preparer, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_api(api)
    , m_journal(journal)
    , m_plan(plan)
    , m_dispatcher(clock, api, journal, plan.reconcile)
    , m_cueTimer(clock.createTimer(Clock::Precision::Cue))
    , m_armTimer(clock.createTimer(Clock::Precision::Coarse))
    , m_fallBackTimer(clock.createTimer(Clock::Precision::Coarse))
    , m_heartbeat(clock.createTimer(Clock::Precision::Coarse))
    , m_clockWatch(clock.createWatch())
    , m_preparer(std::move(preparer))
    , m_suspendedBefore(clock.suspended())
{
    connect(m_cueTimer.get(), &ClockTimer::timeout, this, &Player::onCue);
    connect(m_armTimer.get(), &ClockTimer::timeout, this, [this] {
        armAhead();
        rearm();
    });
    connect(m_fallBackTimer.get(), &ClockTimer::timeout, this, [this] {
        fallBackUntil(m_clock.now() + FallBackAhead);
        rearm();
        finishIfDone();
    });
    m_wallBefore = wallAhead();
    connect(m_heartbeat.get(), &ClockTimer::timeout, this, &Player::beat);
    connect(m_clockWatch.get(), &ClockWatch::changed, this, &Player::noticeTimeChange);
    connect(&m_dispatcher, &Dispatcher::idle, this, &Player::finishIfDone);
    connect(&m_journal, &RunJournal::recorded, this, &Player::noteOutcome);
    if (m_preparer) {
        connect(m_preparer.get(), &Preparer::began, this, [this](int index) {
            QJsonObject entry = record("preparing");
            entry.insert(QStringLiteral("index"), index);
            entry.insert(QStringLiteral("generator"), m_plan.generation.profile.name);
            m_journal.append(entry);
        });
        connect(m_preparer.get(), &Preparer::noted, this,
                [this](int index, const QString &sentence) {
                    QJsonObject entry = record("note");
                    entry.insert(QStringLiteral("index"), index);
                    entry.insert(QStringLiteral("note"), sentence);
                    m_journal.append(entry);
                });
        connect(m_preparer.get(), &Preparer::made, this, &Player::takeGenerated);
        connect(m_preparer.get(), &Preparer::failed, this, [this](int index, const QString &why) {
            fallBack(index, why);
            beginIfInTime();
            rearm();
            finishIfDone();
        });
    }
}

Player::~Player() = default;

QJsonObject Player::record(const char *kind) const
{
    // What is prepared before the start counts as done at the start.
    const double at = m_state == RunState::Idle || m_state == RunState::Preparing
                          ? 0
                          : toMilliseconds(m_clock.now() - m_start);
    QJsonObject entry{{QStringLiteral("record"), QLatin1String(kind)},
                      {QStringLiteral("at_ms"), std::max(0.0, at)}};
    if (m_state == RunState::Preparing) {
        entry.insert(QStringLiteral("wall"), m_clock.wall().toString(Qt::ISODateWithMs));
    }
    return entry;
}

bool Player::start()
{
    if (m_plan.resumption) {
        return startAgain();
    }
    return prepareAll() && startPrepared();
}

bool Player::startPrepared()
{
    if (!m_preparer || m_preparer->isIdle()) {
        begin();
        return true;
    }
    m_state = RunState::Preparing;
    m_journal.append(record("preparing"));
    makeOffline();
    m_preparer->start();
    beginIfInTime();
    return true;
}

void Player::begin()
{
    m_state = RunState::Idle; // the clock stands at its zero until it is turned
    m_suspendedBefore = m_clock.suspended();
    m_start = m_clock.now() + LeadIn;
    m_dispatcher.setStart(m_start);
    Q_EMIT started(m_start);
    turnClock("started", RunState::Running, Duration(0), m_plan.speed);
    armAhead();
    rearm();
    finishIfDone();
}

void Player::turnClock(const char *kind, RunState state, Duration position, double speed,
                       const QJsonObject &more)
{
    // The clock starts at its zero and not before, however early the order comes.
    const Instant now = std::max(m_clock.now(), m_start);
    if (m_state == RunState::Running || state == RunState::Running) {
        m_connectedAt = now;
    }
    m_state = state;
    m_stoodAt = position;
    m_schedule = Schedule(now, position, speed);
    QJsonObject entry = record(kind);
    entry.insert(QStringLiteral("position_ms"), toMilliseconds(position));
    entry.insert(QStringLiteral("speed"), speed);
    stampMoment(entry, m_clock, now);
    for (auto it = more.constBegin(); it != more.constEnd(); ++it) {
        entry.insert(it.key(), it.value());
    }
    m_journal.append(entry);
    armHeartbeat();
}

void Player::onCue()
{
    if (m_state != RunState::Running) {
        return;
    }
    if (noticeTimeChange()) {
        finishIfDone();
        return;
    }
    const Instant now = m_clock.now();
    spaceAfterStall(now);
    fallBackUntil(now);
    std::vector<Dispatcher::Cue> cues;
    auto next = m_pending.begin();
    for (; next != m_pending.end() && dueOf(*next) <= now; ++next) {
        if (next->hold) {
            break;
        }
        const Instant own = m_schedule.dueOf(next->delay);
        cues.push_back({next->index, next->missedDue.value_or(next->lateDue.value_or(own)),
                        next->isJumpedOver ? "jump" : nullptr});
        const auto after = std::next(next);
        if (!next->lateDue && own < m_lateUntil &&
            (after == m_pending.end() || after->delay != next->delay)) {
            // It fell due while late ones went out, and what comes next keeps its distance, too.
            m_lateUntil = now + LateSpacing;
        }
    }
    const bool isHeld = next != m_pending.end() && next->hold && dueOf(*next) <= now;
    if (isHeld) {
        // Those of the same second that are not held go out on time.
        const Duration second = next->delay;
        for (auto other = next; other != m_pending.end() && other->delay == second;) {
            if (other->hold) {
                ++other;
            } else {
                cues.push_back({other->index, m_schedule.dueOf(other->delay)});
                const auto offset = next - m_pending.begin();
                other = m_pending.erase(other);
                next = m_pending.begin() + offset;
            }
        }
    }
    m_pending.erase(m_pending.begin(), next);
    if (!cues.empty()) {
        m_dispatcher.send(cues);
    }
    if (isHeld) {
        const Pending &held = m_pending.front();
        turnClock("held", RunState::Holding, held.delay, m_schedule.speed(),
                  {{QStringLiteral("index"), held.index}});
    }
    // In a dense stretch there is no quiet moment to arm in, and it must not come too late.
    const auto unarmed =
        std::find_if(m_pending.begin(), m_pending.end(),
                     [](const Pending &pending) { return pending.isReady && !pending.armed; });
    if (m_state == RunState::Running && unarmed != m_pending.end() &&
        dueOf(*unarmed) < m_clock.now() + ArmAhead - ArmTogether) {
        armAhead();
    }
    rearm();
    finishIfDone();
}

void Player::armAhead()
{
    if (m_state == RunState::Finished || m_state == RunState::Stopped ||
        m_state == RunState::Idle || m_state == RunState::Preparing) {
        return;
    }
    const Instant horizon = std::max(m_clock.now(), m_start) + ArmAhead + ArmTogether;
    QJsonArray indices;
    int sends = 0;
    for (Pending &pending : m_pending) {
        if (dueOf(pending) > horizon) {
            break;
        }
        if (!pending.isReady) {
            continue;
        }
        if (!pending.armed) {
            pending.armed = true;
            indices.append(pending.index);
        }
        ++sends;
    }
    if (indices.isEmpty()) {
        return;
    }
    QJsonObject armed = record("armed");
    armed.insert(QStringLiteral("incidents"), indices);
    m_journal.append(armed);
    m_journal.sync();
    m_api.warm(sends);
}

void Player::renewConnections()
{
    m_connectedAt = m_clock.now();
    m_api.forgetConnections();
    const auto armed = std::count_if(m_pending.begin(), m_pending.end(),
                                     [](const Pending &pending) { return pending.armed; });
    if (armed > 0) {
        m_api.warm(int(armed));
    }
}

void Player::renewStaleConnections()
{
    if (m_clock.now() - m_connectedAt > KeptOpen) {
        renewConnections();
    }
}

Instant Player::awayFrom(Instant cue, Instant wanted)
{
    return wanted + Undisturbed > cue && cue + Undisturbed > wanted ? cue + Undisturbed : wanted;
}

void Player::rearm()
{
    m_cueTimer->disarm();
    m_armTimer->disarm();
    m_fallBackTimer->disarm();
    if (m_state != RunState::Running || m_pending.empty()) {
        return;
    }
    const auto unready = std::find_if(m_pending.begin(), m_pending.end(),
                                      [](const Pending &pending) { return !pending.isReady; });
    if (unready != m_pending.end()) {
        m_fallBackTimer->armAt(dueOf(*unready) - FallBackAhead);
    }
    m_cueTimer->armAt(dueOf(m_pending.front()));
    const auto unarmed =
        std::find_if(m_pending.begin(), m_pending.end(),
                     [](const Pending &pending) { return pending.isReady && !pending.armed; });
    if (unarmed != m_pending.end()) {
        // Arming takes a millisecond or two, in which no send may wait: neither one that has just
        // been handed to the network nor the next.
        const Instant now = m_clock.now();
        const Instant next = dueOf(m_pending.front());
        Instant at = std::max(dueOf(*unarmed) - ArmAhead, now + Undisturbed);
        at = awayFrom(next, at);
        m_armTimer->armAt(at);
    }
}

void Player::pause(const QString &why, const QString &cause)
{
    if (m_state != RunState::Running && m_state != RunState::Holding) {
        return;
    }
    m_pausedInHold = m_state == RunState::Holding;
    m_pausedAt = m_clock.now();
    m_sleptBeforePause = Duration(0);
    QJsonObject more;
    if (!why.isEmpty()) {
        more.insert(QStringLiteral("why"), why);
    }
    if (!cause.isEmpty()) {
        more.insert(QStringLiteral("cause"), cause);
    }
    turnClock("paused", RunState::Paused, position(), m_schedule.speed(), more);
    rearm();
}

void Player::resume(std::optional<LatePolicy> passed)
{
    if (m_state != RunState::Paused) {
        return;
    }
    const Duration slept = m_sleptBeforePause + (m_clock.suspended() - m_suspendedBefore);
    m_suspendedBefore = m_clock.suspended();
    if (m_pausedInHold && !m_pending.empty() && m_pending.front().hold &&
        m_pending.front().delay <= m_stoodAt) {
        turnClock("held", RunState::Holding, m_stoodAt, m_schedule.speed(),
                  {{QStringLiteral("index"), m_pending.front().index}});
        return;
    }
    renewStaleConnections();
    const Instant now = m_clock.now();
    if (passed && *passed != LatePolicy::Shift) {
        catchUp(now - m_pausedAt + slept, *passed);
    } else {
        turnClock("resumed", RunState::Running, m_stoodAt, m_schedule.speed());
        // Those that queued behind late ones have their moment behind them as well by now.
        for (Pending &pending : m_pending) {
            if (pending.delay >= m_stoodAt || pending.hold) {
                break;
            }
            if (!pending.lateDue) {
                pending.missedDue = m_schedule.dueOf(pending.delay);
                pending.lateDue = Instant();
            }
        }
    }
    spaceLate(now + LateSpacing);
    armAhead();
    rearm();
    finishIfDone();
}

void Player::go(int hold)
{
    if (m_state == RunState::Preparing && hold < 0) {
        begin();
        return;
    }
    if (m_state != RunState::Holding || m_pending.empty()) {
        return;
    }
    m_suspendedBefore = m_clock.suspended(); // who says GO is awake
    const Duration second = m_pending.front().delay;
    const bool isMeant =
        hold < 0 || std::any_of(m_pending.begin(), m_pending.end(), [&](const Pending &pending) {
            return pending.index == hold && pending.hold && pending.delay == second;
        });
    if (!isMeant) {
        return;
    }
    for (Pending &pending : m_pending) {
        if (pending.delay != second) {
            break;
        }
        pending.hold = false;
    }
    renewStaleConnections();
    turnClock("released", RunState::Running, m_stoodAt, m_schedule.speed());
    onCue();
}

std::vector<Player::Pending>::iterator
Player::skipPending(const std::vector<Pending>::iterator &pending, const QString &why,
                    SkipCause cause)
{
    QJsonObject skipped = record("skipped");
    skipped.insert(QStringLiteral("index"), pending->index);
    skipped.insert(QStringLiteral("error"), why);
    if (cause != SkipCause::None) {
        skipped.insert(QStringLiteral("by"), toString(cause));
    }
    m_journal.append(skipped);
    if (m_preparer) {
        m_preparer->drop(pending->index);
    }
    if (cause == SkipCause::Hand || cause == SkipCause::Jump) {
        m_retractable.insert(pending->index);
    }
    return m_pending.erase(pending);
}

void Player::skip(int index)
{
    const auto pending =
        std::find_if(m_pending.begin(), m_pending.end(),
                     [index](const Pending &entry) { return entry.index == index; });
    if (pending == m_pending.end()) {
        m_dispatcher.skipWaiting(index, tr("Skipped while it waited."), SkipCause::Hand);
        return;
    }
    const bool wasHeld = m_state == RunState::Holding && pending == m_pending.begin();
    skipPending(pending, tr("Skipped by hand."), SkipCause::Hand);
    if (m_state == RunState::Preparing) {
        beginIfInTime(); // it may have been the one that was waited for
        return;
    }
    if (wasHeld) {
        leaveHold();
    }
    rearm();
    finishIfDone();
}

void Player::leaveHold()
{
    const bool isStillHeld =
        !m_pending.empty() && m_pending.front().hold && m_pending.front().delay <= m_stoodAt;
    if (isStillHeld) {
        // Another of the same second: GO means that one from now on.
        turnClock("held", RunState::Holding, m_stoodAt, m_schedule.speed(),
                  {{QStringLiteral("index"), m_pending.front().index}});
    } else {
        turnClock("released", RunState::Running, m_stoodAt, m_schedule.speed());
    }
}

void Player::fireNow(int index)
{
    const bool isPlaying =
        m_state == RunState::Running || m_state == RunState::Holding || m_state == RunState::Paused;
    auto pending =
        index < 0 ? m_pending.begin()
                  : std::find_if(m_pending.begin(), m_pending.end(),
                                 [index](const Pending &entry) { return entry.index == index; });
    if (!isPlaying || pending == m_pending.end()) {
        return;
    }
    const bool opensHold = m_state == RunState::Holding && pending == m_pending.begin();
    const int fired = pending->index;
    if (!pending->isReady) {
        fallBack(
            fired,
            tr("It was fired before \"%1\" had answered.").arg(m_plan.generation.profile.name));
        pending = std::find_if(m_pending.begin(), m_pending.end(),
                               [fired](const Pending &entry) { return entry.index == fired; });
        if (pending == m_pending.end()) {
            rearm();
            finishIfDone();
            return;
        }
    }
    if (!pending->armed) {
        QJsonObject armed = record("armed");
        armed.insert(QStringLiteral("incidents"), QJsonArray{fired});
        m_journal.append(armed);
        m_journal.sync();
    }
    m_pending.erase(pending);
    if (m_state != RunState::Running) {
        renewStaleConnections();
    }
    m_dispatcher.send({{fired, m_clock.now(), "hand"}});
    // Where it could not be sent, the run may have ended with it.
    if (opensHold && m_state == RunState::Holding) {
        leaveHold();
    }
    rearm();
    finishIfDone();
}

void Player::setSpeed(double speed)
{
    speed = std::clamp(speed, MinimumSpeed, MaximumSpeed);
    m_plan.speed = speed;
    beginIfInTime();
    if (m_state == RunState::Running) {
        turnClock("speed", m_state, position(), speed);
        armAhead();
        rearm();
        finishIfDone();
    } else if (m_state == RunState::Paused || m_state == RunState::Holding) {
        turnClock("speed", m_state, m_stoodAt, speed);
    }
}
