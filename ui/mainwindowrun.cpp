// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/timelinedocument.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/nextpanel.h"
#include "ui/player/runcontroller.h"
#include "ui/text.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QDockWidget>
#include <QListView>
#include <QScrollBar>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <cmath>

namespace {

using std::chrono::milliseconds;

constexpr int ClockInterval = 33;
constexpr qint64 GoGuard = 600;
constexpr int StopGuard = 2000;

milliseconds wholeMs(double value)
{
    return milliseconds(std::llround(value));
}

bool isOver(RunState state)
{
    return state == RunState::Idle || state == RunState::Finished || state == RunState::Stopped;
}

} // namespace

void MainWindow::connectRun()
{
    m_clockTimer.setInterval(ClockInterval);
    connect(&m_clockTimer, &QTimer::timeout, this, &MainWindow::tick);
    m_stopTimer.setSingleShot(true);
    m_stopTimer.setInterval(StopGuard);
    connect(&m_stopTimer, &QTimer::timeout, this,
            [this] { m_actions.stop->setIconText(tr("Stop")); });
    connect(m_run, &RunController::started, this, &MainWindow::runStarted);
    connect(m_run, &RunController::recorded, this, &MainWindow::takeRecord);
    connect(m_run, &RunController::finished, this, &MainWindow::runFinished);
    connect(m_run, &RunController::startFailed, this, [this](const Error &error) {
        m_document->setLocked(false);
        showError(tr("The run did not start."), error.toString());
        updateRunActions();
    });
    connect(m_incidentBar, &MessageBar::actionTriggered, this, [this] {
        if (m_model->record().state() == RunState::Preparing)
            m_run->go();
        else
            m_run->skip(m_barIncident);
    });
}

double MainWindow::positionMs() const
{
    const RunRecord &record = m_model->record();
    if (isOver(record.state()))
        return m_view->playhead(); // where the run ended, or where the user put it
    return record.positionAt(m_run->elapsedMs());
}

void MainWindow::startOrPause()
{
    if (m_goPressed.isValid() && !m_goPressed.hasExpired(GoGuard))
        return; // the second press of an eager thumb is not meant for the pause
    if (!m_run->isActive()) {
        startRun();
        return;
    }
    switch (m_model->record().state()) {
    case RunState::Holding:
        go();
        break;
    case RunState::Preparing:
        m_run->go();
        break;
    case RunState::Paused:
        m_run->resume();
        break;
    case RunState::Running:
        m_run->pause();
        break;
    default:
        break;
    }
}

void MainWindow::startRun()
{
    if (m_isStarting)
        return;
    takePending();
    if (m_model->rowCount() == 0) {
        showError(tr("There is nothing to play."),
                  tr("Add an incident first, or open a timeline (Ctrl+O)."));
        return;
    }
    checkTimeline();
    if (hasErrors(m_problems->problems())) {
        m_tabs->setCurrentIndex(ProblemsTab);
        showError(tr("The run did not start."),
                  tr("The timeline has errors; the Problems tab lists them."));
        return;
    }
    backToStart();
    m_message->hide();
    // From here on, not from when the playback answers: what is played is what is shown.
    m_document->setLocked(true);
    m_isStarting = true; // asking a keychain runs an event loop, in which Space may come again
    const auto begun =
        m_run->start(m_document->timeline(), m_document->path(), m_scenarios, speed());
    m_isStarting = false;
    if (begun)
        return;
    m_document->setLocked(false);
    showError(tr("The run did not start."), begun.error().toString());
}

void MainWindow::backToStart()
{
    if (m_run->isActive())
        return;
    forgetRun();
    m_view->setPlayhead(0);
    m_view->setFollowing(true);
    tick();
}

void MainWindow::forgetRun()
{
    m_summary->hide();
    m_incidentBar->hide();
    m_barIncident = -1;
    if (m_model->record().state() != RunState::Idle)
        m_propertiesDock->raise();
    m_model->clearRun();
    m_log->clear();
    m_view->setLive(false);
    for (int index = 0; index < m_model->rowCount(); ++index)
        m_view->setState(index, IncidentState::Scheduled);
    tick();
    updateNext();
    updateRunActions();
}

void MainWindow::runStarted()
{
    showDocument(0); // what is under way is there
    m_view->setLive(true);
    m_nextDock->show();
    m_nextDock->raise();
    m_clockTimer.start();
    statusBar()->clearMessage();
    updateNext();
    updateRunActions();
}

void MainWindow::runFinished()
{
    m_clockTimer.stop();
    m_document->setLocked(false);
    const RunRecord &record = m_model->record();
    m_view->setPlayhead(record.positionAt(m_run->elapsedMs()));
    tick();
    const int failed = record.count(IncidentState::Failed);
    const int uncertain = record.count(IncidentState::Uncertain);
    const double seconds = record.summary().value(u"execution_seconds").toDouble();
    const QString headline = record.state() == RunState::Stopped ? tr("Stopped.") : tr("Finished.");
    QString sentence = tr("%1 created, %2 failed, %3 skipped, %4 uncertain in %5 against %6.")
                           .arg(record.count(IncidentState::Created))
                           .arg(failed)
                           .arg(record.count(IncidentState::Skipped))
                           .arg(uncertain)
                           .arg(timeText(wholeMs(seconds * 1000), 1), record.target());
    if (uncertain > 0)
        sentence += tr(" Uncertain ones may exist on the target; they are never sent again.");
    m_summary->showMessage(failed + uncertain > 0                ? MessageBar::Kind::Warning
                           : record.state() == RunState::Stopped ? MessageBar::Kind::Info
                                                                 : MessageBar::Kind::Success,
                           headline, sentence);
    updateIncidentBar();
    updateNext();
    updateRunActions();
}

void MainWindow::takeRecord(const QJsonObject &record)
{
    const QScrollBar *bar = m_logView->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    m_model->applyRecord(record);
    m_log->append(record);
    if (atEnd)
        m_logView->scrollToBottom();
    const int index = record.value(u"index").toInt(-1);
    if (index >= 0)
        m_view->setState(index, m_model->stateOf(index));
    const QString kind = record.value(u"record").toString();
    if (kind == u"waiting" || kind == u"failed" || kind == u"uncertain") {
        m_barIncident = index;
        updateIncidentBar();
    } else if (kind == u"fallback") {
        showFallback(record);
    } else if (m_model->record().state() == RunState::Preparing) {
        showPreparing();
    } else if (kind == u"started") {
        m_incidentBar->hide();
    } else if (index == m_barIncident) {
        updateIncidentBar();
    }
    updateNext();
    updateRunActions();
}

void MainWindow::showPreparing()
{
    const RunRecord &record = m_model->record();
    int made = 0;
    int wanted = 0;
    for (const IncidentRun &run : record.incidents()) {
        const bool isMade = run.state == IncidentState::Ready;
        const bool isOpen =
            run.state == IncidentState::Preparing || run.state == IncidentState::Scheduled;
        if (run.type == IncidentType::LlmGenerated && run.sends && (isMade || isOpen)) {
            ++wanted;
            made += isMade ? 1 : 0;
        }
    }
    m_barIncident = -1;
    m_incidentBar->setAction(tr("Start now"));
    m_incidentBar->showMessage(
        MessageBar::Kind::Info, tr("Preparing: %1 of %2 scenarios are made.").arg(made).arg(wanted),
        tr("The clock starts when each will be there at its moment. Space starts now, with the "
           "fallback for what is missing; Esc stops."));
}

void MainWindow::showFallback(const QJsonObject &record)
{
    const int index = record.value(u"index").toInt(-1);
    const IncidentRun *run = m_model->run(index);
    if (!run)
        return;
    m_barIncident = -1;
    m_incidentBar->setAction({});
    m_incidentBar->showMessage(MessageBar::Kind::Warning,
                               tr("#%1 %2: not generated.").arg(index + 1).arg(run->title),
                               preparationSentence(record));
}

void MainWindow::updateIncidentBar()
{
    const IncidentRun *run = m_model->run(m_barIncident);
    if (!run) {
        m_incidentBar->hide();
        return;
    }
    const QString name = tr("#%1 %2:").arg(run->index + 1).arg(run->title);
    switch (run->state) {
    case IncidentState::Waiting: {
        const double left =
            run->waitingUntilMs ? std::max(0.0, *run->waitingUntilMs - m_run->elapsedMs()) : 0;
        m_incidentBar->setAction(tr("Skip it"));
        m_incidentBar->showMessage(
            MessageBar::Kind::Warning,
            tr("%1 retry in %2 s.").arg(name).arg(qint64(std::ceil(left / 1000))),
            tr("%1 The others keep their times.").arg(run->error));
        break;
    }
    case IncidentState::Failed:
        m_incidentBar->setAction({});
        m_incidentBar->showMessage(MessageBar::Kind::Error, tr("%1 failed.").arg(name), run->error);
        break;
    case IncidentState::Uncertain:
        m_incidentBar->setAction({});
        m_incidentBar->showMessage(
            MessageBar::Kind::Warning, tr("%1 uncertain.").arg(name),
            tr("%1 It is being looked for, and never sent again by itself.").arg(run->error));
        break;
    default:
        m_incidentBar->hide();
    }
}

void MainWindow::tick()
{
    const double position = positionMs();
    m_clock->setText(tenthsClockText(wholeMs(position)));
    m_view->setPlayhead(position);
    const RunRecord &record = m_model->record();
    const double elapsed = m_run->elapsedMs();
    m_model->setElapsed(elapsed);

    const IncidentRun *waiting = m_model->run(m_barIncident);
    if (waiting && waiting->state == IncidentState::Waiting && m_incidentBar->isVisible())
        updateIncidentBar();
    const int next = m_actions.skip->data().toInt();
    if (next < 0 || next >= m_model->rowCount())
        return;
    const double pace = isOver(record.state()) ? speed() : record.speed();
    const double left =
        (double(m_model->scene().blocks[size_t(next)].start.count()) - position) / pace;
    m_next->setCountdown(left, record.state() == RunState::Running
                                   ? QDateTime::currentDateTime().addMSecs(qint64(left))
                                   : QDateTime());
    if (record.state() == RunState::Stopped)
        return;
    const bool holds = m_model->scene().blocks[size_t(next)].hold;
    const bool guarded = m_goPressed.isValid() && !m_goPressed.hasExpired(GoGuard);
    const bool holding = record.state() == RunState::Holding;
    m_actions.go->setEnabled(holding && !guarded);
    m_next->setGo(holding && !guarded,
                  holding ? tr("Space. The run's clock stands still.")
                  : holds
                      ? tr("Opens at the hold, in %1").arg(timeText(wholeMs(std::max(0.0, left))))
                      : tr("No hold before this incident"));
}

void MainWindow::updateNext()
{
    const RunRecord &record = m_model->record();
    const bool idle = record.state() == RunState::Idle;
    int next = -1;
    if (idle) {
        // The first by time that will be sent.
        for (const int index : m_view->timelineLayout().byStart()) {
            if (m_model->scene().blocks[size_t(index)].sends) {
                next = index;
                break;
            }
        }
    } else if (!isOver(record.state())) {
        next = record.nextIndex();
    }
    m_actions.skip->setData(next);
    if (next < 0 || next >= m_model->rowCount()) {
        m_next->showNothing(isOver(record.state()) && !idle
                                ? tr("The run is over. Space plays it again.")
                            : m_model->rowCount() == 0 ? tr("This timeline has no incidents.")
                                                       : tr("Everything has been sent."));
        m_next->setGo(false, {});
        return;
    }
    const SceneBlock &block = m_model->scene().blocks[size_t(next)];
    const Incident &incident = m_document->timeline().incidents[next];
    m_next->showNext({next, m_model->rowCount(), block.title,
                      m_model->scene().lanes[size_t(block.lane)].service, block.severity,
                      m_model->stateOf(next),
                      incident.notes.isEmpty() ? incident.comment : incident.notes, block.hold});
    tick();
}

void MainWindow::updateRunActions()
{
    const bool active = m_run->isActive();
    const RunState state = m_model->record().state();
    const bool hasNext = m_actions.skip->data().toInt() >= 0;
    const bool open = active && !isOver(state);
    const bool paused = state == RunState::Paused;
    m_actions.play->setEnabled((active ? open : m_model->rowCount() > 0));
    const bool preparing = state == RunState::Preparing;
    m_actions.play->setIcon(icon(open && !paused && !preparing ? Glyph::Pause : Glyph::Play));
    m_actions.play->setText(!open       ? tr("&Start")
                            : preparing ? tr("&Start now")
                            : paused    ? tr("Go &on")
                                        : tr("&Pause"));
    m_actions.play->setToolTip(!open       ? tr("Play from the start (Space)")
                               : preparing ? tr("Start with what is made (Space)")
                               : paused    ? tr("Go on (Space)")
                                           : tr("Pause (Space)"));
    m_actions.skip->setEnabled(open && hasNext);
    m_actions.fire->setEnabled(open && hasNext && !preparing);
    m_actions.stop->setEnabled(open);
    if (!open) {
        m_actions.stop->setIconText(tr("Stop"));
        m_stopTimer.stop();
    }
    m_actions.go->setEnabled(open && state == RunState::Holding);
    // What a run comes to has columns when there is one.
    if (m_table->isColumnHidden(IncidentTableModel::Late) != (state == RunState::Idle)) {
        for (int column = IncidentTableModel::IncidentId; column <= IncidentTableModel::Late;
             ++column)
            m_table->setColumnHidden(column, state == RunState::Idle);
        fitTable();
    }
    m_actions.toStart->setEnabled(!active && state != RunState::Idle);
    m_actions.target->setEnabled(!active);
    m_targetChip->setEnabled(!active);

    const RunRecord &record = m_model->record();
    if (open) {
        const int waiting = record.count(IncidentState::Waiting);
        QString text = state == RunState::Preparing ? tr("Preparing.")
                       : state == RunState::Paused  ? tr("Paused.")
                       : state == RunState::Holding ? tr("Holding for GO.")
                                                    : tr("Running.");
        text += tr(" %1 created").arg(record.count(IncidentState::Created));
        if (waiting > 0)
            text += tr(", %1 waiting").arg(waiting);
        const int uncertain = record.count(IncidentState::Uncertain);
        if (uncertain > 0)
            text += tr(", %1 uncertain and looked for; Stop ends that").arg(uncertain);
        statusBar()->showMessage(text + u'.');
    } else if (active) {
        statusBar()->showMessage(tr("Looking for what is under way or uncertain…"));
    } else {
        statusBar()->showMessage(m_model->rowCount() > 0 && state == RunState::Idle
                                     ? tr("Ready. Space plays it from the start.")
                                     : QString());
    }
}

void MainWindow::go()
{
    if (m_model->record().state() != RunState::Holding ||
        (m_goPressed.isValid() && !m_goPressed.hasExpired(GoGuard)))
        return;
    m_goPressed.start();
    m_run->go();
    tick();
}

void MainWindow::stop()
{
    if (!m_run->isActive())
        return;
    if (m_stopTimer.isActive()) {
        m_stopTimer.stop();
        m_actions.stop->setIconText(tr("Stop"));
        m_run->stop();
        return;
    }
    m_stopTimer.start();
    m_actions.stop->setIconText(tr("Again to stop"));
    statusBar()->showMessage(tr("Press Esc or Stop once more within two seconds to stop the run."),
                             StopGuard);
}
