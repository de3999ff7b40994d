// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metricspanel.h"
#include "ui/commands/commandset.h"
#include "ui/dashboard/livemetrics.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/library/librarypanel.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemdelegate.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/nextpanel.h"
#include "ui/player/runactions.h"
#include "ui/player/runbars.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/player/speedbox.h"
#include "ui/player/targetchip.h"
#include "ui/properties/propertiespanel.h"
#include "ui/runs/runcommands.h"
#include "ui/settings/windowsettings.h"
#include "ui/show/checkpanel.h"
#include "ui/show/modeswitch.h"
#include "ui/show/operatorview.h"
#include "ui/show/planpanel.h"
#include "ui/show/showbar.h"
#include "ui/show/showviews.h"
#include "ui/show/showwatch.h"
#include "ui/source/sourceview.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/emptyhint.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QUndoView>
#include <QVBoxLayout>

void MainWindow::makeCentre()
{
    const QFontMetricsF metrics(font());
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_documents = new QTabBar(centre);
    column->addWidget(m_documents);
    column->addWidget(m_message);
    m_bars = new RunBars(*m_session, *m_model, *m_runActions, centre);
    column->addWidget(m_bars);

    makeTabs();
    auto *stack = new QSplitter(Qt::Vertical, this);
    stack->setObjectName(QStringLiteral("stack"));
    stack->setChildrenCollapsible(false);
    stack->addWidget(m_view);
    stack->addWidget(m_tabs);
    stack->setStretchFactor(0, 3);
    stack->setStretchFactor(1, 2);
    stack->setSizes({scaledInt(metrics, 560), scaledInt(metrics, 260)});
    m_view->setMinimumHeight(scaledInt(metrics, 220));
    m_modes = new QStackedWidget(centre);
    m_pages = new QStackedWidget(m_modes);
    m_operator = new OperatorView(*m_session, *m_runActions, m_model, m_selection, m_log, m_modes);
    auto *health = new HealthPanel(m_watch->check(), m_operator);
    m_operator->addPanel({}, health, 0);
    m_operator->addPanel(tr("Plan and reality"), new PlanPanel(*m_session, m_operator), 0);
    m_operator->addPanel({}, m_views->makeLiveMetrics(m_operator), 3);
    connect(m_session, &RunSession::recorded, health,
            [this, health] { health->setRun(m_session->record()); });
    connect(m_session, &RunSession::cleared, health,
            [this, health] { health->setRun(m_session->record()); });
    m_bars->offerAfterRun(m_runActions->toStart);
    for (QAction *action : m_runs->afterRun()) {
        m_bars->offerAfterRun(action);
    }
    m_operator->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_modes->addWidget(m_pages);
    m_modes->addWidget(m_operator);
    column->addWidget(m_modes, 1);
    makeDocuments(stack);
    setCentralWidget(centre);
    makeDocks();
    m_view->setFocus();
}

void MainWindow::makeTable()
{
    new EmptyHint(m_table, tr("Drag a scenario from the library onto the timeline, press I for an "
                              "incident from a prompt, or open a timeline with Ctrl+O."));
    connect(m_table, &IncidentTable::linkClicked, this, &MainWindow::openIncident);
    connect(m_table, &IncidentTable::rowActivated, this, &MainWindow::activateIncident);
    connect(m_table, &IncidentTable::menuRequested, this, &MainWindow::showContextMenu);
}

void MainWindow::makeTabs()
{
    const QFontMetricsF metrics(font());
    makeTable();
    m_metrics = new MetricsPanel(this);
    m_source = new SourceView(*m_document, this);

    m_problemView = new QListView(this);
    m_problemView->setObjectName(QStringLiteral("problems"));
    m_problemView->setAccessibleName(tr("Problems"));
    m_problemView->setModel(m_problems);
    m_problemView->setFrameShape(QFrame::NoFrame);
    auto *delegate = new ProblemDelegate(m_problemView);
    m_problemView->setItemDelegate(delegate);
    m_problemView->setMouseTracking(true);
    new EmptyHint(m_problemView, tr("No problems. They are looked for as you edit."));
    connect(m_problemView, &QListView::activated, this,
            [this](const QModelIndex &index) { showProblem(index.row()); });
    connect(m_problemView, &QListView::clicked, this,
            [this](const QModelIndex &index) { showProblem(index.row()); });
    connect(delegate, &ProblemDelegate::fixClicked, this,
            [this](const QModelIndex &index) { fixProblem(index.row()); });
    QAction *fix = m_commands->add(QStringLiteral("problem.fix"), tr("Problems"),
                                   tr("&Fix the problem"), {QKeySequence(tr("Ctrl+."))});
    CommandSet::keepWithin(fix, {m_problemView});
    connect(fix, &QAction::triggered, this,
            [this] { fixProblem(m_problemView->currentIndex().row()); });

    auto *log = new RunLogView(m_log, this);
    log->setObjectName(QStringLiteral("runLog"));
    connect(log, &RunLogView::incidentChosen, this, &MainWindow::selectIncident);

    auto *history = new QUndoView(m_document->undoStack(), this);
    history->setObjectName(QStringLiteral("history"));
    history->setAccessibleName(tr("History"));
    history->setEmptyLabel(tr("As it was opened"));
    history->setCleanIcon(icon(Glyph::Save));
    history->setFrameShape(QFrame::NoFrame);
    connect(m_document, &TimelineDocument::lockedChanged, history, &QWidget::setDisabled);

    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("lowerTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, tr("Inci&dents"));
    m_tabs->addTab(m_metrics, tr("&Metrics"));
    m_tabs->addTab(m_problemView, tr("Pro&blems"));
    m_tabs->addTab(log, tr("Run lo&g"));
    m_tabs->addTab(m_source, tr("&JSON"));
    m_tabs->addTab(history, tr("Histor&y"));
    m_tabs->setMinimumHeight(scaledInt(metrics, 120));
}

void MainWindow::makeDocks()
{
    const QFontMetricsF metrics(font());
    m_library = new LibraryPanel(this);
    m_properties = new PropertiesPanel(*m_document, *m_selection, m_scenarios, this);
    const auto add = [this](const char *name, const QString &title, QWidget *content,
                            Qt::DockWidgetArea area) {
        auto *dock = new QDockWidget(title, this);
        dock->setObjectName(QLatin1String(name));
        dock->setWidget(content);
        addDockWidget(area, dock);
        return dock;
    };
    m_libraryDock = add("libraryDock", tr("Library"), m_library, Qt::LeftDockWidgetArea);
    m_propertiesDock =
        add("propertiesDock", tr("Properties"), m_properties, Qt::RightDockWidgetArea);
    m_nextDock = add("nextDock", tr("Next"), new NextPanel(*m_session, *m_runActions, this),
                     Qt::RightDockWidgetArea);
    tabifyDockWidget(m_propertiesDock, m_nextDock);
    setTabPosition(Qt::RightDockWidgetArea, QTabWidget::North);
    m_propertiesDock->raise();
    resizeDocks({m_libraryDock, m_propertiesDock},
                {scaledInt(metrics, 282), scaledInt(metrics, 316)}, Qt::Horizontal);
}

void MainWindow::makeToolBar()
{
    const QFontMetricsF metrics(font());
    QToolBar *bar = addToolBar(tr("Tools"));
    m_toolBar = bar;
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const int side = scaledInt(metrics, 20);
    bar->setIconSize({side, side});
    const auto space = [&](int pixels) {
        auto *spacer = new QWidget(bar);
        spacer->setFixedWidth(scaledInt(metrics, pixels));
        bar->addWidget(spacer);
    };
    space(4);
    bar->addActions({m_files->newAction(), m_files->openAction(), m_files->saveAction()});
    bar->addSeparator();
    bar->addActions({m_commands->action(QStringLiteral("edit.undo")),
                     m_commands->action(QStringLiteral("edit.redo"))});
    bar->addSeparator();
    bar->addWidget(new ModeSwitch(*m_session, *m_runActions, bar));
    bar->addSeparator();
    bar->addActions({m_runActions->toStart, m_runActions->play, m_runActions->stop});
    space(8);

    m_clock = new ClockLabel(1.75, QStringLiteral("00:00:00.0"), bar);
    m_clock->setObjectName(QStringLiteral("clock"));
    m_clock->setSpoken(tr("Playhead at %1"));
    m_clock->setText(tenthsClockText({}));
    bar->addWidget(m_clock);
    space(6);
    m_ofDuration = new QLabel(bar);
    m_ofDuration->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_ofDuration);
    space(10);

    auto *speed = new SpeedBox(*m_session, bar);
    connect(speed, &SpeedBox::done, this, &MainWindow::focusRun);
    bar->addWidget(speed);
    auto *stretch = new QWidget(bar);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);
    bar->addActions(
        {m_actions.snap, m_actions.zoomOut, m_actions.zoomIn, m_actions.fit, m_actions.follow});
    space(8);
    bar->addAction(m_actions.palette);
    space(4);
    for (QToolButton *button :
         bar->findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)) {
        button->setFocusPolicy(Qt::TabFocus);
    }
    // A bar of its own: what finds no room in a tool bar goes from its end, and the target never.
    m_targetBar = addToolBar(tr("Target"));
    m_targetBar->setObjectName(QStringLiteral("targetBar"));
    m_targetBar->setMovable(false);
    m_targetBar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_targetBar->setIconSize(bar->iconSize());
    m_targetChip = new TargetChip(*m_session, m_runActions->target, m_targetBar);
    m_targetChip->setFocusPolicy(Qt::TabFocus);
    m_targetBar->addWidget(m_targetChip);
    m_showBar = new ShowBar(*m_session, *m_runActions, this);
    m_showBar->addTool(m_views->audienceAction());
    addToolBar(m_showBar);
    m_showBar->hide();
}

void MainWindow::makeStatusBar()
{
    m_counts = new QLabel(this);
    m_limit = new QLabel(this);
    m_autosaved = new QLabel(this);
    m_autosaved->setObjectName(QStringLiteral("autosaved"));
    m_autosaved->setForegroundRole(QPalette::PlaceholderText);
    m_journal = new QLabel(tr("Journal saved as it happens"), this);
    m_journal->setObjectName(QStringLiteral("journalSaved"));
    m_sleep = new QLabel(this);
    m_sleep->setObjectName(QStringLiteral("sleep"));
    for (QLabel *label : {m_sleep, m_journal}) {
        label->hide();
    }
    const int side = scaledInt(QFontMetricsF(font()), 8);
    for (QLabel *label : {m_counts, m_limit, m_sleep, m_journal, m_autosaved}) {
        label->setContentsMargins(side, 0, side, 0);
        statusBar()->addPermanentWidget(label);
    }
}

void MainWindow::restoreLayout()
{
    const QSettings settings = windowSettings();
    if (!restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray())) {
        const QFontMetricsF metrics(font());
        const QRect room = screen()->availableGeometry();
        // The frame comes on top of it.
        const int title = style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, this);
        resize(QSize(scaledInt(metrics, 1440), scaledInt(metrics, 880))
                   .boundedTo(room.size() - QSize(0, title)));
        if (width() == room.width()) {
            move(room.topLeft());
        }
    }
    restoreState(settings.value(QStringLiteral("layout")).toByteArray(), LayoutVersion);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayClose()) {
        event->ignore();
        return;
    }
    rememberLayout();
    m_views->closeAll();
    event->accept();
}

void MainWindow::rememberLayout()
{
    QSettings settings = windowSettings();
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("layout"), layoutToSave());
}
