// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/timelinevalidator.h"

#include <QDateTime>
#include <QList>

/** What the journals on this computer tell of a target. */
struct TargetPast
{
    /** The limit that it stated last when it sent something back; absent if it never did. */
    std::optional<RateLimit> statedLimit;
    /** When posts of the last ten minutes went out that it counts against its limit; UTC. */
    QList<QDateTime> sends;
};

/**
 * Of a target by the name that journals give it. Reads the journals that were written last; others
 * say nothing of now.
 */
TargetPast pastOf(const QString &target, const QDateTime &now);

/**
 * The limit that a server states in its own words: "5 per 1 minute", "2 per 30 seconds", "5
 * requests in 60 s", "10/min". Nothing if it states none.
 */
std::optional<RateLimit> statedLimit(const QString &said);
/** "5 in 60 s" */
QString limitText(const RateLimit &limit);
