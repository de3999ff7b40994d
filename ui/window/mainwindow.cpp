// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "app/net/webaddress.h"
#include "app/timeline/timelineedits.h"
#include "app/timeline/timelinefile.h"
#include "ui/commands/commandset.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/edit/editcommands.h"
#include "ui/export/exportcommands.h"
#include "ui/generation/generatordialog.h"
#include "ui/library/librarypanel.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/runactions.h"
#include "ui/player/runbars.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runnowdialog.h"
#include "ui/player/runsession.h"
#include "ui/properties/propertiespanel.h"
#include "ui/runs/runcommands.h"
#include "ui/show/operatorview.h"
#include "ui/show/runkeys.h"
#include "ui/show/runquestions.h"
#include "ui/show/showviews.h"
#include "ui/show/showwatch.h"
#include "ui/source/sourceview.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/openmodal.h"
#include "ui/widgets/plaintext.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QStatusBar>
#include <QTimer>
#include <QUndoStack>
#include <QUrl>
#include <vector>

namespace {

constexpr int ExportedShown = 6000;

/** What TIMELINE_API_URL names; the sandbox if it is not set. Its key is read when it is used. */
Result<Target> targetFromEnvironment()
{
    Target target;
    const QString wanted = qEnvironmentVariable("TIMELINE_API_URL");
    target.isSandbox = wanted.isEmpty() || wanted == u"sandbox";
    if (target.isSandbox) {
        return target;
    }
    const Result<QUrl> base = parseTargetUrl(wanted);
    if (!base) {
        return tl::make_unexpected(base.error());
    }
    target.base = *base;
    return target;
}

std::vector<MainWindow *> allWindows()
{
    std::vector<MainWindow *> found;
    const QWidgetList widgets = QApplication::topLevelWidgets();
    for (QWidget *widget : widgets) {
        if (auto *window = qobject_cast<MainWindow *>(widget)) {
            found.push_back(window);
        }
    }
    return found;
}

MainWindow *newWindow()
{
    auto *window = new MainWindow;
    window->setAttribute(Qt::WA_DeleteOnClose);
    return window;
}

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
{
    PlainText::keep();
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    m_parts = std::make_unique<WindowParts>(*this);
    const Result<Target> target = targetFromEnvironment();
    if (target) {
        m_parts->run->setTarget(*target);
    }
    connectFiles();
    connectRun();
    connectWatch();
    connectLibrary();
    m_parts->layout->restore();
    m_parts->documentViews->showTimeline();
    m_parts->view->setFocus();
    if (!target) {
        showError(tr("The target of the environment was not taken."), target.error().message);
    }
    QTimer::singleShot(0, m_parts->scenarioSource.get(), &ScenarioSource::askTarget);
}

MainWindow::~MainWindow()
{
    // Events that the parts send while they go find none of them.
    const std::unique_ptr<WindowParts> parts = std::move(m_parts);
}

TimelineView *MainWindow::timelineView() const
{
    return m_parts->view;
}

IncidentTableModel *MainWindow::incidentModel() const
{
    return m_parts->model.get();
}

RunController *MainWindow::controller() const
{
    return m_parts->run.get();
}

CommandSet *MainWindow::commands() const
{
    return m_parts->commands.get();
}

LibraryPanel *MainWindow::library() const
{
    return m_parts->docks->library;
}

PropertiesPanel *MainWindow::properties() const
{
    return m_parts->docks->properties;
}

MessageBar *MainWindow::messageBar() const
{
    return m_parts->message;
}

MessageBar *MainWindow::summaryBar() const
{
    return m_parts->bars->summary();
}

RunSession *MainWindow::session() const
{
    return m_parts->session.get();
}

OperatorView *MainWindow::operatorView() const
{
    return m_parts->operatorView;
}

ShowWatch *MainWindow::watch() const
{
    return m_parts->watch.get();
}

ShowViews *MainWindow::views() const
{
    return m_parts->views.get();
}

TimelineDocument *MainWindow::document() const
{
    return m_parts->document.get();
}

PromptTabs *MainWindow::prompts() const
{
    return m_parts->prompts.get();
}

const Timeline &MainWindow::timeline() const
{
    return m_parts->document->timeline();
}

void MainWindow::connectFiles()
{
    m_parts->files->setPending({[this] { m_parts->pending->take(); },
                                [this] { return m_parts->tabs->source()->isLeft(); },
                                [this] { m_parts->tabs->showTab(LowerTabs::Tab::Source); }});
    connect(m_parts->files.get(), &FileCommands::newWindowRequested, this,
            &MainWindow::openInNewWindow);
    connect(m_parts->edits.get(), &EditCommands::splitOff, this, &MainWindow::startInNewWindow);
    const ExportCommands *exports = m_parts->exports.get();
    connect(exports, &ExportCommands::refused, m_parts->message, &MessageBar::showError);
    connect(exports, &ExportCommands::exported, this, [this](const QString &path) {
        statusBar()->showMessage(tr("Exported to %1").arg(path), ExportedShown);
    });
}

void MainWindow::connectRun()
{
    const auto showTarget = [this] {
        m_parts->toolBars->refreshTarget();
        m_parts->tabs->problems()->check();
    };
    ModeSwitcher *modes = m_parts->modeSwitcher.get();
    connect(modes, &ModeSwitcher::changed, this, [this, showTarget](Mode mode) {
        showTarget();
        m_parts->status->updateRun();
        if (mode == Mode::Show) {
            QTimer::singleShot(0, m_parts->watch.get(), &ShowWatch::look);
        }
    });
    connect(m_parts->toolBars.get(), &WindowToolBars::speedDone, modes, &ModeSwitcher::focusRun);
    connect(m_parts->keys.get(), &RunKeys::fieldLeft, modes, &ModeSwitcher::focusRun);
    connect(m_parts->views.get(), &ShowViews::operatorWanted, modes, &ModeSwitcher::focusRun);
    connect(m_parts->views.get(), &ShowViews::moved, this, [this](const QString &sentence) {
        m_parts->message->showNotice(tr("Audience."), sentence);
    });
    TargetChoice *choice = m_parts->targetChoice.get();
    connect(m_parts->runActions->target, &QAction::triggered, choice, [choice] { choice->ask(); });
    connect(choice, &TargetChoice::chosen, this, [this, showTarget] {
        showTarget();
        if (m_parts->session->mode() == Mode::Show) {
            m_parts->watch->look();
        }
        m_parts->scenarioSource->askTarget();
    });
    connect(m_parts->recordedRuns.get(), &RecordedRuns::otherWindowWanted, this,
            &MainWindow::playInNewWindow);
}

void MainWindow::connectWatch()
{
    connect(m_parts->runActions->check, &QAction::triggered, this, [this] {
        m_parts->pending->take();
        if (const auto asked = m_parts->watch->ask(false); !asked) {
            showError(tr("The show was not checked."), asked.error().toString());
        }
    });
    using Done = std::function<void()>;
    const auto toTarget = [this](const Done &done) { m_parts->targetChoice->ask(done); };
    ShowWatch *watch = m_parts->watch.get();
    watch->addFix(QStringLiteral("choose-target"), {toTarget});
    watch->addFix(QStringLiteral("enter-key"), {toTarget});
    watch->addFix(QStringLiteral("choose-generator"),
                  {[this](const Done &done) { showGenerators(done); }});
    watch->addFix(QStringLiteral("pin-all"), {[this](const Done &) {
                                                  if (m_parts->session->setMode(Mode::Design)) {
                                                      m_parts->prompts->generateUnpinned();
                                                  }
                                              },
                                              true});
    watch->addFix(QStringLiteral("open-problems"),
                  {[this](const Done &) {
                       if (m_parts->session->setMode(Mode::Design)) {
                           m_parts->actions.check->trigger();
                       }
                   },
                   true});
}

void MainWindow::connectLibrary()
{
    const LibraryPanel *library = m_parts->docks->library;
    connect(library, &LibraryPanel::insertRequested, this,
            [this](const TimelineFragment &fragment) {
                // Put there without the pointer, so its time comes next.
                m_parts->edits->insertAtPlayhead(fragment);
                m_parts->documentViews->editProperties();
            });
    connect(library, &LibraryPanel::runRequested, this, [this](const QString &id) {
        if (const Scenario *scenario = m_parts->scenarios.find(id)) {
            auto *dialog =
                new RunNowDialog(*scenario, m_parts->scenarios, m_parts->run->target(), this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
        }
    });
    connect(library, &LibraryPanel::openRequested, this, [this](const QString &path) {
        if (m_parts->document->isUntouched()) {
            openFile(path);
        } else {
            openInNewWindow(path);
        }
    });
    connect(library, &LibraryPanel::newTimelineRequested, this,
            [this](const TimelineFragment &fragment) {
                Timeline timeline = TimelineFile().timeline();
                timeline.name = fragment.name;
                timeline = inserted(timeline, fragment, {}, {}, m_parts->scenarios).timeline;
                if (m_parts->document->isUntouched()) {
                    startWith(timeline);
                } else {
                    startInNewWindow(timeline);
                }
            });
    const auto reload = [] {
        // Every window shows the user's scenarios.
        for (const MainWindow *window : allWindows()) {
            window->m_parts->scenarioSource->load();
        }
    };
    const PromptTabs *prompts = m_parts->prompts.get();
    connect(library, &LibraryPanel::libraryChanged, this, reload);
    connect(prompts, &PromptTabs::libraryChanged, this, reload);
    connect(prompts, &PromptTabs::settingsRequested, this, [this] { showGenerators(); });
    connect(m_parts->actions.generators, &QAction::triggered, this, [this] { showGenerators(); });
}

void MainWindow::showGenerators(const std::function<void()> &closed)
{
    auto *dialog = new GeneratorDialog(this);
    connect(dialog, &QDialog::accepted, this, [] {
        for (const MainWindow *window : allWindows()) {
            window->m_parts->prompts->refreshSources();
            window->m_parts->docks->properties->refresh();
        }
    });
    if (closed) {
        connect(dialog, &QDialog::finished, this, closed);
    }
    openModal(dialog);
}

void MainWindow::openInNewWindow(const QString &path)
{
    MainWindow *window = newWindow();
    window->show();
    if (!path.isEmpty()) {
        window->openFile(path);
    }
}

void MainWindow::startInNewWindow(const Timeline &timeline)
{
    MainWindow *window = newWindow();
    window->startWith(timeline);
    window->show();
}

void MainWindow::playInNewWindow(const Timeline &timeline, const RunPlan &plan,
                                 const RunRecord &record)
{
    MainWindow *window = newWindow();
    window->startWith(timeline);
    // It can be had again from the journal, so that nobody has to be asked to save it.
    window->document()->undoStack()->setClean();
    window->show();
    window->m_parts->recordedRuns->play(plan, record);
}

void MainWindow::startWith(const Timeline &timeline)
{
    m_parts->document->clear();
    m_parts->document->edit(tr("New timeline “%1”").arg(timeline.name), timeline);
}

void MainWindow::takeOver(const UnsavedTimeline &left)
{
    m_parts->files->takeOver(left);
}

void MainWindow::offerInterruptedRun()
{
    m_parts->runs->offerInterrupted();
}

void MainWindow::showError(const QString &headline, const QString &sentence)
{
    m_parts->message->showError(headline, sentence);
}

bool MainWindow::openFile(const QString &path)
{
    return m_parts->files->open(path);
}

bool MainWindow::openShipped(const QString &id)
{
    return m_parts->files->openShipped(id);
}

bool MainWindow::mayClose()
{
    if (!m_parts->prompts->mayClose() || !m_parts->files->mayGoAway()) {
        return false;
    }
    if (!m_parts->run->isActive()) {
        return true;
    }
    // Only what has failed is left, and that stays in the journal: nothing would be lost.
    RunSession &session = *m_parts->session;
    if (session.isWaitingForEnd() && session.record().count(IncidentState::Uncertain) == 0) {
        session.endShow();
        return true;
    }
    return m_parts->questions->stopAndQuit();
}

void MainWindow::leaveUnasked()
{
    setEnabled(false); // what is typed from now on would be lost
    m_parts->files->keepUnsaved();
    if (m_parts->run->isActive()) {
        m_parts->run->stop();
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayClose()) {
        event->ignore();
        return;
    }
    m_parts->layout->remember();
    m_parts->views->closeAll();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    // What cannot be opened is taken as well: the drop says why it is refused.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString sentence = m_parts->document->isLocked()
                                 ? m_parts->document->lockReason()
                                 : FileCommands::refusal(*event->mimeData());
    // Copied, whatever was proposed: who moves something here would lose it there.
    event->setDropAction(sentence.isEmpty() ? Qt::CopyAction : Qt::IgnoreAction);
    event->accept();
    if (!sentence.isEmpty()) {
        showError(tr("That was not opened."), sentence);
        return;
    }
    const QList<QUrl> urls = event->mimeData()->urls();
    openFile(urls.first().toLocalFile());
    for (const QUrl &url : urls.mid(1)) {
        openInNewWindow(url.toLocalFile());
    }
}

bool MainWindow::event(QEvent *event)
{
    if (m_parts) {
        if (event->type() == QEvent::WindowActivate) {
            m_parts->files->checkDisk();
        }
        // No key reaches the run behind a question, so its clock waits for the answer.
        if (event->type() == QEvent::WindowBlocked) {
            m_parts->session->beginQuestion();
        } else if (event->type() == QEvent::WindowUnblocked) {
            m_parts->session->endQuestion();
        }
    }
    return QMainWindow::event(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_parts) {
        m_parts->status->updateTimeline();
        m_parts->status->updateSleep();
    }
}

bool MainWindow::focusNextPrevChild(bool next)
{
    // This also finds the heir of a widget that hides while it has the focus.
    const WindowFocus::ParkedPartsLeftOut without(*this);
    return QMainWindow::focusNextPrevChild(next);
}
