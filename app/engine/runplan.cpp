// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/runplan.h"

#include "app/generation/generationhistory.h"
#include "app/generation/pinning.h"
#include "app/library/scenariolibrary.h"
#include "app/timeline/promptfilling.h"

#include <QCoreApplication>
#include <QHash>
#include <QRandomGenerator>

#include <algorithm>

namespace {

/** The context of this file's words for translators. */
struct PlanWords
{
    Q_DECLARE_TR_FUNCTIONS(RunPlan)
};

IncidentDraft draftFor(const PlannedIncident &planned, const Timeline &timeline,
                       const std::shared_ptr<const Scenario> &scenario)
{
    const Incident &incident = planned.incident;
    IncidentDraft draft;
    draft.title = planned.title.left(LongestTitle);
    draft.serviceName = planned.service;
    draft.severity = planned.severity;
    draft.seed = incident.seed.value_or(draft.seed);
    if (scenario) {
        draft.scenario = scenario;
        draft.scenarioId = scenario->id;
        draft.description = scenario->description;
        draft.metrics = scenario->metrics;
        draft.context = scenario->context;
        draft.context.insert(QStringLiteral("scenario_id"), scenario->id);
        // A scenario of the user's own may bear the id of one that the server has made otherwise.
        draft.mayUseSimulator =
            scenario->origin != Scenario::Origin::User && planned.service == scenario->service;
    } else {
        draft.description = filledPrompt(incident, timeline);
        draft.context.insert(QStringLiteral("generation_prompt"), draft.description);
    }
    return draft;
}

/** What becomes of an incident from a prompt: its pin, a generation, or the prompt alone. */
Result<void> planGeneration(PlannedIncident &planned, const Timeline &timeline,
                            const RunGeneration &generation)
{
    const Incident &incident = planned.incident;
    if (!incident.pinned.isEmpty()) {
        const PinnedScenario *pinned = incident.pinned.scenario();
        if (!pinned && !incident.fresh) {
            return fail(
                PlanWords::tr("The pinned scenario of \"%1\" cannot be read: %2 Generate it "
                              "again, or remove the pin.")
                    .arg(displayTitle(incident, nullptr), incident.pinned.error()->message));
        }
        if (pinned && !incident.fresh) {
            planned.draft = generatedDraft(planned, pinned->scenario, pinned->seed);
            planned.severity = pinned->scenario.severity;
            planned.provenance = incident.pinned.toJson();
            planned.provenance.remove(QStringLiteral("scenario"));
            if (incident.title.isEmpty()) {
                planned.title = pinned->scenario.name;
            }
            return {};
        }
        if (pinned) {
            planned.lastPinned = generatedDraft(planned, pinned->scenario, pinned->seed);
        }
    }
    if (generation.profile.kind != GeneratorProfile::Kind::Backend) {
        constexpr int FreshSeeds = 1'000'000;
        planned.generation = requestFor(
            incident, timeline,
            incident.fresh ? std::optional<qint64>(QRandomGenerator::global()->bounded(FreshSeeds))
                           : std::nullopt);
    }
    return {};
}

} // namespace

Result<RunGeneration> generationFor(const Timeline &timeline, const QString &path,
                                    const QString &generator)
{
    RunGeneration generation;
    const bool isNeeded = std::any_of(
        timeline.incidents.begin(), timeline.incidents.end(), [](const Incident &incident) {
            return incident.type == IncidentType::LlmGenerated && incident.enabled &&
                   (incident.pinned.isEmpty() || incident.fresh);
        });
    if (!isNeeded) {
        return generation;
    }
    const Result<GeneratorProfile> profile = Generators::resolve(generator);
    if (!profile) {
        return tl::make_unexpected(profile.error());
    }
    generation.profile = *profile;
    generation.fallback = Generators::fallback();
    generation.budget = timelineBudget(path);
    return generation;
}

IncidentDraft generatedDraft(const PlannedIncident &planned, const Scenario &scenario,
                             std::optional<qint64> seed)
{
    IncidentDraft draft;
    draft.scenario = std::make_shared<const Scenario>(scenario);
    draft.seed = seed.value_or(planned.incident.seed.value_or(draft.seed));
    draft.title = (planned.incident.title.isEmpty() ? scenario.name : planned.incident.title)
                      .left(LongestTitle);
    draft.description = scenario.description;
    draft.serviceName = planned.service;
    draft.severity = scenario.severity;
    draft.metrics = scenario.metrics;
    draft.context = scenario.context;
    draft.context.insert(QStringLiteral("scenario_id"), scenario.id);
    return draft;
}

Result<RunPlan> planRun(const Timeline &timeline, const ScenarioLibrary &scenarios,
                        const RunGeneration &generation)
{
    RunPlan plan;
    plan.generation = generation;
    plan.timelineName = timeline.name;
    plan.duration = timeline.duration();
    plan.incidents.reserve(timeline.incidents.size());
    QHash<QString, int> occurrences;
    QHash<QString, std::shared_ptr<const Scenario>> known; // one copy for all that are of it
    for (const Incident &incident : timeline.incidents) {
        // A prompt may still name the scenario that it was made from.
        if (incident.type == IncidentType::Predefined) {
            ++occurrences[incident.scenarioId];
        }
    }
    for (const Incident &incident : timeline.incidents) {
        std::shared_ptr<const Scenario> scenario;
        if (incident.type == IncidentType::Predefined) {
            std::shared_ptr<const Scenario> &copy = known[incident.scenarioId];
            if (const Scenario *found = scenarios.find(incident.scenarioId); found && !copy) {
                copy = std::make_shared<const Scenario>(*found);
            }
            scenario = copy;
            if (!scenario) {
                return fail(PlanWords::tr("There is no scenario \"%1\".").arg(incident.scenarioId));
            }
        }
        PlannedIncident planned;
        planned.incident = incident;
        planned.title = displayTitle(incident, scenario.get());
        planned.service = effectiveService(incident, scenario.get());
        planned.severity = effectiveSeverity(incident, scenario.get());
        planned.duration = effectiveDuration(incident, scenario.get());
        planned.sends = incident.enabled && !timeline.isMuted(planned.service);
        planned.draft = draftFor(planned, timeline, scenario);
        if (!scenario) {
            const Result<void> planning = planGeneration(planned, timeline, generation);
            if (!planning) {
                return tl::make_unexpected(planning.error());
            }
        }
        // Two starts of one scenario can be told apart only on a backend that keeps their execution
        // modes; the token of a quick-incident is in its description, which every backend keeps.
        if (occurrences.value(incident.scenarioId) > 1) {
            planned.draft.mayUseSimulator = false;
        }
        plan.incidents.append(planned);
    }
    return plan;
}
