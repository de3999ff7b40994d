// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/runrecord.h"
#include "app/timeline/timeline.h"

#include <QList>
#include <QString>
#include <vector>

class ScenarioLibrary;

/** An incident as the timeline shows it. */
struct SceneBlock
{
    enum class Pin : quint8 { None, Pinned, NotPinned };

    std::chrono::milliseconds start{0};
    std::chrono::milliseconds duration{0};
    QString title;
    int lane = 0;
    Severity severity = Severity::Medium;
    IncidentType type = IncidentType::Predefined;
    Pin pin = Pin::None;
    bool sends = true;
    bool hold = false;
    IncidentState state = IncidentState::Scheduled;
};

struct SceneLane
{
    QString service;
    int count = 0;
    bool muted = false;
    bool locked = false;
};

/** Everything that the timeline shows, taken from the timeline and its scenarios. */
struct TimelineScene
{
    std::vector<SceneBlock> blocks; ///< in file order
    std::vector<SceneLane> lanes;   ///< in the file's order, then as the services first appear
    std::vector<int> holds;         ///< blocks at which the run's clock stops, by time
    QList<Marker> markers;
    std::chrono::milliseconds duration{0};
};

TimelineScene buildScene(const Timeline &timeline, const ScenarioLibrary &scenarios);
