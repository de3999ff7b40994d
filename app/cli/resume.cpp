// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/signalwatch.h"
#include "app/cli/playing.h"
#include "app/cli/runconsole.h"
#include "app/player/playback.h"
#include "app/player/runresume.h"
#include "app/settings/knowntargets.h"

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

/** Whether "yes" is typed; no at the end of the input. */
bool isConfirmed()
{
    char line[64];
    const QString answer =
        std::fgets(line, sizeof line, stdin) ? QString::fromLocal8Bit(line).trimmed() : QString();
    return answer.compare(QStringLiteral("yes"), Qt::CaseInsensitive) == 0;
}

/**
 * A journal may come from anywhere: it decides who gets the key only where the user has named that
 * target, too. The exit code where it stays unconfirmed.
 */
std::optional<int> confirmTarget(const Cli::Options &options, const InterruptedRun &run,
                                 bool isAttended)
{
    const QString target = run.record.target();
    const bool isSandbox = target == u"sandbox";
    const Result<QUrl> base = isSandbox ? Result<QUrl>(QUrl()) : parseTargetUrl(target);
    if (!base) {
        return options.refuse(base.error(), {});
    }
    if (options.has("target")) {
        const QString wanted = options.value("target");
        const Result<QUrl> named =
            wanted == u"sandbox" ? Result<QUrl>(QUrl()) : parseTargetUrl(wanted);
        if (!named) {
            return options.refuse(named.error(), {});
        }
        if (KnownTargets::originOf(*named) != KnownTargets::originOf(*base)) {
            return options.refuse(
                Words::tr("The run goes to %1, and a resumed run stays on its target; --target "
                          "names %2. Leave it out, or play the run on another target with replay.")
                    .arg(target, wanted));
        }
    } else if (run.isTargetNamed) {
        return std::nullopt;
    } else if (!isAttended) {
        return options.refuse(
            Words::tr("The journal names the target %1, which you have not used on this computer, "
                      "so nothing was sent there and no key. Confirm it with --target %1.")
                .arg(target));
    } else {
        Cli::printError(Words::tr("The journal names the target %1, which you have not used on "
                                  "this computer.")
                            .arg(target));
        Cli::printError(Words::tr("Type yes to send the rest of the run and your API key to it: "));
        if (!isConfirmed()) {
            Cli::printError(Words::tr("Nothing was resumed."));
            return Cli::Interrupted;
        }
    }
    if (isSandbox) {
        return std::nullopt;
    }
    if (const Result<void> kept = KnownTargets::remember(*base); !kept) {
        Cli::printError(kept.error().message); // it is asked again next time
    }
    return std::nullopt;
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
    printError(run->whence());
    if (!run->damage.isEmpty()) {
        printError(damageSentence(*run));
    }
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    if (const std::optional<int> code = confirmTarget(options, *run, isAttended)) {
        return *code;
    }
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
