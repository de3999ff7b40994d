// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/runplan.h"
#include "ui/charts/metricspanel.h"
#include "ui/commands/commandset.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/icons.h"
#include "ui/library/librarypanel.h"
#include "ui/mainwindow.h"
#include "ui/models/incidentdelegate.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/problemdelegate.h"
#include "ui/models/problemmodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/nextpanel.h"
#include "ui/properties/propertiespanel.h"
#include "ui/settings/windowsettings.h"
#include "ui/source/sourceview.h"
#include "ui/text.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/clocklabel.h"
#include "ui/widgets/emptyhint.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
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
    m_message->setParent(centre);
    m_incidentBar = new MessageBar(centre);
    m_incidentBar->setObjectName(QStringLiteral("incidentBar"));
    m_summary = new MessageBar(centre);
    m_summary->setObjectName(QStringLiteral("summaryBar"));
    for (MessageBar *bar : {m_message, m_summary, m_incidentBar})
        column->addWidget(bar);

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
    m_pages = new QStackedWidget(centre);
    column->addWidget(m_pages, 1);
    makeDocuments(stack);
    setCentralWidget(centre);
    makeDocks();
    m_view->setFocus();
}

void MainWindow::makeTable()
{
    const QFontMetricsF metrics(font());
    m_table->setModel(m_model);
    m_table->setSelectionModel(m_selection);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
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
    new EmptyHint(m_table, tr("Drag a scenario from the library onto the timeline, press I for an "
                              "incident from a prompt, or open a timeline with Ctrl+O."));
    connect(delegate, &IncidentDelegate::linkClicked, this,
            [this](const QModelIndex &index) { openIncident(index.row()); });
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { activateIncident(index.row()); });
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &point) {
        showContextMenu(m_table->viewport()->mapToGlobal(point), m_table->indexAt(point).row());
    });
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

    m_logView = new QListView(this);
    m_logView->setObjectName(QStringLiteral("runLog"));
    m_logView->setAccessibleName(tr("Run log"));
    m_logView->setModel(m_log);
    m_logView->setFrameShape(QFrame::NoFrame);
    m_logView->setUniformItemSizes(true);
    new EmptyHint(m_logView, tr("Nothing has been played yet. Space starts the run."));
    connect(m_logView, &QListView::activated, this, [this](const QModelIndex &index) {
        selectIncident(index.data(RunLogModel::IncidentRole).toInt());
    });

    auto *history = new QUndoView(m_document->undoStack(), this);
    history->setObjectName(QStringLiteral("history"));
    history->setAccessibleName(tr("History"));
    history->setEmptyLabel(tr("As it was opened"));
    history->setCleanIcon(icon(Glyph::Save));
    history->setFrameShape(QFrame::NoFrame);
    connect(m_document, &TimelineDocument::lockedChanged, history, &QWidget::setDisabled);

    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, tr("Inci&dents"));
    m_tabs->addTab(m_metrics, tr("&Metrics"));
    m_tabs->addTab(m_problemView, tr("Pro&blems"));
    m_tabs->addTab(m_logView, tr("Run lo&g"));
    m_tabs->addTab(m_source, tr("&JSON"));
    m_tabs->addTab(history, tr("Histor&y"));
    m_tabs->setMinimumHeight(scaledInt(metrics, 120));
}

void MainWindow::makeDocks()
{
    const QFontMetricsF metrics(font());
    m_library = new LibraryPanel(this);
    m_properties = new PropertiesPanel(*m_document, *m_selection, m_scenarios, this);
    m_next = new NextPanel(m_actions.go, m_actions.skip, m_actions.fire, m_actions.stop, this);
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
    m_nextDock = add("nextDock", tr("Next"), m_next, Qt::RightDockWidgetArea);
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
    bar->addActions({m_actions.toStart, m_actions.play, m_actions.stop});
    space(8);

    m_clock = new ClockLabel(1.75, QStringLiteral("00:00:00.0"), bar);
    m_clock->setObjectName(QStringLiteral("clock"));
    m_clock->setText(tenthsClockText({}));
    bar->addWidget(m_clock);
    space(6);
    m_ofDuration = new QLabel(bar);
    m_ofDuration->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_ofDuration);
    space(10);

    m_speed = new QComboBox(bar);
    m_speed->setObjectName(QStringLiteral("speed"));
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("How fast the timeline is played: 0.1 to 1000 times its own pace"));
    m_speed->setEditable(true);
    m_speed->setInsertPolicy(QComboBox::NoInsert);
    m_speed->setMinimumWidth(scaledInt(metrics, 78));
    for (const double offered : OfferedSpeeds)
        m_speed->addItem(speedText(offered), offered);
    setSpeed(1);
    connect(m_speed, &QComboBox::activated, this,
            [this](int item) { setSpeed(m_speed->itemData(item).toDouble()); });
    connect(m_speed->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        bool read = false;
        QString text = m_speed->currentText();
        const double typed =
            QLocale().toDouble(text.remove(QChar(0xD7)).remove(u'x').trimmed(), &read);
        setSpeed(read ? typed : speed());
    });
    bar->addWidget(m_speed);

    auto *stretch = new QWidget(bar);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);
    bar->addActions(
        {m_actions.snap, m_actions.zoomOut, m_actions.zoomIn, m_actions.fit, m_actions.follow});
    space(8);
    bar->addAction(m_actions.palette);
    space(4);
    m_targetChip = new QToolButton(bar);
    m_targetChip->setObjectName(QStringLiteral("target"));
    m_targetChip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_targetChip->setIcon(icon(Glyph::Target));
    m_targetChip->setToolTip(tr("Choose where incidents are sent (Ctrl+T)"));
    connect(m_targetChip, &QToolButton::clicked, m_actions.target, &QAction::trigger);
    bar->addWidget(m_targetChip);
    space(6);
    updateTargetChip();
    for (QToolButton *button : bar->findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
}

void MainWindow::makeStatusBar()
{
    m_counts = new QLabel(this);
    m_limit = new QLabel(this);
    m_autosaved = new QLabel(this);
    m_autosaved->setObjectName(QStringLiteral("autosaved"));
    m_autosaved->setForegroundRole(QPalette::PlaceholderText);
    const int side = scaledInt(QFontMetricsF(font()), 8);
    for (QLabel *label : {m_counts, m_limit, m_autosaved}) {
        label->setContentsMargins(side, 0, side, 0);
        statusBar()->addPermanentWidget(label);
    }
}

void MainWindow::restoreLayout()
{
    const QSettings settings = windowSettings();
    if (!restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray()))
        resize(QSize(scaledInt(QFontMetricsF(font()), 1440), scaledInt(QFontMetricsF(font()), 880))
                   .boundedTo(screen()->availableSize() * 0.95));
    restoreState(settings.value(QStringLiteral("layout")).toByteArray(), LayoutVersion);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayClose()) {
        event->ignore();
        return;
    }
    QSettings settings = windowSettings();
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("layout"), layoutToSave());
    event->accept();
}
