// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"
#include "app/model/tokencount.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <optional>

/**
 * A generated scenario that was accepted for an incident: it is sent as it is, without asking a
 * model again. As an object in the timeline file: scenario, prompt_sha256, generator, model,
 * generated_at, tokens {prompt, completion}, seed, insisted.
 */
struct PinnedScenario
{
    Scenario scenario;
    /** SHA-256 of the filled prompt that the scenario was generated from, in hex. */
    QString promptSha256;
    /** The name of the generator's profile. */
    QString generator;
    /** The model, as its endpoint calls it. May be empty. */
    QString model;
    /** UTC; invalid if the file does not say. */
    QDateTime generatedAt;
    TokenCount tokens;
    std::optional<qint64> seed;
    /** The user wants it sent although it breaks rules of kind E; "insisted" in the file. */
    bool acceptedWithErrors = false;

    bool operator==(const PinnedScenario &) const = default;
};

QJsonObject toJson(const PinnedScenario &pinned);
/** Returns the pinned scenario, or an error whose pointer is relative to the object. */
Result<PinnedScenario> pinnedFromJson(const QJsonObject &object);
