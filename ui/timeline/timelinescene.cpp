// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinescene.h"

#include "app/player/runplan.h"
#include "app/scenario/scenariolibrary.h"

#include <QHash>
#include <algorithm>

TimelineScene buildScene(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    TimelineScene scene;
    scene.markers = timeline.markers;
    scene.duration = timeline.duration();

    QHash<QString, int> laneOf;
    for (const Lane &lane : timeline.lanes) {
        if (laneOf.contains(lane.service))
            continue;
        laneOf.insert(lane.service, int(scene.lanes.size()));
        scene.lanes.push_back({lane.service, 0, lane.muted, lane.locked});
    }

    // First appearance means by time: a lane's place does not hang on the order of the file.
    std::vector<int> order(size_t(timeline.incidents.size()));
    for (size_t i = 0; i < order.size(); ++i)
        order[i] = int(i);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return timeline.incidents[a].delay < timeline.incidents[b].delay;
    });

    scene.blocks.resize(order.size());
    for (const int index : order) {
        const Incident &incident = timeline.incidents[index];
        const Scenario *scenario = incident.type == IncidentType::Predefined
                                       ? scenarios.find(incident.scenarioId)
                                       : nullptr;
        const QString service = effectiveService(incident, scenario);
        auto lane = laneOf.find(service);
        if (lane == laneOf.end()) {
            lane = laneOf.insert(service, int(scene.lanes.size()));
            scene.lanes.push_back({service, 0, false, false});
        }
        SceneLane &shown = scene.lanes[size_t(*lane)];
        ++shown.count;

        SceneBlock &block = scene.blocks[size_t(index)];
        block.start = incident.delay;
        block.duration = effectiveDuration(incident, scenario);
        block.title = displayTitle(incident, scenario);
        block.lane = *lane;
        block.severity = effectiveSeverity(incident, scenario);
        block.type = incident.type;
        if (incident.type == IncidentType::LlmGenerated)
            block.pin =
                incident.pinned.isEmpty() ? SceneBlock::Pin::NotPinned : SceneBlock::Pin::Pinned;
        block.sends = incident.enabled && !shown.muted;
        block.hold = incident.hold;
        if (block.hold)
            scene.holds.push_back(index);
    }
    return scene;
}
