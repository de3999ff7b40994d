// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/runreplay.h"

#include "app/engine/recordedrun.h"

#include <QCoreApplication>

#include <algorithm>

using std::chrono::milliseconds;

namespace {

/** The context of this file's words for translators. */
struct ReplayWords
{
    Q_DECLARE_TR_FUNCTIONS(RunReplay)
};

/** What goes out where the request of the recorded run would mean nothing to the target. */
IncidentDraft draftOf(const RecordedIncident &incident)
{
    IncidentDraft draft;
    draft.title = incident.planned.title;
    draft.serviceName = incident.run.service;
    draft.severity = incident.run.severity;
    draft.seed = incident.run.seed;
    draft.scenarioId = incident.run.scenarioId;
    if (const std::shared_ptr<const Scenario> scenario = incident.run.scenario) {
        draft.scenario = scenario;
        draft.description = scenario->description;
        draft.metrics = scenario->metrics;
        draft.context = scenario->context;
        draft.context.insert(QStringLiteral("scenario_id"), scenario->id);
    }
    draft.mayUseSimulator =
        incident.request && incident.request->route == IncidentRequest::Route::SimulatorStart;
    return draft;
}

QString whySkipped(const RecordedIncident &incident)
{
    const IncidentRun &run = incident.run;
    if (!incident.request && incident.refusal.isEmpty()) {
        return run.error.isEmpty()
                   ? ReplayWords::tr("It was not sent in the run that is played again: that ended "
                                     "before its scenario was made.")
                   : ReplayWords::tr("It was not sent in the run that is played again. %1")
                         .arg(run.error);
    }
    if (run.state == IncidentState::Skipped || !run.sentMs) {
        return run.error.isEmpty()
                   ? ReplayWords::tr("It was not sent in the run that is played again.")
                   : ReplayWords::tr("It was not sent in the run that is played again. %1")
                         .arg(run.error);
    }
    return {};
}

/** When the run did not go on, and nothing of its timeline passed: real milliseconds. */
struct DeadTime
{
    double from = 0;
    double until = 0;
};

/** From a stop, or from the last that was heard of the run, until it went on from there. */
QList<DeadTime> deadTimes(const QList<QJsonObject> &records)
{
    QList<DeadTime> times;
    double last = 0;
    double stopped = -1;
    for (const QJsonObject &record : records) {
        const QString kind = record.value(u"record").toString();
        const double at = record.value(u"at_ms").toDouble();
        if (kind == u"resumed_run") {
            if (record.value(u"passed").toString() == u"shift") {
                times.append({stopped >= 0 ? stopped : last, at});
            }
            stopped = -1;
        } else if (kind == u"stopped") {
            stopped = at;
        }
        if (kind != u"continued") { // which is as late as what follows it
            last = std::max(last, at);
        }
    }
    return times;
}

/** When it was due by a clock that leaves out the dead times. */
double dueAlive(double dueMs, const QList<DeadTime> &times)
{
    double dead = 0;
    for (const DeadTime &time : times) {
        dead += std::clamp(dueMs - time.from, 0.0, std::max(0.0, time.until - time.from));
    }
    return dueMs - dead;
}

} // namespace

Result<RunPlan> replayPlan(const QString &path)
{
    const Result<RecordedRun> recorded = readRecordedRun(path);
    if (!recorded) {
        return tl::make_unexpected(recorded.error());
    }
    RunPlan plan;
    plan.warning = recorded->damage;
    plan.timelineName = recorded->record.timelineName();
    plan.timelinePath = recorded->record.timelinePath();
    plan.duration = recorded->record.duration();
    plan.replayOf = recorded->record.runId();
    plan.targetName = QStringLiteral("sandbox");
    plan.target.isSandbox = true;
    plan.speed =
        std::clamp(recorded->first().value(u"speed").toDouble(1), MinimumSpeed, MaximumSpeed);
    const QList<DeadTime> dead = deadTimes(recorded->records);
    for (const RecordedIncident &incident : recorded->incidents) {
        PlannedIncident planned = incident.planned;
        planned.incident.hold = false;                         // how long it held is in the delays
        planned.provenance.remove(QStringLiteral("attempts")); // nothing is made or paid for now
        planned.draft = draftOf(incident);
        planned.skipReason = planned.sends ? whySkipped(incident) : incident.run.error;
        if (incident.request) {
            planned.recorded = incident.request;
            planned.recorded->renewToken();
        }
        if (planned.skipReason.isEmpty() && incident.run.dueMs) {
            planned.incident.delay = std::clamp(
                std::chrono::round<milliseconds>(std::chrono::duration<double, std::milli>(
                    dueAlive(*incident.run.dueMs, dead) * plan.speed)),
                milliseconds(0), MaximumDelay);
        }
        if (planned.sends) {
            plan.duration = std::max(plan.duration, planned.incident.delay);
        }
        plan.incidents.append(planned);
    }
    return plan;
}

QList<Scenario> startedScenarios(const RunPlan &replay)
{
    QList<Scenario> scenarios;
    for (const PlannedIncident &planned : replay.incidents) {
        if (planned.draft.scenario && planned.draft.mayUseSimulator) {
            scenarios.append(*planned.draft.scenario);
        }
    }
    return scenarios;
}
