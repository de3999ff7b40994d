// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/signalwatch.h"
#include "app/cli/cli.h"
#include "app/cli/playing.h"
#include "app/cli/timelineinput.h"
#include "app/sandbox/sandboxhost.h"

#include <unistd.h>

namespace {

using Cli::Words;

/** A timeline of one incident, for a scenario that is wanted now. */
Timeline singleIncident(const Scenario &scenario)
{
    Timeline timeline;
    timeline.name = scenario.name;
    Incident incident;
    incident.id = TimelineFile::makeId();
    incident.scenarioId = scenario.id;
    timeline.incidents.append(incident);
    return timeline;
}

void addRunOptions(Cli::Options &options)
{
    options.addTimeline();
    options.add(QStringLiteral("scenario"), Words::tr("Send that one scenario now."),
                QStringLiteral("id"));
    Cli::addTarget(options);
    Cli::addSpeed(options);
    options.add(QStringLiteral("generator"),
                Words::tr("What makes scenarios from prompts: offline, openai, anthropic, ollama, "
                          "backend (only the prompt is sent), or a profile of your own."),
                QStringLiteral("name"));
    Cli::addJournal(options);
    options.add(
        QStringLiteral("quick-incident"),
        Words::tr("Send predefined scenarios as quick incidents, too: they then carry a token."));
    Cli::addSending(options);
}

/** What the options ask to be played, checked; problems are printed. */
Result<RunPlan> planFor(const Cli::Options &options)
{
    if (const Result<void> given =
            Cli::checkGiven(options, {"target", "journal", "scenario", "generator"});
        !given) {
        return tl::make_unexpected(given.error());
    }
    if (options.has("generator")) {
        // Also where nothing has to be generated: a wrong name is a mistake.
        const Result<GeneratorProfile> named = Generators::resolve(options.value("generator"));
        if (!named) {
            return tl::make_unexpected(named.error());
        }
    }
    const Result<QString> path = options.timelinePath();
    if (!path) {
        return tl::make_unexpected(path.error());
    }
    const ScenarioLibrary library = ScenarioLibrary::standard();
    if (options.has("scenario")) {
        const Scenario *scenario = library.find(options.value("scenario"));
        if (!path->isEmpty() || !scenario) {
            return fail(
                !path->isEmpty()
                    ? Words::tr("Name a timeline or a scenario, not both.")
                    : Words::tr(
                          "There is no scenario \"%1\"; \"timeline-orchestrator-cli scenarios\""
                          " shows those there are.")
                          .arg(options.value("scenario")));
        }
        return planRun(singleIncident(*scenario), library);
    }
    if (path->isEmpty()) {
        return fail(Words::tr("Say what to play: --timeline ID, --file PATH or --scenario ID."));
    }
    const Result<TimelineFile> file = Cli::playableTimeline(*path, library);
    if (!file) {
        return tl::make_unexpected(file.error());
    }
    const Result<RunGeneration> generation = generationFor(
        file->timeline(), Cli::recordedPath(*path),
        options.has("generator") ? options.value("generator") : Generators::defaultName());
    if (!generation) {
        return tl::make_unexpected(generation.error());
    }
    Result<RunPlan> plan = planRun(file->timeline(), library, *generation);
    if (plan) {
        plan->timelinePath = Cli::recordedPath(*path);
    }
    return plan;
}

} // namespace

int Cli::run(const QStringList &arguments)
{
    Options options(QStringLiteral("run"),
                    Words::tr("Plays a timeline, or sends one scenario now."));
    addRunOptions(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    Result<RunPlan> plan = planFor(options);
    if (!plan) {
        return options.refuse(plan.error(), {});
    }
    // Before there are threads, since they inherit what it blocks.
    SignalWatch signals;
    std::unique_ptr<SandboxHost> sandbox;
    if (const Result<void> good = applyNumbers(options, *plan); !good) {
        return options.refuse(good.error(), {});
    }
    if (const Result<void> good = applyTarget(options, wantedTarget(options), *plan, sandbox);
        !good) {
        return options.refuse(good.error(), {});
    }
    plan->target.preferQuickIncident = options.has("quick-incident");
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    plan->holdsOpen = !isAttended;
    return play(options, signals, *plan, {isAttended, isAttended});
}
