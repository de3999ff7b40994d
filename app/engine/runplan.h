// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generators.h"
#include "app/incident/incidentapi.h"
#include "app/model/pace.h"
#include "app/model/timeline.h"
#include "app/run/runstates.h"
#include "app/timeline/incidentfacts.h"

class ScenarioLibrary;
struct RunResumption;

/** One incident of a run: what its author wrote, and what will be sent for it. */
struct PlannedIncident
{
    Incident incident;
    /** What a user calls it: its title, its scenario's name, its comment, or its prompt's start. */
    QString title;
    QString service;
    Severity severity = Severity::Medium;
    std::chrono::milliseconds duration{0};
    /** False for disabled incidents and for those in muted lanes. */
    bool sends = true;
    /** What is sent; if `generation` is set, what goes out if only the prompt is sent. */
    IncidentDraft draft;
    /** What has to be generated before it can be sent. */
    std::optional<GenerationRequest> generation;
    /** What to fall back to for an incident that is generated again although it is pinned. */
    std::optional<IncidentDraft> lastPinned;
    /** How the scenario of a pinned incident was made, for the journal. */
    QJsonObject provenance;
    /**
     * What went out in the run that is played again, with a new token. On a target that is not the
     * sandbox and does not know its scenario, `draft` goes out instead.
     */
    std::optional<IncidentRequest> recorded;
    /** Why an incident of a replay is only prepared, and then skipped; empty as a rule. */
    QString skipReason;
    /** A sentence: why it can never be sent, so that it fails at once; empty as a rule. */
    QString failReason;
};

/** What makes the scenarios of the incidents that have none. */
struct RunGeneration
{
    /** With its key. The offline generator by default. */
    GeneratorProfile profile = Generators::builtIn().first();
    /** What is sent if nothing came in time. */
    Generators::Fallback fallback = Generators::Fallback::Offline;
    GenerationBudget budget;
};

/** Everything that a run needs, taken from the timeline when it starts: edits never race with it.
 */
struct RunPlan
{
    QString timelineName;
    QString timelinePath;
    std::chrono::milliseconds duration{0};
    /** In file order. */
    QList<PlannedIncident> incidents;

    RunGeneration generation;
    Target target;
    /** "sandbox", or the base URL. */
    QString targetName;
    /** 0.1 … 1000 times the timeline's own pace. */
    double speed = 1;
    /** How long uncertain outcomes are looked for. */
    std::chrono::milliseconds reconcile{20000};
    /** Nobody is there to say GO, so holds open at once. */
    bool holdsOpen = false;
    /**
     * If something failed or is uncertain, the run stays open when nothing is left to send, so that
     * it can be sent again: until it is, or until Playback::endRun().
     */
    bool staysOpen = false;
    /** Empty for a new file in the runs folder. */
    QString journalPath;
    /** The run id of the run that is played again; see replayPlan(). */
    QString replayOf;
    /** A sentence on the journal that it was made from, to be told before; empty as a rule. */
    QString warning;
    /** The run that goes on, in its own journal; see resumePlan(). */
    std::shared_ptr<const RunResumption> resumption;
};

/**
 * Returns the generator of that name with the user's fallback, and what is left of the budget of
 * the timeline in the file `path`. Nothing is looked up, and no key asked for, if the timeline has
 * nothing to generate.
 */
Result<RunGeneration> generationFor(const Timeline &timeline, const QString &path,
                                    const QString &generator);
/**
 * Plans a run. Returns an error if an incident names a scenario that the library does not have, or
 * if a pinned scenario cannot be read.
 */
Result<RunPlan> planRun(const Timeline &timeline, const ScenarioLibrary &scenarios,
                        const RunGeneration &generation = {});
/** Returns what is sent for an incident whose scenario was generated. */
IncidentDraft generatedDraft(const PlannedIncident &planned, const Scenario &scenario,
                             std::optional<qint64> seed);
