// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"
#include "app/model/timeline.h"

#include <QJsonObject>

/**
 * A generated scenario that was accepted for an incident: it is sent as it is, without asking a
 * model again. As an object in the timeline file: scenario, prompt_sha256, generator, model,
 * generated_at, tokens {prompt, completion}, seed.
 */
struct PinnedScenario
{
    Scenario scenario;
    /** Hex. */
    QString promptSha256;
    QString generator;
    QString model;
    QDateTime generatedAt;
    TokenCount tokens;
    std::optional<qint64> seed;
    /** The user wants it sent although it breaks rules of kind E; as "insisted" in the file. */
    bool isInsistedOn = false;

    bool operator==(const PinnedScenario &) const = default;
};

QJsonObject toJson(const PinnedScenario &pinned);
/** The error's pointer is relative to the object. */
Result<PinnedScenario> pinnedFromJson(const QJsonObject &object);
/** The prompt's variables filled from the incident, the timeline, its service and its severity. */
QString filledPrompt(const Incident &incident, const Timeline &timeline);
/** SHA-256 of the filled prompt, in hex. */
QString promptSha256(const QString &filledPrompt);
/** `request` is what it was generated from. */
PinnedScenario pinnedFrom(const Generation &generation, const GenerationRequest &request);
/** What a pin keeps of how it was made. */
Generation generationOf(const PinnedScenario &pinned);
/** The prompt that it was made from is not the incident's any more. False without a pin. */
bool isStale(const Incident &incident, const Timeline &timeline);
/** What a generator is asked for this incident; `seed` for those that have none of their own. */
GenerationRequest requestFor(const Incident &incident, const Timeline &timeline,
                             std::optional<qint64> seed = {});
