// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/model/severity.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <chrono>
#include <optional>

enum class MetricPattern { Constant, Linear, Spike, Oscillating, Step };
enum class Difficulty { Beginner, Intermediate, Advanced };
enum class MetricRole {
    Symptom,    ///< it deviates because of the cause
    RedHerring, ///< it deviates as well, and misleads
};

QString toString(MetricPattern pattern);
std::optional<MetricPattern> metricPatternFromString(const QString &text);
QString toString(Difficulty difficulty);
std::optional<Difficulty> difficultyFromString(const QString &text);
/** "symptom", "red_herring". */
QString toString(MetricRole role);
std::optional<MetricRole> metricRoleFromString(const QString &text);

/** One metric of a scenario; value and baseline are in `unit`, the deviation in sigma, signed. */
struct Metric
{
    QString name;
    double value = 0;
    double baseline = 0;
    double deviationSigma = 0;
    MetricPattern pattern = MetricPattern::Linear;
    QString unit;
    MetricRole role = MetricRole::Symptom;
    /** Why it has that role, for those who talk the incident over afterwards. May be empty. */
    QString reason = {};

    bool operator==(const Metric &) const = default;
};

/** From a moment of an incident on, some of its metrics go to other values. */
struct ScenarioPhase
{
    struct Target
    {
        /** The name of one of the scenario's metrics. */
        QString metric;
        /** In the metric's unit. */
        double value = 0;

        bool operator==(const Target &) const = default;
    };

    QString name;
    /** From the start of the incident, later than the phase before and before the end. */
    std::chrono::milliseconds at{0};
    /** For the audience, from this moment on. May be empty. */
    QString narration;
    /** Absent: as before. */
    std::optional<Severity> severity;
    /** Metrics that are not named stay on their way. */
    QList<Target> metrics;

    bool operator==(const ScenarioPhase &) const = default;
};

/** What an incident does to another service than its own, from its start to its end. */
struct ScenarioNeighbour
{
    QString service;
    QList<Metric> metrics;

    bool operator==(const ScenarioNeighbour &) const = default;
};

/** A predefined incident: its metrics, cause, context, and what the responder should find. */
struct Scenario
{
    enum class Origin { Shipped, User, Server, Generated };

    QString id;
    QString name;
    QString description;
    /** For an audience: what happens, without its cause. May be empty; never sent. */
    QString narration;
    QString service;
    Severity severity = Severity::Medium;
    Difficulty difficulty = Difficulty::Beginner;
    QStringList tags;
    int durationSeconds = 300;
    /** How long its metrics take to become usual again after its end; 0 … MaximumDelay. Absent:
     * DefaultRecovery. */
    std::optional<std::chrono::milliseconds> recovery;
    QList<Metric> metrics;
    /** By time. */
    QList<ScenarioPhase> phases;
    QList<ScenarioNeighbour> neighbours;
    QJsonObject context;
    QString rootCause;
    QStringList expectedActions;
    Origin origin = Origin::Shipped;
    QString path;

    bool operator==(const Scenario &) const = default;
};

/**
 * Returns the severity that the backend stores for these metrics: by the largest signed deviation,
 * 5 and more critical, 4 high, 3 medium, else low; high if there is no metric at all.
 */
Severity storedSeverity(const QList<Metric> &metrics);

/**
 * Returns what keeps the phases from being read, with a pointer into the scenario: one that is
 * outside of its duration or not later than the one before, or a metric that it doesn't have.
 */
Result<void> checkPhases(const Scenario &scenario);

/** Reads one scenario from the text of its file. Comments are accepted. */
Result<Scenario> parseScenario(const QByteArray &text);
/**
 * Returns the scenario in the spelling of the scenario files and of the incident API's detail
 * answer. What that one doesn't know is left out if it is empty or a default: narration, recovery,
 * phases, neighbours, and a metric's role and reason.
 */
QJsonObject toJson(const Scenario &scenario);
/** Reads either spelling; every field of the wrong type is an error. */
Result<Scenario> scenarioFromJson(const QJsonObject &object);
