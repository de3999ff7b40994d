// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/playing.h"

#include "app/base/processlimits.h"
#include "app/base/signalwatch.h"
#include "app/cli/runconsole.h"
#include "app/engine/playback.h"
#include "app/engine/storedkeys.h"
#include "app/net/httpclient.h"
#include "app/net/trustedcertificates.h"
#include "app/runs/runstore.h"
#include "app/settings/datapaths.h"

#include <QFileInfo>

#include <algorithm>

namespace {

int exitCodeOf(Playback::StartFailure why)
{
    switch (why) {
    case Playback::StartFailure::Target:
        return Cli::Unreachable;
    case Playback::StartFailure::Cancelled:
        return Cli::Interrupted;
    case Playback::StartFailure::Busy:
    case Playback::StartFailure::Blocked:
    case Playback::StartFailure::Unconfirmed:
    case Playback::StartFailure::Journal:
        break;
    }
    return Cli::BadInput;
}

/** What can be done where the target cannot be used. */
QString wayOut(const RunPlan &plan)
{
    return plan.resumption
               ? Cli::Words::tr("Nothing more was sent; the run can still be resumed.")
               : Cli::Words::tr("Nothing was sent; name another with --target, or play on the "
                                "sandbox with --target sandbox.");
}

} // namespace

void Cli::addTarget(Options &options)
{
    options.add(QStringLiteral("target"),
                Words::tr("\"sandbox\", or the incident API's base URL with /api/v1."),
                QStringLiteral("url"));
}

void Cli::addSpeed(Options &options)
{
    options.add(QStringLiteral("speed"),
                Words::tr("How many times the timeline's own pace, 0.1 to 1000."),
                QStringLiteral("number"));
}

void Cli::addJournal(Options &options)
{
    options.add(QStringLiteral("journal"), Words::tr("Write the run's journal to that new file."),
                QStringLiteral("path"));
}

void Cli::addCertificates(Options &options)
{
    options.add(QStringLiteral("ca-file"),
                Words::tr("Trust the certificates in that file (PEM) besides the system's."),
                QStringLiteral("path"));
}

void Cli::addSending(Options &options)
{
    options.add(QStringLiteral("reconcile"),
                Words::tr("How long uncertain incidents are looked for; 20 by default."),
                QStringLiteral("seconds"));
    options.add(QStringLiteral("allow-plain-http"),
                Words::tr("Send the key unencrypted to another machine."));
    addCertificates(options);
    options.add(QStringLiteral("yes"), Words::tr("Ask nothing; holds open at once."));
}

Result<void> Cli::checkGiven(const Options &options, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (options.has(name) && options.value(name).isEmpty()) {
            return fail(Words::tr("--%1 is given without a value; is a variable not set?")
                            .arg(QLatin1String(name)));
        }
    }
    return {};
}

void Cli::addJournalNamed(Options &options)
{
    options.addPositional(QStringLiteral("run"),
                          Words::tr("The run's journal or its id, or \"last\" for the newest."));
}

Result<QString> Cli::journalNamed(const QString &named)
{
    if (named.isEmpty()) {
        return fail(Words::tr("Say which run: its journal's path, its id, or \"last\"."));
    }
    if (named == u"last") {
        const QList<RunEntry> runs = RunStore::list();
        if (runs.isEmpty()) {
            return fail(
                Words::tr("No run has been recorded in \"%1\" yet.").arg(DataPaths::runs()));
        }
        return runs.first().path;
    }
    if (QFileInfo::exists(named)) {
        return named;
    }
    const QString path = DataPaths::runs() + u'/' + named + QStringLiteral(".jsonl");
    if (named.contains(u'/') || !QFileInfo::exists(path)) {
        return fail(Words::tr("There is no journal \"%1\"; those of past runs are in \"%2\".")
                        .arg(named, DataPaths::runs()));
    }
    return path;
}

QString Cli::wantedTarget(const Options &options)
{
    return options.has("target") ? options.value("target")
                                 : qEnvironmentVariable("TIMELINE_API_URL");
}

Result<void> Cli::applyNumbers(const Options &options, RunPlan &plan)
{
    if (options.takes("speed") && options.has("speed")) {
        const Result<double> speed = Cli::numberIn(
            options.value("speed"), QStringLiteral("--speed"), MinimumSpeed, MaximumSpeed);
        if (!speed) {
            return tl::make_unexpected(speed.error());
        }
        plan.speed = *speed;
    }
    if (options.takes("reconcile") && options.has("reconcile")) {
        const Result<double> seconds =
            Cli::numberIn(options.value("reconcile"), QStringLiteral("--reconcile"), 0, 3600);
        if (!seconds) {
            return tl::make_unexpected(seconds.error());
        }
        plan.reconcile = std::chrono::milliseconds(static_cast<qint64>(*seconds * 1000));
    }
    if (options.takes("journal") && options.has("journal")) {
        plan.journalPath = options.value("journal");
        if (QFileInfo::exists(plan.journalPath)) {
            return fail(
                Words::tr("The journal \"%1\" exists already; a run does not overwrite another's.")
                    .arg(plan.journalPath));
        }
    }
    return {};
}

Result<void> Cli::applyCertificates(const Options &options, const QList<QUrl> &asked)
{
    if (options.has("ca-file")) {
        if (const Result<void> good = TrustedCertificates::addFile(options.value("ca-file"));
            !good) {
            return good;
        }
    }
    const bool usesTls = std::any_of(asked.begin(), asked.end(), [](const QUrl &url) {
        return url.scheme() == QLatin1String("https");
    });
    return usesTls ? TrustedCertificates::checkEnvironment() : Result<void>();
}

Result<void> Cli::applyTarget(const Options &options, const QString &wanted, RunPlan &plan,
                              std::unique_ptr<SandboxHost> &sandbox,
                              const SandboxOptions &behaviour)
{
    plan.target.isSandbox = wanted.isEmpty() || wanted == u"sandbox";
    plan.target.allowPlainHttp = options.has("allow-plain-http");
    const Result<QUrl> base = plan.target.isSandbox ? Result<QUrl>(QUrl()) : parseTargetUrl(wanted);
    if (!base) {
        return tl::make_unexpected(base.error());
    }
    if (const Result<void> good = applyCertificates(options, {*base, plan.generation.profile.base});
        !good) {
        return good;
    }
    if (plan.target.isSandbox) {
        auto host = SandboxHost::start(behaviour);
        if (!host) {
            return tl::make_unexpected(host.error());
        }
        sandbox = std::move(*host);
        plan.target.base = sandbox->baseUrl();
        plan.targetName = QStringLiteral("sandbox");
        return {};
    }
    plan.target.base = *base;
    plan.targetName = base->toString();
    return {};
}

int Cli::exitCodeOf(const RunRecord &record)
{
    const bool isIncomplete =
        record.count(IncidentState::Failed) > 0 || record.count(IncidentState::Uncertain) > 0;
    return isIncomplete ? Incomplete : AllWell;
}

int Cli::play(const Options &options, SignalWatch &signals, const RunPlan &plan,
              Attendance attendance)
{
    Playback playback;
    RunConsole console(playback, options.json(), attendance.isAttended);
    int code = AllWell;
    int interrupts = 0;
    QObject::connect(&playback, &Playback::startFailed, &console,
                     [&](Error error, Playback::StartFailure why) {
                         if (why == Playback::StartFailure::Target) {
                             error.message += u' ' + wayOut(plan);
                         }
                         code = options.refuse(error, {}, ::exitCodeOf(why));
                         QCoreApplication::exit(code);
                     });
    QObject::connect(&playback, &Playback::finished, &console, [&] {
        console.printSummary();
        if (options.json()) {
            printJson(console.record().summary());
        }
        QCoreApplication::exit(interrupts > 0 ? Interrupted : exitCodeOf(console.record()));
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
    console.printSchedule(plan);
    if (const std::optional<int> posts = HttpClient::scarcePosts()) {
        printError(Words::tr("Only %1 files may be open at once here, so at most %2 incidents are "
                             "sent at the same moment and others follow them. \"ulimit -n 2048\" "
                             "raises the limit.")
                       .arg(ProcessLimits::descriptorLimit())
                       .arg(*posts));
    }
    StoredKeys::read(plan,
                     {&console, [&](const RunPlan &ready) {
                          if (attendance.asksFirst) {
                              console.waitForEnter([&playback, ready] { playback.start(ready); });
                              return;
                          }
                          if (attendance.isAttended) {
                              console.listen();
                          }
                          playback.start(ready);
                      }});
    return QCoreApplication::exec();
}
