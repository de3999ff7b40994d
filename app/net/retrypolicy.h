// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <chrono>
#include <optional>

/** When a send that certainly created nothing is tried again. Pure arithmetic, without a clock. */
class RetryPolicy
{
public:
    using Milliseconds = std::chrono::milliseconds;

    static constexpr int MaximumAttempts = 5;
    static constexpr Milliseconds MaximumElapsed = std::chrono::minutes(10);
    /** How long a target that cannot be reached is tried again. */
    static constexpr Milliseconds Unreached = std::chrono::seconds(30);
    /** The wait after a 429 that does not say for how long. */
    static constexpr Milliseconds DefaultRateWait = std::chrono::seconds(60);
    /** A server that asks for a shorter wait than this gets 1, 2, 4 and then 8 s. */
    static constexpr Milliseconds LeastRateWait = std::chrono::seconds(1);

    enum class Reason {
        NotReached,  ///< refused, DNS, TLS
        RateLimited, ///< 429, or 503 with Retry-After
    };

    /**
     * Returns how long to wait before the next attempt; nothing if it is time to give up.
     * attempts: made so far, at least 1. sinceFirst: from the first attempt to now.
     * unreachedSince: for NotReached, from the first of the attempts in a row that did not reach
     * the target; if a rate limit was waited for in between, less than sinceFirst.
     */
    static std::optional<Milliseconds> next(Reason reason, int attempts, Milliseconds sinceFirst,
                                            std::optional<Milliseconds> retryAfter = {},
                                            std::optional<Milliseconds> unreachedSince = {});
};

/**
 * Retry-After as seconds or as an HTTP date (see utcFromHttp()), counted from
 * `nowUtc`; 0 … ten minutes. Nothing if it is neither.
 */
std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &header,
                                                         const QDateTime &nowUtc);
