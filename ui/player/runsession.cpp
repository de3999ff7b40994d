// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runsession.h"

#include "app/run/stageplan.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runtimes.h"
#include "ui/settings/windowsettings.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace {

constexpr int ClockInterval = 33;
constexpr qsizetype MostHinted = 4;

QString remoteFiresKey()
{
    return QStringLiteral("remoteFires");
}

} // namespace

bool isOver(RunState state)
{
    return state == RunState::Idle || state == RunState::Finished || state == RunState::Stopped;
}

RunSession::RunSession(TimelineDocument &document, IncidentTableModel &model, RunLogModel &log,
                       RunController &controller, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_model(model)
    , m_log(log)
    , m_controller(controller)
{
    m_clock.setInterval(ClockInterval);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        m_model.setElapsed(elapsedMs());
        Q_EMIT ticked();
    });
    m_stopTimer.setSingleShot(true);
    m_stopTimer.setInterval(StopGuard);
    m_leftTimer.setSingleShot(true);
    m_leftTimer.setInterval(LeaveGuard);
    m_remoteFires = windowSettings().value(remoteFiresKey(), false).toBool();
    connect(&m_stopTimer, &QTimer::timeout, this, &RunSession::changed);
    connect(&m_guard, &LiveGuard::ended, this, &RunSession::changed);
    connect(&controller, &RunController::started, this, [this] {
        m_clock.start();
        Q_EMIT started();
        Q_EMIT changed();
    });
    connect(&controller, &RunController::recorded, this, &RunSession::takeRecord);
    connect(&controller, &RunController::finished, this, &RunSession::finish);
    connect(&controller, &RunController::startFailed, this, [this](const Error &error) {
        updateLock();
        Q_EMIT startFailed(error.toString());
        Q_EMIT refused(tr("The run did not start."), error.toString());
        Q_EMIT changed();
    });
    const auto refresh = [this] {
        updateNext();
        Q_EMIT changed();
    };
    controller.setStaysOpen(true);
    connect(&model, &IncidentTableModel::sceneReset, this, refresh);
    connect(&model, &IncidentTableModel::sceneChanged, this, refresh);
    connect(&model, &IncidentTableModel::titlesChanged, this, [this](const std::vector<int> &rows) {
        if (std::find(rows.begin(), rows.end(), m_next) != rows.end()) {
            Q_EMIT changed(); // what comes next has another title
        }
    });
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
        setIdlePosition(0);
        if (state() != RunState::Idle) {
            clear();
        }
    }
    setCurtain(false);
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
        return m_controller.playedOn(); // another may have been chosen since it was stopped
    }
    if (m_mode != Mode::Rehearse) {
        return m_controller.target();
    }
    Target sandbox;
    sandbox.isSandbox = true;
    sandbox.preferQuickIncident = m_controller.target().preferQuickIncident;
    return sandbox;
}

QString RunSession::targetName() const
{
    return RunController::nameOf(target());
}

const RunRecord &RunSession::record() const
{
    return m_model.record();
}

RunState RunSession::state() const
{
    return record().state();
}

bool RunSession::isActive() const
{
    return m_controller.isActive();
}

bool RunSession::isOpen() const
{
    return isActive() && !isOver(state());
}

double RunSession::elapsedMs() const
{
    return m_controller.elapsedMs();
}

double RunSession::positionMs() const
{
    // A stopped run stands where it was stopped while its last answers come in, too.
    const bool isLeft = state() == RunState::Idle || (isOver(state()) && !isActive());
    return isLeft ? m_idlePosition : record().positionAt(elapsedMs());
}

void RunSession::setIdlePosition(double milliseconds)
{
    if (m_idlePosition == milliseconds) {
        return;
    }
    m_idlePosition = milliseconds;
    Q_EMIT ticked();
}

void RunSession::setSpeed(double speed)
{
    const double kept = std::clamp(speed, MinimumSpeed, MaximumSpeed);
    const bool isNew = kept != m_speed;
    m_speed = kept;
    if (isNew) {
        m_controller.setSpeed(kept);
    }
    Q_EMIT speedChanged(kept);
    if (isNew) {
        Q_EMIT ticked();
    }
}

void RunSession::updateNext()
{
    m_next = -1;
    if (isOpen()) {
        m_next = record().nextIndex();
    } else if (state() == RunState::Idle) {
        const auto &blocks = m_model.scene().blocks;
        for (int index = 0; index < int(blocks.size()); ++index) {
            const SceneBlock &block = blocks[size_t(index)];
            if (block.sends && (m_next < 0 || block.start < blocks[size_t(m_next)].start)) {
                m_next = index;
            }
        }
    }
    if (m_next >= m_model.rowCount()) {
        m_next = -1;
    }
}

NextIncident RunSession::next() const
{
    NextIncident next;
    next.count = m_model.rowCount();
    const QList<Incident> &incidents = m_document.timeline().incidents;
    if (m_next < 0 || m_next >= next.count || m_next >= incidents.size()) {
        return next;
    }
    const SceneBlock &block = m_model.scene().blocks[size_t(m_next)];
    const Incident &incident = incidents[m_next];
    next.index = m_next;
    next.title = block.title;
    next.service = m_model.scene().lanes[size_t(block.lane)].service;
    next.severity = block.severity;
    next.state = m_model.stateOf(m_next);
    next.duration = block.duration;
    next.notes = incident.notes.isEmpty() ? incident.comment : incident.notes;
    next.hold = block.hold;
    if (const IncidentRun *run = m_model.run(m_next); run && run->scenario) {
        next.metrics = int(run->scenario->metrics.size());
    }
    next.source = block.type == IncidentType::Predefined ? tr("Predefined")
                  : block.pin == SceneBlock::Pin::Pinned ? tr("LLM, pinned")
                  : block.pin == SceneBlock::Pin::Stale  ? tr("LLM, stale pin")
                                                         : tr("LLM, not pinned");
    return next;
}

RunTimes RunSession::times() const
{
    const double pace = isOver(state()) ? m_speed : record().speed();
    return {record(), m_model.scene(), positionMs(), pace};
}

int RunSession::nowIndex() const
{
    return state() == RunState::Idle ? -1 : onStage(record(), positionMs());
}

double RunSession::plannedEndMs() const
{
    return times().plannedEndMs();
}

double RunSession::msToNext() const
{
    return m_next < 0 ? 0 : times().msTo(m_next);
}

QDateTime RunSession::nextWall() const
{
    if (m_next < 0 || state() != RunState::Running) {
        return {};
    }
    return QDateTime::currentDateTime().addMSecs(std::llround(std::max(0.0, msToNext())));
}

QDateTime RunSession::expectedEnd() const
{
    if (state() != RunState::Running) {
        return {};
    }
    return QDateTime::currentDateTime().addMSecs(std::llround(times().msToLast()));
}

std::optional<double> RunSession::msToHold() const
{
    return times().msToHold();
}

double RunSession::waitFraction() const
{
    return m_next < 0 || !isOpen() ? 0 : times().waitFraction(m_next);
}

QString RunSession::stoppedAtText() const
{
    return timeText(std::chrono::milliseconds(std::llround(positionMs())));
}

std::optional<double> RunSession::msToLimitOpen() const
{
    std::optional<double> opens;
    const double now = elapsedMs();
    for (const IncidentRun &run : record().incidents()) {
        if (isOpen() && run.waitsForRateLimit() && run.waitingUntilMs &&
            *run.waitingUntilMs > now) {
            opens = std::max(opens.value_or(0), *run.waitingUntilMs - now);
        }
    }
    return opens;
}

bool RunSession::guard(LiveAction action, int index)
{
    if (!m_guard.pass(action, index)) {
        return false;
    }
    Q_EMIT changed();
    return true;
}

RunSession::Go RunSession::goState() const
{
    if (m_guard.isGuarded(LiveAction::Go)) {
        return Go::Guarded;
    }
    return isOpen() && state() == RunState::Holding ? Go::Open : Go::Closed;
}

bool RunSession::start(const ScenarioLibrary &scenarios)
{
    return begin([&] {
        return m_controller.start(m_document.timeline(), m_document.path(), scenarios, m_speed,
                                  target());
    });
}

bool RunSession::play(const RunPlan &plan)
{
    return begin([&] {
        m_isToldAgain = plan.resumption != nullptr;
        return m_controller.play(plan);
    });
}

bool RunSession::begin(const std::function<Result<void>()> &start)
{
    if (isActive()) {
        return false;
    }
    m_isToldAgain = false;
    m_skips.clear();
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

void RunSession::pressPlay()
{
    // The second press of an eager thumb is not meant for the pause.
    if (m_guard.isGuarded(LiveAction::Play) || m_guard.isGuarded(LiveAction::Go)) {
        return;
    }
    if (m_mode == Mode::Show || !isOpen() || state() == RunState::Holding ||
        state() == RunState::Preparing) {
        pressGo();
    } else if (!m_guard.isGuarded(LiveAction::Pause)) {
        m_guard.pass(LiveAction::Play);
        pauseOrResume();
    }
}

void RunSession::pressRemote()
{
    if (m_guard.isGuarded(LiveAction::Remote) || m_guard.isGuarded(LiveAction::Go) || !isOpen()) {
        return;
    }
    if (goState() == Go::Open) {
        m_guard.pass(LiveAction::Remote);
        go();
    } else if (m_remoteFires && state() == RunState::Running && m_next >= 0) {
        m_guard.pass(LiveAction::Remote);
        fireNext();
    } else {
        hintHold();
    }
}

void RunSession::setRemoteFires(bool fires)
{
    m_remoteFires = fires;
    windowSettings().setValue(remoteFiresKey(), fires);
    Q_EMIT changed();
}

void RunSession::pressGo()
{
    if (m_guard.isGuarded(LiveAction::Go)) {
        return;
    }
    if (!isActive()) {
        if (m_mode == Mode::Show && canContinue()) {
            Q_EMIT hinted(
                tr("The show is stopped. Continue from %1, or end the show.").arg(stoppedAtText()));
        } else if (m_mode == Mode::Show && state() != RunState::Idle) {
            Q_EMIT hinted(tr("This show is over. Press Home to go back to the start and play it "
                             "again."));
        } else {
            Q_EMIT startRequested();
        }
        return;
    }
    if (state() == RunState::Holding) {
        go();
    } else if (state() == RunState::Preparing) {
        if (guard(LiveAction::Go)) {
            m_controller.go();
        }
    } else if (isOpen()) {
        hintHold();
    }
}

void RunSession::hintHold()
{
    if (state() == RunState::Paused) {
        Q_EMIT hinted(tr("The run is paused. GO opens holds; it doesn't end a pause."));
        return;
    }
    const std::optional<double> left = msToHold();
    Q_EMIT hinted(left ? tr("GO opens at the hold, in %1.")
                             .arg(timeText(std::chrono::seconds(std::llround(*left / 1000))))
                       : tr("There is no hold to open."));
}

void RunSession::pauseOrResume()
{
    const bool isPaused = state() == RunState::Paused;
    if (!isOpen() || (!isPaused && state() != RunState::Running && state() != RunState::Holding) ||
        !guard(LiveAction::Pause)) {
        return;
    }
    if (isPaused) {
        m_controller.resume();
    } else {
        m_controller.pause();
    }
}

void RunSession::go()
{
    if (goState() != Go::Open || !guard(LiveAction::Go)) {
        return;
    }
    m_controller.go(m_held);
}

void RunSession::hintSkipped(const QList<int> &indices)
{
    Q_EMIT hinted((indices.size() == 1
                       ? tr("Skipped %1. It can be taken back until its moment has passed.")
                       : tr("Skipped %1. They can be taken back until their moments have passed."))
                      .arg(incidentNumbers(indices, MostHinted)));
}

void RunSession::skip(int index)
{
    const IncidentState known = m_model.stateOf(index);
    if (!isOpen() || index < 0 || isFinal(known) || known == IncidentState::Sending ||
        !guard(LiveAction::Skip, index)) {
        return;
    }
    m_skips.addSkip(index);
    if (known == IncidentState::Waiting) { // whose moment has passed
        Q_EMIT hinted(tr("Skipped %1.").arg(incidentNumbers({index}, MostHinted)));
    } else {
        hintSkipped({index});
    }
    m_controller.skip(index);
}

bool RunSession::isLimitClosed()
{
    const std::optional<double> left = msToLimitOpen();
    if (left) {
        Q_EMIT hinted(tr("The target takes no more for %1 (rate limit), so nothing was sent.")
                          .arg(timeText(secondsLeft(*left))));
    }
    return left.has_value();
}

void RunSession::fireNext()
{
    if (!isOpen() || m_next < 0 || m_guard.isGuarded(LiveAction::Fire) || isLimitClosed() ||
        !guard(LiveAction::Fire, m_next)) {
        return;
    }
    const int fired = m_next;
    m_controller.fireNow(fired);
    Q_EMIT hinted(tr("Fired %1.").arg(incidentNumbers({fired}, MostHinted)));
}

bool RunSession::canTakeBack(int index) const
{
    return isOpen() && !m_skips.of(index, record(), positionMs()).indices.isEmpty();
}

QList<int> RunSession::lastSkipped() const
{
    return isOpen() ? m_skips.last(record(), positionMs()).indices : QList<int>();
}

double RunSession::msToLastSkipped() const
{
    const SkipHistory::Step step = m_skips.last(record(), positionMs());
    const double position = step.position.value_or(positionMs());
    double left = std::numeric_limits<double>::max();
    for (const int index : step.indices) {
        left = std::min(left, double(record().incidents()[index].delay.count()) - position);
    }
    return step.indices.isEmpty() ? 0 : left / record().speed();
}

void RunSession::takeBack(int index)
{
    if (isOpen()) {
        giveBack(m_skips.of(index, record(), positionMs()));
    }
}

void RunSession::takeBackLast()
{
    if (isOpen()) {
        giveBack(m_skips.last(record(), positionMs()));
    }
}

void RunSession::giveBack(const SkipHistory::Step &step)
{
    if (step.indices.isEmpty() || !guard(LiveAction::TakeBack, step.indices.first())) {
        return;
    }
    // The clock first: for the player, too, their moments have passed otherwise.
    if (step.position) {
        m_skips.forgetJumps();
        m_controller.jump(std::chrono::milliseconds(std::llround(*step.position)),
                          LatePolicy::SendNow);
    }
    for (const int index : step.indices) {
        m_controller.takeBack(index);
    }
    Q_EMIT hinted(tr("Took back %1.").arg(incidentNumbers(step.indices, MostHinted)));
}

bool RunSession::canRefire(int index) const
{
    const IncidentState known = m_model.stateOf(index);
    return isOpen() && state() != RunState::Preparing && index >= 0 &&
           (known == IncidentState::Failed || known == IncidentState::Uncertain ||
            known == IncidentState::Skipped);
}

void RunSession::refire(int index)
{
    if (!canRefire(index) || m_guard.isGuarded(LiveAction::Refire) || isLimitClosed() ||
        !guard(LiveAction::Refire, index)) {
        return;
    }
    m_controller.refire(index);
}

std::vector<int> RunSession::passedBy(std::chrono::milliseconds position) const
{
    std::vector<int> passed;
    const auto &blocks = m_model.scene().blocks;
    for (int index = 0; index < int(blocks.size()); ++index) {
        const IncidentRun *run = m_model.run(index);
        const bool isPending =
            run && run->sends &&
            (run->state == IncidentState::Scheduled || run->state == IncidentState::Preparing ||
             run->state == IncidentState::Ready);
        if (isPending && blocks[size_t(index)].start < position) {
            passed.push_back(index);
        }
    }
    std::stable_sort(passed.begin(), passed.end(), [&](int a, int b) {
        return blocks[size_t(a)].start < blocks[size_t(b)].start;
    });
    return passed;
}

void RunSession::jump(std::chrono::milliseconds position, LatePolicy passed)
{
    if (!isOpen() || state() == RunState::Preparing || !guard(LiveAction::Jump)) {
        return;
    }
    const std::vector<int> over =
        passed == LatePolicy::Skip ? passedBy(position) : std::vector<int>();
    const QList<int> skipped(over.begin(), over.end());
    m_skips.addJump(positionMs(), double(position.count()), skipped);
    if (!skipped.isEmpty()) {
        hintSkipped(skipped);
    }
    m_controller.jump(position, passed);
}

void RunSession::resume(std::optional<LatePolicy> passed)
{
    if (state() == RunState::Paused && guard(LiveAction::Pause)) {
        m_controller.resume(passed);
    }
}

void RunSession::beginQuestion()
{
    ++m_questions;
    holdForQuestion();
}

void RunSession::holdForQuestion()
{
    // A hold that was just opened, or a preparation that ends, must not run on behind it either.
    if (m_questions == 0 || m_isPausedByQuestion || m_isToldAgain || !isOpen() ||
        state() != RunState::Running) {
        return;
    }
    m_isPausedByQuestion = true;
    m_controller.pause(tr("A question is open."), QStringLiteral("question"));
}

void RunSession::endQuestion()
{
    // The key that answered is not meant for the run behind.
    if (isActive()) {
        m_guard.passKeys();
    }
    m_questions = std::max(0, m_questions - 1);
    if (m_questions > 0) {
        return;
    }
    if (!std::exchange(m_isPausedByQuestion, false) || !isOpen()) {
        return;
    }
    // Unless another cause came before: that one has a question of its own.
    if (state() != RunState::Paused || record().pauseCause() == u"question") {
        m_controller.resume();
    }
}

void RunSession::pressStop()
{
    if (!isActive()) {
        return;
    }
    if (m_stopTimer.isActive()) {
        m_stopTimer.stop();
        if (m_mode == Mode::Show) {
            m_controller.stopAll();
        } else {
            m_controller.stop();
        }
        Q_EMIT changed();
        return;
    }
    m_stopTimer.start();
    Q_EMIT hinted(tr("Press Esc or Stop once more within two seconds to stop the run."));
    Q_EMIT changed();
}

void RunSession::stopNow()
{
    m_stopTimer.stop();
    m_controller.stop();
}

void RunSession::noteWindowLeft()
{
    m_leftTimer.start();
}

void RunSession::refuseStop()
{
    Q_EMIT hinted(tr("That Esc came right after one that left a window, so it doesn't count. Press "
                     "it again to stop the run."));
}

bool RunSession::canContinue() const
{
    return !isActive() && !m_isEnded && record().canContinue();
}

void RunSession::continueRun()
{
    if (!canContinue() || !guard(LiveAction::Continue)) {
        return;
    }
    SkipHistory skips = m_skips; // it is the same run, and what was skipped can still be taken back
    begin([this] {
        m_isToldAgain = true;
        return m_controller.continueRun(m_speed);
    });
    m_skips = std::move(skips);
}

bool RunSession::isWaitingForEnd() const
{
    return isActive() && record().isNothingLeftToCome() &&
           record().count(IncidentState::Failed) + record().count(IncidentState::Uncertain) > 0;
}

void RunSession::endShow()
{
    if (isWaitingForEnd()) {
        m_controller.endRun();
    } else if (canContinue()) {
        m_isEnded = true;
        Q_EMIT showEnded();
        Q_EMIT changed();
    }
}

void RunSession::toggleCurtain()
{
    if (guard(LiveAction::Curtain)) {
        setCurtain(!m_isCurtainDrawn);
    }
}

void RunSession::setCurtain(bool drawn)
{
    if (drawn == m_isCurtainDrawn) {
        return;
    }
    m_isCurtainDrawn = drawn;
    Q_EMIT curtainChanged(drawn);
    Q_EMIT changed();
}

void RunSession::clear()
{
    if (isActive()) {
        return;
    }
    m_model.clearRun();
    m_drift.clear();
    m_log.clear();
    m_guard.clear();
    m_skips.clear();
    m_isEnded = false;
    updateNext();
    Q_EMIT cleared();
    Q_EMIT changed();
    Q_EMIT ticked();
}

void RunSession::takeRecord(const QJsonObject &record)
{
    const QString kind = record.value(u"record").toString();
    const int index = record.value(u"index").toInt(-1);
    if (kind == u"run") {
        m_log.clear(); // of a run that is continued all is told again
    } else if (kind == u"resumed_run") {
        m_isToldAgain = false;
    }
    m_model.applyRecord(record);
    m_drift.apply(record, this->record());
    m_log.append(record);
    holdForQuestion();
    if (kind == u"held") {
        m_held = index;
    } else if (kind == u"sending" && index == m_next && !m_isToldAgain) {
        noteSentByItself();
    }
    updateNext();
    Q_EMIT recorded(record);
    Q_EMIT changed();
}

void RunSession::noteSentByItself()
{
    // A hand that reached for the one that has just gone must not get hold of the one after it.
    if (m_mode != Mode::Show || m_guard.hasJustSent()) {
        return;
    }
    m_guard.pass(LiveAction::Skip);
    m_guard.pass(LiveAction::Fire);
}

void RunSession::finish()
{
    m_controller.release(); // what was stopped starts again by no key, but by the user's choice
    m_clock.stop();
    m_stopTimer.stop();
    if (m_mode != Mode::Show) {
        setCurtain(false); // whose key is dead from here on
    }
    m_idlePosition = record().positionAt(elapsedMs());
    updateLock();
    updateNext();
    Q_EMIT finished();
    Q_EMIT changed();
    Q_EMIT ticked();
}
