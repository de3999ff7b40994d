// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/continuation.h"
#include "app/generation/generatorprofile.h"
#include "app/generation/scenariogenerator.h"

#include <functional>
#include <memory>

struct LlmEndpoint;

/** What an endpoint said when it was tried. */
struct ConnectionReport
{
    bool works = false;
    /** One sentence: what works, or exactly what is wrong and what to do about it. */
    QString sentence;
    /** Which kind of failure; meaningless if it works. */
    GenerationFailure::Kind failure = GenerationFailure::Kind::Unreachable;
    std::chrono::milliseconds roundTrip{0};
};

/**
 * Asks a model for scenarios, streaming: by the dialect of the profile, in the strictest mode that
 * the endpoint takes, retrying what may be retried, and asking once more if the answer breaks
 * rules of kind E.
 */
class LlmGenerator : public ScenarioGenerator
{
    Q_OBJECT

public:
    /** `budget` may be nullptr; else it outlives this, is asked before and told after each call. */
    LlmGenerator(const GeneratorProfile &profile, Clock &clock, GenerationBudget *budget = nullptr,
                 QObject *parent = nullptr);
    ~LlmGenerator() override;

    QString name() const override;
    GenerationJob *generate(const GenerationRequest &request) override;

    /** Makes a call of a few tokens, and answers once, in this thread. */
    void testConnection(const Continuation<ConnectionReport> &done);

    std::optional<int> requestsLeft() const override;

private:
    std::unique_ptr<LlmEndpoint> m_endpoint;
};
