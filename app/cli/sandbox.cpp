// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/regularfile.h"
#include "app/base/signalwatch.h"
#include "app/cli/cli.h"
#include "app/net/hostrule.h"
#include "app/sandbox/sandboxhost.h"

#include <QFile>
#include <QHostAddress>
#include <QNetworkInterface>

#include <algorithm>

namespace {

using Cli::Words;

constexpr auto KeyVariable = "TIMELINE_SANDBOX_KEY";
constexpr qint64 LargestKeyFile = 65536;

/** A key must fit into a header. */
Result<QByteArray> usableKey(const QByteArray &key, const QString &from)
{
    const bool isSendable =
        std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
    if (key.isEmpty()) {
        return fail(Words::tr("%1 holds no key.").arg(from));
    }
    if (!isSendable) {
        return fail(
            Words::tr("The key of %1 holds a space or a character that cannot be sent.").arg(from));
    }
    return key;
}

Result<QByteArray> keyInFile(const QString &path)
{
    const Result<QByteArray> text =
        readRegularFile(path, LargestKeyFile, Words::tr("The key file “%1”").arg(path));
    if (!text) {
        return text;
    }
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    if ((QFile::permissions(path) & others) != 0) {
        Cli::printError(
            Words::tr("Other users of this machine may read “%1”. \"chmod 600\" keeps the "
                      "key to yourself.")
                .arg(path));
    }
    return usableKey(text->split('\n').first().trimmed(), Words::tr("“%1”").arg(path));
}

/** --key-file or --key, then the environment; empty where none is given. */
Result<QByteArray> keyIn(const Cli::Options &options)
{
    if (options.has("key") && options.has("key-file")) {
        return fail(Words::tr("--key and --key-file exclude each other."));
    }
    if (options.has("key-file")) {
        return keyInFile(options.value("key-file"));
    }
    if (options.has("key")) {
        Cli::printError(
            Words::tr("Other users of this machine can see the key of --key in the list of "
                      "processes. Use --key-file or %1 instead.")
                .arg(QLatin1String(KeyVariable)));
        return usableKey(options.value("key").toUtf8(), QStringLiteral("--key"));
    }
    const QByteArray set = qgetenv(KeyVariable);
    return set.isEmpty() ? Result<QByteArray>(set) : usableKey(set, QLatin1String(KeyVariable));
}

/** --listen and --allow-host. */
Result<void> readPlace(const Cli::Options &options, SandboxOptions &sandbox)
{
    if (options.has("listen")) {
        QString text = options.value("listen");
        if (text.startsWith(u'[') && text.endsWith(u']')) {
            text = text.mid(1, text.size() - 2);
        }
        if (text == u"localhost") {
            text = QStringLiteral("127.0.0.1");
        }
        if (!sandbox.address.setAddress(text)) {
            return fail(Words::tr("--listen takes an address of this machine, like 127.0.0.1 or "
                                  "0.0.0.0, not “%1”.")
                            .arg(options.value("listen")));
        }
        if (!sandbox.address.isLoopback() && sandbox.key.isEmpty()) {
            return fail(Words::tr("Other machines can reach %1, so the sandbox needs a key there. "
                                  "Give one with --key-file or %2.")
                            .arg(text, QLatin1String(KeyVariable)));
        }
    }
    for (const QString &name : options.values("allow-host")) {
        const bool hasPort = !QHostAddress().setAddress(name) && name.contains(u':');
        if (hasPort ||
            (HostRule::hostIn(name.toUtf8()).isEmpty() && !QHostAddress().setAddress(name))) {
            return fail(
                Words::tr("--allow-host takes a host name without a port, not “%1”.").arg(name));
        }
        sandbox.allowedHosts.append(name);
    }
    return {};
}

/** Its URL on the network, where it listens on all addresses; else empty. */
QString urlFromElsewhere(const QHostAddress &listening, const QUrl &base)
{
    if (listening != QHostAddress(QHostAddress::AnyIPv4) &&
        listening != QHostAddress(QHostAddress::AnyIPv6)) {
        return {};
    }
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == listening.protocol() && !address.isLoopback() &&
            !address.isLinkLocal()) {
            QUrl url = base;
            url.setHost(address.toString());
            return url.toString();
        }
    }
    return {};
}

} // namespace

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
    options.add(QStringLiteral("listen"),
                Words::tr("The address to listen on, 127.0.0.1 by default; one that other machines "
                          "can reach needs a key."),
                QStringLiteral("address"));
    options.add(QStringLiteral("allow-host"),
                Words::tr("A name that clients may call it by, besides localhost and its address; "
                          "may be given several times."),
                QStringLiteral("name"));
    options.add(QStringLiteral("key-file"),
                Words::tr("A file whose first line is the only key that it takes. Without it, "
                          "TIMELINE_SANDBOX_KEY; without both, any key will do."),
                QStringLiteral("path"));
    options.add(QStringLiteral("key"),
                Words::tr("The same on the command line, where every user of this machine can "
                          "read it."),
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
    const Result<QByteArray> key = keyIn(options);
    if (!key) {
        return options.refuse(key.error(), {});
    }
    sandbox.key = *key;
    if (const Result<void> placed = readPlace(options, sandbox); !placed) {
        return options.refuse(placed.error(), {});
    }

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
        if (const QString elsewhere = urlFromElsewhere(sandbox.address, (*host)->baseUrl());
            !elsewhere.isEmpty()) {
            printError(Words::tr("From other machines: %1").arg(elsewhere));
        }
        printError(Words::tr("The sandbox listens; Ctrl+C ends it."));
    }
    return QCoreApplication::exec();
}
