// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"
#include "app/model/scenario.h"

#include <QList>
#include <QString>
#include <QStringList>

struct Timeline;
class ScenarioLibrary;

/** A service of the world, and the services that it calls. */
struct WorldService
{
    QString name;
    QStringList dependsOn;

    bool operator==(const WorldService &) const = default;
};

/** What an incident does to the metrics of its service. */
struct WorldIncident
{
    enum class Ending { AfterItsLength, Never };

    QString service;
    TimelinePosition start;
    /** Above 0: the time from its start to its end; the onset of its metrics is a part of it. */
    Duration length = std::chrono::minutes(5);
    /** How long its metrics take to become usual again after its end. */
    Duration recovery = std::chrono::seconds(60);
    Ending ending = Ending::AfterItsLength;
    /** Nothing is wrong: all metrics stay usual. */
    bool isControl = false;
    Severity severity = Severity::Medium;
    /** If there are none, errors and latency rise by the severity. */
    QList<Metric> metrics;
    /** In any order. */
    QList<ScenarioPhase> phases;
    QList<ScenarioNeighbour> neighbours;

    bool operator==(const WorldIncident &) const = default;
};

/** All that ServiceWorld computes its numbers from; a plain value. */
struct WorldPlan
{
    /** Services that only incidents name need not be listed. */
    QList<WorldService> services;
    /** In any order. */
    QList<WorldIncident> incidents;

    bool operator==(const WorldPlan &) const = default;
};

/**
 * Returns the world of a timeline: its lanes and the services of its incidents, and what each
 * incident that is sent does. The metrics of a prompt are those of its pinned scenario; a prompt
 * without one has none.
 */
WorldPlan worldPlanOf(const Timeline &timeline, const ScenarioLibrary &scenarios);
