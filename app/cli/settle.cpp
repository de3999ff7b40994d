// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/signalwatch.h"
#include "app/cli/confirmtarget.h"
#include "app/cli/consoletable.h"
#include "app/cli/playing.h"
#include "app/engine/runsettler.h"
#include "app/run/runsummary.h"
#include "app/runs/runstore.h"

#include <QJsonArray>

#include <unistd.h>

namespace {

using Cli::Words;

/** What a look found, told of the run as its journal has it by now. */
int tellSettled(const Cli::Options &options, const QString &path, const QList<int> &sought)
{
    const Result<RunRecord> record = RunStore::read(path);
    if (!record) {
        return options.refuse(record.error(), path);
    }
    ConsoleTable table({Words::tr(">#"), Words::tr("Incident"), Words::tr("State"),
                        Words::tr("Incident id"), Words::tr("Token")});
    QJsonArray incidents;
    int left = 0;
    for (const int index : sought) {
        const IncidentRun &run = record->incidents()[index];
        const QString token = record->token(index);
        left += run.state == IncidentState::Uncertain ? 1 : 0;
        QJsonObject incident = summaryOf(run);
        incident.insert(QStringLiteral("token"), token.isEmpty() ? QJsonValue() : token);
        incidents.append(incident);
        table.addRow({QString::number(index + 1), run.title, toString(run.state),
                      run.incidentId.isEmpty() ? QStringLiteral("–") : run.incidentId,
                      token.isEmpty() ? QStringLiteral("–") : token});
    }
    const int settled = int(sought.size()) - left;
    if (options.json()) {
        Cli::printJson({{QStringLiteral("run_id"), record->runId()},
                        {QStringLiteral("settled"), settled},
                        {QStringLiteral("left"), left},
                        {QStringLiteral("incidents"), incidents}});
    } else if (sought.isEmpty()) {
        Cli::printOut(Words::tr("Nothing is uncertain in this run."));
    } else {
        Cli::printOut(
            table.lines() +
            QStringList{QString(),
                        Words::tr("%1 found, %2 still uncertain.").arg(settled).arg(left)});
    }
    return left > 0 ? Cli::Incomplete : Cli::AllWell;
}

void addSettleOptions(Cli::Options &options)
{
    Cli::addJournalNamed(options);
    options.add(QStringLiteral("target"),
                Words::tr("Confirms the target that the journal names; needed once where this "
                          "computer has not sent to it before."),
                QStringLiteral("url"));
    options.add(QStringLiteral("reconcile"),
                Words::tr("How long what is not found is looked for again; 0 by default."),
                QStringLiteral("seconds"));
    options.add(QStringLiteral("allow-plain-http"),
                Words::tr("Send the key unencrypted to another machine."));
    Cli::addCertificates(options);
    options.add(QStringLiteral("yes"), Words::tr("Ask nothing."));
}

int look(const Cli::Options &options, const QString &path, const RunPlan &plan,
         const QList<int> &sought)
{
    SignalWatch signals;
    SystemClock clock;
    RunSettler settler(clock);
    int code = Cli::AllWell;
    QObject::connect(
        &settler, &RunSettler::failed, &settler, [&](const Error &error, RunSettler::Failure why) {
            code = options.refuse(
                error, {}, why == RunSettler::Failure::Target ? Cli::Unreachable : Cli::BadInput);
            QCoreApplication::exit(code);
        });
    QObject::connect(&settler, &RunSettler::finished, &settler, [&] {
        code = tellSettled(options, path, sought);
        QCoreApplication::exit(code);
    });
    // What was found so far is in the journal.
    QObject::connect(&signals, &SignalWatch::interrupted, &settler,
                     [] { QCoreApplication::exit(Cli::Interrupted); });
    settler.start(path, plan.target, plan.reconcile);
    return QCoreApplication::exec();
}

} // namespace

int Cli::settle(const QStringList &arguments)
{
    Options options(QStringLiteral("settle"),
                    Words::tr("Looks again for what stayed uncertain in a run that is over, and "
                              "writes what it finds into the run's journal. Sends nothing."));
    addSettleOptions(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    if (const Result<void> given = checkGiven(options, {"target"}); !given) {
        return options.refuse(given.error(), {});
    }
    const Result<QString> path = journalNamed(options.positional().value(0));
    if (!path) {
        return options.refuse(path.error(), {});
    }
    const Result<UnsettledRun> run = RunSettler::inspect(*path);
    if (!run) {
        return options.refuse(run.error(), {});
    }
    const QString target = run->record.target();
    if (run->uncertain.isEmpty() || target == u"sandbox") {
        if (!run->uncertain.isEmpty()) {
            printError(Words::tr("The sandbox of this run ended with it, so there is nothing to "
                                 "look at."));
        }
        return tellSettled(options, *path, run->uncertain);
    }
    const bool isAttended = isTerminal(STDIN_FILENO) && !options.has("yes");
    if (const auto code = confirmTarget(options, target, run->isTargetNamed, isAttended)) {
        return *code;
    }
    RunPlan plan; // of which only the target and the time to look are used
    plan.reconcile = std::chrono::milliseconds(0);
    if (const Result<void> good = applyNumbers(options, plan); !good) {
        return options.refuse(good.error(), {});
    }
    std::unique_ptr<SandboxHost> none;
    if (const Result<void> good = applyTarget(options, target, plan, none); !good) {
        return options.refuse(good.error(), {});
    }
    return look(options, *path, plan, run->uncertain);
}
