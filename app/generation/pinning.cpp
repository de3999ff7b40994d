// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/pinning.h"

#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptfilling.h"

namespace {

/** The same for an incident whenever it is generated, and another for each prompt. */
qint64 stableSeed(const QString &prompt)
{
    constexpr int Digits = 6; // small enough to be read and typed
    constexpr int Base = 16;
    return promptSha256(prompt).left(Digits).toLongLong(nullptr, Base);
}

} // namespace

GenerationRequest requestFor(const Incident &incident, const Timeline &timeline,
                             std::optional<qint64> seed)
{
    GenerationRequest request;
    request.prompt = filledPrompt(incident, timeline);
    request.service = effectiveService(incident, nullptr);
    request.severity = effectiveSeverity(incident, nullptr);
    request.seed = incident.seed ? *incident.seed : seed.value_or(stableSeed(request.prompt));
    return request;
}

PinnedScenario pinnedFrom(const Generation &generation, const GenerationRequest &request)
{
    PinnedScenario pinned;
    pinned.scenario = generation.scenario;
    pinned.promptSha256 = promptSha256(request.prompt);
    pinned.generator = generation.generator;
    pinned.model = generation.model;
    pinned.generatedAt = generation.generatedAt;
    pinned.tokens = generation.tokens;
    pinned.seed = generation.seed;
    return pinned;
}

Generation generationOf(const PinnedScenario &pinned)
{
    Generation generation;
    generation.scenario = pinned.scenario;
    generation.generator = pinned.generator;
    generation.model = pinned.model;
    generation.generatedAt = pinned.generatedAt;
    generation.tokens = pinned.tokens;
    generation.seed = pinned.seed.value_or(0);
    return generation;
}
