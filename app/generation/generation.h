// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/model/scenario.h"
#include "app/model/servicename.h"
#include "app/model/tokencount.h"
#include "app/validation/scenarioquality.h"

#include <QDateTime>
#include <QMetaType>
#include <chrono>
#include <optional>

/** What is to be made into a scenario. */
struct GenerationRequest
{
    /** The part that is regenerated; all others stay as they are in `previous`. */
    enum class Part { All, Name, Description, RootCause, Metrics, Context, Actions };

    /** The prompt, its {{variables}} filled. */
    QString prompt;
    QString service = QString::fromLatin1(DefaultServiceName);
    Severity severity = Severity::Medium;
    qint64 seed = 0;
    Part part = Part::All;
    /** The scenario of which a part is regenerated; needed for every part but All. */
    std::optional<Scenario> previous;

    bool operator==(const GenerationRequest &) const = default;
};

/** A scenario that was made from a prompt, and how it was made. */
struct Generation
{
    Scenario scenario;
    /** The profile's name: "offline", "openai", or the user's. */
    QString generator;
    /** The model, as the endpoint calls it; "built-in" for the offline generator. */
    QString model;
    qint64 seed = 0;
    /** Answers that were asked for: 1, or 2 if the first had to be asked for again. */
    int attempts = 1;
    TokenCount tokens;
    /** UTC. */
    QDateTime generatedAt;
    /** What the parser had to repair in the answer, a short sentence each. */
    QStringList repairs;

    bool operator==(const Generation &) const = default;
    QList<QualityProblem> problems() const
    {
        return checkQuality(scenario, ScenarioKind::Generated);
    }
};

/** Why no scenario was generated. */
struct GenerationFailure
{
    enum class Kind {
        Unreachable, ///< refused, DNS, TLS, no answer, or still failing after the retries
        KeyRefused,  ///< 401 or 403
        RateLimited, ///< 429 to the end
        Quota,       ///< the account is exhausted: retrying is useless
        Misused,     ///< the endpoint refuses the request: unknown model, bad parameter
        Refused,     ///< the model declines
        Unusable,    ///< answers came, but no scenario could be read from them
        TooLarge,    ///< the answer grew beyond its cap
        OverBudget,  ///< asking would exceed the budget, so it was not asked
        Cancelled,
    };

    Kind kind = Kind::Unusable;
    /** A whole sentence for the user; it never holds a key. */
    QString message;
    int attempts = 0;
    /** What was spent all the same. */
    TokenCount tokens;
    /** RateLimited: how long the endpoint wants to be left alone, if it says so. */
    std::optional<std::chrono::milliseconds> retryAfter;

    bool operator==(const GenerationFailure &) const = default;
};

using GenerationOutcome = tl::expected<Generation, GenerationFailure>;
Q_DECLARE_METATYPE(GenerationOutcome)

/** "offline_" or "llm_" and a stable hash: the same for the same prompt, service and severity. */
QString generatedId(const QString &prefix, const GenerationRequest &request);
/**
 * Tags from the words of root cause and description, and difficulty from severity and the number
 * of metrics, as the backend infers them.
 */
QStringList inferredTags(const QString &rootCause, const QString &description);
Difficulty inferredDifficulty(Severity severity, qsizetype metrics);
/** Returns a scenario as generators write it, and as `generate --json` prints it. */
QJsonObject generatedContent(const Scenario &scenario);
/** Returns `made` with every part but the requested one taken from `request.previous`. */
Scenario withOnlyPart(const Scenario &made, const GenerationRequest &request);
