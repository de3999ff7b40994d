// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/player.h"

#include "app/engine/resumption.h"
#include "app/engine/runresume.h"
#include "app/journal/runjournal.h"

#include <algorithm>

Player::Player(Clock &clock, IncidentApi &api, RunJournal &journal, const RunPlan &plan,
               std::unique_ptr<Preparer> preparer, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_journal(journal)
    , m_plan(plan)
    , m_transport(clock)
    , m_outcomes(plan.incidents.size())
    , m_arming(clock, api, journal, m_transport, m_cues)
    , m_dispatcher(clock, api, journal, plan.reconcile)
    , m_timers(clock, m_transport, m_cues)
    , m_watch(clock, m_transport, m_cues)
    , m_parts{clock, api, journal, m_plan, m_transport, m_cues, m_outcomes, m_dispatcher}
    , m_preparation(m_parts, std::move(preparer))
    , m_secondThoughts(m_parts, m_preparation)
{
    connect(&m_timers, &CueTimers::cueDue, this, &Player::onCue);
    connect(&m_timers, &CueTimers::armDue, this, [this] {
        m_arming.armAhead();
        m_timers.rearm();
    });
    connect(&m_timers, &CueTimers::fallBackDue, this, [this] {
        if (m_preparation.fallBackUntil(m_clock.now() + CueTimers::FallBackAhead)) {
            m_arming.armAhead();
        }
        proceed();
    });
    connect(&m_watch, &InterruptionWatch::interrupted, this, &Player::interrupt);
    connect(&m_dispatcher, &Dispatcher::outcome, this,
            [this](int index, IncidentState state) { m_outcomes.set(index, state); });
    connect(&m_dispatcher, &Dispatcher::unanswered, this, &Player::unanswered);
    connect(&m_dispatcher, &Dispatcher::idle, this, &Player::finishIfDone);
    connect(&m_preparation, &Preparation::generated, this, &Player::generated);
    connect(&m_preparation, &Preparation::answered, this, [this] {
        beginIfInTime();
        proceed();
    });
    connect(&m_preparation, &Preparation::unavailable, this,
            [this](int index, const QString &why) { skipCue(index, why, SkipCause::None); });
}

Player::~Player() = default;

bool Player::start()
{
    if (m_plan.resumption) {
        return startAgain();
    }
    if (!m_preparation.prepareAll()) {
        return false;
    }
    startPrepared();
    return true;
}

void Player::startPrepared()
{
    if (!m_preparation.isWaiting()) {
        begin();
        return;
    }
    m_transport.setState(RunState::Preparing);
    m_journal.append(m_transport.happened(PreparationBegan()));
    m_preparation.start();
    beginIfInTime();
}

bool Player::startAgain()
{
    m_watch.forgetAll();
    Resumption resumption(m_parts, m_preparation);
    if (!resumption.begin() || !resumption.recallPending()) {
        return false;
    }
    if (resumption.state() == RunState::Preparing) {
        m_transport.setState(RunState::Idle);
        m_plan.resumption.reset();
        startPrepared();
        return true;
    }
    Q_EMIT started(m_transport.zero());
    passOver(resumption.position(), m_plan.resumption->passed, SkipCause::Passed,
             tr("Its moment passed while the program was not running."));
    resumption.recallSent(resumption.placeLate());
    m_transport.notePauseAt(m_transport.pausedAt(), m_cues.isHeldAt(resumption.position()));
    if (m_preparation.isWaiting()) {
        m_preparation.start();
    }
    if (state() == RunState::Running) {
        m_arming.armAhead();
    } else if (state() == RunState::Holding && !m_cues.isEmpty()) {
        m_heldBy = m_cues.front().index;
    }
    m_timers.rearm();
    m_watch.rearm();
    m_plan.resumption.reset(); // all that it says has been taken up, and a long run has much
    // Not from within the call that starts it: who hears of its end may take it down.
    QMetaObject::invokeMethod(this, &Player::finishIfDone, Qt::QueuedConnection);
    return true;
}

void Player::begin()
{
    m_transport.setState(RunState::Idle); // the clock stands at its zero until it is turned
    m_watch.forgetSleep();
    m_transport.setZero(m_clock.now() + LeadIn);
    m_dispatcher.setStart(m_transport.zero());
    Q_EMIT started(m_transport.zero());
    turnClock(ClockStarted(), RunState::Running, Duration(0), m_plan.speed);
    m_arming.armAhead();
    proceed();
}

void Player::beginIfInTime()
{
    if (state() == RunState::Preparing &&
        m_preparation.isInTime(Schedule(m_clock.now() + LeadIn, Duration(0), m_plan.speed))) {
        begin();
    }
}

void Player::proceed()
{
    if (state() == RunState::Holding && !m_cues.find(m_heldBy)) {
        leaveHold(); // skipped, fired, or without a request: nobody will say GO for it
    }
    m_timers.rearm();
    finishIfDone();
}

void Player::noteTurn(const RunEvent &event, bool wasRunning)
{
    if (wasRunning || state() == RunState::Running) {
        m_arming.noteUse(std::max(m_clock.now(), m_transport.zero()));
    }
    m_journal.append(event);
    m_watch.rearm();
}

void Player::onCue()
{
    if (state() != RunState::Running) {
        return;
    }
    if (m_watch.look()) {
        finishIfDone();
        return;
    }
    const Instant now = m_clock.now();
    m_cues.spaceAfterStall(now, m_transport.schedule());
    if (m_preparation.fallBackUntil(now)) {
        m_arming.armAhead();
    }
    const CueList::Taken taken = m_cues.takeDue(now, m_transport.schedule());
    if (!taken.due.empty()) {
        m_dispatcher.send(taken.due);
    }
    if (taken.isHeld) {
        hold();
    }
    // In a dense stretch there is no quiet moment to arm in, and it must not come too late.
    m_arming.armIfUrgent();
    proceed();
}

void Player::pause(const PauseReason &reason)
{
    if (state() != RunState::Running && state() != RunState::Holding) {
        return;
    }
    m_transport.notePause(state() == RunState::Holding);
    m_watch.notePause(Duration(0));
    turnClock(Paused{{}, reason}, RunState::Paused, m_transport.position(), m_transport.speed());
    m_timers.rearm();
}

void Player::resume(std::optional<LatePolicy> passed)
{
    if (state() != RunState::Paused) {
        return;
    }
    const Duration slept = m_watch.takeSlept();
    const Duration stoodAt = m_transport.turnedTo();
    if (m_transport.isPausedInHold() && m_cues.isHeldAt(stoodAt)) {
        hold();
        return;
    }
    m_arming.renewIfStale();
    const Instant now = m_clock.now();
    if (passed && *passed != LatePolicy::Shift) {
        // To where the clock would stand without the pause, yet not past a hold.
        const Duration missed = now - m_transport.pausedAt() + slept;
        const Duration would =
            Schedule(Instant(), stoodAt, m_transport.speed()).positionAt(Instant(missed));
        const Duration furthest = m_cues.firstHold().value_or(MaximumDelay);
        const Duration target = std::clamp(would, stoodAt, std::max(stoodAt, furthest));
        turnClock(Resumed{{}, TimelinePosition(stoodAt)}, RunState::Running, target,
                  m_transport.speed());
        passOver(target, *passed, SkipCause::Passed,
                 tr("Its moment passed while the run was paused."));
    } else {
        turnClock(Resumed(), RunState::Running, stoodAt, m_transport.speed());
        // Those that queued behind late ones have their moment behind them as well by now.
        m_cues.passOverQueued(stoodAt, m_transport.schedule());
    }
    m_cues.spaceLate(now + LateSpacing);
    m_arming.armAhead();
    proceed();
}

void Player::go(int hold)
{
    if (state() == RunState::Preparing && hold < 0) {
        begin();
        return;
    }
    if (state() != RunState::Holding || m_cues.isEmpty()) {
        return;
    }
    m_watch.forgetSleep(); // who says GO is awake
    const Duration moment = m_cues.front().delay;
    if (hold >= 0 && !m_cues.holds(hold, moment)) {
        return;
    }
    m_cues.open(moment);
    m_arming.renewIfStale();
    turnClock(Released(), RunState::Running, m_transport.turnedTo(), m_transport.speed());
    onCue();
}

void Player::hold()
{
    const CueList::Cue &held = m_cues.front();
    const Duration position = state() == RunState::Running ? held.delay : m_transport.turnedTo();
    m_heldBy = held.index;
    turnClock(Held{{}, held.index}, RunState::Holding, position, m_transport.speed());
}

void Player::leaveHold()
{
    if (m_cues.isHeldAt(m_transport.turnedTo())) {
        hold(); // another of the same moment: GO means that one from now on
    } else {
        turnClock(Released(), RunState::Running, m_transport.turnedTo(), m_transport.speed());
    }
}

void Player::passOver(Duration position, LatePolicy passed, SkipCause cause, const QString &why)
{
    if (passed != LatePolicy::Skip) {
        m_cues.passOver(position, cause == SkipCause::Jump ? Early::Jump : Early::No);
        return;
    }
    for (const int index : m_cues.before(position)) {
        skipCue(index, why, cause);
    }
}

void Player::skipCue(int index, const QString &why, SkipCause cause)
{
    m_journal.append(m_transport.happened(Skipped{{index}, {why, {}, {}}, cause}));
    m_outcomes.set(index, IncidentState::Skipped);
    if (cause == SkipCause::Hand || cause == SkipCause::Jump) {
        m_outcomes.setRetractable(index);
    }
    m_preparation.drop(index);
    m_cues.remove(index);
}

void Player::skip(int index)
{
    if (!m_cues.find(index)) {
        m_dispatcher.skipWaiting(index, tr("Skipped while it waited."), SkipCause::Hand);
        return;
    }
    skipCue(index, tr("Skipped by hand."), SkipCause::Hand);
    if (state() == RunState::Preparing) {
        beginIfInTime(); // it may have been the one that was waited for
        return;
    }
    proceed();
}

void Player::fireNow(int index)
{
    if (index < 0 && !m_cues.isEmpty()) {
        index = m_cues.front().index;
    }
    const CueList::Cue *cue = m_cues.find(index);
    if (!m_transport.isPlaying() || !cue) {
        return;
    }
    if (!cue->isReady) {
        m_preparation.fallBackFired(index);
        cue = m_cues.find(index);
        if (!cue) {
            proceed();
            return;
        }
    }
    if (!cue->isArmed) {
        m_arming.arm(index);
    }
    m_cues.remove(index);
    if (state() != RunState::Running) {
        m_arming.renewIfStale();
    }
    m_dispatcher.send({{index, m_clock.now(), Early::Hand}});
    proceed();
}

void Player::setSpeed(double speed)
{
    speed = std::clamp(speed, MinimumSpeed, MaximumSpeed);
    m_plan.speed = speed;
    beginIfInTime();
    if (state() == RunState::Running) {
        turnClock(SpeedChanged(), state(), m_transport.position(), speed);
        m_arming.armAhead();
        proceed();
    } else if (m_transport.isPlaying()) {
        turnClock(SpeedChanged(), state(), m_transport.turnedTo(), speed);
    }
}

void Player::jump(Duration target, LatePolicy passed)
{
    if (!m_transport.isPlaying()) {
        return;
    }
    target = std::clamp(target, Duration(0), Duration(MaximumDelay));
    const RunState next = state() == RunState::Paused ? RunState::Paused : RunState::Running;
    const Duration from = m_transport.position();
    const LatePolicy told = passed == LatePolicy::Skip ? LatePolicy::Skip : LatePolicy::SendNow;
    m_cues.makeOnTime(target);
    m_transport.notePause(false);
    m_watch.notePause(Duration(0));
    turnClock(Jumped{{}, TimelinePosition(from), told}, next, target, m_transport.speed());
    passOver(target, passed, SkipCause::Jump, tr("Passed over when the clock was turned."));
    m_cues.spaceLate(m_clock.now() + LateSpacing);
    if (next == RunState::Running) {
        m_arming.armAhead();
    }
    proceed();
}

void Player::takeBack(int index)
{
    const std::optional<CueList::Cue> cue = m_secondThoughts.takeBack(index);
    if (!cue) {
        finishIfDone(); // it can never be sent after all
        return;
    }
    if (state() == RunState::Running) {
        m_arming.armAhead();
    } else if (state() == RunState::Holding && cue->hold && m_cues.front().index == index &&
               cue->delay <= m_transport.turnedTo()) {
        leaveHold(); // of several of that moment, GO means this one from now on
    }
    m_timers.rearm();
}

void Player::refire(int index)
{
    m_secondThoughts.refire(index);
    proceed();
}

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
    if (state() != RunState::Preparing && !m_transport.isPlaying()) {
        return;
    }
    if (m_plan.staysOpen && state() != RunState::Preparing && isIdle()) {
        endRun(); // nothing is left that could be stopped
        return;
    }
    m_preparation.stop();
    if (state() == RunState::Preparing) {
        m_transport.setZero(m_clock.now());
        m_dispatcher.setStart(m_transport.zero());
    }
    turnClock(Stopped{{}, isAborted}, RunState::Stopped, m_transport.position(),
              m_transport.speed());
    const QString why = tr("The run was stopped before it was sent.");
    while (!m_cues.isEmpty()) {
        skipCue(m_cues.front().index, why, SkipCause::Stop);
    }
    m_dispatcher.skipAllWaiting(why);
    m_dispatcher.endLooking();
    proceed();
}

bool Player::isKeptOpen()
{
    if (!m_plan.staysOpen || state() == RunState::Stopped) {
        return false;
    }
    if (m_outcomes.hasTrouble()) {
        return true;
    }
    const std::optional<Duration> latest = m_secondThoughts.latestRetractable();
    if (latest && state() == RunState::Running) {
        m_timers.wakeAt(m_transport.schedule().dueOf(*latest) + std::chrono::milliseconds(1));
    }
    return latest.has_value();
}

void Player::endRun()
{
    if (m_transport.isPlaying() && m_cues.isEmpty() && m_outcomes.areAllFinal()) {
        m_plan.staysOpen = false;
        m_dispatcher.endLooking();
        finishIfDone();
    }
}

void Player::finishIfDone()
{
    const bool isUnderWay = m_transport.isPlaying() || state() == RunState::Stopped;
    if (!isUnderWay || !isIdle() || isKeptOpen()) {
        return;
    }
    const RunEvent last = m_transport.finish();
    m_timers.stop();
    m_watch.stop();
    m_journal.append(last);
    m_journal.sync();
    Q_EMIT finished();
}

void Player::interrupt(const Interruption &interruption)
{
    if (interruption.slept > Duration(0)) {
        m_arming.renew();
    }
    // If nothing is left to send, nothing can come too late.
    if (state() == RunState::Running && !isIdle()) {
        const PauseCause cause = interruption.cause;
        if (!m_plan.holdsOpen) {
            pause({tr("%1 The run waits for you to continue.").arg(interruption.why), cause});
            m_watch.notePause(interruption.slept);
            return;
        }
        pause({tr("%1 Running unattended, so the run continues.").arg(interruption.why), cause});
        resume();
    } else if (m_transport.isPlaying()) {
        // The clock stands, so nothing is late; GO must not be swallowed by a second pause.
        m_journal.append(m_transport.happened(Noted{{}, interruption.why}));
    }
}

void Player::noteNetworkChange(const QString &why)
{
    m_arming.renew();
    interrupt({why, PauseCause::Network, Duration(0)});
}

void Player::noteReach(const QString &trouble)
{
    if (state() == RunState::Finished || state() == RunState::Idle) {
        return;
    }
    const bool isBack = trouble.isEmpty();
    m_journal.append(m_transport.happened(
        NetworkChanged{isBack ? NetworkState::Back : NetworkState::Lost,
                       isBack ? std::nullopt : std::optional<QString>(trouble)}));
    if (isBack) {
        m_arming.renew();
        m_dispatcher.noteBack();
    }
}
