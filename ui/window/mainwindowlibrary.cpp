// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelineedits.h"
#include "app/timeline/timelinefile.h"
#include "ui/charts/metricspanel.h"
#include "ui/document/timelinedocument.h"
#include "ui/edit/editcommands.h"
#include "ui/library/librarypanel.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/models/selectedrows.h"
#include "ui/player/runcontroller.h"
#include "ui/player/runnowdialog.h"
#include "ui/properties/propertiespanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/mainwindow.h"

#include <QApplication>

void MainWindow::connectLibrary()
{
    connect(m_library, &LibraryPanel::insertRequested, this,
            [this](const TimelineFragment &fragment) {
                // Put there without the pointer, so its time comes next.
                m_edits->insertAtPlayhead(fragment);
                showProperties(true);
            });
    connect(m_library, &LibraryPanel::runRequested, this, &MainWindow::runScenario);
    connect(m_library, &LibraryPanel::openRequested, this, [this](const QString &path) {
        if (m_document->isUntouched()) {
            openFile(path);
        } else {
            openInNewWindow(path);
        }
    });
    connect(m_library, &LibraryPanel::newTimelineRequested, this,
            [this](const TimelineFragment &fragment) {
                Timeline timeline = TimelineFile().timeline();
                timeline.name = fragment.name;
                timeline = inserted(timeline, fragment, {}, {}, m_scenarios).timeline;
                if (m_document->isUntouched()) {
                    startWith(timeline);
                    return;
                }
                startInNewWindow(timeline);
            });
    connect(m_library, &LibraryPanel::libraryChanged, this, &MainWindow::reloadScenarios);
    connect(m_run, &RunController::scenariosListed, this,
            [this](const Target &target, const QList<Scenario> &scenarios) {
                // A target that was only tried in a dialog is not where incidents go.
                if (m_run->target().isSandbox || target.base != m_run->target().base ||
                    scenarios == m_serverScenarios) {
                    return;
                }
                m_serverScenarios = scenarios;
                loadScenarios();
            });
    m_library->setScenarios(m_scenarios);
}

void MainWindow::reloadScenarios()
{
    // Every window shows the user's scenarios.
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(widget)) {
            window->loadScenarios();
        }
    }
}

void MainWindow::loadScenarios()
{
    m_scenarios = ScenarioLibrary::standard();
    m_scenarios.addFromServer(m_serverScenarios);
    m_library->setScenarios(m_scenarios);
    m_model->refresh(m_document->timeline(), m_scenarios);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        m_view->setState(row, m_model->stateOf(row));
    }
    m_properties->refresh();
    checkTimeline();
    updateMetrics();
}

void MainWindow::askTargetForScenarios()
{
    if (!m_serverScenarios.isEmpty()) {
        m_serverScenarios.clear(); // they belong to the target before
        loadScenarios();
    }
    // Without an answer the library has what it has; a run says what is wrong with the target.
    if (!m_run->target().isSandbox) {
        (void)m_run->check(m_run->target());
    }
}

void MainWindow::runScenario(const QString &id)
{
    const Scenario *scenario = m_scenarios.find(id);
    if (!scenario) {
        return;
    }
    auto *dialog = new RunNowDialog(*scenario, m_scenarios, m_run->target(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::updateMetrics()
{
    if (!m_metrics->isVisible()) {
        return; // it asks when it is shown
    }
    const Rows rows = selectedRows(*m_selection, m_document->timeline().incidents.size());
    const int row = rows.empty() ? -1 : rows.front();
    if (row < 0) {
        m_metrics->clear(tr("Select an incident to see its metrics."));
        return;
    }
    const Incident &incident = m_document->timeline().incidents[row];
    if (incident.type == IncidentType::LlmGenerated) {
        if (const PinnedScenario *pinned = incident.pinned.scenario()) {
            m_metrics->setScenario(&pinned->scenario, pinned->seed.value_or(1));
        } else {
            m_metrics->clear(
                tr("A prompt has no metrics until a generator has made them (Ctrl+G)."));
        }
        return;
    }
    const Scenario *scenario = m_scenarios.find(incident.scenarioId);
    if (scenario) {
        m_metrics->setScenario(scenario, incident.seed.value_or(1));
    } else {
        m_metrics->clear(tr("There is no scenario “%1”.").arg(incident.scenarioId));
    }
}
