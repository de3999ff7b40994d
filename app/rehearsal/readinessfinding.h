// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <chrono>

/** What went wrong with one incident under one fault, over all runs, and what would help. */
struct ReadinessFinding
{
    enum class Outcome {
        Lost,       ///< the program and the target disagree: a fault of the program
        Duplicated, ///< made more than once: a fault of the program
        Failed,
        Uncertain,
        Skipped,
        Late,       ///< created, but more than a second after its moment
        Unanalysed, ///< created, but the target's analysis failed
    };
    enum class Weight { Problem, Warning, Advice };

    Outcome outcome = Outcome::Failed;
    Weight severity = Weight::Problem;
    /** Index in file order. */
    int incident = 0;
    QString title;
    /** A fault's name, "rate-limit", "network-lost", "slow"; "none" where none was met. */
    QString fault;
    /** In how many runs it came to this. */
    int runs = 0;
    std::chrono::milliseconds worstLate{0};
    /** Two sentences for the user: what happened, and what would help. */
    QString sentence;
    QString advice;

    QJsonObject toJson() const;
};

QString toString(ReadinessFinding::Outcome outcome);
QString toString(ReadinessFinding::Weight severity);
/** As a user reads them. */
QString displayName(ReadinessFinding::Outcome outcome);
QString displayName(ReadinessFinding::Weight severity);
/** "lost network" for "network-lost"; the names of the sandbox's faults are explained likewise. */
QString displayFault(const QString &fault);
