// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runmodels.h"

#include "ui/models/incidenttablemodel.h"
#include "ui/models/runlogmodel.h"
#include "ui/player/runsession.h"

#include <algorithm>

void connectModels(RunSession &session, IncidentTableModel &incidents, RunLogModel &log)
{
    incidents.setRecord(&session.record());
    const auto refresh = [&session] { session.refresh(); };
    QObject::connect(&incidents, &IncidentTableModel::sceneReset, &session, refresh);
    QObject::connect(&incidents, &IncidentTableModel::sceneChanged, &session, refresh);
    QObject::connect(&incidents, &IncidentTableModel::titlesChanged, &session,
                     [&session](const std::vector<int> &rows) {
                         // What comes next has another title.
                         if (std::find(rows.begin(), rows.end(), session.nextIndex()) !=
                             rows.end()) {
                             session.refresh();
                         }
                     });
    QObject::connect(&session, &RunSession::recordChanged, &incidents,
                     &IncidentTableModel::showEvent);
    QObject::connect(&session, &RunSession::recordChanged, &log, &RunLogModel::append);
    QObject::connect(&session, &RunSession::recordReset, &incidents,
                     &IncidentTableModel::showNoRun);
    QObject::connect(&session, &RunSession::recordReset, &log, &RunLogModel::clear);
    QObject::connect(&session, &RunSession::ticked, &incidents, [&session, &incidents] {
        // It ticks as well when the playhead is moved without a run.
        if (session.isActive()) {
            incidents.setAge(session.age());
        }
    });
}
