// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/engine/runplan.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/timelinefile.h"

#include <QFile>

inline const ScenarioLibrary &testLibrary()
{
    static const ScenarioLibrary library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    return library;
}

inline RunPlan planOf(const QByteArray &timeline)
{
    return *planRun(TimelineFile::parse(timeline, {})->timeline(), testLibrary());
}

inline RunPlan shippedPlan(const QString &name)
{
    QFile file(QStringLiteral(PROJECT_SOURCE_DIR "/timelines/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("a shipped timeline is missing");
    }
    return planOf(file.readAll());
}

/** One predefined incident, started by its id, or in full with a token of its own. */
inline RunPlan singlePlan(bool asQuickIncident)
{
    RunPlan plan = planOf(R"({"name": "One", "incidents": [
        {"delay_seconds": 1, "type": "predefined", "scenario_id": "pod_crash_loop"}]})");
    plan.target.preferQuickIncident = asQuickIncident;
    return plan;
}

/** `count` incidents with `seconds` between them. */
inline RunPlan rowPlan(int count, double seconds)
{
    QByteArrayList incidents;
    for (int i = 0; i < count; ++i) {
        incidents.append("{\"delay_seconds\": " + QByteArray::number(i * seconds) +
                         ", \"type\": \"predefined\", \"scenario_id\": \"pod_crash_loop\", "
                         "\"title\": \"Number " +
                         QByteArray::number(i + 1) + "\"}");
    }
    return planOf("{\"name\": \"Row\", \"incidents\": [" + incidents.join(", ") + "]}");
}
