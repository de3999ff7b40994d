// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"

#include <QObject>

/**
 * One generation in progress. Deletes itself after finished(), which comes exactly once and never
 * before the call that made the job returned.
 */
class GenerationJob : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /** Ends it with GenerationFailure::Cancelled; does nothing if it has ended. */
    virtual void cancel() = 0;

Q_SIGNALS:
    /** All of the text of the answer so far; it starts again with every attempt. */
    void textReceived(const QString &text);
    /** Something to tell the user: a retry, a wait, a re-ask, another mode. */
    void noted(const QString &sentence);
    void finished(const GenerationOutcome &outcome);
};

/** Makes scenarios from prompts. Lives in one thread, and so do its jobs. */
class ScenarioGenerator : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /** The profile's name. */
    virtual QString name() const = 0;
    /** Starts at once. The job belongs to this generator until it has finished. */
    virtual GenerationJob *generate(const GenerationRequest &request) = 0;
    /** Returns how many requests the provider said last that it will take; absent if it says
     * nothing. */
    virtual std::optional<int> requestsLeft() const { return std::nullopt; }
};
