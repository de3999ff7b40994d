// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmgenerator.h"

#include "app/generation/llmjob.h"
#include "app/generation/llmprobe.h"

LlmGenerator::LlmGenerator(const GeneratorProfile &profile, Clock &clock, GenerationBudget *budget,
                           QObject *parent)
    : ScenarioGenerator(parent)
    , m_endpoint(std::make_unique<LlmEndpoint>(profile, clock, budget))
{}

LlmGenerator::~LlmGenerator()
{
    // They use the endpoint, which would go before the children of an object do.
    qDeleteAll(findChildren<LlmJob *>(Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<LlmProbe *>(Qt::FindDirectChildrenOnly));
}

QString LlmGenerator::name() const
{
    return m_endpoint->profile.name;
}

GenerationJob *LlmGenerator::generate(const GenerationRequest &request)
{
    return new LlmJob(*m_endpoint, request, this);
}

void LlmGenerator::testConnection(const Continuation<ConnectionReport> &done)
{
    new LlmProbe(*m_endpoint, done, this);
}

std::optional<int> LlmGenerator::requestsLeft() const
{
    return m_endpoint->requestsLeft;
}
