// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/player/runplan.h"

#include "app/scenario/scenariolibrary.h"
#include "app/timeline/promptvariables.h"

#include <QCoreApplication>
#include <QHash>

using std::chrono::milliseconds;

namespace {

constexpr int LongestTitle = 255; // what the incident API takes

/** The context of this file's words for translators. */
struct PlanWords
{
    Q_DECLARE_TR_FUNCTIONS(RunPlan)
};

/** Fills {{variables}}; one without a value stays as it is written. */
QString resolved(const QString &prompt, const Incident &incident, const Timeline &timeline,
                 const QString &service, Severity severity)
{
    QString out;
    qsizetype at = 0;
    for (const PromptVariable &variable : promptVariables(prompt)) {
        const QString &name = variable.name;
        out += QStringView(prompt).mid(at, variable.begin - at);
        at = variable.begin + variable.length;
        if (const auto own = incident.variables.constFind(name);
            own != incident.variables.constEnd()) {
            out += *own;
        } else if (const auto shared = timeline.variables.constFind(name);
                   shared != timeline.variables.constEnd()) {
            out += *shared;
        } else if (name == u"service") {
            out += service;
        } else if (name == u"severity") {
            out += toString(severity);
        } else {
            out += QStringView(prompt).mid(variable.begin, variable.length);
        }
    }
    return out + QStringView(prompt).mid(at);
}

IncidentDraft draftFor(const PlannedIncident &planned, const Timeline &timeline,
                       const Scenario *scenario)
{
    const Incident &incident = planned.incident;
    IncidentDraft draft;
    draft.title = planned.title.left(LongestTitle);
    draft.serviceName = planned.service;
    draft.severity = planned.severity;
    if (scenario) {
        draft.scenarioId = scenario->id;
        draft.description = scenario->description;
        draft.metrics = scenario->metrics;
        draft.context = scenario->context;
        draft.context.insert(QStringLiteral("scenario_id"), scenario->id);
        // A scenario of the user's own may bear the id of one that the server has made otherwise.
        draft.mayUseSimulator =
            scenario->origin != Scenario::Origin::User && planned.service == scenario->service;
    } else {
        draft.description =
            resolved(incident.prompt, incident, timeline, planned.service, planned.severity);
        draft.context.insert(QStringLiteral("generation_prompt"), draft.description);
    }
    return draft;
}

} // namespace

Result<RunPlan> planRun(const Timeline &timeline, const ScenarioLibrary &scenarios)
{
    RunPlan plan;
    plan.timelineName = timeline.name;
    plan.duration = timeline.duration();
    plan.incidents.reserve(timeline.incidents.size());
    QHash<QString, int> occurrences;
    for (const Incident &incident : timeline.incidents) {
        // A prompt may still name the scenario that it was made from.
        if (incident.type == IncidentType::Predefined)
            ++occurrences[incident.scenarioId];
    }
    for (const Incident &incident : timeline.incidents) {
        const Scenario *scenario = nullptr;
        if (incident.type == IncidentType::Predefined) {
            scenario = scenarios.find(incident.scenarioId);
            if (!scenario) {
                return fail(PlanWords::tr("There is no scenario \"%1\".").arg(incident.scenarioId));
            }
        }
        PlannedIncident planned;
        planned.incident = incident;
        planned.title = displayTitle(incident, scenario);
        planned.service = effectiveService(incident, scenario);
        planned.severity = effectiveSeverity(incident, scenario);
        planned.duration = effectiveDuration(incident, scenario);
        planned.sends = incident.enabled && !timeline.isMuted(planned.service);
        planned.draft = draftFor(planned, timeline, scenario);
        // Two starts of one scenario could not be told apart if one is never answered; a
        // quick-incident carries a token.
        if (occurrences.value(incident.scenarioId) > 1) {
            planned.draft.mayUseSimulator = false;
        }
        plan.incidents.append(planned);
    }
    return plan;
}
