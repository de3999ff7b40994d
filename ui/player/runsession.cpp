// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runsession.h"

#include "app/base/timetext.h"
#include "app/engine/runplan.h"
#include "ui/document/timelinedocument.h"
#include "ui/player/rundriver.h"

#include <algorithm>

namespace {

constexpr int TickInterval = 33;

} // namespace

RunSession::RunSession(TimelineDocument &document, const ScenarioLibrary &scenarios,
                       RunDriver &driver, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_scenarios(scenarios)
    , m_driver(driver)
    , m_guard(driver.clock())
    , m_controls(*this, driver, m_guard)
    , m_curtain(m_guard)
    , m_questions(*this, driver)
{
    m_tick.setInterval(TickInterval);
    connect(&m_tick, &QTimer::timeout, this, &RunSession::ticked);
    connect(&m_guard, &LiveGuard::ended, this, &RunSession::changed);
    connect(&m_controls, &RunControls::changed, this, &RunSession::changed);
    connect(&m_controls, &RunControls::hinted, this, &RunSession::hinted);
    connect(&m_controls, &RunControls::startRequested, this, &RunSession::startRequested);
    connect(&m_curtain, &Curtain::changed, this, [this](bool drawn) {
        Q_EMIT curtainChanged(drawn);
        Q_EMIT changed();
    });
    connect(&driver, &RunDriver::started, this, [this] {
        m_tick.start();
        Q_EMIT started();
        Q_EMIT changed();
    });
    connect(&driver, &RunDriver::recorded, this, &RunSession::take);
    connect(&driver, &RunDriver::finished, this, &RunSession::finish);
    connect(&driver, &RunDriver::startFailed, this, [this](const Error &error) {
        m_driver.release(); // what was stopped before it began bars no later start
        updateLock();
        Q_EMIT startFailed(error.toString());
        Q_EMIT refused(tr("The run did not start."), error.toString());
        Q_EMIT changed();
    });
    driver.setStaysOpen(true);
    // A record counts by rows, so it is no record of these rows any more; whoever shows the
    // timeline hears of it after this.
    connect(&document, &TimelineDocument::opened, this, &RunSession::takeEdit);
    connect(&document, &TimelineDocument::changed, this, [this](const TimelineChange &change) {
        if (change.changesRows()) {
            takeEdit();
        }
    });
    m_outline = outlineOf(m_document.timeline(), m_scenarios);
    updateNext();
}

bool RunSession::setMode(Mode mode)
{
    if (mode == m_mode) {
        return true;
    }
    if (isActive()) {
        Q_EMIT refused(tr("A run is in progress."),
                       tr("Stop it, or let it end, before you change the mode."));
        return false;
    }
    if (m_mode == Mode::Show && canContinue()) {
        Q_EMIT refused(tr("The show is stopped at %1.").arg(stoppedAtText()),
                       tr("Continue it, or end it, before you change the mode."));
        return false;
    }
    Q_EMIT modeAboutToChange(mode);
    // The pace of a rehearsal is the rehearsal's: no show is played at it by accident.
    if (mode == Mode::Rehearse) {
        m_speedBefore = m_speed;
    } else if (m_mode == Mode::Rehearse) {
        setSpeed(m_speedBefore);
    }
    m_mode = mode;
    updateLock();
    if (mode == Mode::Show) {
        setIdlePosition(TimelinePosition());
        if (state() != RunState::Idle) {
            clear();
        }
    }
    m_curtain.setDrawn(false);
    Q_EMIT modeChanged(mode);
    Q_EMIT changed();
    return true;
}

void RunSession::updateLock()
{
    const bool isShow = m_mode == Mode::Show;
    m_document.setLocked(isShow || isActive(),
                         isShow ? tr("Editing is locked in a show; go back to Design to edit.")
                                : QString());
}

Target RunSession::target() const
{
    if (isActive()) {
        return m_driver.playedOn(); // another may have been chosen since it was stopped
    }
    if (m_mode != Mode::Rehearse) {
        return m_driver.target();
    }
    Target sandbox;
    sandbox.isSandbox = true;
    sandbox.preferQuickIncident = m_driver.target().preferQuickIncident;
    return sandbox;
}

QString RunSession::targetName() const
{
    return RunDriver::nameOf(target());
}

bool RunSession::isActive() const
{
    return m_driver.isActive();
}

bool RunSession::isOpen() const
{
    return isActive() && !isOver(state());
}

RunAge RunSession::age() const
{
    return m_driver.age();
}

Clock &RunSession::clock() const
{
    return m_driver.clock();
}

TimelinePosition RunSession::position() const
{
    // A stopped run stands where it was stopped while its last answers come in, too.
    const bool isLeft = state() == RunState::Idle || (isOver(state()) && !isActive());
    return isLeft ? m_idlePosition : m_record.positionAt(age());
}

void RunSession::setIdlePosition(TimelinePosition position)
{
    if (m_idlePosition == position) {
        return;
    }
    m_idlePosition = position;
    Q_EMIT ticked();
}

void RunSession::setSpeed(double speed)
{
    const double kept = std::clamp(speed, MinimumSpeed, MaximumSpeed);
    const bool isNew = kept != m_speed;
    m_speed = kept;
    if (isNew) {
        m_driver.setSpeed(kept);
    }
    Q_EMIT speedChanged(kept);
    if (isNew) {
        Q_EMIT ticked();
    }
}

RunOutlook RunSession::outlook() const
{
    const double pace = isOver(state()) ? m_speed : m_record.speed();
    return {m_record, m_outline, position(), pace, clock().wall()};
}

NextIncident RunSession::next() const
{
    return nextIncident(m_next, m_record, m_document.timeline(), m_scenarios);
}

Duration RunSession::toNext() const
{
    return m_next < 0 ? Duration() : outlook().to(m_next);
}

void RunSession::updateNext()
{
    m_next = isOpen() ? m_record.nextIndex() : state() == RunState::Idle ? m_outline.first() : -1;
    if (m_next >= int(m_outline.incidents.size())) {
        m_next = -1;
    }
}

void RunSession::refresh()
{
    if (state() == RunState::Idle) {
        m_outline = outlineOf(m_document.timeline(), m_scenarios);
    }
    updateNext();
    Q_EMIT changed();
}

void RunSession::takeEdit()
{
    m_record = RunRecord(RunRecord::Keeps::Facts);
    m_outline = outlineOf(m_document.timeline(), m_scenarios);
    updateNext();
}

bool RunSession::start()
{
    return begin([this] {
        return m_driver.start(m_document.timeline(), m_document.path(), m_scenarios, m_speed,
                              target());
    });
}

bool RunSession::play(const RunPlan &plan)
{
    return begin([this, &plan] {
        m_isToldAgain = plan.resumption != nullptr;
        return m_driver.play(plan);
    });
}

bool RunSession::begin(const std::function<Result<void>()> &start)
{
    if (isActive()) {
        return false;
    }
    m_isToldAgain = false;
    m_controls.beginRun({});
    // From here on, not from when the playback answers: what is played is what is shown.
    const Result<void> begun = start();
    updateLock();
    if (begun) {
        m_isEnded = false;
        m_guard.pass(LiveAction::Go); // the press that started opens no hold as well
    } else {
        Q_EMIT refused(tr("The run did not start."), begun.error().toString());
    }
    return begun.has_value();
}

void RunSession::beginQuestion()
{
    m_questions.begin();
}

void RunSession::endQuestion()
{
    // The key that answered is not meant for the run behind.
    if (isActive()) {
        m_guard.passKeys();
    }
    m_questions.end();
}

QString RunSession::stoppedAtText() const
{
    return timeText(std::chrono::round<std::chrono::milliseconds>(position().time_since_epoch()));
}

bool RunSession::canContinue() const
{
    return !isActive() && !m_isEnded && m_record.canContinue();
}

void RunSession::continueRun()
{
    if (!canContinue() || !m_guard.pass(LiveAction::Continue)) {
        return;
    }
    Q_EMIT changed();
    // It is the same run, and what was skipped can still be taken back.
    const SkipHistory skips = m_controls.skips();
    begin([this] {
        m_isToldAgain = true;
        return m_driver.continueRun(m_speed);
    });
    m_controls.beginRun(skips);
}

bool RunSession::isWaitingForEnd() const
{
    return isActive() && m_record.isNothingLeftToCome() &&
           m_record.count(IncidentState::Failed) + m_record.count(IncidentState::Uncertain) > 0;
}

void RunSession::endShow()
{
    if (isWaitingForEnd()) {
        m_driver.endRun();
    } else if (canContinue()) {
        m_isEnded = true;
        Q_EMIT showEnded();
        Q_EMIT changed();
    }
}

void RunSession::clear()
{
    if (isActive()) {
        return;
    }
    m_record = RunRecord(RunRecord::Keeps::Facts);
    m_outline = outlineOf(m_document.timeline(), m_scenarios);
    m_drift.clear();
    m_guard.clear();
    m_controls.beginRun({});
    m_hasRun = false;
    m_isEnded = false;
    updateNext();
    Q_EMIT recordReset();
    Q_EMIT cleared();
    Q_EMIT changed();
    Q_EMIT ticked();
}

void RunSession::take(const RunEvent &event)
{
    m_record.apply(event);
    m_drift.apply(event, m_record);
    if (event.as<RunBegan>()) {
        m_hasRun = true;
        m_outline = outlineOf(m_record);
    } else if (event.as<ResumedRun>()) {
        m_isToldAgain = false;
    }
    Q_EMIT recordChanged(event);
    m_questions.apply();
    m_controls.take(event, m_next);
    updateNext();
    Q_EMIT recorded(event);
    Q_EMIT changed();
}

void RunSession::finish()
{
    m_driver.release(); // what was stopped starts again by no key, but by the user's choice
    m_tick.stop();
    m_controls.endRun();
    if (m_mode != Mode::Show) {
        m_curtain.setDrawn(false); // whose key is dead from here on
    }
    m_idlePosition = m_record.positionAt(age());
    updateLock();
    updateNext();
    Q_EMIT finished();
    Q_EMIT changed();
    Q_EMIT ticked();
}
