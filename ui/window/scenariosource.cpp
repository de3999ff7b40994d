// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/scenariosource.h"

#include "ui/document/timelinedocument.h"
#include "ui/library/librarypanel.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/player/runcontroller.h"
#include "ui/properties/propertiespanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/window/windowparts.h"

ScenarioSource::ScenarioSource(WindowParts &parts)
    : m_parts(parts)
{
    connect(parts.run.get(), &RunController::scenariosListed, this,
            [this](const Target &target, const QList<Scenario> &scenarios) {
                // A target that was only tried in a dialog is not where incidents go.
                const Target &chosen = m_parts.run->target();
                if (chosen.isSandbox || target.base != chosen.base || scenarios == m_ofTarget) {
                    return;
                }
                m_ofTarget = scenarios;
                load();
            });
    parts.docks->library->setScenarios(parts.scenarios);
}

void ScenarioSource::load()
{
    m_parts.scenarios = ScenarioLibrary::standard();
    m_parts.scenarios.addFromServer(m_ofTarget);
    m_parts.docks->library->setScenarios(m_parts.scenarios);
    m_parts.model->refresh(m_parts.document->timeline(), m_parts.scenarios);
    for (int row = 0; row < m_parts.model->rowCount(); ++row) {
        m_parts.view->setState(row, m_parts.model->stateOf(row));
    }
    m_parts.docks->properties->refresh();
    Q_EMIT loaded();
}

void ScenarioSource::askTarget()
{
    if (!m_ofTarget.isEmpty()) {
        m_ofTarget.clear(); // they belong to the target before
        load();
    }
    // Without an answer the library has what it has; a run says what is wrong with the target.
    if (!m_parts.run->target().isSandbox) {
        (void)m_parts.run->check(m_parts.run->target());
    }
}
