// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/checkshow.h"

#include "app/base/signalwatch.h"
#include "app/cli/playing.h"
#include "app/cli/timelineinput.h"
#include "app/readiness/showcheck.h"

#include <QJsonArray>

#include <algorithm>

namespace {

using State = CheckItem::State;

int showExitCode(const ShowCheck &check)
{
    const QList<CheckItem> &items = check.items();
    const bool isRefused = std::any_of(items.begin(), items.end(),
                                       [](const CheckItem &item) { return item.refusesRun; });
    if (check.blocksStart()) {
        return Cli::BadInput;
    }
    if (isRefused) {
        return Cli::Unreachable;
    }
    return check.verdict() == State::Problem ? Cli::Incomplete : Cli::AllWell;
}

/** Not as a table: sentences are longer than a terminal is wide. */
void print(const ShowCheck &check)
{
    qsizetype stateWidth = 0;
    qsizetype topicWidth = 0;
    for (const CheckItem &item : check.items()) {
        stateWidth = std::max(stateWidth, stateName(item.state).size() + 2);
        topicWidth = std::max(topicWidth, item.topic.size() + 2);
    }
    for (const CheckItem &item : check.items()) {
        Cli::printOut(stateName(item.state).leftJustified(stateWidth) +
                      item.topic.leftJustified(topicWidth) + item.sentence);
        if (!item.fix.isEmpty()) {
            Cli::printOut(QString(stateWidth + topicWidth, u' ') + item.fix);
        }
    }
    Cli::printOut(verdictSentence(check.items()));
}

QJsonObject toJson(const ShowCheck &check)
{
    QJsonArray items;
    for (const CheckItem &item : check.items()) {
        items.append(toJson(item));
    }
    const ShowSetup &setup = check.setup();
    return {{QStringLiteral("target"),
             setup.target.isSandbox ? QStringLiteral("sandbox") : setup.target.base.toString()},
            {QStringLiteral("verdict"), stateId(check.verdict())},
            {QStringLiteral("items"), items}};
}

} // namespace

void Cli::addShow(Options &options)
{
    options.add(QStringLiteral("show"),
                Words::tr("Also check what a show depends on: target, key, scenarios, rate limit, "
                          "generator, clock, power, sleep and disk."));
    addTarget(options);
    addSpeed(options);
    options.add(QStringLiteral("generator"),
                Words::tr("With --show: what makes scenarios from prompts, as for run."),
                QStringLiteral("name"));
    options.add(QStringLiteral("allow-plain-http"),
                Words::tr("Send the key unencrypted to another machine."));
    addCertificates(options);
}

int Cli::checkShow(const Options &options, const Timeline &timeline, const QString &path,
                   QJsonObject report)
{
    if (const Result<void> given = checkGiven(options, {"target", "speed", "generator"}); !given) {
        return options.refuse(given.error(), {});
    }
    // Takes the options as run does, and so is checked what run would play.
    RunPlan wanted;
    if (const Result<void> good = applyNumbers(options, wanted); !good) {
        return options.refuse(good.error(), {});
    }
    // Before there are threads, since they inherit what it blocks.
    SignalWatch signals;
    std::unique_ptr<SandboxHost> sandbox;
    if (const Result<void> good = applyTarget(options, wantedTarget(options), wanted, sandbox);
        !good) {
        return options.refuse(good.error(), {});
    }
    const QString generator =
        options.has("generator") ? options.value("generator") : Generators::defaultName();
    if (const Result<GeneratorProfile> named = Generators::resolve(generator); !named) {
        return options.refuse(named.error(), {});
    }
    const ShowSetup setup = showSetup(timeline, recordedPath(path), ScenarioLibrary::standard(),
                                      wanted.target, wanted.speed, generator);
    ShowCheck check;
    check.setSetup(setup);
    QObject::connect(&check, &ShowCheck::finished, &check, [&] {
        if (options.json()) {
            report.insert(QStringLiteral("show"), toJson(check));
            printJson(report);
        } else {
            print(check);
        }
        QCoreApplication::exit(showExitCode(check));
    });
    QObject::connect(&signals, &SignalWatch::interrupted, &check,
                     [] { QCoreApplication::exit(Interrupted); });
    check.start();
    return QCoreApplication::exec();
}
