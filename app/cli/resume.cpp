// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/signalwatch.h"
#include "app/cli/playing.h"
#include "app/cli/runconsole.h"
#include "app/player/playback.h"
#include "app/player/runresume.h"

#include <cstdio>

#include <unistd.h>

namespace {

using Cli::Words;

QStringList titlesOf(const InterruptedRun &run)
{
    QStringList titles;
    for (const int index : run.passed) {
        titles.append(
            QStringLiteral("#%1 %2").arg(index + 1).arg(run.record.incidents()[index].title));
    }
    return titles;
}

/** Asks until it is understood; nothing at the end of the input. */
std::optional<Passed> ask(const InterruptedRun &run)
{
    Cli::printError(Words::tr("Incidents whose moment passed while the run was down: %1")
                        .arg(run.passed.size()));
    for (const QString &title : titlesOf(run)) {
        Cli::printError(QStringLiteral("  ") + title);
    }
    for (;;) {
        Cli::printError(Words::tr("Send them now, one after the other (f), or skip them (s)?"));
        char line[64];
        if (!std::fgets(line, sizeof line, stdin)) {
            return std::nullopt;
        }
        const QString answer = QString::fromLocal8Bit(line).trimmed().toLower();
        if (answer == u"f" || answer == u"fire") {
            return Passed::Fire;
        }
        if (answer == u"s" || answer == u"skip") {
            return Passed::Skip;
        }
    }
}

} // namespace

int Cli::resume(const QStringList &arguments)
{
    Options options(QStringLiteral("resume"),
                    Words::tr("Goes on with a run that was cut off, in its own journal. What may "
                              "have been sent is looked for, and never sent again."));
    options.addPositional(QStringLiteral("journal"), Words::tr("The run's journal, or its id."));
    options.add(QStringLiteral("late"),
                Words::tr("What becomes of incidents whose moment passed meanwhile: \"fire\" sends "
                          "them in order, 100 ms apart, \"skip\" skips them."),
                QStringLiteral("fire|skip"));
    addSending(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    std::optional<Passed> late;
    if (options.has("late")) {
        if (options.value("late") != u"fire" && options.value("late") != u"skip") {
            return options.refuse(Words::tr("--late takes \"fire\" or \"skip\", not \"%1\".")
                                      .arg(options.value("late")));
        }
        late = options.value("late") == u"fire" ? Passed::Fire : Passed::Skip;
    }
    const Result<QString> path = journalNamed(options.positional().value(0));
    if (!path) {
        return options.refuse(path.error(), {});
    }
    const Result<InterruptedRun> run = inspectRun(*path);
    if (!run) {
        return options.refuse(run.error(), {});
    }
    if (run->isFinished()) {
        RunConsole::printSummary(run->record, options.json());
        printError(Words::tr("This run is finished; nothing is left to resume."));
        if (options.json()) {
            printJson(run->record.summary());
        }
        return exitCodeOf(run->record);
    }
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    if (!late && !run->passed.isEmpty()) {
        if (!isAttended) {
            return options.refuse(
                Words::tr("Incidents whose moment passed while the run was down: %1. Say with "
                          "--late fire or --late skip what becomes of them.")
                    .arg(run->passed.size()));
        }
        late = ask(*run);
        if (!late) {
            printError(Words::tr("Nothing was resumed."));
            return Interrupted;
        }
    }
    Result<RunPlan> plan = resumePlan(*path, late);
    if (!plan) {
        return options.refuse(plan.error(), {});
    }
    // Before there are threads, since they inherit what it blocks.
    SignalWatch signals;
    std::unique_ptr<SandboxHost> sandbox;
    if (const Result<void> good = applyNumbers(options, *plan); !good) {
        return options.refuse(good.error(), {});
    }
    const QString target = plan->targetName;
    if (const Result<void> good = applyTarget(options, target, *plan, sandbox); !good) {
        return options.refuse(good.error(), {});
    }
    plan->holdsOpen = !isAttended;
    return play(options, signals, *plan, {isAttended, false});
}
