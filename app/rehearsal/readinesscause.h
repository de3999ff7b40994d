// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rehearsal/readinessfinding.h"

#include <QMap>

/**
 * What can spoil a show, over all incidents and all faults of its kind: what a presenter acts upon,
 * where findings are the evidence.
 */
struct ReadinessCause
{
    /** "rate-limit", "others-limit", "network-lost", "target-down", "no-answer", "answer-lost",
     * "server-error", "refused", "no-analysis", "program", "other". */
    QString id;
    /** The heaviest of its findings. */
    ReadinessFinding::Weight severity = ReadinessFinding::Weight::Advice;
    /** How often it came to what, over all incidents and runs. */
    QMap<ReadinessFinding::Outcome, int> outcomes;
    /** Of its findings, in file order. */
    QList<int> incidents;
    std::chrono::milliseconds worstLate{0};
    /** A line that names it, and one or more sentences on what happened and what would help. */
    QString name;
    QString sentence;
    QString advice;

    /** How often it came to anything. */
    int times() const;
    /** "12 failed, 3 uncertain". */
    QString outcomeText() const;
    QJsonObject toJson() const;
};

/** The id of the cause that a finding belongs to. */
QString causeOf(const ReadinessFinding &finding);
/** The heaviest first, then the most frequent. */
QList<ReadinessCause> causesOf(const QList<ReadinessFinding> &findings);
