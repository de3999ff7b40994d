// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rehearsal/rehearsedrun.h"
#include "app/rehearsal/stressscript.h"
#include "app/validation/timelinevalidator.h"

#include <QTimer>

#include <atomic>

class AirraApi;
class Player;

/**
 * Plays a plan on a clock of its own against a sandbox of its own, over real sockets, both in this
 * thread. Time moves on only when every call in progress waits for it, and requests are met in the
 * order in which they were made: so a run is a function of plan and script alone.
 */
class RehearsalStage : public QObject
{
    Q_OBJECT

public:
    struct Setting
    {
        /** Those that the sandbox's simulator knows. */
        QList<Scenario> scenarios;
        /** Of the sandbox; absent: none. */
        std::optional<RateLimit> limit = RateLimit{};
        /** What a test puts between the player and the target. */
        std::function<std::unique_ptr<IncidentApi>(IncidentApi &target)> between;
    };

    /** `plan` has nothing left to generate, and holds that open. Its target does not count. */
    RehearsalStage(const RunPlan &plan, Setting setting, QObject *parent = nullptr);

    /**
     * An error where there is no socket or memory to be had, or where the network stands still for
     * half a minute of real time. Processes the events of this thread.
     */
    Result<RehearsedRun> play(const StressScript &script, const std::atomic<bool> &isCancelled);

private:
    struct Act;

    Result<void> settle(Act &act);
    static bool isSettled(const Act &act);

    RunPlan m_plan;
    Setting m_setting;
    QSet<QString> m_scenarioIds;
    QTimer m_wake;
};
