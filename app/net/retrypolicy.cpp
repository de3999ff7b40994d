// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/retrypolicy.h"

#include "app/base/utctime.h"

#include <algorithm>

std::optional<RetryPolicy::Milliseconds>
RetryPolicy::next(Reason reason, int attempts, Milliseconds sinceFirst,
                  std::optional<Milliseconds> retryAfter,
                  std::optional<Milliseconds> unreachedSince)
{
    if (attempts >= MaximumAttempts) {
        return std::nullopt;
    }

    Milliseconds wait{0};
    if (reason == Reason::NotReached) {
        const Milliseconds since = unreachedSince.value_or(sinceFirst);
        if (since >= Unreached) {
            return std::nullopt;
        }
        // 2, 4, 8, 16 s; the last one ends at 30 s, however long the attempts themselves took.
        const Milliseconds doubling = std::chrono::seconds(1 << std::clamp(attempts, 1, 4));
        wait = std::min(doubling, Unreached - since);
    } else {
        wait = retryAfter.value_or(DefaultRateWait);
        if (wait < LeastRateWait) {
            // 1, 2, 4, 8 s: who says "at once" and refuses again has not said anything.
            wait = LeastRateWait * (1 << std::clamp(attempts - 1, 0, 3));
        }
    }
    if (sinceFirst + wait > MaximumElapsed) {
        return std::nullopt;
    }
    return wait;
}

std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &header,
                                                         const QDateTime &nowUtc)
{
    using std::chrono::milliseconds;
    const QByteArray text = header.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    constexpr milliseconds cap = RetryPolicy::MaximumElapsed;
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        if (text.size() > 9) {
            return cap;
        }
        return std::min<milliseconds>(std::chrono::seconds(text.toLongLong()), cap);
    }
    const QDateTime date = utcFromHttp(text);
    if (!date.isValid()) {
        return std::nullopt;
    }
    return std::clamp<milliseconds>(milliseconds(nowUtc.msecsTo(date)), milliseconds(0), cap);
}
