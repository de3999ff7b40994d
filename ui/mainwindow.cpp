// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "app/player/runplan.h"
#include "app/settings/datapaths.h"
#include "app/settings/secretstore.h"
#include "app/timeline/timelinevalidator.h"
#include "ui/document/timelinedocument.h"
#include "ui/icons.h"
#include "ui/models/incidentdelegate.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/incidentdialog.h"
#include "ui/player/nextpanel.h"
#include "ui/player/runcontroller.h"
#include "ui/player/targetdialog.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/emptyhint.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace {

/** Long enough not to check at every letter that is typed. */
constexpr int CheckDelay = 150;

QString settingsPath()
{
    return DataPaths::config() + u"/window.ini";
}

/** What TIMELINE_API_URL names, with its key; the sandbox where it is not set. */
Result<Target> targetFromEnvironment()
{
    Target target;
    const QString wanted = qEnvironmentVariable("TIMELINE_API_URL");
    target.isSandbox = wanted.isEmpty() || wanted == u"sandbox";
    if (target.isSandbox)
        return target;
    const Result<QUrl> base = parseTargetUrl(wanted);
    if (!base)
        return tl::make_unexpected(base.error());
    target.base = *base;
    target.key = SecretStore().readNow(SecretStore::apiKey()).value;
    return target;
}

} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_document(new TimelineDocument(this))
    , m_scenarios(ScenarioLibrary::standard())
    , m_view(new TimelineView(this))
    , m_model(new IncidentTableModel(this))
    , m_selection(new QItemSelectionModel(m_model, this))
    , m_problems(new ProblemModel(this))
    , m_log(new RunLogModel(this))
    , m_run(new RunController(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    const QSettings settings(settingsPath(), QSettings::IniFormat);

    const Result<Target> target = targetFromEnvironment();
    if (target)
        m_run->setTarget(*target);

    makeActions();
    makeMenus();
    makeToolBar();
    makeCentre();
    makeStatusBar();
    connectRun();
    connectDocument();
    qApp->installEventFilter(this);

    if (!restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray()))
        resize(QSize(scaledInt(QFontMetricsF(font()), 1360), scaledInt(QFontMetricsF(font()), 840))
                   .boundedTo(screen()->availableSize() * 0.95));
    showTimeline();
    if (!target)
        showError(tr("The target of the environment was not taken."), target.error().message);
}

MainWindow::~MainWindow() = default;

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
    connect(m_model, &IncidentTableModel::sceneReset, m_view,
            [this] { m_view->setScene(m_model->scene()); });
    connect(m_model, &IncidentTableModel::sceneChanged, m_view,
            [this] { m_view->updateScene(m_model->scene()); });
    m_view->setScenarios(&m_scenarios);
    m_view->setDocument(m_document);
    connect(m_view, &TimelineView::hint, this,
            [this](const QString &text) { statusBar()->showMessage(text); });
}

void MainWindow::makeCentre()
{
    const QFontMetricsF metrics(font());
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    m_message = new MessageBar(centre);
    m_message->setObjectName(QStringLiteral("messageBar"));
    m_incidentBar = new MessageBar(centre);
    m_incidentBar->setObjectName(QStringLiteral("incidentBar"));
    m_summary = new MessageBar(centre);
    m_summary->setObjectName(QStringLiteral("summaryBar"));
    for (MessageBar *bar : {m_message, m_summary, m_incidentBar})
        column->addWidget(bar);

    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("incidents"));
    m_table->setAccessibleName(tr("Incidents"));
    m_table->setModel(m_model);
    m_table->setSelectionModel(m_selection);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 30));
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->moveSection(IncidentTableModel::Number, 0);
    auto *delegate = new IncidentDelegate(m_table);
    m_table->setItemDelegate(delegate);
    const std::pair<int, int> widths[]{
        {IncidentTableModel::Number, 34},     {IncidentTableModel::State, 122},
        {IncidentTableModel::Time, 64},       {IncidentTableModel::SeverityColumn, 30},
        {IncidentTableModel::Service, 136},   {IncidentTableModel::IncidentId, 92},
        {IncidentTableModel::Hypotheses, 92}, {IncidentTableModel::Actions, 66},
        {IncidentTableModel::Latency, 74},    {IncidentTableModel::Late, 74}};
    for (const auto &[section, width] : widths)
        m_table->setColumnWidth(section, scaledInt(metrics, width));
    m_table->horizontalHeader()->setMinimumSectionSize(scaledInt(metrics, 28));
    new EmptyHint(m_table, tr("Open a timeline with Ctrl+O to see its incidents here."));
    connect(delegate, &IncidentDelegate::linkClicked, this,
            [this](const QModelIndex &index) { openIncident(index.row()); });
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { activateIncident(index.row()); });

    auto *problems = new QListView(this);
    problems->setObjectName(QStringLiteral("problems"));
    problems->setAccessibleName(tr("Problems"));
    problems->setModel(m_problems);
    problems->setWordWrap(true);
    problems->setFrameShape(QFrame::NoFrame);
    problems->setSpacing(scaledInt(metrics, 2));
    new EmptyHint(problems, tr("No problems. F5 checks again."));
    m_logView = new QListView(this);
    m_logView->setObjectName(QStringLiteral("runLog"));
    m_logView->setAccessibleName(tr("Run log"));
    m_logView->setModel(m_log);
    m_logView->setFrameShape(QFrame::NoFrame);
    m_logView->setUniformItemSizes(true);
    new EmptyHint(m_logView, tr("Nothing has been played yet. Space starts the run."));
    for (QListView *list : {problems, m_logView})
        connect(list, &QListView::activated, this, [this](const QModelIndex &index) {
            selectIncident(index.data(ProblemModel::IncidentRole).toInt());
        });

    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, tr("&Incidents"));
    m_tabs->addTab(problems, tr("&Problems"));
    m_tabs->addTab(m_logView, tr("Run &log"));

    m_view->setSelectionModel(m_selection);
    connect(m_view, &TimelineView::activated, this, &MainWindow::activateIncident);
    connect(m_view, &TimelineView::followingChanged, m_actions.follow, &QAction::setChecked);

    auto *stack = new QSplitter(Qt::Vertical, this);
    stack->setChildrenCollapsible(false);
    stack->addWidget(m_view);
    stack->addWidget(m_tabs);
    stack->setStretchFactor(0, 3);
    stack->setStretchFactor(1, 2);
    m_view->setMinimumHeight(scaledInt(metrics, 220));

    m_next = new NextPanel(m_actions.go, m_actions.skip, m_actions.fire, m_actions.stop, this);
    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    across->addWidget(stack);
    across->addWidget(m_next);
    across->setStretchFactor(0, 1);
    across->setSizes({scaledInt(metrics, 980), scaledInt(metrics, 300)});
    column->addWidget(across, 1);
    setCentralWidget(centre);
    m_view->setFocus();
}

void MainWindow::makeStatusBar()
{
    m_counts = new QLabel(this);
    m_limit = new QLabel(this);
    const int side = scaledInt(QFontMetricsF(font()), 8);
    for (QLabel *label : {m_counts, m_limit})
        label->setContentsMargins(side, 0, side, 0);
    statusBar()->addPermanentWidget(m_counts);
    statusBar()->addPermanentWidget(m_limit);
}

void MainWindow::showError(const QString &headline, const QString &sentence)
{
    m_message->showMessage(MessageBar::Kind::Error, headline, sentence);
}

bool MainWindow::openFile(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    if (m_run->isActive()) {
        showError(tr("A run is under way."), tr("Stop it before another timeline is opened."));
        return false;
    }
    if (const auto read = m_document->load(path); !read) {
        showError(tr("“%1” was not opened.").arg(name), read.error().toString());
        return false;
    }
    m_message->hide();
    return true;
}

bool MainWindow::openShipped(const QString &id)
{
    const QString path = DataPaths::timelinePath(id);
    if (path.isEmpty()) {
        showError(tr("There is no timeline “%1”.").arg(id),
                  tr("File, Open shipped lists those there are."));
        return false;
    }
    return openFile(path);
}

void MainWindow::showTimeline()
{
    m_model->setTimeline(m_document->timeline(), m_scenarios);
    m_actions.compact->setChecked(m_view->isCompact());
    m_log->clear();
    m_summary->hide();
    m_incidentBar->hide();
    updateHead();
    checkTimeline();
    backToStart();
}

void MainWindow::showChange(const TimelineChange &change)
{
    if (m_model->record().state() != RunState::Idle)
        forgetRun(); // what a run came to belongs to the timeline that was played
    m_model->applyChange(change, m_document->timeline(), m_scenarios);
    updateHead();
    m_checkTimer.start();
    updateNext();
    updateRunActions();
}

void MainWindow::updateHead()
{
    const Timeline &timeline = m_document->timeline();
    m_ofDuration->setText(tr("of %1").arg(timeText(timeline.duration())));
    setWindowTitle(tr("%1[*] – Timeline Orchestrator").arg(m_document->displayName()));
    setWindowFilePath(m_document->path());
    m_actions.reload->setEnabled(!m_document->path().isEmpty());
}

void MainWindow::checkTimeline()
{
    m_checkTimer.stop();
    const bool sandbox = m_run->target().isSandbox;
    QList<Problem> problems;
    if (!m_document->isUntouched())
        problems =
            validate(m_document->timeline(),
                     {m_scenarios, sandbox ? std::nullopt : std::optional<RateLimit>(RateLimit{}),
                      &m_document->file()});
    m_problems->setProblems(problems);
    const auto count = problems.size();
    m_tabs->setTabText(1, count > 0 ? tr("&Problems (%1)").arg(count) : tr("&Problems"));
    m_tabs->setTabIcon(1, hasErrors(problems) ? icon(Glyph::Error)
                          : count > 0         ? icon(Glyph::Warning)
                                              : QIcon());
    updateStatus();
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
    if (m_run->target().isSandbox) {
        m_limit->setText(tr("The sandbox has no limit"));
    } else {
        // At twice the speed twice as much of the timeline falls into a minute.
        const RateLimit limit;
        const auto window =
            std::chrono::milliseconds(qint64(double(limit.window.count()) * speed()));
        const int sends = busiestWindow(m_document->timeline(), m_scenarios, window).sends;
        m_limit->setText(tr("At most %1 sends in any 60 s (limit %2)").arg(sends).arg(limit.sends));
        if (sends > limit.sends)
            ink = theme.warning;
    }
    QPalette p = palette();
    p.setColor(QPalette::WindowText, ink);
    m_limit->setPalette(p);
}

void MainWindow::updateTargetChip()
{
    const Theme &theme = Theme::of(palette());
    const bool sandbox = m_run->target().isSandbox;
    m_targetChip->setText(tr("Target: %1").arg(m_run->targetName()));
    const QColor ink = sandbox ? theme.snap : theme.warning;
    const QColor back = mixed(theme.window, ink, sandbox ? 0.16 : 0.2);
    const QFontMetricsF metrics(font());
    m_targetChip->setStyleSheet(
        QStringLiteral("QToolButton { background: %1; border: 1px solid %2; border-radius: 3px; "
                       "padding: %4px %5px; color: %3; } "
                       "QToolButton:focus { border-width: 2px; }")
            .arg(back.name(), ink.name(), theme.text.name())
            .arg(scaledInt(metrics, 5))
            .arg(scaledInt(metrics, 8)));
}

void MainWindow::chooseFile()
{
    const QString folder =
        m_document->path().isEmpty() ? QString() : QFileInfo(m_document->path()).absolutePath();
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a timeline"), folder,
                                                      tr("Timelines (*.json);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void MainWindow::chooseTarget()
{
    TargetDialog dialog(m_run->target(), this);
    connect(&dialog, &TargetDialog::checkRequested, this, [this, &dialog](const Target &target) {
        const auto asked = m_run->check(target);
        if (!asked)
            dialog.showCheckFailed(asked.error());
    });
    connect(m_run, &RunController::targetChecked, &dialog, &TargetDialog::showHealth);
    if (dialog.exec() == QDialog::Accepted) {
        m_run->setTarget(dialog.target());
        updateTargetChip();
        checkTimeline();
    }
}

void MainWindow::selectIncident(int index)
{
    if (index >= 0 && index < m_model->rowCount()) {
        m_view->setCurrentIndex(index);
        m_view->ensureVisible(index);
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
    m_tabs->setCurrentWidget(m_table);
}

void MainWindow::openIncident(int index)
{
    const IncidentRun *run = m_model->run(index);
    if (!run || run->incidentId.isEmpty())
        return;
    if (m_model->record().target() == u"sandbox") {
        auto *dialog = new IncidentDialog(*run, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return;
    }
    const QSettings settings(settingsPath(), QSettings::IniFormat);
    QString page = settings
                       .value(QStringLiteral("incidentPage"),
                              QStringLiteral("http://localhost:3000/incidents/{id}"))
                       .toString();
    page.replace(QStringLiteral("{id}"),
                 QString::fromLatin1(QUrl::toPercentEncoding(run->incidentId)));
    if (!QDesktopServices::openUrl(QUrl(page)))
        showError(tr("The browser did not open."), tr("The page is %1").arg(page));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_run->isActive() &&
        QMessageBox::question(this, tr("A run is under way"),
                              tr("Stop the run and quit? What has been sent stays sent; nothing "
                                 "more will be."),
                              QMessageBox::Yes | QMessageBox::No,
                              QMessageBox::No) != QMessageBox::Yes) {
        event->ignore();
        return;
    }
    QSettings settings(settingsPath(), QSettings::IniFormat);
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    event->accept();
}

QString MainWindow::refusal(const QMimeData *mime) const
{
    const QList<QUrl> urls = mime->urls();
    if (urls.isEmpty())
        return tr("Only timeline files can be dropped here.");
    if (urls.size() > 1)
        return tr("Drop one timeline file at a time.");
    if (!urls[0].isLocalFile())
        return tr("%1 is not on this machine; save it to a file first.")
            .arg(urls[0].toDisplayString());
    const QFileInfo file(urls[0].toLocalFile());
    if (!file.isFile())
        return tr("“%1” is not a file.").arg(file.fileName());
    if (file.suffix().compare(QLatin1String("json"), Qt::CaseInsensitive) != 0)
        return tr("“%1” is not a timeline file; those end in .json.").arg(file.fileName());
    return {};
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    // What cannot be opened is taken as well: the drop says why it is refused.
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString sentence = refusal(event->mimeData());
    event->acceptProposedAction();
    if (sentence.isEmpty())
        openFile(event->mimeData()->urls().constFirst().toLocalFile());
    else
        showError(tr("That was not opened."), sentence);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Space plays, but a button that has the focus keeps its own Space.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space &&
        (qobject_cast<QAbstractButton *>(watched) || qobject_cast<QComboBox *>(watched)))
        event->accept();
    // The titles get what the other columns leave, but never less than they need to be read.
    if (event->type() == QEvent::Resize && m_table && watched == m_table->viewport()) {
        const QHeaderView *header = m_table->horizontalHeader();
        const int others = header->length() - header->sectionSize(IncidentTableModel::Title);
        m_table->setColumnWidth(
            IncidentTableModel::Title,
            std::max(scaledInt(QFontMetricsF(font()), 200), m_table->viewport()->width() - others));
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_limit) {
        updateTargetChip();
        updateStatus();
    }
}
