// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"
#include "app/validation/timelinevalidator.h"

/** How a run goes, as its record tells. */
struct RunHealth
{
    /** It is in progress. */
    bool isActive = false;
    /** Of the first attempts; absent where nothing was sent yet. */
    std::optional<Duration> medianLate;
    std::optional<Duration> worstLate;
    /** How often the target's rate limit has sent an incident back. */
    int refusals = 0;
    /** What the target said of its limit last, if it did. */
    std::optional<RateLimit> statedLimit;
    /** When the last of those that wait for it goes out again; invalid where none waits. */
    QDateTime closedUntil;
    /** When the sends that count in the target's window went out, in order. */
    QList<QDateTime> sends;
    /** Prompts of which no scenario was made yet, and that will be sent. */
    int unmade = 0;

    /** Our sends in the target's window now. */
    int sentInWindow(const QDateTime &now, const RateLimit &limit) const;
};

RunHealth runHealth(const RunRecord &record);
