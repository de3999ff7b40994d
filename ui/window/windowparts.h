// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/scenariolibrary.h"
#include "ui/window/documentviews.h"
#include "ui/window/incidentpages.h"
#include "ui/window/lowertabs.h"
#include "ui/window/modeswitcher.h"
#include "ui/window/pendingedits.h"
#include "ui/window/problemstab.h"
#include "ui/window/prompttabs.h"
#include "ui/window/recordedruns.h"
#include "ui/window/scenariosource.h"
#include "ui/window/selectionmetrics.h"
#include "ui/window/targetchoice.h"
#include "ui/window/windowactions.h"
#include "ui/window/windowcommands.h"
#include "ui/window/windowdocks.h"
#include "ui/window/windowfocus.h"
#include "ui/window/windowlayout.h"
#include "ui/window/windowmenus.h"
#include "ui/window/windowrun.h"
#include "ui/window/windowstatus.h"
#include "ui/window/windowtoolbars.h"
#include "ui/window/windowvoice.h"

#include <memory>

class CommandSet;
class EditCommands;
class ExportCommands;
class FileCommands;
class IncidentTable;
class IncidentTableModel;
class MessageBar;
class OperatorView;
class QItemSelectionModel;
class QMainWindow;
class QStackedWidget;
class QTabBar;
class RunActions;
class RunBars;
class RunCommands;
class RunController;
class RunKeys;
class RunLogModel;
class RunQuestions;
class RunSession;
class ShowViews;
class ShowWatch;
class TimelineDocument;
class TimelineView;

/**
 * What a window is made of, in the order in which it is built; the language takes it apart in
 * reverse. So a part may use those above it as long as it lives, and those below it once the window
 * is there. Plain pointers are widgets that stand in the `centre`, which owns them.
 */
struct WindowParts
{
    explicit WindowParts(QMainWindow &window);
    ~WindowParts();
    Q_DISABLE_COPY_MOVE(WindowParts)

    // The timeline, and its run.
    ScenarioLibrary scenarios;
    std::unique_ptr<TimelineDocument> document;
    std::unique_ptr<CommandSet> commands;
    std::unique_ptr<IncidentTableModel> model;
    std::unique_ptr<QItemSelectionModel> selection;
    std::unique_ptr<RunLogModel> log;
    std::unique_ptr<RunController> run;
    std::unique_ptr<RunSession> session;
    std::unique_ptr<RunActions> runActions;
    std::unique_ptr<RunQuestions> questions;
    std::unique_ptr<ShowWatch> watch;
    std::unique_ptr<ShowViews> views;

    // The views that commands act on.
    std::unique_ptr<QWidget> centre;
    TimelineView *view;
    IncidentTable *table;
    MessageBar *message;

    // The commands, and where they are offered.
    std::unique_ptr<FileCommands> files;
    std::unique_ptr<EditCommands> edits;
    std::unique_ptr<ExportCommands> exports;
    std::unique_ptr<RunCommands> runs;
    WindowActions actions;
    std::unique_ptr<WindowMenus> menus;
    std::unique_ptr<WindowToolBars> toolBars;
    std::unique_ptr<WindowStatus> status;

    // The views around the timeline.
    QTabBar *documents; ///< the timeline, then a tab for each open prompt
    RunBars *bars;
    LowerTabs *tabs;
    QStackedWidget *modes; ///< the pages, or the operator's view
    QStackedWidget *pages; ///< of the documents, in the order of their tabs
    OperatorView *operatorView;
    std::unique_ptr<WindowDocks> docks;

    // The controllers.
    std::unique_ptr<WindowLayout> layout;
    std::unique_ptr<PendingEdits> pending;
    std::unique_ptr<PromptTabs> prompts;
    std::unique_ptr<ModeSwitcher> modeSwitcher;
    std::unique_ptr<WindowRun> windowRun;
    std::unique_ptr<IncidentPages> incidentPages;
    std::unique_ptr<TargetChoice> targetChoice;
    std::unique_ptr<RecordedRuns> recordedRuns;
    std::unique_ptr<SelectionMetrics> metrics;
    std::unique_ptr<ScenarioSource> scenarioSource;
    std::unique_ptr<DocumentViews> documentViews;
    std::unique_ptr<WindowCommands> windowCommands;
    std::unique_ptr<WindowVoice> voice;
    std::unique_ptr<RunKeys> keys;
    std::unique_ptr<WindowFocus> focus;

private:
    void fillCentre(QMainWindow &window);
    void fillOperatorView();
};
