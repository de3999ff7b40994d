// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "app/model/moments.h"
#include "app/sandbox/sandboxserver.h"

/**
 * What one run of a rehearsal meets: decided before it begins and by incident and attempt, never by
 * what happens to arrive first. Times are milliseconds of the rehearsal's clock from the run's
 * start, the timeline's zero.
 */
struct StressScript
{
    /** While the target cannot be reached. */
    struct Outage
    {
        std::chrono::milliseconds from{0};
        std::chrono::milliseconds until{0};
        /** The network is lost, so what is in progress ends, too; else nothing listens. */
        bool isNetwork = false;
    };

    /** By index, then by attempt; all after the last are met like it. */
    QList<QList<ScriptedResponse>> responses;
    /** In order, none into another. */
    QList<Outage> outages;

    /** Returns what that attempt meets, from 1 on. */
    ScriptedResponse responseTo(int index, int attempt) const;
    /** Returns nullptr if the target can be reached when the run is that old. */
    const Outage *outageAt(RunAge age) const;
    /** Returns false if it would reach into one that is there; then it is left out. */
    bool addOutage(const Outage &stretch);

    /** All goes well, and at once. */
    static StressScript quiet(const RunPlan &plan);
    /**
     * The script of that run: every tenth without a fault, some with one, some with many, some with
     * a lost network. The backend takes 2 to 10 s for an analysis, and now and then far longer.
     */
    static StressScript draw(const RunPlan &plan, quint64 seed, int run);
};

/** How reports name what is in no scripted response. */
namespace StressNames {
inline const QString RateLimit = QStringLiteral("rate-limit");
inline const QString NetworkLost = QStringLiteral("network-lost");
inline const QString Refused = QStringLiteral("refuse");
inline const QString Slow = QStringLiteral("slow");
} // namespace StressNames
