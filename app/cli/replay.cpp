// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/signalwatch.h"
#include "app/cli/playing.h"
#include "app/engine/runreplay.h"

#include <unistd.h>

int Cli::replay(const QStringList &arguments)
{
    Options options(QStringLiteral("replay"),
                    Words::tr("Plays a recorded run again: the same requests, at the moments at "
                              "which they were due. On the sandbox, unless --target says "
                              "otherwise."));
    addJournalNamed(options);
    addTarget(options);
    addSpeed(options);
    addJournal(options);
    addSending(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    if (const Result<void> given = checkGiven(options, {"target", "journal"}); !given) {
        return options.refuse(given.error(), {});
    }
    const Result<QString> path = journalNamed(options.positional().value(0));
    if (!path) {
        return options.refuse(path.error(), {});
    }
    Result<RunPlan> plan = replayPlan(*path);
    if (!plan) {
        return options.refuse(plan.error(), {});
    }
    if (!plan->warning.isEmpty()) {
        printError(plan->warning);
    }
    // Before there are threads, since they inherit what it blocks.
    SignalWatch signals;
    std::unique_ptr<SandboxHost> sandbox;
    if (const Result<void> good = applyNumbers(options, *plan); !good) {
        return options.refuse(good.error(), {});
    }
    SandboxOptions behaviour;
    behaviour.scenarios = startedScenarios(*plan);
    if (const Result<void> good =
            applyTarget(options, options.value("target"), *plan, sandbox, behaviour);
        !good) {
        return options.refuse(good.error(), {});
    }
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    plan->holdsOpen = !isAttended;
    return play(options, signals, *plan, {isAttended, isAttended});
}
