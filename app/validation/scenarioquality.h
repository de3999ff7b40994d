// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QList>
#include <optional>

/** The origin of a scenario, as far as the rules care: those who wrote one by hand may differ.
 */
enum class ScenarioKind {
    Generated,  ///< by a model or the offline generator: a wrong severity is an error
    Predefined, ///< shipped, customised, or the server's: a wrong severity is a warning
};

/** One of the 18 rules broken at one place. */
struct QualityProblem
{
    enum class Kind { Error, Warning };

    int rule = 0; ///< 1 … 18
    Kind kind = Kind::Error;
    /** A whole sentence. */
    QString message;
    /** A pointer into the scenario's JSON: "/metrics/3/unit", "/severity". */
    QString pointer;
    /** The metric it is about, or -1. */
    int metric = -1;

    bool operator==(const QualityProblem &) const = default;
};

/** What one click does about a problem. */
struct QualityFix
{
    /** What the button says: "Use “count”". */
    QString label;
    Scenario scenario;
};

inline constexpr int QualityRules = 18;

QString toString(QualityProblem::Kind kind);
/** Returns the problems in the order of the rules. */
QList<QualityProblem> checkQuality(const Scenario &scenario, ScenarioKind kind);
bool hasErrors(const QList<QualityProblem> &problems);
/** 100 − 6 for each warning, never below 0; 0 with any error. */
int qualityScore(const QList<QualityProblem> &problems);
/** Absent where only the author can know what is meant. */
std::optional<QualityFix> fixFor(const QualityProblem &problem, const Scenario &scenario);

/** Returns what a rule asks for, in a few words: "A counter does not carry a rate unit". */
QString ruleTitle(int rule);
/** Returns what the scenario does right: "Severity critical matches the largest sigma, +6.4". */
QString rulePassed(int rule, const Scenario &scenario);
/** Returns the first words in a text that tell a model what to do; empty if there are none. */
QString instructionIn(const QString &text);
