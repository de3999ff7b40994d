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
    if (run.state == IncidentState::Skipped || !run.sent) {
        return run.error.isEmpty()
                   ? ReplayWords::tr("It was not sent in the run that is played again.")
                   : ReplayWords::tr("It was not sent in the run that is played again. %1")
                         .arg(run.error);
    }
    return {};
}

/** When the run did not go on, and nothing of its timeline passed. */
struct DeadTime
{
    RunAge from;
    RunAge until;
};

/** Gathers the times from a stop, or from the last that was heard of the run, until it went on from
 * there. */
struct DeadTimes
    : Ignores<RunBegan, ScenarioKept, PreparationBegan, GeneratorAsked, Noted, FellBack, Prepared,
              ClockStarted, Paused, Resumed, Held, Released, SpeedChanged, Jumped, Armed, Sending,
              Waiting, Created, Failed, Skipped, BecameUncertain, NotFound, Fetched, Refired,
              TakenBack, NetworkChanged, Finished, Named, Judged, Unknown>
{
    void read(const RunEvent &event)
    {
        at = event.age();
        isHeard = true;
        std::visit(*this, event.what);
        if (isHeard) {
            last = std::max(last, at);
        }
    }

    using Ignores::operator();
    void operator()(const Stopped &) { stopped = at; }
    /** It is as late as what follows it. */
    void operator()(const Continued &) { isHeard = false; }
    void operator()(const ResumedRun &resumed)
    {
        if (resumed.passed == LatePolicy::Shift) {
            times.append({stopped.value_or(last), at});
        }
        stopped.reset();
    }

    QList<DeadTime> times;

private:
    RunAge at;
    RunAge last;
    std::optional<RunAge> stopped;
    bool isHeard = true;
};

QList<DeadTime> deadTimes(const QList<RunEvent> &events)
{
    DeadTimes dead;
    for (const RunEvent &event : events) {
        dead.read(event);
    }
    return dead.times;
}

/** Returns when it was due by a clock that leaves out the dead times. */
RunAge dueAlive(RunAge due, const QList<DeadTime> &times)
{
    Duration dead(0);
    for (const DeadTime &time : times) {
        dead +=
            std::clamp(due - time.from, Duration(0), std::max(Duration(0), time.until - time.from));
    }
    return due - dead;
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
    plan.speed = std::clamp(recorded->first().speed, MinimumSpeed, MaximumSpeed);
    const QList<DeadTime> dead = deadTimes(recorded->events);
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
        if (planned.skipReason.isEmpty() && incident.run.due) {
            planned.incident.delay =
                std::clamp(std::chrono::round<milliseconds>(scaled(
                               dueAlive(*incident.run.due, dead).time_since_epoch(), plan.speed)),
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
