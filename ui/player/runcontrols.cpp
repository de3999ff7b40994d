// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runcontrols.h"

#include "ui/look/text.h"
#include "ui/player/rundriver.h"
#include "ui/player/runsession.h"
#include "ui/settings/windowsettings.h"

#include <limits>

namespace {

constexpr qsizetype MostHinted = 4;

QString remoteFiresKey()
{
    return QStringLiteral("remoteFires");
}

std::chrono::seconds toSeconds(Duration left)
{
    return std::chrono::round<std::chrono::seconds>(left);
}

} // namespace

RunControls::RunControls(RunSession &session, RunDriver &driver, LiveGuard &guard)
    : m_session(session)
    , m_driver(driver)
    , m_guard(guard)
    , m_stopTimer(driver.clock().createTimer(Clock::Precision::Coarse))
    , m_leftTimer(driver.clock().createTimer(Clock::Precision::Coarse))
{
    m_remoteFires = windowSettings().value(remoteFiresKey(), false).toBool();
    connect(m_stopTimer.get(), &ClockTimer::timeout, this, &RunControls::changed);
}

bool RunControls::pass(LiveAction action, int index)
{
    if (!m_guard.pass(action, index)) {
        return false;
    }
    Q_EMIT changed();
    return true;
}

RunControls::Go RunControls::goState() const
{
    if (m_guard.isGuarded(LiveAction::Go)) {
        return Go::Guarded;
    }
    return m_session.isOpen() && m_session.state() == RunState::Holding ? Go::Open : Go::Closed;
}

std::optional<Duration> RunControls::toLimitOpen() const
{
    if (!m_session.isOpen()) {
        return {};
    }
    return untilLimitOpens(m_session.record(), m_session.age());
}

void RunControls::pressPlay()
{
    // The second press of an eager thumb is not meant for the pause.
    if (m_guard.isGuarded(LiveAction::Play) || m_guard.isGuarded(LiveAction::Go)) {
        return;
    }
    if (m_session.mode() == Mode::Show || !m_session.isOpen() ||
        m_session.state() == RunState::Holding || m_session.state() == RunState::Preparing) {
        pressGo();
    } else if (!m_guard.isGuarded(LiveAction::Pause)) {
        m_guard.pass(LiveAction::Play);
        pauseOrResume();
    }
}

void RunControls::pressRemote()
{
    if (m_guard.isGuarded(LiveAction::Remote) || m_guard.isGuarded(LiveAction::Go) ||
        !m_session.isOpen()) {
        return;
    }
    if (goState() == Go::Open) {
        m_guard.pass(LiveAction::Remote);
        go();
    } else if (m_remoteFires && m_session.state() == RunState::Running &&
               m_session.nextIndex() >= 0) {
        m_guard.pass(LiveAction::Remote);
        fireNext();
    } else {
        hintHold();
    }
}

void RunControls::setRemoteFires(bool fires)
{
    m_remoteFires = fires;
    windowSettings().setValue(remoteFiresKey(), fires);
    Q_EMIT changed();
}

void RunControls::pressGo()
{
    if (m_guard.isGuarded(LiveAction::Go)) {
        return;
    }
    if (!m_session.isActive()) {
        if (m_session.mode() == Mode::Show && m_session.canContinue()) {
            Q_EMIT hinted(tr("The show is stopped. Continue from %1, or end the show.")
                              .arg(m_session.stoppedAtText()));
        } else if (m_session.mode() == Mode::Show && m_session.state() != RunState::Idle) {
            Q_EMIT hinted(tr("This show is over. Press Home to go back to the start and play it "
                             "again."));
        } else {
            Q_EMIT startRequested();
        }
        return;
    }
    if (m_session.state() == RunState::Holding) {
        go();
    } else if (m_session.state() == RunState::Preparing) {
        if (pass(LiveAction::Go)) {
            m_driver.go();
        }
    } else if (m_session.isOpen()) {
        hintHold();
    }
}

void RunControls::hintHold()
{
    if (m_session.state() == RunState::Paused) {
        Q_EMIT hinted(tr("The run is paused. GO opens holds; it doesn't end a pause."));
        return;
    }
    const std::optional<Duration> left = m_session.outlook().toHold();
    Q_EMIT hinted(left ? tr("GO opens at the hold, in %1.").arg(timeText(toSeconds(*left)))
                       : tr("There is no hold to open."));
}

void RunControls::pauseOrResume()
{
    const bool isPaused = m_session.state() == RunState::Paused;
    if (!m_session.isOpen() ||
        (!isPaused && m_session.state() != RunState::Running &&
         m_session.state() != RunState::Holding) ||
        !pass(LiveAction::Pause)) {
        return;
    }
    if (isPaused) {
        m_driver.resume();
    } else {
        m_driver.pause();
    }
}

void RunControls::go()
{
    if (goState() != Go::Open || !pass(LiveAction::Go)) {
        return;
    }
    m_driver.go(m_held);
}

void RunControls::resume(std::optional<LatePolicy> passed)
{
    if (m_session.state() == RunState::Paused && pass(LiveAction::Pause)) {
        m_driver.resume(passed);
    }
}

void RunControls::hintSkipped(const QList<int> &indices)
{
    Q_EMIT hinted((indices.size() == 1
                       ? tr("Skipped %1. It can be taken back until its moment has passed.")
                       : tr("Skipped %1. They can be taken back until their moments have passed."))
                      .arg(incidentNumbers(indices, MostHinted)));
}

void RunControls::skipNext()
{
    skip(m_session.nextIndex());
}

void RunControls::skip(int index)
{
    const IncidentState known = stateOf(m_session.record(), index);
    if (!m_session.isOpen() || index < 0 || isFinal(known) || known == IncidentState::Sending ||
        !pass(LiveAction::Skip, index)) {
        return;
    }
    m_skips.addSkip(index);
    if (known == IncidentState::Waiting) { // whose moment has passed
        Q_EMIT hinted(tr("Skipped %1.").arg(incidentNumbers({index}, MostHinted)));
    } else {
        hintSkipped({index});
    }
    m_driver.skip(index);
}

bool RunControls::isLimitClosed()
{
    const std::optional<Duration> left = toLimitOpen();
    if (left) {
        Q_EMIT hinted(tr("The target takes no more for %1 (rate limit), so nothing was sent.")
                          .arg(timeText(secondsLeft(*left))));
    }
    return left.has_value();
}

void RunControls::fireNext()
{
    if (!m_session.isOpen() || m_session.nextIndex() < 0 || m_guard.isGuarded(LiveAction::Fire) ||
        isLimitClosed() || !pass(LiveAction::Fire, m_session.nextIndex())) {
        return;
    }
    const int fired = m_session.nextIndex();
    m_driver.fireNow(fired);
    Q_EMIT hinted(tr("Fired %1.").arg(incidentNumbers({fired}, MostHinted)));
}

bool RunControls::canTakeBack(int index) const
{
    return m_session.isOpen() &&
           !m_skips.of(index, m_session.record(), m_session.position()).indices.isEmpty();
}

QList<int> RunControls::lastSkipped() const
{
    return m_session.isOpen() ? m_skips.last(m_session.record(), m_session.position()).indices
                              : QList<int>();
}

Duration RunControls::toLastSkipped() const
{
    const RunRecord &record = m_session.record();
    const SkipHistory::Step step = m_skips.last(record, m_session.position());
    if (step.indices.isEmpty()) {
        return {};
    }
    Duration left = Duration::max();
    for (const int index : step.indices) {
        const TimelinePosition due(record.incidents()[index].delay);
        left = std::min(left, due - step.position.value_or(m_session.position()));
    }
    return fromMilliseconds(toMilliseconds(left) / record.speed());
}

void RunControls::takeBack(int index)
{
    if (m_session.isOpen()) {
        giveBack(m_skips.of(index, m_session.record(), m_session.position()));
    }
}

void RunControls::takeBackLast()
{
    if (m_session.isOpen()) {
        giveBack(m_skips.last(m_session.record(), m_session.position()));
    }
}

void RunControls::giveBack(const SkipHistory::Step &step)
{
    if (step.indices.isEmpty() || !pass(LiveAction::TakeBack, step.indices.first())) {
        return;
    }
    // The clock first: for the player, too, their moments have passed otherwise.
    if (step.position) {
        m_skips.forgetJumps();
        m_driver.jump(
            std::chrono::round<std::chrono::milliseconds>(step.position->time_since_epoch()),
            LatePolicy::SendNow);
    }
    for (const int index : step.indices) {
        m_driver.takeBack(index);
    }
    Q_EMIT hinted(tr("Took back %1.").arg(incidentNumbers(step.indices, MostHinted)));
}

bool RunControls::canRefire(int index) const
{
    const IncidentState known = stateOf(m_session.record(), index);
    return m_session.isOpen() && m_session.state() != RunState::Preparing && index >= 0 &&
           (known == IncidentState::Failed || known == IncidentState::Uncertain ||
            known == IncidentState::Skipped);
}

void RunControls::refire(int index)
{
    if (!canRefire(index) || m_guard.isGuarded(LiveAction::Refire) || isLimitClosed() ||
        !pass(LiveAction::Refire, index)) {
        return;
    }
    m_driver.refire(index);
}

void RunControls::jump(std::chrono::milliseconds position, LatePolicy passed)
{
    if (!m_session.isOpen() || m_session.state() == RunState::Preparing ||
        !pass(LiveAction::Jump)) {
        return;
    }
    const TimelinePosition to(position);
    const QList<int> skipped =
        passed == LatePolicy::Skip ? m_session.outlook().passedBy(to) : QList<int>();
    m_skips.addJump(m_session.position(), to, skipped);
    if (!skipped.isEmpty()) {
        hintSkipped(skipped);
    }
    m_driver.jump(position, passed);
}

void RunControls::pressStop()
{
    if (!m_session.isActive()) {
        return;
    }
    if (isStopArmed()) {
        m_stopTimer->disarm();
        if (m_session.mode() == Mode::Show) {
            m_driver.stopAll();
        } else {
            m_driver.stop();
        }
        Q_EMIT changed();
        return;
    }
    m_stopTimer->armAt(m_driver.clock().now() + std::chrono::milliseconds(StopGuard));
    Q_EMIT hinted(tr("Press Esc or Stop once more within two seconds to stop the run."));
    Q_EMIT changed();
}

void RunControls::stopNow()
{
    m_stopTimer->disarm();
    m_driver.stop();
}

void RunControls::noteWindowLeft()
{
    m_leftTimer->armAt(m_driver.clock().now() + std::chrono::milliseconds(LeaveGuard));
}

void RunControls::refuseStop()
{
    Q_EMIT hinted(tr("That Esc came right after one that left a window, so it doesn't count. Press "
                     "it again to stop the run."));
}

void RunControls::beginRun(const SkipHistory &skips)
{
    m_skips = skips;
}

void RunControls::take(const RunEvent &event, int next)
{
    if (const auto *held = event.as<Held>()) {
        m_held = held->index;
        return;
    }
    const auto *sending = event.as<Sending>();
    if (!sending || sending->index != next || m_session.isToldAgain() ||
        m_session.mode() != Mode::Show || m_guard.hasJustSent()) {
        return;
    }
    // A hand that reached for the one that has just gone must not get hold of the one after it.
    m_guard.pass(LiveAction::Skip);
    m_guard.pass(LiveAction::Fire);
}

void RunControls::endRun()
{
    m_stopTimer->disarm();
}
