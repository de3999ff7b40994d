// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/sleepinhibitor.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/librarypanel.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/runactions.h"
#include "ui/player/runbars.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/prompt/prompteditor.h"
#include "ui/show/operatorview.h"
#include "ui/show/runkeys.h"
#include "ui/show/runquestions.h"
#include "ui/show/showbar.h"
#include "ui/show/showviews.h"
#include "ui/show/showwatch.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QUrl>
#include <cmath>
#include <utility>

namespace {

constexpr int HintShown = 4000;

} // namespace

void MainWindow::connectRun()
{
    connect(m_session, &RunSession::modeAboutToChange, this, [this](Mode mode) {
        takePending();
        if (mode == Mode::Show) {
            showDocument(0);
        }
    });
    connect(m_session, &RunSession::modeChanged, this, &MainWindow::changeMode);
    connect(m_session, &RunSession::startRequested, this, &MainWindow::startRun);
    connect(m_session, &RunSession::started, this, &MainWindow::runStarted);
    connect(m_model, &IncidentTableModel::dataChanged, this, &MainWindow::takeStates);
    connect(m_session, &RunSession::finished, this, &MainWindow::runFinished);
    connect(m_session, &RunSession::ticked, this, &MainWindow::tick);
    connect(m_session, &RunSession::changed, this, &MainWindow::runChanged);
    connect(m_session, &RunSession::refused, this, &MainWindow::showError);
    m_hintTimer.setSingleShot(true);
    connect(&m_hintTimer, &QTimer::timeout, this, &MainWindow::updateRunStatus);
    connect(m_session, &RunSession::hinted, this, [this](const QString &sentence) {
        statusBar()->showMessage(sentence);
        // That a second press stops is true only as long as it does.
        m_hintTimer.start(m_session->isStopArmed() ? RunSession::StopGuard : HintShown);
    });
    connect(m_session, &RunSession::speedChanged, this, &MainWindow::updateStatus);
    connect(m_session, &RunSession::cleared, this, &MainWindow::runCleared);
    connect(m_runKeys, &RunKeys::fieldLeft, this, &MainWindow::focusRun);
    connect(m_views, &ShowViews::operatorWanted, this, &MainWindow::focusRun);
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::keepFocusInSight);

    connect(m_runActions, &RunActions::backToStartRequested, this, &MainWindow::backToStart);
    connect(m_runActions, &RunActions::jumpRequested, m_questions, &RunQuestions::jump);
    connect(m_runActions, &RunActions::refireRequested, m_questions, &RunQuestions::refire);
    connect(m_runActions->target, &QAction::triggered, this, &MainWindow::chooseTarget);
    connect(m_bars, &RunBars::detailsRequested, this, &MainWindow::showDetails);
    connect(m_bars, &RunBars::refireRequested, m_questions, &RunQuestions::refire);
    connect(m_selection, &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { m_runActions->setCurrentRow(current.row()); });

    connect(m_operator, &OperatorView::linkClicked, this, &MainWindow::openIncident);
    connect(m_operator, &OperatorView::rowActivated, this, &MainWindow::activateIncident);
    connect(m_operator, &OperatorView::menuRequested, this, &MainWindow::showRunMenu);
    connect(m_operator, &OperatorView::hinted, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence); });
    // Asked when the pointer is free again, for the question has an event loop of its own.
    const auto jump = [this](double to) {
        m_questions->jumpTo(std::chrono::milliseconds(std::llround(to)));
    };
    connect(m_operator, &OperatorView::jumpRequested, this, jump, Qt::QueuedConnection);
    connect(m_view, &TimelineView::jumpRequested, this, jump, Qt::QueuedConnection);
}

void MainWindow::connectWatch()
{
    connect(m_runActions->check, &QAction::triggered, this, [this] {
        takePending();
        if (const auto asked = m_watch->ask(false); !asked) {
            showError(tr("The show was not checked."), asked.error().toString());
        }
    });
    const auto toTarget = [this] { chooseTarget(); };
    m_watch->addFix(QStringLiteral("choose-target"), {toTarget});
    m_watch->addFix(QStringLiteral("enter-key"), {toTarget});
    m_watch->addFix(QStringLiteral("choose-generator"), {[this] { showGenerators(); }});
    m_watch->addFix(QStringLiteral("pin-all"), {[this] { pinAll(); }, true});
    m_watch->addFix(QStringLiteral("open-problems"), {[this] {
                                                          if (m_session->setMode(Mode::Design)) {
                                                              m_actions.check->trigger();
                                                          }
                                                      },
                                                      true});
    connect(m_views, &ShowViews::moved, this, [this](const QString &sentence) {
        m_message->setAction({});
        m_message->showMessage(MessageBar::Kind::Info, tr("Audience."), sentence);
    });
    connect(m_watch->inhibitor(), &SleepInhibitor::changed, this, &MainWindow::updateSleep);
    connect(m_watch->inhibitor(), &SleepInhibitor::settled, this, &MainWindow::updateSleep);
}

void MainWindow::updateSleep()
{
    const SleepInhibitor &inhibitor = *m_watch->inhibitor();
    m_sleep->setVisible(inhibitor.isHeld() || inhibitor.isSettled());
    m_sleep->setText(inhibitor.isHeld() ? tr("Sleep inhibited") : tr("Sleep not inhibited"));
    m_sleep->setToolTip(inhibitor.holder());
    QPalette p = palette();
    const Theme &theme = Theme::of(p);
    p.setColor(QPalette::WindowText, inhibitor.isHeld() ? theme.text : theme.warning);
    m_sleep->setPalette(p);
}

MessageBar *MainWindow::summaryBar() const
{
    return m_bars->summary();
}

void MainWindow::focusRun()
{
    shownView()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::keepFocusInSight(QWidget *old)
{
    // What had the keys is gone from under the hand: what the order of tabs would name next is no
    // place to press anything in.
    const bool isLost = old && old != this && isAncestorOf(old) &&
                        (!old->isVisibleTo(this) || !old->isEnabledTo(this));
    if (isLost && isActiveWindow() && (m_session->isActive() || m_session->mode() == Mode::Show)) {
        QMetaObject::invokeMethod(this, &MainWindow::focusRun, Qt::QueuedConnection);
    }
}

void MainWindow::pinAll()
{
    if (!m_session->setMode(Mode::Design)) {
        return;
    }
    QStringList wanted;
    const auto &blocks = m_model->scene().blocks;
    for (size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].type == IncidentType::LlmGenerated && blocks[i].sends &&
            blocks[i].pin != SceneBlock::Pin::Pinned) {
            wanted.append(m_document->timeline().incidents[qsizetype(i)].id);
        }
    }
    // Each in a tab of its own, where it is read before it is accepted; the first one in front.
    for (auto id = wanted.rbegin(); id != wanted.rend(); ++id) {
        if (PromptEditor *editor = openPrompt(*id)) {
            editor->generate();
        }
    }
}

TimelineView *MainWindow::shownView() const
{
    return m_session->mode() == Mode::Show ? m_operator->strip() : m_view;
}

void MainWindow::setSpeed(double speed)
{
    m_session->setSpeed(speed);
}

void MainWindow::startOrPause()
{
    m_session->pressPlay();
}

void MainWindow::go()
{
    m_session->go();
}

void MainWindow::stop()
{
    m_session->pressStop();
}

void MainWindow::changeMode(Mode mode)
{
    const bool isShow = mode == Mode::Show;
    if (isShow != (m_modes->currentWidget() == m_operator)) {
        showMode(isShow);
    }
    for (QMenu *menu : m_editMenus) {
        menu->menuAction()->setEnabled(!isShow);
    }
    m_panelMenu->menuAction()->setEnabled(!isShow);
    for (QAction *action : {m_actions.find, m_actions.editProperties, m_actions.compact,
                            m_actions.check, m_actions.snap, m_actions.follow}) {
        action->setEnabled(!isShow);
    }
    updatePromptActions();
    if (mode == Mode::Rehearse) {
        m_nextDock->show();
        m_nextDock->raise();
    } else if (mode == Mode::Design) {
        m_propertiesDock->raise();
    }
    targetChanged();
    updateRunStatus();
    if (isShow) {
        QTimer::singleShot(0, m_watch, &ShowWatch::look);
    }
}

void MainWindow::showMode(bool isShow)
{
    // Of pages that are not shown the window need not be as wide.
    QWidget *shown = isShow ? static_cast<QWidget *>(m_operator) : m_pages;
    QWidget *hidden = isShow ? static_cast<QWidget *>(m_pages) : m_operator;
    if (isShow) {
        m_designLayout = saveState(LayoutVersion);
        for (QDockWidget *dock : {m_libraryDock, m_propertiesDock, m_nextDock}) {
            dock->hide();
        }
        m_toolBar->hide();
        m_targetBar->hide();
        m_showBar->show();
        m_operator->takeBars(m_bars);
    }
    hidden->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    shown->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_modes->setCurrentWidget(shown);
    updatePromptTabs();
    for (QLabel *label : {m_counts, m_limit}) {
        label->setVisible(!isShow);
    }
    if (!isShow) {
        m_showBar->hide();
        m_toolBar->show();
        m_targetBar->show();
        auto *column = qobject_cast<QBoxLayout *>(centralWidget()->layout());
        column->insertWidget(column->indexOf(m_modes), m_bars);
        m_bars->setRows(RunBars::MostRows, false);
        restoreState(std::exchange(m_designLayout, {}), LayoutVersion);
    }
    shownView()->setFocus();
}

void MainWindow::startRun()
{
    takePending();
    if (m_model->rowCount() == 0) {
        showError(tr("There is nothing to play."),
                  tr("Add an incident first, or open a timeline (Ctrl+O)."));
        return;
    }
    // From the desk it is played where nothing can go wrong.
    if (m_session->mode() == Mode::Design && !m_session->setMode(Mode::Rehearse)) {
        return;
    }
    checkTimeline();
    if (hasErrors(m_problems->problems())) {
        m_tabs->setCurrentIndex(ProblemsTab);
        const bool isShow = m_session->mode() == Mode::Show;
        // The check says what else there is, and leads to the problems.
        if (!isShow || !m_watch->ask(false)) {
            showError(tr("The run did not start."),
                      isShow ? tr("The timeline has errors; the Problems tab in Design lists them.")
                             : tr("The timeline has errors; the Problems tab lists them."));
        }
        return;
    }
    if (m_session->mode() == Mode::Show) {
        const auto asked = m_watch->ask(true);
        if (!asked) {
            showError(tr("The run did not start."), asked.error().toString());
        }
        if (!asked || !*asked) {
            return;
        }
    }
    backToStart();
    m_message->hide();
    m_session->start(m_scenarios);
}

void MainWindow::backToStart()
{
    if (m_session->isActive()) {
        return;
    }
    forgetRun();
    m_session->setIdlePosition(0);
    m_view->scroll().setFollowing(true);
}

void MainWindow::forgetRun()
{
    if (m_session->state() != RunState::Idle && m_session->mode() == Mode::Design) {
        m_propertiesDock->raise();
    }
    m_session->clear();
}

void MainWindow::runCleared()
{
    m_bars->clear();
    m_view->setLive(false);
    for (int index = 0; index < m_model->rowCount(); ++index) {
        m_view->setState(index, IncidentState::Scheduled);
    }
}

void MainWindow::runStarted()
{
    showDocument(0); // what is in progress is there
    rememberLayout();
    m_view->setLive(true);
    m_hintTimer.stop();
    statusBar()->clearMessage();
    if (m_session->mode() == Mode::Show) {
        return;
    }
    m_nextDock->show();
    m_nextDock->raise();
}

void MainWindow::runFinished()
{
    m_hintTimer.stop();
    statusBar()->clearMessage();
    updateRunStatus();
}

void MainWindow::takeStates(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        m_view->setState(row, m_model->stateOf(row));
    }
}

void MainWindow::tick()
{
    const double position = m_session->positionMs();
    m_clock->setText(tenthsClockText(std::chrono::milliseconds(std::llround(position))));
    m_view->setPlayhead(position);
}

void MainWindow::runChanged()
{
    // What a run comes to has columns when there is one.
    m_table->setRunShown(m_session->state() != RunState::Idle);
    m_view->controller().setJumping(m_session->isOpen() && m_session->state() != RunState::Preparing);
    m_journal->setVisible(m_session->isActive());
    updateRunStatus();
}

void MainWindow::updateRunStatus()
{
    const RunRecord &record = m_session->record();
    const RunState state = record.state();
    if (m_session->isStopArmed() || m_hintTimer.isActive()) {
        return; // what was said last is still to be read
    }
    if (m_session->isWaitingForEnd()) {
        statusBar()->showMessage(tr("Nothing is left to come. %1 failed, %2 uncertain: they can be "
                                    "sent again until the run is ended.")
                                     .arg(record.count(IncidentState::Failed))
                                     .arg(record.count(IncidentState::Uncertain)));
    } else if (m_session->isOpen()) {
        const int waiting = record.count(IncidentState::Waiting);
        QString text = state == RunState::Preparing ? tr("Preparing.")
                       : state == RunState::Paused  ? tr("Paused.")
                       : state == RunState::Holding ? tr("Holding for GO.")
                                                    : tr("Running.");
        text += tr(" %1 created").arg(record.count(IncidentState::Created));
        if (waiting > 0) {
            text += tr(", %1 waiting").arg(waiting);
        }
        const int uncertain = record.count(IncidentState::Uncertain);
        if (uncertain > 0) {
            text += tr(", %1 uncertain and looked for; Stop ends that").arg(uncertain);
        }
        statusBar()->showMessage(text + u'.');
    } else if (m_session->isActive() && state != RunState::Idle) {
        statusBar()->showMessage(tr("Looking for what is in flight or uncertain…"));
    } else if (m_session->canContinue()) {
        statusBar()->showMessage(tr("Stopped at %1. Nothing more is sent until you continue.")
                                     .arg(m_session->stoppedAtText()));
    } else if (m_model->rowCount() > 0 && state == RunState::Idle) {
        const QString key = m_runActions->play->shortcut().toString(QKeySequence::NativeText);
        statusBar()->showMessage(
            m_session->mode() == Mode::Show
                ? tr("Ready for the show against %1. %2 checks everything, then starts.")
                      .arg(m_session->targetName(), key)
                : tr("Ready. %1 plays it from the start on the sandbox.").arg(key));
    } else {
        statusBar()->showMessage(QString());
    }
}

void MainWindow::showRunMenu(const QPoint &position, int row)
{
    if (row < 0) {
        return;
    }
    selectIncident(row);
    m_runActions->setCurrentRow(row);
    const IncidentRun *run = m_model->run(row);
    const bool isOpen = m_session->isOpen();
    QMenu menu(this);
    QAction *page = menu.addAction(tr("Open its &page"), this, [this, row] { openIncident(row); });
    page->setEnabled(run && !pageOf(*run).isEmpty());
    menu.addAction(tr("&Details…"), this, [this, row] { showDetails(row); })->setEnabled(run);
    menu.addSeparator();
    // For this row, whatever the run selects while the menu is open.
    QAction *again = menu.addAction(m_runActions->refire->text(), this,
                                    [this, row] { m_questions->refire(row); });
    again->setIcon(m_runActions->refire->icon());
    again->setEnabled(m_session->canRefire(row));
    QAction *skip = menu.addAction(tr("S&kip it"), this, [this, row] { m_session->skip(row); });
    skip->setEnabled(isOpen && run && !isFinal(run->state) && run->state != IncidentState::Sending);
    menu.exec(position);
}
