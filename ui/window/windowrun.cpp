// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowrun.h"

#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/runactions.h"
#include "ui/player/runbars.h"
#include "ui/player/runsession.h"
#include "ui/show/operatorview.h"
#include "ui/show/runquestions.h"
#include "ui/show/showwatch.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/windowparts.h"

#include <QDockWidget>
#include <QItemSelectionModel>
#include <QMainWindow>
#include <QStatusBar>

WindowRun::WindowRun(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    const RunSession *session = parts.session.get();
    connect(session, &RunSession::startRequested, this, &WindowRun::start);
    connect(session, &RunSession::started, this, &WindowRun::showStarted);
    connect(parts.model.get(), &IncidentTableModel::dataChanged, this, &WindowRun::showStates);
    connect(session, &RunSession::finished, this, &WindowRun::showFinished);
    connect(session, &RunSession::ticked, this, &WindowRun::showTime);
    connect(session, &RunSession::changed, this, &WindowRun::showState);
    connect(session, &RunSession::refused, parts.message, &MessageBar::showError);
    connect(session, &RunSession::cleared, this, &WindowRun::showCleared);

    const RunActions *actions = parts.runActions.get();
    connect(actions, &RunActions::backToStartRequested, this, &WindowRun::backToStart);
    const RunQuestions *questions = parts.questions.get();
    connect(actions, &RunActions::jumpRequested, questions, &RunQuestions::jump);
    connect(actions, &RunActions::refireRequested, questions, &RunQuestions::refire);
    connect(parts.bars, &RunBars::refireRequested, questions, &RunQuestions::refire);
    connect(
        parts.selection.get(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { m_parts.runActions->setCurrentRow(current.row()); });
    connect(parts.operatorView, &OperatorView::hinted, this,
            [this](const QString &sentence) { m_window.statusBar()->showMessage(sentence); });
    // Asked when the pointer is free again.
    connect(parts.operatorView, &OperatorView::jumpRequested, this, &WindowRun::jumpTo,
            Qt::QueuedConnection);
    connect(parts.view, &TimelineView::jumpRequested, this, &WindowRun::jumpTo,
            Qt::QueuedConnection);
}

void WindowRun::jumpTo(TimelinePosition position)
{
    m_parts.questions->jumpTo(wholeMilliseconds(position));
}

void WindowRun::start()
{
    m_parts.pending->take();
    if (m_parts.model->rowCount() == 0) {
        m_parts.message->showError(tr("There is nothing to play."),
                                   tr("Add an incident first, or open a timeline (Ctrl+O)."));
        return;
    }
    // From the desk it is played where nothing can go wrong.
    if (m_parts.session->mode() == Mode::Design && !m_parts.session->setMode(Mode::Rehearse)) {
        return;
    }
    if (refuseProblems()) {
        return;
    }
    if (m_parts.session->mode() == Mode::Show) {
        const auto asked = m_parts.watch->ask(ShowWatch::Purpose::Start);
        if (!asked) {
            m_parts.message->showError(tr("The run did not start."), asked.error().toString());
        }
        if (!asked || !*asked) {
            return;
        }
    }
    begin();
}

bool WindowRun::refuseProblems()
{
    ProblemsTab *problems = m_parts.tabs->problems();
    problems->check();
    if (!hasErrors(problems->problems())) {
        return false;
    }
    m_parts.tabs->showTab(LowerTabs::Tab::Problems);
    const bool isShow = m_parts.session->mode() == Mode::Show;
    // The check says what else there is, and leads to the problems.
    if (!isShow || !m_parts.watch->ask(ShowWatch::Purpose::Look)) {
        m_parts.message->showError(
            tr("The run did not start."),
            isShow ? tr("The timeline has errors; the Problems tab in Design lists them.")
                   : tr("The timeline has errors; the Problems tab lists them."));
    }
    return true;
}

void WindowRun::begin()
{
    backToStart();
    m_parts.message->hide();
    m_parts.session->start();
}

void WindowRun::backToStart()
{
    if (m_parts.session->isActive()) {
        return;
    }
    forget();
    m_parts.session->setIdlePosition(TimelinePosition());
    m_parts.view->scroll().setFollowing(true);
}

void WindowRun::forget()
{
    if (m_parts.session->state() != RunState::Idle && m_parts.session->mode() == Mode::Design) {
        m_parts.docks->propertiesDock->raise();
    }
    m_parts.session->clear();
}

void WindowRun::showCleared()
{
    m_parts.bars->clear();
    m_parts.view->setLive(false);
    for (int index = 0; index < m_parts.model->rowCount(); ++index) {
        m_parts.view->setState(index, IncidentState::Scheduled);
    }
}

void WindowRun::showStarted()
{
    m_parts.prompts->showTimeline(); // what is in progress is there
    m_parts.layout->remember();
    m_parts.view->setLive(true);
    m_parts.status->clearHint();
    if (m_parts.session->mode() == Mode::Show) {
        return;
    }
    m_parts.docks->nextDock->show();
    m_parts.docks->nextDock->raise();
}

void WindowRun::showFinished()
{
    m_parts.status->clearHint();
    m_parts.status->updateRun();
}

void WindowRun::showStates(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        m_parts.view->setState(row, m_parts.model->stateOf(row));
    }
}

void WindowRun::showTime()
{
    const TimelinePosition position = m_parts.session->position();
    m_parts.toolBars->setClock(tenthsClockText(wholeMilliseconds(position)));
    m_parts.view->setPlayhead(position);
}

void WindowRun::showState()
{
    // What a run comes to has columns when there is one.
    m_parts.table->setRunShown(m_parts.session->state() != RunState::Idle);
    m_parts.view->controller().setJumping(m_parts.session->isOpen() &&
                                          m_parts.session->state() != RunState::Preparing);
    m_parts.status->setJournalShown(m_parts.session->isActive());
    m_parts.status->updateRun();
}
