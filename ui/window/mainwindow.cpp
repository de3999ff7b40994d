// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/readiness/showcheck.h"
#include "app/runs/runstore.h"
#include "app/settings/datapaths.h"
#include "app/settings/incidentaddress.h"
#include "app/settings/knowntargets.h"
#include "app/settings/secretstore.h"
#include "app/timeline/timelineedits.h"
#include "app/validation/timelinefixes.h"
#include "ui/charts/metricspanel.h"
#include "ui/commands/commandset.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/edit/editcommands.h"
#include "ui/export/exportcommands.h"
#include "ui/library/librarypanel.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/models/selectedrows.h"
#include "ui/player/incidentdialog.h"
#include "ui/player/incidenttable.h"
#include "ui/player/livebuttons.h"
#include "ui/player/runactions.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runsession.h"
#include "ui/player/targetchip.h"
#include "ui/player/targetdialog.h"
#include "ui/prompt/prompteditor.h"
#include "ui/properties/propertiespanel.h"
#include "ui/runs/runcommands.h"
#include "ui/show/runkeys.h"
#include "ui/show/runquestions.h"
#include "ui/show/showbar.h"
#include "ui/show/showviews.h"
#include "ui/show/showwatch.h"
#include "ui/source/sourceview.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/linkbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/opening.h"
#include "ui/widgets/plaintext.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QStatusBar>
#include <QTabWidget>
#include <QUrl>
#include <tuple>

namespace {

/** Long enough not to check at every letter that is typed. */
constexpr int CheckDelay = 150;
constexpr int ExportedShown = 6000;
/** Nobody reads more of them before the first are gone. */
constexpr qsizetype MostFixes = 200;

/** What TIMELINE_API_URL names, with its key; the sandbox where it is not set. */
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
    target.key = SecretStore().readNow(SecretStore::apiKey()).value;
    return target;
}

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_document(new TimelineDocument(this))
    , m_scenarios(ScenarioLibrary::standard())
    , m_commands(new CommandSet(this))
    , m_view(new TimelineView(this))
    , m_model(new IncidentTableModel(this))
    , m_selection(new QItemSelectionModel(m_model, this))
    , m_problems(new ProblemModel(this))
    , m_log(new RunLogModel(this))
    , m_run(new RunController(this))
    , m_session(new RunSession(*m_document, *m_model, *m_log, *m_run, this))
    , m_runActions(new RunActions(*m_session, *m_commands, this))
    , m_questions(new RunQuestions(*m_session, this))
    , m_runKeys(new RunKeys(*m_session, *m_runActions, this))
    , m_watch(new ShowWatch(*m_session, *m_run, *m_document, m_scenarios, this))
    , m_views(new ShowViews(*m_session, *m_commands, this))
    , m_table(new IncidentTable(m_model, m_selection, this))
    , m_message(new MessageBar(this))
{
    PlainText::keep();
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    m_table->setObjectName(QStringLiteral("incidents"));
    m_message->setObjectName(QStringLiteral("messageBar"));

    const Result<Target> target = targetFromEnvironment();
    if (target) {
        m_run->setTarget(*target);
    }

    m_view->controller().setScenarios(&m_scenarios);
    m_view->controller().setDocument(m_document);
    m_view->selection().setModel(m_selection);
    m_files = new FileCommands(*m_document, *m_commands, *m_message, this);
    m_edits = new EditCommands({m_document, m_model, m_selection, m_view, &m_scenarios, m_table},
                               *m_commands, this);
    m_exports = new ExportCommands(*m_document, m_scenarios, *m_commands, this);
    m_runs = new RunCommands(*m_commands, *m_document, m_scenarios, *m_view, *m_run, this);
    makeActions();
    makeMenus();
    makeToolBar();
    makeStatusBar();
    makeCentre();
    connectRun();
    connectRuns();
    connectWatch();
    connectDocument();
    connectLibrary();
    connectVoice();
    connectPanes();
    qApp->installEventFilter(this);
    restoreLayout();
    showTimeline();
    if (!target) {
        showError(tr("The target of the environment was not taken."), target.error().message);
    }
    QTimer::singleShot(0, this, &MainWindow::askTargetForScenarios);
}

MainWindow::~MainWindow()
{
    disconnect(qApp, nullptr, this, nullptr); // the focus moves once more while its places go
    delete m_runKeys;
    // First what acts on the views, which the document's last signals would call once more; then
    // the views, before what they show.
    for (QObject *commands :
         std::initializer_list<QObject *>{m_edits, m_files, m_exports, m_runs}) {
        delete commands;
    }
    for (QWidget *view :
         std::initializer_list<QWidget *>{centralWidget(), m_libraryDock, m_propertiesDock,
                                          m_nextDock, m_toolBar, m_targetBar, m_showBar}) {
        delete view;
    }
    delete m_views;
    delete m_watch;
}

const Timeline &MainWindow::timeline() const
{
    return m_document->timeline();
}

void MainWindow::connectDocument()
{
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(CheckDelay);
    connect(&m_checkTimer, &QTimer::timeout, this, &MainWindow::checkTimeline);
    connect(m_document, &TimelineDocument::opened, this, &MainWindow::showTimeline);
    connect(m_document, &TimelineDocument::changed, this, &MainWindow::showChange);
    connect(m_document, &TimelineDocument::modifiedChanged, this, &QWidget::setWindowModified);
    connect(m_document, &TimelineDocument::pathChanged, this, &MainWindow::updateHead);
    connect(m_document, &TimelineDocument::lockedChanged, this, [this](bool locked) {
        m_library->setInsertEnabled(!locked);
        m_library->setRunEnabled(!locked);
    });
    connect(m_model, &IncidentTableModel::sceneReset, m_view,
            [this] { m_view->setScene(m_model->scene()); });
    connect(m_model, &IncidentTableModel::sceneChanged, m_view,
            [this] { m_view->updateScene(m_model->scene()); });
    connect(m_model, &IncidentTableModel::titlesChanged, m_view,
            [this](const std::vector<int> &rows) { m_view->updateTitles(m_model->scene(), rows); });
    connect(m_metrics, &MetricsPanel::shown, this, &MainWindow::updateMetrics);

    connect(m_view, &TimelineView::activated, this, &MainWindow::activateIncident);
    connect(&m_view->scroll(), &TimelineScroll::followingChanged, m_actions.follow,
            &QAction::setChecked);
    connect(&m_view->controller(), &TimelineController::snappingChanged, m_actions.snap,
            &QAction::setChecked);
    connect(m_view, &TimelineView::playheadMoved, m_session, &RunSession::setIdlePosition);
    connect(m_view, &TimelineView::hint, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence); });
    connect(m_view, &TimelineView::inserted, this, [this] {
        // A prompt that is still to be written is; anything else leaves the keys to the timeline.
        showProperties(false);
        m_properties->focusEmptyPrompt();
    });
    connect(m_view, &TimelineView::markerActivated, this, [this](int index) {
        m_properties->showMarker(index);
        showProperties(false);
    });
    connect(m_view, &TimelineView::contextMenuRequested, this, &MainWindow::showContextMenu);
    connect(m_properties, &PropertiesPanel::done, m_view, [this] { m_view->setFocus(); });
    connect(m_edits, &EditCommands::inserted, this, [this] { showProperties(false); });
    connect(m_edits, &EditCommands::markerInserted, this, [this] { showProperties(true); });
    connect(m_edits, &EditCommands::refused, this, &MainWindow::showError);
    const auto showNotice = [this](const QString &headline, const QString &sentence) {
        m_message->setAction({});
        m_message->showMessage(MessageBar::Kind::Info, headline, sentence);
    };
    connect(m_edits, &EditCommands::noticed, this, showNotice);
    connect(m_view, &TimelineView::repaired, this, [showNotice](const QStringList &sentences) {
        showNotice(tr("Dropped with repairs."), sentences.join(u' '));
    });
    connect(m_exports, &ExportCommands::refused, this, &MainWindow::showError);
    connect(m_exports, &ExportCommands::exported, this, [this](const QString &path) {
        statusBar()->showMessage(tr("Exported to %1").arg(path), ExportedShown);
    });
    connect(m_edits, &EditCommands::splitOff, this, &MainWindow::startInNewWindow);
    m_files->setPending({[this] { takePending(); }, [this] { return m_source->isLeft(); },
                         [this] { m_tabs->setCurrentIndex(SourceTab); }});
    connect(m_files, &FileCommands::newWindowRequested, this, &MainWindow::openInNewWindow);
    connect(m_files, &FileCommands::autosaved, m_autosaved, &QLabel::setText);
    connect(m_source, &SourceView::incidentEntered, this, [this](int row) {
        if (row >= 0) {
            selectIncident(row);
        }
    });
    connect(m_selection, &QItemSelectionModel::selectionChanged, this, &MainWindow::updateMetrics);
    connect(m_selection, &QItemSelectionModel::selectionChanged, this,
            &MainWindow::updatePromptActions);
    connect(m_properties, &PropertiesPanel::promptRequested, this,
            [this](const QString &incidentId, bool generates) {
                PromptEditor *editor = openPrompt(incidentId);
                if (editor && generates) {
                    editor->generate();
                }
            });
}

void MainWindow::takePending()
{
    // A field takes what stands in it when it loses the focus.
    QWidget *field = focusWidget();
    if (field && m_properties->isAncestorOf(field)) {
        field->clearFocus();
        field->setFocus();
    }
    m_source->takeNow();
}

void MainWindow::openInNewWindow(const QString &path)
{
    auto *window = new MainWindow;
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
    if (!path.isEmpty()) {
        window->openFile(path);
    }
}

void MainWindow::startInNewWindow(const Timeline &timeline)
{
    auto *window = new MainWindow;
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->startWith(timeline);
    window->show();
}

void MainWindow::startWith(const Timeline &timeline)
{
    m_document->clear();
    m_document->edit(tr("New timeline “%1”").arg(timeline.name), timeline);
}

void MainWindow::takeOver(const UnsavedTimeline &left)
{
    m_files->takeOver(left);
}

void MainWindow::showError(const QString &headline, const QString &sentence)
{
    m_message->setAction({});
    m_message->showMessage(MessageBar::Kind::Error, headline, sentence);
}

bool MainWindow::openFile(const QString &path)
{
    return m_files->open(path);
}

bool MainWindow::openShipped(const QString &id)
{
    return m_files->openShipped(id);
}

void MainWindow::showTimeline()
{
    m_model->setTimeline(m_document->timeline(), m_scenarios);
    m_actions.compact->setChecked(m_view->isCompact());
    updateHead();
    checkTimeline();
    backToStart();
    updateMetrics();
    updatePromptActions();
}

void MainWindow::showChange(const TimelineChange &change)
{
    const bool hadRun = m_model->record().state() != RunState::Idle;
    m_model->applyChange(change, m_document->timeline(), m_scenarios);
    if (hadRun) {
        forgetRun(); // what a run came to belongs to the timeline that was played
    }
    m_properties->follow(change);
    if (change.changesHead()) {
        updateHead();
    }
    m_checkTimer.start();
    if (change.changesIncidents()) {
        updateMetrics();
        updatePromptActions();
    }
}

void MainWindow::updateHead()
{
    const Timeline &timeline = m_document->timeline();
    m_ofDuration->setText(tr("of %1").arg(timeText(timeline.duration())));
    setWindowTitle(tr("%1[*] – Timeline Orchestrator").arg(m_document->displayName()));
    setWindowFilePath(m_document->path());
    m_showBar->setTimelineName(timeline.name);
    m_views->setTitle(timeline.name);
}

void MainWindow::checkTimeline()
{
    m_checkTimer.stop();
    const bool sandbox = m_session->target().isSandbox;
    const Timeline &timeline = m_document->timeline();
    QList<Problem> problems;
    if (!m_document->isUntouched()) {
        problems = validate(
            timeline, {m_scenarios, sandbox ? std::nullopt : std::optional<RateLimit>(RateLimit{}),
                       &m_document->file(), DataPaths::isShipped(m_document->path())});
    }
    QList<ProblemModel::Detail> details;
    for (qsizetype i = 0; i < std::min(problems.size(), MostFixes); ++i) {
        const Problem &problem = problems[i];
        ProblemModel::Detail detail;
        if (problem.incident >= 0) {
            detail.place = tr("#%1 at %2")
                               .arg(problem.incident + 1)
                               .arg(clockText(timeline.incidents[problem.incident].delay));
        }
        if (const auto fix = fixFor(problem, timeline, m_scenarios)) {
            detail.fix = fix->label;
        }
        details.append(detail);
    }
    m_problems->setProblems(problems, details);
    const auto count = problems.size();
    m_tabs->setTabText(ProblemsTab, count > 0 ? tr("Pro&blems (%1)").arg(count) : tr("Pro&blems"));
    m_tabs->setTabIcon(ProblemsTab, hasErrors(problems) ? icon(Glyph::Error)
                                    : count > 0         ? icon(Glyph::Warning)
                                                        : QIcon());
    updateStatus();
}

void MainWindow::showProblem(int row)
{
    if (row < 0 || row >= m_problems->rowCount()) {
        return;
    }
    const Problem problem = m_problems->problems()[row];
    selectIncident(problem.incident);
    if (problem.incident < 0) {
        m_selection->clearSelection();
    }
    showProperties(false);
    m_properties->focusField(problem.pointer.section(u'/', -1));
    m_source->showPointer(problem.pointer);
}

void MainWindow::fixProblem(int row)
{
    if (row < 0 || row >= m_problems->rowCount()) {
        return;
    }
    if (const auto fix = fixFor(m_problems->problems()[row], m_document->timeline(), m_scenarios)) {
        m_document->edit(fix->label, fix->timeline);
        checkTimeline();
    }
}

void MainWindow::showProperties(bool focus)
{
    showDocument(0);
    m_propertiesDock->show();
    m_propertiesDock->raise();
    if (focus) {
        m_properties->focusFirstField();
    }
}

void MainWindow::showContextMenu(const QPoint &position, int row)
{
    if (m_session->isActive()) {
        showRunMenu(position, row);
        return;
    }
    QMenu menu(this);
    m_edits->fillContextMenu(&menu, row >= 0);
    if (row >= 0) {
        menu.addSeparator();
        if (m_actions.generate->isEnabled()) {
            menu.addAction(m_actions.generate);
        }
        menu.addAction(m_actions.editProperties);
    }
    menu.exec(position);
}

void MainWindow::updateStatus()
{
    const Theme &theme = Theme::of(palette());
    const TimelineScene &scene = m_model->scene();
    const auto incidents = scene.blocks.size();
    const auto lanes = scene.lanes.size();
    m_counts->setText(
        tr("%1, %2").arg(incidents == 1 ? tr("1 incident") : tr("%1 incidents").arg(incidents),
                         lanes == 1 ? tr("1 lane") : tr("%1 lanes").arg(lanes)));
    QColor ink = theme.text;
    if (m_session->target().isSandbox) {
        m_limit->setText(tr("The sandbox has no limit"));
    } else {
        // At twice the speed twice as much of the timeline falls into a minute.
        const ShowSetup &checked = m_watch->check()->setup();
        const bool isStated =
            checked.isLimitStated && checked.target.base == m_session->target().base;
        const RateLimit limit = isStated ? *checked.rateLimit : RateLimit{};
        const auto window =
            std::chrono::milliseconds(qint64(double(limit.window.count()) * m_session->speed()));
        const int sends = busiestWindow(m_document->timeline(), m_scenarios, window).sends;
        const QString seconds = numberText(double(limit.window.count()) / 1000);
        m_limit->setText((isStated ? tr("At most %1 in any %2 s, limit %3")
                                   : tr("At most %1 in any %2 s, assumed limit %3"))
                             .arg(QString::number(sends), seconds, QString::number(limit.sends)));
        if (sends > limit.sends) {
            ink = theme.warning;
        }
    }
    QPalette p = palette();
    p.setColor(QPalette::WindowText, ink);
    m_limit->setPalette(p);
}

void MainWindow::targetChanged()
{
    m_targetChip->refresh();
    m_showBar->targetChip()->refresh();
    checkTimeline();
}

void MainWindow::chooseTarget()
{
    TargetDialog dialog(m_run->target(), this);
    dialog.setIncidentPage(IncidentAddress::address(m_run->target().base.toString()));
    connect(&dialog, &TargetDialog::checkRequested, this, [this, &dialog](const Target &target) {
        const auto asked = m_run->check(target);
        if (!asked) {
            dialog.showCheckFailed(asked.error());
        }
    });
    connect(m_run, &RunController::targetChecked, &dialog, &TargetDialog::showHealth);
    if (dialog.exec() == QDialog::Accepted) {
        m_run->setTarget(dialog.target());
        if (!m_run->target().isSandbox) {
            std::ignore = KnownTargets::remember(m_run->target().base); // kept for now, at least
            IncidentAddress::setAddress(m_run->target().base.toString(), dialog.incidentPage());
        }
        targetChanged();
        if (m_session->mode() == Mode::Show) {
            m_watch->look();
        }
        askTargetForScenarios();
    }
}

void MainWindow::selectIncident(int index)
{
    if (index >= 0 && index < m_model->rowCount()) {
        shownView()->selection().setCurrent(index);
        shownView()->scroll().ensureVisible(index);
    }
}

void MainWindow::activateIncident(int index)
{
    const IncidentRun *run = m_model->run(index);
    if (run && !run->incidentId.isEmpty()) {
        openIncident(index);
        return;
    }
    selectIncident(index);
    if (m_session->mode() == Mode::Show) {
        showDetails(index);
    } else {
        showProperties(true);
    }
}

void MainWindow::showDetails(int index)
{
    const IncidentRun *run = m_model->run(index);
    if (!run) {
        return;
    }
    // The model keeps no whole incidents; the journal does.
    const Result<RunRecord> whole = RunStore::read(m_run->journal());
    const bool isThere = whole && index < whole->incidents().size();
    auto *dialog = new IncidentDialog(isThere ? whole->incidents()[index] : *run, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_views->takeKeys(dialog);
    dialog->show(); // not modal: who reads it during a run holds nothing up
}

QUrl MainWindow::pageOf(const IncidentRun &run) const
{
    return IncidentAddress::page(IncidentAddress::address(m_model->record().target()),
                                 run.incidentId);
}

void MainWindow::openIncident(int index)
{
    const IncidentRun *run = m_model->run(index);
    if (!run || run->incidentId.isEmpty()) {
        return;
    }
    const QUrl page = pageOf(*run);
    if (page.isEmpty()) {
        showDetails(index);
    } else if (!Opening::openWebPage(page)) {
        showError(tr("The browser did not open."), tr("The page is %1").arg(page.toString()));
    }
}

bool MainWindow::mayClose()
{
    if (!mayClosePrompts() || !m_files->mayGoAway()) {
        return false;
    }
    if (!m_run->isActive()) {
        return true;
    }
    // Only what has failed is left, and that stays in the journal: nothing would be lost.
    if (m_session->isWaitingForEnd() && m_session->record().count(IncidentState::Uncertain) == 0) {
        m_session->endShow();
        return true;
    }
    return m_questions->stopAndQuit();
}

void MainWindow::leaveUnasked()
{
    setEnabled(false); // what is typed from now on would be lost
    m_files->keepUnsaved();
    if (m_run->isActive()) {
        m_run->stop();
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    // What cannot be opened is taken as well: the drop says why it is refused.
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString sentence = m_document->isLocked() ? m_document->lockReason()
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
    if (event->type() == QEvent::WindowActivate) {
        m_files->checkDisk();
    }
    // No key reaches the run behind a question, so its clock waits for the answer.
    if (event->type() == QEvent::WindowBlocked) {
        m_session->beginQuestion();
    } else if (event->type() == QEvent::WindowUnblocked) {
        m_session->endQuestion();
    }
    return QMainWindow::event(event);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Space plays, but a button that has the focus keeps its own Space; not so those of a run, nor
    // those of messages while it is live: what was pressed there once keeps the focus.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space &&
        (qobject_cast<QAbstractButton *>(watched) || qobject_cast<QComboBox *>(watched)) &&
        !qobject_cast<LiveButton *>(watched) && !qobject_cast<LinkButton *>(watched) &&
        !(m_session->isActive() && qobject_cast<MessageBar *>(watched->parent()))) {
        event->accept();
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_limit) {
        updateStatus();
        updateSleep();
    }
}
