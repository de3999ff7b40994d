// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "app/validation/timelinevalidator.h"

/** What a target's rate limit will do to one incident of a run. */
struct RateWait
{
    /** In the plan. */
    int index = 0;
    /** Its place by time among those that are sent, from 1. */
    int ordinal = 0;
    QString title;
    /** Real time from when it is due until it is taken, or given up. */
    std::chrono::milliseconds wait{0};
    bool isGivenUp = false;
};

/**
 * Plays the plan's sends against a sliding window and a Retry-After that is always `retryAfter`, as
 * the dispatcher would: those that will wait, by time. Sends and waits are real time at the plan's
 * speed; a hold counts as opened at once, a longer one only helps. `earlier`: how long before the
 * start others went out that count, in any order.
 */
QList<RateWait> forecastRateLimit(const RunPlan &plan, const RateLimit &limit,
                                  std::chrono::milliseconds retryAfter = std::chrono::seconds(60),
                                  const QList<std::chrono::milliseconds> &earlier = {});

/** "The 6th incident, Disk fills, will wait 48 s." and how many others will; empty for none. */
QString rateSentence(const QList<RateWait> &waits);

/** The limit as a timeline that is played at this speed meets it. */
RateLimit limitAtSpeed(const RateLimit &limit, double speed);
