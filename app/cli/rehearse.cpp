// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"
#include "app/base/numbers.h"
#include "app/base/signalwatch.h"
#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/cli/timelineinput.h"
#include "app/engine/runplan.h"
#include "app/rehearsal/rehearsal.h"

#include <QRandomGenerator>

#include <unistd.h>

namespace {

using Cli::Words;

void addRehearseOptions(Cli::Options &options)
{
    options.addTimeline();
    options.add(QStringLiteral("runs"), Words::tr("How many times it is played; 200 by default."),
                QStringLiteral("number"));
    options.add(QStringLiteral("seed"),
                Words::tr("Repeats the rehearsal of that seed; else another one each time."),
                QStringLiteral("number"));
    options.add(QStringLiteral("speed"),
                Words::tr("How many times the timeline's own pace the show will be played, 0.1 to "
                          "1000; a rehearsal is as fast as it can be at any."),
                QStringLiteral("number"));
    options.add(QStringLiteral("rate"),
                Words::tr("How many posts the target takes in how many seconds; 5/60 by default."),
                QStringLiteral("number/seconds"));
    options.add(QStringLiteral("reconcile"),
                Words::tr("How long uncertain incidents are looked for; 20 by default."),
                QStringLiteral("seconds"));
    options.add(
        QStringLiteral("quick-incident"),
        Words::tr("Send predefined scenarios as quick incidents, too: they then carry a token."));
}

Result<RunPlan> planFor(const Cli::Options &options)
{
    const Result<QString> path = options.timelinePath();
    if (!path) {
        return tl::make_unexpected(path.error());
    }
    if (path->isEmpty()) {
        return fail(Words::tr("Say what to rehearse: --timeline ID or --file PATH."));
    }
    const ScenarioLibrary library = ScenarioLibrary::standard();
    const Result<TimelineFile> file = Cli::playableTimeline(*path, library);
    if (!file) {
        return tl::make_unexpected(file.error());
    }
    Result<RunPlan> plan = planRun(file->timeline(), library, rehearsedGeneration());
    if (plan) {
        plan->timelinePath = Cli::recordedPath(*path);
    }
    return plan;
}

Result<RateLimit> limitOf(const Cli::Options &options)
{
    RateLimit limit;
    if (!options.has("rate")) {
        return limit;
    }
    const Result<std::pair<int, std::chrono::milliseconds>> rate = Cli::rateIn(options);
    if (!rate) {
        return tl::make_unexpected(rate.error());
    }
    return RateLimit{rate->first, rate->second};
}

/** Fills in speed and reconcile, runs and seed. */
Result<void> applyNumbers(const Cli::Options &options, RunPlan &plan, RehearsalOptions &rehearsal)
{
    plan.target.preferQuickIncident = options.has("quick-incident");
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
    if (options.has("runs")) {
        const Result<qint64> runs = Cli::wholeIn(options.value("runs"), QStringLiteral("--runs"), 1,
                                                 RehearsalOptions::MaximumRuns);
        if (!runs) {
            return tl::make_unexpected(runs.error());
        }
        rehearsal.runs = static_cast<int>(*runs);
    }
    // Short enough to be read out.
    rehearsal.seed = QRandomGenerator::global()->bounded(1'000'000);
    if (options.has("seed")) {
        const std::optional<qint64> seed = wholeFromText(options.value("seed"));
        if (!seed || *seed < 0) {
            return fail(Words::tr("--seed takes a whole number from 0 on, not \"%1\".")
                            .arg(options.value("seed")));
        }
        rehearsal.seed = static_cast<quint64>(*seed);
    }
    return {};
}

QString durationText(double seconds)
{
    return seconds < 90     ? Words::tr("%1 s").arg(seconds, 0, 'f', 1)
           : seconds < 5400 ? Words::tr("%1 min").arg(seconds / 60, 0, 'f', 0)
                            : Words::tr("%1 h").arg(seconds / 3600, 0, 'f', 1);
}

QString lateText(const ReadinessCause &cause)
{
    return cause.worstLate.count() > 0
               ? Words::tr("%1 s").arg(double(cause.worstLate.count()) / 1000, 0, 'f', 1)
               : QString();
}

QStringList reportLines(const ReadinessReport &report)
{
    QStringList lines{Words::tr("%1, %2 with seed %3: %4 of show in %5", "timeline, 200 times, …")
                          .arg(report.timeline,
                               countedText(report.runs, Words::tr("once"), Words::tr("%1 times")),
                               QString::number(report.seed), durationText(report.rehearsedSeconds),
                               durationText(report.seconds)),
                      report.countsText()};
    if (!report.causes.isEmpty()) {
        ConsoleTable table({Words::tr("Cause"), Words::tr("Outcome"), Words::tr("Incidents"),
                            Words::tr(">Late"), Words::tr("Weight")});
        for (const ReadinessCause &cause : report.causes) {
            table.addRow({cause.name, cause.outcomeText(),
                          shortened(placesText(cause.incidents), 30), lateText(cause),
                          displayName(cause.severity)});
        }
        lines << QString() << table.lines() << QString();
    }
    for (const ReadinessCause &cause : report.causes) {
        lines << Words::tr("%1: %2", "cause, what would help").arg(cause.name, cause.advice);
    }
    if (!report.causes.isEmpty()) {
        lines << QString();
    }
    return lines << report.notes << report.summary();
}

/** On standard error: at a terminal a line that changes, else the first and every tenth. */
class Progress
{
public:
    void show(int done, int runs)
    {
        if (m_isTerminal) {
            m_line.show(Words::tr("rehearsed %1 of %2").arg(done).arg(runs));
            m_isOpen = true;
        } else if (done == 1 || done * 10 / runs > m_tenths) {
            Cli::printError(Words::tr("rehearsed %1 of %2").arg(done).arg(runs));
        }
        m_tenths = done * 10 / runs;
    }

    void end()
    {
        if (std::exchange(m_isOpen, false)) {
            Cli::printError(QString());
        }
    }

private:
    Console::StatusLine m_line{Console::Stream::Error};
    bool m_isTerminal = Cli::isTerminal(STDERR_FILENO);
    bool m_isOpen = false;
    int m_tenths = 0;
};

} // namespace

int Cli::rehearse(const QStringList &arguments)
{
    Options options(QStringLiteral("rehearse"),
                    Words::tr("Plays a timeline many times on the sandbox, as fast as it can, "
                              "against faults, and says what can spoil the show and what would "
                              "help."));
    addRehearseOptions(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const Result<RateLimit> limit = limitOf(options);
    if (!limit) {
        return options.refuse(limit.error(), {});
    }
    Result<RunPlan> plan = planFor(options);
    if (!plan) {
        return options.refuse(plan.error(), {});
    }
    RehearsalOptions rehearsalOptions;
    rehearsalOptions.setting.limit = *limit;
    rehearsalOptions.setting.scenarios = sandboxScenarios();
    if (const Result<void> good = applyNumbers(options, *plan, rehearsalOptions); !good) {
        return options.refuse(good.error(), {});
    }
    // Before there are threads, since they inherit what it blocks.
    SignalWatch signals;
    Rehearsal rehearsal;
    Progress progress;
    bool isInterrupted = false;
    QObject::connect(&signals, &SignalWatch::interrupted, &rehearsal, [&] {
        isInterrupted = true;
        rehearsal.cancel();
    });
    QObject::connect(&rehearsal, &Rehearsal::progress, &rehearsal,
                     [&](int done, int runs) { progress.show(done, runs); });
    QObject::connect(&rehearsal, &Rehearsal::failed, &rehearsal, [&](const Error &error) {
        progress.end();
        QCoreApplication::exit(options.refuse(error, {}));
    });
    QObject::connect(&rehearsal, &Rehearsal::finished, &rehearsal,
                     [&](const ReadinessReport &report) {
                         progress.end();
                         if (options.json()) {
                             printJson(report.toJson());
                         } else {
                             printOut(reportLines(report));
                         }
                         QCoreApplication::exit(isInterrupted      ? Interrupted
                                                : report.isClean() ? AllWell
                                                                   : Incomplete);
                     });
    if (const Result<void> started = rehearsal.start(*plan, rehearsalOptions); !started) {
        return options.refuse(started.error(), {});
    }
    return QCoreApplication::exec();
}
