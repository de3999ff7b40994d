// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

/** What became of one incident in one run of a rehearsal, by the program and in truth. */
struct RehearsedIncident
{
    IncidentState state = IncidentState::Scheduled;
    int attempts = 0;
    /** What made it late, uncertain or fail; empty where nothing did. */
    QString fault;
    /** From its due to the last of its sends. */
    std::chrono::milliseconds late{0};
    /** It exists, and the target's analysis of it failed. */
    bool isUnanalysed = false;
    /** How often the target made it. */
    int made = 0;
    /** No final state, or one that is not what the target knows. */
    bool isLost = false;
    /** Uncertain, but there in the end: how long it had to be looked for. */
    std::optional<std::chrono::milliseconds> neededLook;

    bool operator==(const RehearsedIncident &) const = default;
};

/** One run of a rehearsal. */
struct RehearsedRun
{
    /** In file order. */
    QList<RehearsedIncident> incidents;
    /** Made at the target without a known incident that they could be of. */
    int strangers = 0;
    /** How long it took on the rehearsal's clock. */
    std::chrono::milliseconds clock{0};
    /** False where it was cancelled half-way. */
    bool isWhole = true;

    bool operator==(const RehearsedRun &) const = default;
};
