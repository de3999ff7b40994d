// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowparts.h"

#include "ui/commands/commandset.h"
#include "ui/dashboard/livemetrics.h"
#include "ui/document/filecommands.h"
#include "ui/document/timelinedocument.h"
#include "ui/edit/editcommands.h"
#include "ui/export/exportcommands.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/incidenttable.h"
#include "ui/player/runactions.h"
#include "ui/player/runbars.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runmodels.h"
#include "ui/player/runsession.h"
#include "ui/runs/runcommands.h"
#include "ui/show/checkpanel.h"
#include "ui/show/operatorview.h"
#include "ui/show/planpanel.h"
#include "ui/show/runkeys.h"
#include "ui/show/runquestions.h"
#include "ui/show/showviews.h"
#include "ui/show/showwatch.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QCoreApplication>
#include <QItemSelectionModel>
#include <QMainWindow>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace {

struct PartWords
{
    Q_DECLARE_TR_FUNCTIONS(WindowParts)
};

TimelineView *newView(TimelineDocument &document, const ScenarioLibrary &scenarios,
                      QItemSelectionModel *selection, QWidget *parent)
{
    auto *view = new TimelineView(parent);
    view->controller().setScenarios(&scenarios);
    view->controller().setDocument(&document);
    view->selection().setModel(selection);
    return view;
}

} // namespace

WindowParts::WindowParts(QMainWindow &window)
    : scenarios(ScenarioLibrary::standard())
    , document(std::make_unique<TimelineDocument>())
    , commands(std::make_unique<CommandSet>(&window))
    , model(std::make_unique<IncidentTableModel>())
    , selection(std::make_unique<QItemSelectionModel>(model.get()))
    , log(std::make_unique<RunLogModel>())
    , run(std::make_unique<RunController>())
    , session(std::make_unique<RunSession>(*document, scenarios, *run))
    , runActions(std::make_unique<RunActions>(*session, *commands, nullptr))
    , questions(std::make_unique<RunQuestions>(*session, &window))
    , watch(std::make_unique<ShowWatch>(*session, *run, *document, scenarios, &window))
    , views(std::make_unique<ShowViews>(*session, *commands, &window))
    , centre(std::make_unique<QWidget>(&window))
    , view(newView(*document, scenarios, selection.get(), centre.get()))
    , table(new IncidentTable(model.get(), selection.get(), centre.get()))
    , message(new MessageBar(centre.get()))
    , files(std::make_unique<FileCommands>(*document, *commands, *message, &window))
    , edits(std::make_unique<EditCommands>(EditCommands::Place{document.get(), model.get(),
                                                               selection.get(), view, &scenarios,
                                                               table},
                                           *commands, &window))
    , exports(std::make_unique<ExportCommands>(*document, scenarios, *commands, &window))
    , runs(std::make_unique<RunCommands>(*commands, *document, scenarios, *view, *run, &window))
    , actions(*commands)
    , menus(std::make_unique<WindowMenus>(window, *this))
    , toolBars(std::make_unique<WindowToolBars>(window, *this))
    , status(std::make_unique<WindowStatus>(window, *this))
    , documents(new QTabBar(centre.get()))
    , bars(new RunBars(*session, *model, *runActions, centre.get()))
    , tabs(new LowerTabs(*this, centre.get()))
    , modes(new QStackedWidget(centre.get()))
    , pages(new QStackedWidget(modes))
    , operatorView(
          new OperatorView(*session, *runActions, model.get(), selection.get(), log.get(), modes))
{
    connectModels(*session, *model, *log);
    fillOperatorView();
    fillCentre(window);
    docks = std::make_unique<WindowDocks>(window, *this);
    menus->offerPanels(docks->all());
    layout = std::make_unique<WindowLayout>(window, *docks);
    pending = std::make_unique<PendingEdits>(window, *docks->properties, *tabs->source());
    prompts = std::make_unique<PromptTabs>(window, *this);
    modeSwitcher = std::make_unique<ModeSwitcher>(*this);
    windowRun = std::make_unique<WindowRun>(window, *this);
    incidentPages = std::make_unique<IncidentPages>(window, *this);
    targetChoice = std::make_unique<TargetChoice>(*run, window);
    recordedRuns = std::make_unique<RecordedRuns>(window, *this);
    metrics =
        std::make_unique<SelectionMetrics>(*tabs->metrics(), *document, *selection, scenarios);
    scenarioSource = std::make_unique<ScenarioSource>(*this);
    documentViews = std::make_unique<DocumentViews>(window, *this);
    windowCommands = std::make_unique<WindowCommands>(window, *this);
    voice = std::make_unique<WindowVoice>(window, *this);
    keys = std::make_unique<RunKeys>(*session, *runActions, &window);
    focus = std::make_unique<WindowFocus>(window, *this);
}

WindowParts::~WindowParts() = default;

void WindowParts::fillCentre(QMainWindow &window)
{
    const QFontMetricsF font(window.font());
    table->setObjectName(QStringLiteral("incidents"));
    message->setObjectName(QStringLiteral("messageBar"));

    auto *stack = new QSplitter(Qt::Vertical, centre.get());
    stack->setObjectName(QStringLiteral("stack"));
    stack->setChildrenCollapsible(false);
    stack->addWidget(view);
    stack->addWidget(tabs);
    stack->setStretchFactor(0, 3);
    stack->setStretchFactor(1, 2);
    stack->setSizes({scaledInt(font, 560), scaledInt(font, 260)});
    view->setMinimumHeight(scaledInt(font, 220));
    pages->addWidget(stack);
    modes->addWidget(pages);
    modes->addWidget(operatorView);

    auto *column = new QVBoxLayout(centre.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(documents);
    column->addWidget(message);
    column->addWidget(bars);
    column->addWidget(modes, 1);
    window.setCentralWidget(centre.get());
}

void WindowParts::fillOperatorView()
{
    auto *health = new HealthPanel(watch->check(), operatorView);
    operatorView->addPanel({}, health, 0);
    operatorView->addPanel(PartWords::tr("Plan and reality"), new PlanPanel(*session, operatorView),
                           0);
    operatorView->addPanel({}, views->makeLiveMetrics(operatorView), 3);
    const auto showHealth = [this, health] { health->setRun(session->record()); };
    QObject::connect(session.get(), &RunSession::recorded, health, showHealth);
    QObject::connect(session.get(), &RunSession::cleared, health, showHealth);
    bars->offerAfterRun(runActions->toStart);
    for (QAction *action : runs->afterRun()) {
        bars->offerAfterRun(action);
    }
    operatorView->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
}
