// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Runs of the past in the window: what is played again or goes on is shown on the timeline that it
 * was of, in a window of its own where this one shows another.
 */
#include "app/runs/recordedtimeline.h"
#include "ui/document/timelinedocument.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/report/reportdialog.h"
#include "ui/runs/runcommands.h"
#include "ui/show/showviews.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"

#include <QUndoStack>

namespace {

/** What the plan plays, as a timeline that can be shown. */
Timeline timelineOf(const RunPlan &plan, const RunRecord &record)
{
    Timeline timeline = recordedTimeline(record);
    for (qsizetype i = 0; i < std::min(plan.incidents.size(), timeline.incidents.size()); ++i) {
        timeline.incidents[i].delay = plan.incidents[i].incident.delay;
        timeline.incidents[i].hold = plan.incidents[i].incident.hold;
    }
    return timeline;
}

bool isSameCourse(const Timeline &left, const Timeline &right)
{
    return std::equal(left.incidents.begin(), left.incidents.end(), right.incidents.begin(),
                      right.incidents.end(), [](const Incident &a, const Incident &b) {
                          return a.delay == b.delay && a.type == b.type &&
                                 a.scenarioId == b.scenarioId;
                      });
}

} // namespace

void MainWindow::connectRuns()
{
    connect(m_runs, &RunCommands::refused, this, &MainWindow::showError);
    connect(m_runs, &RunCommands::incidentChosen, this, &MainWindow::selectIncident);
    connect(m_runs, &RunCommands::playRequested, this, &MainWindow::playRecorded);
    connect(m_runs, &RunCommands::reportRequested, this, [this](const QStringList &journals) {
        for (const QString &journal : journals) {
            showReport(journal, this,
                       [this](const Target &recorded) { return m_run->entrusted(recorded); });
        }
    });
    connect(m_session, &RunSession::finished, this,
            [this] { m_runs->setLastRun(m_run->journal()); });
    connect(m_session, &RunSession::started, this, [this] { m_resumed.clear(); });
    connect(m_session, &RunSession::startFailed, this, [this](const QString &why) {
        if (m_resumed.isEmpty()) {
            return;
        }
        // Back to the desk: an eager thumb must not play anew what was to be resumed.
        m_session->setMode(Mode::Design);
        QMetaObject::invokeMethod(
            this,
            [this, why, journal = std::exchange(m_resumed, {})] {
                m_runs->resumeAgain(journal, why);
            },
            Qt::QueuedConnection);
    });
    connect(m_session, &RunSession::speedChanged, m_runs, &RunCommands::setSpeed);
    connect(m_session, &RunSession::changed, this,
            [this] { m_runs->setPlaying(m_session->isActive()); });
}

void MainWindow::offerInterruptedRun()
{
    m_runs->offerInterrupted();
}

void MainWindow::playRecorded(const RunPlan &plan, const RunRecord &record)
{
    const Timeline wanted = timelineOf(plan, record);
    takePending();
    if (m_session->isActive() || !isSameCourse(wanted, timeline())) {
        auto *window = new MainWindow;
        window->setAttribute(Qt::WA_DeleteOnClose);
        window->startWith(wanted);
        // It can be had again from the journal, so that nobody has to be asked to save it.
        window->m_document->undoStack()->setClean();
        window->show();
        window->playRecorded(plan, record);
        return;
    }
    if (!plan.target.isSandbox) {
        m_run->setTarget(plan.target);
    }
    if (!m_session->setMode(plan.target.isSandbox ? Mode::Rehearse : Mode::Show)) {
        return;
    }
    m_session->setSpeed(plan.speed);
    backToStart();
    m_message->hide();
    if (plan.resumption) {
        m_views->restoreAudience();
    }
    m_resumed = plan.resumption ? plan.journalPath : QString();
    m_session->play(plan);
}
