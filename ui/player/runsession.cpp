// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runsession.h"

#include "ui/document/timelinedocument.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/runcontroller.h"
#include "ui/text.h"

#include <QScopedValueRollback>
#include <algorithm>
#include <cmath>

namespace {

constexpr int ClockInterval = 33;

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
    m_goTimer.setSingleShot(true);
    m_goTimer.setInterval(GoGuard);
    m_stopTimer.setSingleShot(true);
    m_stopTimer.setInterval(StopGuard);
    for (QTimer *timer : {&m_goTimer, &m_stopTimer})
        connect(timer, &QTimer::timeout, this, &RunSession::changed);
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
    connect(&controller, &RunController::blockedChanged, this, &RunSession::changed);
    const auto refresh = [this] {
        updateNext();
        Q_EMIT changed();
    };
    connect(&model, &IncidentTableModel::sceneReset, this, refresh);
    connect(&model, &IncidentTableModel::sceneChanged, this, refresh);
}

bool RunSession::setMood(Mood mood)
{
    if (mood == m_mood)
        return true;
    if (isActive()) {
        Q_EMIT refused(tr("A run is under way."),
                       tr("Stop it, or let it end, before you change what the window is for."));
        return false;
    }
    Q_EMIT moodAboutToChange(mood);
    m_mood = mood;
    updateLock();
    Q_EMIT moodChanged(mood);
    Q_EMIT changed();
    return true;
}

void RunSession::updateLock()
{
    const bool isShow = m_mood == Mood::Show;
    m_document.setLocked(isShow || m_isStarting || isActive(),
                         isShow ? tr("Editing is locked in a show; go back to Design to edit.")
                                : QString());
}

Target RunSession::target() const
{
    if (m_mood != Mood::Rehearse)
        return m_controller.target();
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
    return isOver(state()) ? m_idlePosition : record().positionAt(elapsedMs());
}

void RunSession::setIdlePosition(double milliseconds)
{
    if (m_idlePosition == milliseconds)
        return;
    m_idlePosition = milliseconds;
    Q_EMIT ticked();
}

void RunSession::setSpeed(double speed)
{
    const double kept = std::clamp(speed, MinimumSpeed, MaximumSpeed);
    const bool isNew = kept != m_speed;
    m_speed = kept;
    if (isNew)
        m_controller.setSpeed(kept);
    Q_EMIT speedChanged(kept);
    if (isNew)
        Q_EMIT ticked();
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
            if (block.sends && (m_next < 0 || block.start < blocks[size_t(m_next)].start))
                m_next = index;
        }
    }
    if (m_next >= m_model.rowCount())
        m_next = -1;
}

NextIncident RunSession::next() const
{
    NextIncident next;
    next.count = m_model.rowCount();
    const QList<Incident> &incidents = m_document.timeline().incidents;
    if (m_next < 0 || m_next >= next.count || m_next >= incidents.size())
        return next;
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
    if (const IncidentRun *run = m_model.run(m_next); run && run->scenario)
        next.metrics = int(run->scenario->metrics.size());
    next.source = block.type == IncidentType::Predefined ? tr("Predefined")
                  : block.pin == SceneBlock::Pin::Pinned ? tr("LLM, pinned")
                  : block.pin == SceneBlock::Pin::Stale  ? tr("LLM, stale pin")
                                                         : tr("LLM, not pinned");
    return next;
}

double RunSession::msToNext() const
{
    if (m_next < 0)
        return 0;
    const double pace = isOver(state()) ? m_speed : record().speed();
    return (double(m_model.scene().blocks[size_t(m_next)].start.count()) - positionMs()) / pace;
}

QDateTime RunSession::nextWall() const
{
    if (m_next < 0 || state() != RunState::Running)
        return {};
    return QDateTime::currentDateTime().addMSecs(std::llround(std::max(0.0, msToNext())));
}

QDateTime RunSession::expectedEnd() const
{
    if (state() != RunState::Running)
        return {};
    double last = 0;
    for (const SceneBlock &block : m_model.scene().blocks) {
        if (block.sends)
            last = std::max(last, double(block.start.count()));
    }
    const double left = std::max(0.0, last - positionMs()) / record().speed();
    return QDateTime::currentDateTime().addMSecs(std::llround(left));
}

std::optional<double> RunSession::msToHold() const
{
    const double position = positionMs();
    std::optional<double> first;
    for (const int index : m_model.scene().holds) {
        const SceneBlock &block = m_model.scene().blocks[size_t(index)];
        const double start = double(block.start.count());
        if (!isFinal(m_model.stateOf(index)) && block.sends && start >= position &&
            (!first || start < *first))
            first = start;
    }
    if (!first)
        return {};
    return (*first - position) / (isOver(state()) ? m_speed : record().speed());
}

double RunSession::waitFraction() const
{
    if (m_next < 0 || !isOpen())
        return 0;
    const auto &blocks = m_model.scene().blocks;
    const double to = double(blocks[size_t(m_next)].start.count());
    double from = 0;
    for (const SceneBlock &block : blocks) {
        const double start = double(block.start.count());
        if (block.sends && start < to)
            from = std::max(from, start);
    }
    return to > from ? std::clamp((positionMs() - from) / (to - from), 0.0, 1.0) : 1;
}

RunSession::Go RunSession::goState() const
{
    if (m_goTimer.isActive())
        return Go::Guarded;
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
    return begin([&] { return m_controller.play(plan); });
}

bool RunSession::begin(const std::function<Result<void>()> &start)
{
    if (m_isStarting || isActive())
        return false;
    // From here on, not from when the playback answers: what is played is what is shown.
    Result<void> begun;
    {
        // Asking a keychain runs an event loop, in which Space may come again.
        const QScopedValueRollback<bool> starting(m_isStarting, true);
        updateLock();
        begun = start();
    }
    updateLock();
    if (!begun)
        Q_EMIT refused(tr("The run did not start."), begun.error().toString());
    return begun.has_value();
}

void RunSession::pressPlay()
{
    if (m_goTimer.isActive())
        return; // the second press of an eager thumb is not meant for the pause
    if (m_mood == Mood::Show || !isOpen() || state() == RunState::Holding ||
        state() == RunState::Preparing)
        pressGo();
    else
        pauseOrResume();
}

void RunSession::pressGo()
{
    if (m_goTimer.isActive())
        return;
    if (!isActive()) {
        if (m_mood == Mood::Show && state() != RunState::Idle)
            Q_EMIT hinted(tr("This show is over. Go back to the start first to play it again."));
        else
            Q_EMIT startRequested();
        return;
    }
    if (state() == RunState::Holding) {
        go();
    } else if (state() == RunState::Preparing) {
        m_controller.go();
    } else if (state() == RunState::Paused) {
        Q_EMIT hinted(tr("The run is paused; GO opens holds, and does not end a pause."));
    } else if (isOpen()) {
        const std::optional<double> left = msToHold();
        Q_EMIT hinted(left ? tr("GO opens at the hold, in %1.")
                                 .arg(timeText(std::chrono::seconds(std::llround(*left / 1000))))
                           : tr("There is no hold to open."));
    }
}

void RunSession::pauseOrResume()
{
    if (!isOpen())
        return;
    if (state() == RunState::Paused)
        m_controller.resume();
    else if (state() == RunState::Running || state() == RunState::Holding)
        m_controller.pause();
}

void RunSession::go()
{
    if (goState() != Go::Open)
        return;
    m_goTimer.start();
    m_controller.go(m_held);
    Q_EMIT changed();
}

void RunSession::skip(int index)
{
    if (isOpen() && index >= 0)
        m_controller.skip(index);
}

void RunSession::fireNext()
{
    if (isOpen() && m_next >= 0)
        m_controller.fireNow(m_next);
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
    if (canRefire(index))
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
        if (isPending && blocks[size_t(index)].start < position)
            passed.push_back(index);
    }
    std::stable_sort(passed.begin(), passed.end(), [&](int a, int b) {
        return blocks[size_t(a)].start < blocks[size_t(b)].start;
    });
    return passed;
}

void RunSession::jump(std::chrono::milliseconds position, Passed passed)
{
    if (isOpen() && state() != RunState::Preparing)
        m_controller.jump(position, passed);
}

void RunSession::resume(std::optional<Passed> passed)
{
    if (state() == RunState::Paused)
        m_controller.resume(passed);
}

bool RunSession::isBlocked() const
{
    return m_controller.isBlocked();
}

void RunSession::release()
{
    m_controller.release();
}

void RunSession::pressStop()
{
    if (!isActive())
        return;
    if (m_stopTimer.isActive()) {
        m_stopTimer.stop();
        if (m_mood == Mood::Show)
            m_controller.stopAll();
        else
            m_controller.stop();
        Q_EMIT changed();
        return;
    }
    m_stopTimer.start();
    Q_EMIT hinted(tr("Press Esc or Stop once more within two seconds to stop the run."));
    Q_EMIT changed();
}

void RunSession::clear()
{
    if (isActive())
        return;
    m_model.clearRun();
    m_log.clear();
    updateNext();
    Q_EMIT cleared();
    Q_EMIT changed();
    Q_EMIT ticked();
}

void RunSession::takeRecord(const QJsonObject &record)
{
    m_model.applyRecord(record);
    m_log.append(record);
    if (record.value(u"record").toString() == u"held")
        m_held = record.value(u"index").toInt(-1);
    updateNext();
    Q_EMIT recorded(record);
    Q_EMIT changed();
}

void RunSession::finish()
{
    m_clock.stop();
    m_stopTimer.stop();
    m_idlePosition = record().positionAt(elapsedMs());
    updateLock();
    updateNext();
    Q_EMIT finished();
    Q_EMIT changed();
    Q_EMIT ticked();
}
