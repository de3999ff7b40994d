// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/generation/generation.h"

#include <QByteArray>
#include <QUrl>
#include <chrono>
#include <optional>

/** One way of making scenarios from prompts, as the user set it up. */
struct GeneratorProfile
{
    enum class Kind {
        Offline,   ///< the built-in generator: no network, no model
        OpenAi,    ///< Chat Completions, of OpenAI or any compatible server
        Anthropic, ///< Messages
        Ollama,    ///< /api/chat
        Backend,   ///< only the prompt is sent; what comes of it is the incident API's business
    };

    /** Unique; what --generator and the pins name. */
    QString name;
    Kind kind = Kind::Offline;
    /** OpenAi: with /v1; others: the bare origin. No trailing slash. */
    QUrl base;
    QString model;
    /** Secret: never logged, shown, stored in a file, or sent to another host than base's. */
    QByteArray key;
    /** The user's word that a key may cross a network in the clear. Loopback never needs it. */
    bool allowPlainHttp = false;
    /** The longest answer, in tokens. */
    int maximumTokens = 2000;
    /** Left out of requests where absent: some models refuse it. */
    std::optional<double> temperature;
    /** For one answer from its request to its end. */
    std::chrono::milliseconds deadline{60000};
    /** What the provider takes; 0 means no limit is known. */
    int requestsPerMinute = 0;
    /** Calls under way at a time. 1 … 16. */
    int parallel = 4;
    /** In the user's currency for a million tokens; absent: cost is unknown. */
    std::optional<double> promptPrice;
    std::optional<double> completionPrice;

    bool operator==(const GeneratorProfile &) const = default;

    bool usesNetwork() const { return kind != Kind::Offline && kind != Kind::Backend; }
    /** Absent where a price is unknown. */
    std::optional<double> costOf(const TokenCount &tokens) const;
};

/** "offline", "openai", "anthropic", "ollama", "backend". */
QString toString(GeneratorProfile::Kind kind);
std::optional<GeneratorProfile::Kind> generatorKindFromString(const QString &text);

/** What may be spent, and what was. Limits of 0 mean none. */
struct GenerationBudget
{
    qint64 maximumTokens = 0;
    double maximumCost = 0;
    TokenCount spent;
    double spentCost = 0;

    /** An error, which names what is left, where the next call could exceed a limit. */
    Result<void> admits(const GeneratorProfile &profile, const TokenCount &atMost) const;
    void spend(const GeneratorProfile &profile, const TokenCount &tokens);
};
