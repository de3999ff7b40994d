// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/signalwatch.h"
#include "app/cli/confirmtarget.h"
#include "app/cli/playing.h"
#include "app/cli/runconsole.h"
#include "app/engine/playback.h"
#include "app/engine/runresume.h"

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
std::optional<LatePolicy> ask(const InterruptedRun &run)
{
    Cli::printError(Words::tr("Incidents whose moment passed while the run was down: %1")
                        .arg(run.passed.size()));
    for (const QString &title : titlesOf(run)) {
        Cli::printError(QStringLiteral("  ") + title);
    }
    const QString stoppedAt =
        clockText(std::chrono::floor<std::chrono::seconds>(run.lastPosition.time_since_epoch()));
    for (;;) {
        Cli::printError(
            Words::tr("Send them now, one after the other (f), skip them (s), or continue "
                      "from %1, so that all that follows comes later (c)?")
                .arg(stoppedAt));
        char line[64];
        if (!std::fgets(line, sizeof line, stdin)) {
            return std::nullopt;
        }
        const QString answer = QString::fromLocal8Bit(line).trimmed().toLower();
        if (answer == u"f" || answer == u"fire") {
            return LatePolicy::SendNow;
        }
        if (answer == u"s" || answer == u"skip") {
            return LatePolicy::Skip;
        }
        if (answer == u"c" || answer == u"continue" || answer == u"shift") {
            return LatePolicy::Shift;
        }
    }
}

std::optional<LatePolicy> passedFrom(const QString &word)
{
    return word == u"fire"    ? std::optional(LatePolicy::SendNow)
           : word == u"skip"  ? std::optional(LatePolicy::Skip)
           : word == u"shift" ? std::optional(LatePolicy::Shift)
                              : std::nullopt;
}

QString damageSentence(const InterruptedRun &run)
{
    return run.damage + u' ' +
           (run.inFlight.isEmpty()
                ? Words::tr("Every incident has its outcome all the same.")
                : Words::tr(
                      "Incidents without an outcome, which are looked for on the target first "
                      "and not sent: %1.")
                      .arg(run.inFlight.size()));
}

} // namespace

int Cli::resume(const QStringList &arguments)
{
    Options options(QStringLiteral("resume"),
                    Words::tr("Continues a run that was cut off or stopped, in its own journal. "
                              "What may have been sent is looked for, and never sent again."));
    addJournalNamed(options);
    options.add(QStringLiteral("late"),
                Words::tr("What becomes of incidents whose moment passed meanwhile: \"fire\" sends "
                          "them in order, 100 ms apart, \"skip\" skips them, \"shift\" continues "
                          "from where the run stopped, so that all that follows comes later."),
                QStringLiteral("fire|skip|shift"));
    options.add(QStringLiteral("target"),
                Words::tr("Confirms the target that the journal names, which is where the run "
                          "goes; needed once where this computer has not sent to it before."),
                QStringLiteral("url"));
    addSending(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    if (const Result<void> given = checkGiven(options, {"target"}); !given) {
        return options.refuse(given.error(), {});
    }
    std::optional<LatePolicy> late;
    if (options.has("late")) {
        late = passedFrom(options.value("late"));
        if (!late) {
            return options.refuse(
                Words::tr("--late takes \"fire\", \"skip\" or \"shift\", not \"%1\".")
                    .arg(options.value("late")));
        }
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
        RunConsole::printSummary(run->record, options.json(), *path);
        printError(Words::tr("This run is finished; nothing is left to resume."));
        if (options.json()) {
            printJson(run->record.summary());
        }
        return exitCodeOf(run->record);
    }
    printError(run->whence());
    if (!run->damage.isEmpty()) {
        printError(damageSentence(*run));
    }
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    if (const std::optional<int> code =
            confirmTarget(options, run->record.target(), run->isTargetNamed, isAttended)) {
        return *code;
    }
    if (!late && !run->passed.isEmpty()) {
        if (!isAttended) {
            return options.refuse(
                Words::tr("Incidents whose moment passed while the run was down: %1. Say with "
                          "--late fire, --late skip or --late shift what becomes of them.")
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
