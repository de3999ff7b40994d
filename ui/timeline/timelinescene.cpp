// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinescene.h"

#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptfilling.h"
#include "ui/timeline/timelinelayout.h"

#include <QHash>
#include <algorithm>

namespace {

/** Only what is pinned has its prompt filled and hashed, so many others cost nothing. */
SceneBlock::Pin pinOf(const Incident &incident, const Timeline *timeline)
{
    if (incident.type != IncidentType::LlmGenerated) {
        return SceneBlock::Pin::None;
    }
    if (incident.pinned.isEmpty()) {
        return SceneBlock::Pin::NotPinned;
    }
    return timeline && isStale(incident, *timeline) ? SceneBlock::Pin::Stale
                                                    : SceneBlock::Pin::Pinned;
}

SceneBlock blockFor(const Incident &incident, const Scenario *scenario, int lane, bool muted,
                    const Timeline *timeline)
{
    SceneBlock block;
    block.start = incident.delay;
    block.duration = effectiveDuration(incident, scenario);
    block.title = displayTitle(incident, scenario);
    block.lane = lane;
    block.severity = effectiveSeverity(incident, scenario);
    block.type = incident.type;
    block.pin = pinOf(incident, timeline);
    block.sends = incident.enabled && !muted;
    block.hold = incident.hold;
    return block;
}

void collectHolds(TimelineScene &scene)
{
    scene.holds.clear();
    for (size_t row = 0; row < scene.blocks.size(); ++row) {
        if (scene.blocks[row].hold) {
            scene.holds.push_back(int(row));
        }
    }
    std::stable_sort(scene.holds.begin(), scene.holds.end(), [&](int a, int b) {
        return scene.blocks[size_t(a)].start < scene.blocks[size_t(b)].start;
    });
}

} // namespace

TimelineScene buildScene(const Timeline &timeline, const ScenarioLibrary &scenarios,
                         const QStringList &knownLanes)
{
    TimelineScene scene;
    scene.markers = timeline.markers;
    scene.duration = timeline.duration();

    QHash<QString, int> laneOf;
    for (const Lane &lane : timeline.lanes) {
        if (laneOf.contains(lane.service)) {
            continue;
        }
        laneOf.insert(lane.service, int(scene.lanes.size()));
        scene.lanes.push_back({lane.service, 0, lane.muted, lane.locked, lane.collapsed});
    }

    std::vector<const Scenario *> scenarioAt(size_t(timeline.incidents.size()));
    std::vector<QString> serviceAt(scenarioAt.size());
    QHash<QString, qint64> firstAt; // of services that the timeline does not list
    for (size_t row = 0; row < scenarioAt.size(); ++row) {
        const Incident &incident = timeline.incidents[qsizetype(row)];
        scenarioAt[row] = scenarioOf(incident, scenarios);
        serviceAt[row] = effectiveService(incident, scenarioAt[row]);
        if (laneOf.contains(serviceAt[row])) {
            continue;
        }
        const auto first = firstAt.find(serviceAt[row]);
        if (first == firstAt.end()) {
            firstAt.insert(serviceAt[row], incident.delay.count());
        } else {
            *first = std::min(*first, qint64(incident.delay.count()));
        }
    }
    const auto addLane = [&](const QString &service) {
        laneOf.insert(service, int(scene.lanes.size()));
        scene.lanes.push_back({service, 0, false, false, false});
    };
    for (const QString &known : knownLanes) {
        if (firstAt.remove(known)) {
            addLane(known);
        }
    }
    // First appearance means by time: a lane's place does not hang on the order of the file.
    QStringList others = firstAt.keys();
    std::sort(others.begin(), others.end(), [&](const QString &a, const QString &b) {
        return std::pair(firstAt.value(a), a) < std::pair(firstAt.value(b), b);
    });
    for (const QString &service : others) {
        addLane(service);
    }

    scene.blocks.reserve(scenarioAt.size());
    for (size_t row = 0; row < scenarioAt.size(); ++row) {
        const int lane = laneOf.value(serviceAt[row]);
        SceneLane &shown = scene.lanes[size_t(lane)];
        ++shown.count;
        scene.blocks.push_back(blockFor(timeline.incidents[qsizetype(row)], scenarioAt[row], lane,
                                        shown.muted, &timeline));
    }
    collectHolds(scene);
    return scene;
}

SceneBlock buildBlock(const Incident &incident, const ScenarioLibrary &scenarios)
{
    return blockFor(incident, scenarioOf(incident, scenarios), 0, false, nullptr);
}

SceneEffect refreshBlocks(TimelineScene &scene, const std::vector<int> &rows,
                          const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    SceneEffect effect = SceneEffect::None;
    std::vector<SceneBlock> fresh;
    fresh.reserve(rows.size());
    for (const int row : rows) {
        const Incident &incident = timeline.incidents[row];
        const Scenario *scenario = scenarioOf(incident, scenarios);
        const int lane = scene.blocks[size_t(row)].lane;
        const SceneLane &shown = scene.lanes[size_t(lane)];
        if (effectiveService(incident, scenario) != shown.service) {
            return SceneEffect::Lanes;
        }
        fresh.push_back(blockFor(incident, scenario, lane, shown.muted, &timeline));
        const SceneBlock &before = scene.blocks[size_t(row)];
        fresh.back().state = before.state;
        if (before == fresh.back()) {
            continue;
        }
        SceneBlock titled = before;
        titled.title = fresh.back().title;
        titled.pin = fresh.back().pin;
        effect =
            std::max(effect, titled == fresh.back() ? SceneEffect::Titles : SceneEffect::Blocks);
    }
    if (effect == SceneEffect::None) {
        return effect;
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        scene.blocks[size_t(rows[i])] = std::move(fresh[i]);
    }
    if (effect == SceneEffect::Blocks) {
        collectHolds(scene);
    }
    return effect;
}

void layOut(const TimelineScene &scene, TimelineLayout &layout)
{
    std::vector<LayoutItem> items;
    items.reserve(scene.blocks.size());
    for (const SceneBlock &block : scene.blocks) {
        items.push_back(
            {block.start.count(), block.duration.count(), block.lane, quint8(block.severity)});
    }
    std::vector<bool> collapsed;
    collapsed.reserve(scene.lanes.size());
    for (const SceneLane &lane : scene.lanes) {
        collapsed.push_back(lane.collapsed);
    }
    layout.setItems(std::move(items), int(scene.lanes.size()), scene.duration.count(), collapsed);
}
