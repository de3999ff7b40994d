// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"
#include "app/run/runrecord.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <vector>

class ScenarioLibrary;
class TimelineLayout;

/** An incident as the timeline shows it. */
struct SceneBlock
{
    enum class Pin : quint8 { None, Pinned, Stale, NotPinned };

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

    bool operator==(const SceneBlock &) const = default;
};

struct SceneLane
{
    QString service;
    int count = 0;
    bool muted = false;
    bool locked = false;
    bool collapsed = false;
};

/** When an earlier run sent an incident: a ghost beside its block. */
struct PastSend
{
    int block = -1;
    std::chrono::milliseconds at{0}; ///< on the timeline's clock
    IncidentState state = IncidentState::Created;
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

/**
 * `knownLanes` are services in the order in which lanes that the timeline does not list are shown;
 * others come behind them, by the time at which they first appear.
 */
TimelineScene buildScene(const Timeline &timeline, const ScenarioLibrary &scenarios,
                         const QStringList &knownLanes = {});

/** An incident by itself, in no lane of any timeline. */
SceneBlock buildBlock(const Incident &incident, const ScenarioLibrary &scenarios);

/** How much of the scene a change of some incidents concerns. */
enum class SceneEffect {
    None,
    Titles, ///< what blocks say, with whether their pins are stale
    Blocks,
    Lanes, ///< the scene has to be built again
};
/** Brings the blocks of these rows up to date; nothing is changed where that would change lanes. */
SceneEffect refreshBlocks(TimelineScene &scene, const std::vector<int> &rows,
                          const Timeline &timeline, const ScenarioLibrary &scenarios);

/** Gives the layout what it needs to know of the scene. */
void layOut(const TimelineScene &scene, TimelineLayout &layout);
