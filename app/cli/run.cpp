// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"
#include "app/cli/runconsole.h"
#include "app/cli/signalwatch.h"
#include "app/player/playback.h"
#include "app/sandbox/sandboxhost.h"
#include "app/settings/secretstore.h"

#include <QFileInfo>

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
    options.add(QStringLiteral("target"),
                Words::tr("\"sandbox\", or the incident API's base URL with /api/v1."),
                QStringLiteral("url"));
    options.add(QStringLiteral("speed"),
                Words::tr("How many times the timeline's own pace, 0.1 to 1000."),
                QStringLiteral("number"));
    options.add(QStringLiteral("generator"),
                Words::tr("What makes scenarios from prompts: offline, openai, anthropic, ollama, "
                          "backend (only the prompt is sent), or a profile of your own."),
                QStringLiteral("name"));
    options.add(QStringLiteral("journal"), Words::tr("Write the run's journal to that new file."),
                QStringLiteral("path"));
    options.add(QStringLiteral("reconcile"),
                Words::tr("How long uncertain incidents are looked for; 20 by default."),
                QStringLiteral("seconds"));
    options.add(
        QStringLiteral("quick-incident"),
        Words::tr("Send predefined scenarios as quick incidents, too: they then carry a token."));
    options.add(QStringLiteral("allow-plain-http"),
                Words::tr("Send the key unencrypted to another machine."));
    options.add(QStringLiteral("yes"), Words::tr("Ask nothing; holds open at once."));
}

/** What the options ask to be played, checked; problems are printed. */
Result<RunPlan> planFor(const Cli::Options &options)
{
    for (const char *name : {"target", "journal", "scenario", "generator"}) {
        if (options.has(name) && options.value(name).isEmpty()) {
            return fail(Words::tr("--%1 is given without a value; is a variable not set?")
                            .arg(QLatin1String(name)));
        }
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
    // The embedded sandbox takes as many as come; any other target is taken to have AIRRA's limit.
    const QString target =
        options.has("target") ? options.value("target") : qEnvironmentVariable("TIMELINE_API_URL");
    const bool isSandbox = target.isEmpty() || target == u"sandbox";
    const Result<TimelineFile> file =
        Cli::playableTimeline(*path, library, isSandbox ? std::optional<RateLimit>() : RateLimit{});
    if (!file) {
        return tl::make_unexpected(file.error());
    }
    const Result<RunGeneration> generation = generationFor(
        file->timeline(), QFileInfo(*path).absoluteFilePath(),
        options.has("generator") ? options.value("generator") : Generators::defaultName());
    if (!generation) {
        return tl::make_unexpected(generation.error());
    }
    Result<RunPlan> plan = planRun(file->timeline(), library, *generation);
    if (plan) {
        plan->timelinePath = QFileInfo(*path).absoluteFilePath();
    }
    return plan;
}

/** Fills in speed, reconcile and journal. */
Result<void> applyNumbers(const Cli::Options &options, RunPlan &plan)
{
    if (options.has("speed")) {
        const Result<double> speed = Cli::numberIn(
            options.value("speed"), QStringLiteral("--speed"), MinimumSpeed, MaximumSpeed);
        if (!speed) {
            return tl::make_unexpected(speed.error());
        }
        plan.speed = *speed;
    }
    if (options.has("reconcile")) {
        const Result<double> seconds =
            Cli::numberIn(options.value("reconcile"), QStringLiteral("--reconcile"), 0, 3600);
        if (!seconds) {
            return tl::make_unexpected(seconds.error());
        }
        plan.reconcile = std::chrono::milliseconds(static_cast<qint64>(*seconds * 1000));
    }
    plan.journalPath = options.value("journal");
    if (!plan.journalPath.isEmpty() && QFileInfo::exists(plan.journalPath)) {
        return fail(
            Words::tr("The journal \"%1\" exists already; a run does not overwrite another's.")
                .arg(plan.journalPath));
    }
    return {};
}

/** The target by --target, TIMELINE_API_URL, or the sandbox, which is started. */
Result<void> applyTarget(const Cli::Options &options, RunPlan &plan,
                         std::unique_ptr<SandboxHost> &sandbox)
{
    QString wanted =
        options.has("target") ? options.value("target") : qEnvironmentVariable("TIMELINE_API_URL");
    if (wanted.isEmpty() || wanted == u"sandbox") {
        auto host = SandboxHost::start({});
        if (!host) {
            return tl::make_unexpected(host.error());
        }
        sandbox = std::move(*host);
        plan.target.base = sandbox->baseUrl();
        plan.target.isSandbox = true;
        plan.targetName = QStringLiteral("sandbox");
    } else {
        const Result<QUrl> base = parseTargetUrl(wanted);
        if (!base) {
            return tl::make_unexpected(base.error());
        }
        plan.target.base = *base;
        plan.targetName = base->toString();
        plan.target.key = SecretStore().readNow(SecretStore::apiKey()).value;
    }
    plan.target.allowPlainHttp = options.has("allow-plain-http");
    plan.target.preferQuickIncident = options.has("quick-incident");
    return {};
}

int exitCodeOf(Playback::StartFailure why)
{
    switch (why) {
    case Playback::StartFailure::Target:
        return Cli::Unreachable;
    case Playback::StartFailure::Cancelled:
        return Cli::Interrupted;
    case Playback::StartFailure::Busy:
    case Playback::StartFailure::Blocked:
    case Playback::StartFailure::Journal:
        break;
    }
    return Cli::BadInput;
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
    if (const Result<void> good = applyTarget(options, *plan, sandbox); !good) {
        return options.refuse(good.error(), {});
    }
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    plan->holdsOpen = !isAttended;

    Playback playback;
    RunConsole console(playback, options.json(), isAttended);
    int code = AllWell;
    int interrupts = 0;
    QObject::connect(&playback, &Playback::startFailed, &console,
                     [&](const Error &error, Playback::StartFailure why) {
                         code = options.refuse(error, {}, exitCodeOf(why));
                         QCoreApplication::exit(code);
                     });
    QObject::connect(&playback, &Playback::finished, &console, [&] {
        const RunRecord &record = console.record();
        console.printSummary();
        if (options.json()) {
            printJson(record.summary());
        }
        const bool isIncomplete =
            record.count(IncidentState::Failed) > 0 || record.count(IncidentState::Uncertain) > 0;
        QCoreApplication::exit(interrupts > 0 ? Interrupted : isIncomplete ? Incomplete : AllWell);
    });
    QObject::connect(&signals, &SignalWatch::interrupted, &console, [&] {
        if (!playback.isActive()) {
            QCoreApplication::exit(Interrupted);
        } else if (++interrupts == 1) {
            playback.stop();
        } else {
            playback.abort();
        }
    });
    console.printSchedule(*plan);
    if (isAttended) {
        console.waitForEnter([&] { playback.start(*plan); });
    } else {
        playback.start(*plan);
    }
    return QCoreApplication::exec();
}
