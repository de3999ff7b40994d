// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/engine/runplan.h"
#include "app/incident/incidentapi.h"
#include "app/library/scenariolibrary.h"
#include "app/settings/secretstore.h"
#include "app/validation/timelinevalidator.h"

/** A show as it would be played now: what is checked before it starts. */
struct ShowSetup
{
    Timeline timeline;
    ScenarioLibrary scenarios;
    /** Also what the plan says, which there is none of where the timeline cannot be played. */
    Target target;
    /** With target, speed and generator; an error where the timeline cannot be played. */
    Result<RunPlan> plan = RunPlan();
    /** The target's key, where it is known where that is from. */
    SecretStore::Place keyPlace = SecretStore::Place::Nowhere;
    /** Absent where the target has none, as the embedded sandbox. */
    std::optional<RateLimit> rateLimit;
    /** The target stated that limit itself; otherwise it is assumed. */
    bool isLimitStated = false;
    /** When this computer's posts of the last minutes went out that the target counts; UTC. */
    QList<QDateTime> earlierSends;
    /** Where the run's journal will be. */
    QString journalFolder;
    /** What runs that a crash cut off are called, the newest first. */
    QStringList interruptedRuns;

    /**
     * Of this and of the plan, with what the journals tell of it; a sandbox inside the program has
     * no rate limit.
     */
    void setTarget(const Target &chosen);
    /** How long it takes at its speed, without holds and pauses. */
    std::chrono::milliseconds length() const;
};

/**
 * Returns the show of a timeline. `target` has its address, also that of the embedded sandbox. No
 * keychain is asked; addKeys() does that.
 */
ShowSetup showSetup(const Timeline &timeline, const QString &path, const ScenarioLibrary &scenarios,
                    const Target &target, double speed, const QString &generator);

/** Returns whether addKeys() has anything to find out. */
bool lacksKeys(const ShowSetup &setup);
/**
 * Answers with the show, the missing keys of its target and its generator filled in, and where the
 * target's is kept. From the event loop; the keychain may take ReadPatience for each key.
 */
void addKeys(const ShowSetup &setup, const Continuation<ShowSetup> &done);
