// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/cli.h"
#include "app/cli/signalwatch.h"
#include "app/sandbox/sandboxhost.h"

int Cli::sandbox(const QStringList &arguments)
{
    Options options(
        QStringLiteral("sandbox"),
        Words::tr("Runs the sandbox alone: an incident API and a language model on this "
                  "machine that any client can be pointed at."));
    options.add(QStringLiteral("port"), Words::tr("The port to listen on; 0 picks a free one."),
                QStringLiteral("number"));
    options.add(QStringLiteral("latency"), Words::tr("How long each post takes."),
                QStringLiteral("milliseconds"));
    options.add(QStringLiteral("llm-latency"),
                Words::tr("How long the sandbox's language model thinks before it answers."),
                QStringLiteral("milliseconds"));
    options.add(QStringLiteral("rate"),
                Words::tr("How many posts it takes in how many seconds, as 5/60."),
                QStringLiteral("number/seconds"));
    options.add(QStringLiteral("fault"),
                Words::tr("A fault for the first K posts; may stand several times. %1")
                    .arg(FaultPlan::names().join(QStringLiteral(", "))),
                QStringLiteral("name:K"));
    options.add(QStringLiteral("key"), Words::tr("The only X-API-Key that it takes; else any."),
                QStringLiteral("key"));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    SandboxOptions sandbox;
    if (options.has("port")) {
        const Result<qint64> port =
            wholeIn(options.value("port"), QStringLiteral("--port"), 0, 65535);
        if (!port) {
            return options.refuse(port.error().message);
        }
        sandbox.port = static_cast<quint16>(*port);
    }
    if (options.has("latency")) {
        const Result<double> latency =
            numberIn(options.value("latency"), QStringLiteral("--latency"), 0, 3'600'000);
        if (!latency) {
            return options.refuse(latency.error().message);
        }
        sandbox.latency = std::chrono::milliseconds(static_cast<qint64>(*latency));
    }
    if (options.has("llm-latency")) {
        const Result<double> latency =
            numberIn(options.value("llm-latency"), QStringLiteral("--llm-latency"), 0, 3'600'000);
        if (!latency) {
            return options.refuse(latency.error().message);
        }
        sandbox.llmLatency = std::chrono::milliseconds(static_cast<qint64>(*latency));
    }
    if (options.has("rate")) {
        const auto rate = rateIn(options);
        if (!rate) {
            return options.refuse(rate.error().message);
        }
        std::tie(sandbox.rateSends, sandbox.rateWindow) = *rate;
    }
    for (const QString &text : options.values("fault")) {
        const Result<FaultPlan> plan = FaultPlan::parse(text);
        if (!plan) {
            return options.refuse(plan.error().message);
        }
        sandbox.faults.append(*plan);
    }
    sandbox.key = options.value("key").toUtf8();

    // Before there are threads, since they inherit what it blocks.
    SignalWatch signals;
    QObject::connect(&signals, &SignalWatch::interrupted, qApp, &QCoreApplication::quit);
    const auto host = SandboxHost::start(sandbox);
    if (!host) {
        return options.refuse(host.error().message);
    }
    const QString url = (*host)->baseUrl().toString();
    if (options.json()) {
        printJson(
            {{QStringLiteral("url"), url}, {QStringLiteral("port"), (*host)->baseUrl().port()}});
    } else {
        printOut(url);
        printError(Words::tr("The sandbox listens; Ctrl+C ends it."));
    }
    return QCoreApplication::exec();
}
