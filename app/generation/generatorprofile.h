// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/generation/generation.h"

#include <QByteArray>
#include <QUrl>
#include <chrono>
#include <optional>

/** One way of generating scenarios from prompts, as the user set it up. */
struct GeneratorProfile
{
    enum class Kind {
        Offline,   ///< the built-in generator: no network, no model
        OpenAi,    ///< Chat Completions, of OpenAI or any compatible server
        Anthropic, ///< Messages
        Ollama,    ///< /api/chat
        Backend,   ///< only the prompt is sent; the incident API does with it what it likes
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
    /** Absent: it is left out of requests, since some models refuse it. */
    std::optional<double> temperature;
    /** The time from a request to the end of its answer. */
    std::chrono::milliseconds deadline{60000};
    /** The provider's limit; 0 if none is known. */
    int requestsPerMinute = 0;
    /** Calls in progress at a time. 1 … 16. */
    int parallel = 4;
    /** The price of a million tokens, in the user's currency; absent if it is unknown. */
    std::optional<double> promptPrice;
    std::optional<double> completionPrice;

    bool operator==(const GeneratorProfile &) const = default;

    bool usesNetwork() const { return kind != Kind::Offline && kind != Kind::Backend; }
    /** Returns the cost; absent if a price is unknown. */
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

    /** Returns an error, which names what is left, if the next call could exceed a limit. */
    Result<void> admits(const GeneratorProfile &profile, const TokenCount &atMost) const;
    void spend(const GeneratorProfile &profile, const TokenCount &tokens);
};
