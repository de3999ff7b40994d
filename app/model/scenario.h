// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/model/severity.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

enum class MetricPattern { Constant, Linear, Spike, Oscillating, Step };
enum class Difficulty { Beginner, Intermediate, Advanced };

QString toString(MetricPattern pattern);
std::optional<MetricPattern> metricPatternFromString(const QString &text);
QString toString(Difficulty difficulty);
std::optional<Difficulty> difficultyFromString(const QString &text);

/** One metric of a scenario; value and baseline are in `unit`, the deviation in sigma, signed. */
struct Metric
{
    QString name;
    double value = 0;
    double baseline = 0;
    double deviationSigma = 0;
    MetricPattern pattern = MetricPattern::Linear;
    QString unit;

    bool operator==(const Metric &) const = default;
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
    QList<Metric> metrics;
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

/** Reads one scenario from the text of its file. Comments are accepted. */
Result<Scenario> parseScenario(const QByteArray &text);
/**
 * Returns the scenario in the spelling of the scenario files and of the incident API's detail
 * answer, which has no narration; that one is left out if it is empty.
 */
QJsonObject toJson(const Scenario &scenario);
/** Reads either spelling; every field of the wrong type is an error. */
Result<Scenario> scenarioFromJson(const QJsonObject &object);
