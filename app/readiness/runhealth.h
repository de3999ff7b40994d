// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/runrecord.h"
#include "app/timeline/timelinevalidator.h"

/** How a run goes, as its record tells at one moment. */
struct RunHealth
{
    /** Of the first attempts, in milliseconds; absent where nothing was sent yet. */
    std::optional<double> medianLateMs;
    std::optional<double> worstLateMs;
    /** How often the target's rate limit has sent an incident back. */
    int refusals = 0;
    /** When the last of those that wait for it goes out again; invalid where none waits. */
    QDateTime closedUntil;
    /** Our sends that count in the target's window now. */
    int sentInWindow = 0;
};

RunHealth runHealth(const RunRecord &record, const QDateTime &now, const RateLimit &limit = {});
