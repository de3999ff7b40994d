// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/runresume.h"

#include "app/generation/generationhistory.h"
#include "app/journal/runjournal.h"
#include "app/library/scenariolibrary.h"
#include "app/settings/knowntargets.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QSysInfo>

#include <algorithm>

namespace {

/** The context of this file's words for translators. */
struct ResumeWords
{
    Q_DECLARE_TR_FUNCTIONS(RunResume)
};

/** A run as it goes on: what a stop took from it is pending again. */
struct Resumable
{
    RecordedRun run;
    bool wasStopped = false;
};

bool isOver(const RunRecord &record)
{
    return record.finishedAt().isValid() &&
           std::all_of(record.incidents().begin(), record.incidents().end(),
                       [](const IncidentRun &run) { return isFinal(run.state); });
}

/** With the sentence that says why it cannot be gone on with. */
Result<Resumable> readResumable(const QString &path)
{
    if (RunJournal::isLive(path)) {
        return fail(ResumeWords::tr("The run of \"%1\" is live in another window or program. Stop "
                                    "it there first.")
                        .arg(path));
    }
    Result<RecordedRun> run = readRecordedRun(path);
    if (!run) {
        return tl::make_unexpected(run.error());
    }
    // Of a damaged one nothing is sent, so that its clock does not matter.
    const bool isClockNeeded = run->damage.isEmpty() || run->first().version < 2;
    if (isClockNeeded && run->isStarted && !run->anchor.isKnown()) {
        return fail(ResumeWords::tr("The journal \"%1\" was written by an earlier version, which "
                                    "did not record where its clock stood: the run can be played "
                                    "again from its start, and not resumed.")
                        .arg(path));
    }
    const bool isDoubtful = !run->damage.isEmpty() && !isOver(run->record);
    const QList<IncidentRun> &incidents = run->record.incidents();
    const bool isContinued =
        run->isStopped() ? !isOver(run->record) || run->record.canContinue()
                         : isDoubtful && std::any_of(incidents.begin(), incidents.end(),
                                                     [](const IncidentRun &one) {
                                                         return one.skipCause == SkipCause::Stop;
                                                     });
    if (isContinued || isDoubtful) {
        run->reopen();
    }
    return Resumable{std::move(*run), isContinued};
}

InterruptedRun inspected(const Resumable &resumable)
{
    const RecordedRun &run = resumable.run;
    const SystemClock clock;
    const QString bootId = RunJournal::bootId();
    InterruptedRun interrupted;
    interrupted.record = run.record;
    interrupted.isStopped = resumable.wasStopped;
    interrupted.lastPosition = run.lastPosition();
    interrupted.afterReboot =
        run.isStarted ? run.anchor.bootId != bootId : run.first().bootId != bootId;
    interrupted.damage = run.damage;
    interrupted.host = run.first().host.value_or(QString());
    interrupted.isFromHere = interrupted.host.isEmpty() ? run.first().bootId == bootId
                                                        : interrupted.host == thisComputer();
    interrupted.isTargetNamed =
        run.record.target() == u"sandbox" || KnownTargets::isNamed(QUrl(run.record.target()));
    interrupted.interruptedAt = run.lastHeard();
    const TimelinePosition position =
        run.isStarted ? run.position(clock, bootId) : TimelinePosition();
    const RunAge age = run.age(clock, bootId);
    for (int i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        switch (remainingOf(incident, bootId)) {
        case Remaining::Nothing:
        case Remaining::Fetch:
            break;
        case Remaining::LookFor:
            interrupted.inFlight.append(i);
            break;
        case Remaining::Wait:
            (incident.run.waitingUntil.value_or(RunAge()) < age ? interrupted.passed
                                                                : interrupted.remaining)
                .append(i);
            break;
        case Remaining::Send:
            (run.isStarted && TimelinePosition(incident.run.delay) < position
                 ? interrupted.passed
                 : interrupted.remaining)
                .append(i);
            break;
        }
    }
    std::stable_sort(interrupted.passed.begin(), interrupted.passed.end(), [&](int a, int b) {
        return run.incidents[a].run.delay < run.incidents[b].run.delay;
    });
    return interrupted;
}

/** What its author's words come to, as at the start of the run: for those not prepared yet. */
Result<void> planAgain(PlannedIncident &planned, const ScenarioLibrary &scenarios,
                       const RunGeneration &generation, bool isOnlyOne)
{
    Timeline timeline;
    timeline.incidents.append(planned.incident);
    const Result<RunPlan> plan = planRun(timeline, scenarios, generation);
    if (!plan) {
        return tl::make_unexpected(plan.error());
    }
    const bool sends = planned.sends;
    const QString title = planned.title;
    planned = plan->incidents.first();
    planned.sends = sends;
    planned.title = title;
    planned.draft.mayUseSimulator = planned.draft.mayUseSimulator && isOnlyOne;
    return {};
}

/** It was skipped by the user before it had a request, and can still be taken back. */
bool mayComeBack(const RecordedIncident &incident)
{
    const IncidentRun &run = incident.run;
    return run.state == IncidentState::Skipped && run.attempts == 0 && !incident.request &&
           incident.refusal.isEmpty() &&
           (run.skipCause == SkipCause::Hand || run.skipCause == SkipCause::Jump);
}

Result<void> planIncidents(const RecordedRun &run, RunPlan &plan)
{
    const QString bootId = RunJournal::bootId();
    QHash<QString, int> occurrences;
    bool mustGenerate = false;
    bool mayGenerate = false;
    bool mustPlan = false;
    bool mayPlan = false;
    for (const RecordedIncident &incident : run.incidents) {
        const bool isMissing = !incident.request && incident.refusal.isEmpty() &&
                               remainingOf(incident, bootId) == Remaining::Send;
        const bool isPrompt = incident.run.type == IncidentType::LlmGenerated;
        const bool isMade = !isPrompt || (!incident.planned.incident.pinned.isEmpty() &&
                                          !incident.planned.incident.fresh);
        mustPlan = mustPlan || isMissing;
        mayPlan = mayPlan || mayComeBack(incident);
        mustGenerate = mustGenerate || (isMissing && !isMade);
        mayGenerate = mayGenerate || (mayComeBack(incident) && !isMade);
        if (!isPrompt) {
            ++occurrences[incident.run.scenarioId];
        }
        plan.incidents.append(incident.planned);
    }
    if (mustPlan && !run.record.replayOf().isEmpty()) {
        // What it was to send is in another journal; the library may say something else by now.
        return fail(ResumeWords::tr("This replay was cut off before all that it plays was in its "
                                    "journal, and nothing of it was sent. Play the recorded run "
                                    "again instead."));
    }
    if (mustGenerate || mayGenerate) {
        const Result<GeneratorProfile> profile = Generators::resolve(run.record.generator());
        if (!profile && mustGenerate) {
            return fail(ResumeWords::tr("What is not generated yet cannot be: %1")
                            .arg(profile.error().message));
        }
        if (profile) {
            plan.generation.profile = *profile;
        }
        plan.generation.fallback =
            Generators::fallbackFromString(run.first().fallback).value_or(Generators::fallback());
        plan.generation.budget = timelineBudget(run.record.timelinePath());
    }
    if (!mustPlan && !mayPlan) {
        return {};
    }
    const ScenarioLibrary scenarios = ScenarioLibrary::standard();
    for (qsizetype i = 0; i < run.incidents.size(); ++i) {
        const RecordedIncident &incident = run.incidents[i];
        const bool isOptional = mayComeBack(incident);
        if (!isOptional && (incident.request || !incident.refusal.isEmpty() ||
                            remainingOf(incident, bootId) != Remaining::Send)) {
            continue;
        }
        const Result<void> planned = planAgain(plan.incidents[i], scenarios, plan.generation,
                                               occurrences.value(incident.run.scenarioId) < 2);
        if (!planned && !isOptional) {
            return planned;
        }
        if (!planned) {
            plan.incidents[i].failReason = planned.error().message; // if it is taken back
        }
    }
    return {};
}

} // namespace

QString thisComputer()
{
    return QSysInfo::machineHostName();
}

QString InterruptedRun::whence() const
{
    const QDateTime from = record.startedAt().toLocalTime();
    const QDateTime until = interruptedAt.toLocalTime();
    const QString started = QLocale().toString(from, QLocale::ShortFormat);
    const QString ended = from.date() == until.date()
                              ? QLocale().toString(until.time(), QLocale::ShortFormat)
                              : QLocale().toString(until, QLocale::ShortFormat);
    if (isStopped) {
        return isFromHere
                   ? ResumeWords::tr("Started %1 on this computer, stopped %2.").arg(started, ended)
               : host.isEmpty()
                   ? ResumeWords::tr("Started %1 on a computer that the journal does not name, "
                                     "stopped %2.")
                         .arg(started, ended)
                   : ResumeWords::tr("Started %1 on the computer “%3”, stopped %2.")
                         .arg(started, ended, host.left(255));
    }
    if (isFromHere) {
        return ResumeWords::tr("Started %1 on this computer, interrupted %2.").arg(started, ended);
    }
    return host.isEmpty()
               ? ResumeWords::tr("Started %1 on a computer that the journal does not name, "
                                 "interrupted %2.")
                     .arg(started, ended)
               : ResumeWords::tr("Started %1 on the computer “%3”, interrupted %2.")
                     .arg(started, ended, host.left(255));
}

bool InterruptedRun::isFinished() const
{
    return isOver(record);
}

Remaining remainingOf(const RecordedIncident &incident, const QString &bootIdNow)
{
    const IncidentRun &run = incident.run;
    switch (run.state) {
    case IncidentState::Failed:
    case IncidentState::Skipped:
        return Remaining::Nothing;
    case IncidentState::Created:
        return incident.isFetched ? Remaining::Nothing : Remaining::Fetch;
    case IncidentState::Sending:
    case IncidentState::Uncertain:
        return Remaining::LookFor;
    case IncidentState::Waiting:
        // It may have been tried again just before the computer went down.
        return incident.armedBoot == bootIdNow && !incident.isDoubtful ? Remaining::Wait
                                                                       : Remaining::LookFor;
    case IncidentState::Scheduled:
    case IncidentState::Preparing:
    case IncidentState::Ready:
        break;
    }
    if (!run.sends) {
        return Remaining::Nothing;
    }
    if (incident.isDoubtful) {
        return Remaining::LookFor;
    }
    // Of what was written just before the computer went down, only the intents are sure to have
    // reached the disk.
    const bool wasArmedBefore = !incident.armedBoot.isEmpty() && incident.armedBoot != bootIdNow;
    return wasArmedBefore ? Remaining::LookFor : Remaining::Send;
}

Result<InterruptedRun> inspectRun(const QString &path)
{
    const Result<Resumable> resumable = readResumable(path);
    if (!resumable) {
        return tl::make_unexpected(resumable.error());
    }
    return inspected(*resumable);
}

Result<RunPlan> resumePlan(const QString &path, std::optional<LatePolicy> passed)
{
    Result<Resumable> resumable = readResumable(path);
    if (!resumable) {
        return tl::make_unexpected(resumable.error());
    }
    const InterruptedRun state = inspected(*resumable);
    RecordedRun *run = &resumable->run;
    if (state.isFinished()) {
        return fail(
            ResumeWords::tr("The run of \"%1\" is finished; nothing is left to resume.").arg(path));
    }
    if (!passed && !state.passed.isEmpty()) {
        return fail(ResumeWords::tr("Incidents whose moment passed while the run was down: %1. "
                                    "Say whether they are sent now, are skipped, or come later "
                                    "with all that follows.")
                        .arg(state.passed.size()));
    }
    RunPlan plan;
    plan.warning = run->damage;
    plan.timelineName = run->record.timelineName();
    plan.timelinePath = run->record.timelinePath();
    plan.duration = run->record.duration();
    plan.targetName = run->record.target();
    plan.target.isSandbox = plan.targetName == u"sandbox";
    if (!plan.target.isSandbox) {
        const Result<QUrl> base = parseTargetUrl(plan.targetName);
        if (!base) {
            return tl::make_unexpected(base.error());
        }
        plan.target.base = *base;
    }
    plan.target.preferQuickIncident = run->first().prefersQuickIncident;
    plan.speed = run->record.speed();
    plan.journalPath = path;
    plan.generation.profile.name = run->record.generator();
    if (const Result<void> planned = planIncidents(*run, plan); !planned) {
        return tl::make_unexpected(planned.error());
    }
    auto resumption = std::make_shared<RunResumption>();
    resumption->run = std::move(*run);
    resumption->passed = passed.value_or(LatePolicy::SendNow);
    resumption->isContinued = resumable->wasStopped;
    plan.resumption = std::move(resumption);
    return plan;
}
