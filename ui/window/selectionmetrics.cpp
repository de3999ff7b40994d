// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/selectionmetrics.h"

#include "app/library/scenariolibrary.h"
#include "ui/charts/metricspanel.h"
#include "ui/document/timelinedocument.h"
#include "ui/models/selectedrows.h"

#include <QItemSelectionModel>

SelectionMetrics::SelectionMetrics(MetricsPanel &panel, const TimelineDocument &document,
                                   const QItemSelectionModel &selection,
                                   const ScenarioLibrary &scenarios)
    : m_metrics(panel)
    , m_document(document)
    , m_selection(selection)
    , m_scenarios(scenarios)
{
    connect(&panel, &MetricsPanel::shown, this, &SelectionMetrics::update);
    connect(&selection, &QItemSelectionModel::selectionChanged, this, &SelectionMetrics::update);
}

void SelectionMetrics::update()
{
    if (!m_metrics.isVisible()) {
        return; // it asks when it is shown
    }
    const Rows rows = selectedRows(m_selection, m_document.timeline().incidents.size());
    const int row = rows.empty() ? -1 : rows.front();
    if (row < 0) {
        m_metrics.clear(tr("Select an incident to see its metrics."));
        return;
    }
    const Incident &incident = m_document.timeline().incidents[row];
    if (incident.type == IncidentType::LlmGenerated) {
        if (const PinnedScenario *pinned = incident.pinned.scenario()) {
            m_metrics.setScenario(&pinned->scenario, pinned->seed.value_or(1));
        } else {
            m_metrics.clear(
                tr("A prompt has no metrics until a generator has made them (Ctrl+G)."));
        }
        return;
    }
    const Scenario *scenario = m_scenarios.find(incident.scenarioId);
    if (scenario) {
        m_metrics.setScenario(scenario, incident.seed.value_or(1));
    } else {
        m_metrics.clear(tr("There is no scenario “%1”.").arg(incident.scenarioId));
    }
}
