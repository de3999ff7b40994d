// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/documentviews.h"

#include "app/base/timetext.h"
#include "ui/document/timelinedocument.h"
#include "ui/edit/editcommands.h"
#include "ui/library/librarypanel.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runlogview.h"
#include "ui/player/runsession.h"
#include "ui/prompt/prompteditor.h"
#include "ui/properties/propertiespanel.h"
#include "ui/show/showviews.h"
#include "ui/source/sourceview.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/messagebar.h"
#include "ui/window/windowparts.h"

#include <QAction>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QMainWindow>
#include <QStatusBar>

DocumentViews::DocumentViews(QMainWindow &window, WindowParts &parts)
    : m_window(window)
    , m_parts(parts)
{
    const TimelineDocument *document = parts.document.get();
    connect(document, &TimelineDocument::opened, this, &DocumentViews::showTimeline);
    connect(document, &TimelineDocument::changed, this, &DocumentViews::showChange);
    connect(document, &TimelineDocument::modifiedChanged, &window, &QWidget::setWindowModified);
    connect(document, &TimelineDocument::pathChanged, this, &DocumentViews::showHead);
    connect(document, &TimelineDocument::lockedChanged, parts.docks->library,
            [library = parts.docks->library](bool locked) {
                library->setInsertEnabled(!locked);
                library->setRunEnabled(!locked);
            });
    connectModel();
    connectView();
    const EditCommands *edits = parts.edits.get();
    connect(edits, &EditCommands::inserted, this, &DocumentViews::showProperties);
    connect(edits, &EditCommands::markerInserted, this, &DocumentViews::editProperties);
    connect(edits, &EditCommands::refused, parts.message, &MessageBar::showError);
    connect(edits, &EditCommands::noticed, parts.message, &MessageBar::showNotice);
    ModeSwitcher *modes = parts.modeSwitcher.get();
    const LowerTabs *tabs = parts.tabs;
    connect(tabs->log(), &RunLogView::incidentChosen, modes, &ModeSwitcher::select);
    connect(tabs->source(), &SourceView::incidentEntered, modes, &ModeSwitcher::select);
    connect(tabs->problems(), &ProblemsTab::problemChosen, this, &DocumentViews::showProblem);
    connect(tabs->problems(), &ProblemsTab::checked, parts.status.get(),
            &WindowStatus::updateTimeline);
    connect(parts.incidentPages.get(), &IncidentPages::propertiesWanted, this,
            &DocumentViews::editProperties);
    connect(parts.scenarioSource.get(), &ScenarioSource::loaded, this, [this] {
        m_parts.tabs->problems()->check();
        m_parts.metrics->update();
    });
}

void DocumentViews::connectModel()
{
    const IncidentTableModel *model = m_parts.model.get();
    TimelineView *view = m_parts.view;
    connect(model, &IncidentTableModel::sceneReset, view,
            [model, view] { view->setScene(model->scene()); });
    connect(model, &IncidentTableModel::sceneChanged, view,
            [model, view] { view->updateScene(model->scene()); });
    connect(
        model, &IncidentTableModel::titlesChanged, view,
        [model, view](const std::vector<int> &rows) { view->updateTitles(model->scene(), rows); });
}

void DocumentViews::connectView()
{
    TimelineView *view = m_parts.view;
    connect(view, &TimelineView::playheadMoved, this,
            [this](TimelinePosition position) { m_parts.session->setIdlePosition(position); });
    connect(view, &TimelineView::hint, this,
            [this](const QString &sentence) { m_window.statusBar()->showMessage(sentence); });
    connect(view, &TimelineView::inserted, this, [this] {
        // A prompt that is still to be written is; anything else leaves the keys to the timeline.
        showProperties();
        m_parts.docks->properties->focusEmptyPrompt();
    });
    connect(view, &TimelineView::markerActivated, this, [this](int index) {
        m_parts.docks->properties->showMarker(index);
        showProperties();
    });
    connect(view, &TimelineView::repaired, this, [this](const QStringList &sentences) {
        m_parts.message->showNotice(tr("Dropped with repairs."), sentences.join(u' '));
    });
    const PropertiesPanel *properties = m_parts.docks->properties;
    connect(properties, &PropertiesPanel::done, view, [view] { view->setFocus(); });
    connect(properties, &PropertiesPanel::promptRequested, this,
            [this](const QString &incidentId, bool generates) {
                PromptEditor *editor = m_parts.prompts->open(incidentId);
                if (editor && generates) {
                    editor->generate();
                }
            });
}

void DocumentViews::showTimeline()
{
    m_parts.model->setTimeline(m_parts.document->timeline(), m_parts.scenarios);
    m_parts.actions.compact->setChecked(m_parts.view->isCompact());
    showHead();
    m_parts.tabs->problems()->check();
    m_parts.windowRun->backToStart();
    m_parts.metrics->update();
    m_parts.prompts->updateActions();
}

void DocumentViews::showChange(const TimelineChange &change)
{
    const bool hadRun = m_parts.session->hasRun();
    m_parts.model->applyChange(change, m_parts.document->timeline(), m_parts.scenarios);
    if (hadRun) {
        m_parts.windowRun->forget();
    }
    m_parts.docks->properties->follow(change);
    if (change.changesHead()) {
        showHead();
    }
    m_parts.tabs->problems()->checkSoon();
    if (change.changesIncidents()) {
        m_parts.metrics->update();
        m_parts.prompts->updateActions();
    }
}

void DocumentViews::showHead()
{
    const Timeline &timeline = m_parts.document->timeline();
    m_window.setWindowTitle(
        tr("%1[*] – Timeline Orchestrator").arg(m_parts.document->displayName()));
    m_window.setWindowFilePath(m_parts.document->path());
    m_parts.toolBars->setTimeline(timeline.name, timeText(timeline.duration()));
    m_parts.views->setTitle(timeline.name);
}

void DocumentViews::showProblem(const Problem &problem)
{
    m_parts.modeSwitcher->select(problem.incident);
    if (problem.incident < 0) {
        m_parts.selection->clearSelection();
    }
    showProperties();
    m_parts.docks->properties->focusField(problem.pointer.section(u'/', -1));
    m_parts.tabs->source()->showPointer(problem.pointer);
}

void DocumentViews::showProperties()
{
    m_parts.prompts->showTimeline();
    m_parts.docks->propertiesDock->show();
    m_parts.docks->propertiesDock->raise();
}

void DocumentViews::editProperties()
{
    showProperties();
    m_parts.docks->properties->focusFirstField();
}
