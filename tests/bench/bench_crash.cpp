// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Two hundred times kill -9 at random instants of runs of twenty incidents, also while they are
 * being resumed: how many incidents came to be twice, were lost, or are told wrongly.
 *
 * bench_crash [KILLS [FIRST_SEED [sandbox|unkind]]]: against the sandbox with its faults, or
 * against a server of another make that counts what arrives.
 */
#include "../cli/crashsuite.h"
#include "benchreport.h"

#include <QCoreApplication>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const int wanted = application.arguments().value(1, QStringLiteral("200")).toInt();
    const quint32 firstSeed = application.arguments().value(2, QStringLiteral("1")).toUInt();
    const bool isUnkind = application.arguments().value(3) == QLatin1String("unkind");
    const auto peer = isUnkind ? CrashSuite::Peer::Unkind : CrashSuite::Peer::Sandbox;
    // Most of a round is waiting.
    constexpr int Workers = 6;
    std::mutex mutex;
    CrashSuite::Figures figures;
    std::atomic<quint32> seed{firstSeed};
    std::vector<std::thread> workers;
    for (int i = 0; i < Workers; ++i) {
        workers.emplace_back([&] {
            for (;;) {
                {
                    const std::lock_guard lock(mutex);
                    if (figures.kills >= wanted) {
                        return;
                    }
                }
                const CrashSuite::Figures round =
                    CrashSuite::Round(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli"),
                                      seed++, peer)
                        .play(5);
                const std::lock_guard lock(mutex);
                figures += round;
            }
        });
    }
    for (std::thread &worker : workers) {
        worker.join();
    }
    for (const QString &complaint : figures.complaints) {
        std::fprintf(stderr, "%s\n", qPrintable(complaint));
    }
    report({{QStringLiteral("benchmark"), QStringLiteral("crash")},
            {QStringLiteral("against"),
             isUnkind ? QStringLiteral("unkind server") : QStringLiteral("sandbox")},
            {QStringLiteral("kills"), figures.kills},
            {QStringLiteral("of_resumed_runs"), figures.killsOfResumed},
            {QStringLiteral("runs"), figures.runs},
            {QStringLiteral("killed_before_the_run_began"), figures.notBegun},
            {QStringLiteral("created"), figures.created},
            {QStringLiteral("failed"), figures.failed},
            {QStringLiteral("skipped"), figures.skipped},
            {QStringLiteral("uncertain"), figures.uncertain},
            {QStringLiteral("duplicates"), figures.duplicates},
            {QStringLiteral("reused_connections"), figures.reuses},
            {QStringLiteral("lost"), figures.lost},
            {QStringLiteral("told_wrongly"), figures.unreported},
            {QStringLiteral("bound"), 0}});
    return figures.duplicates + figures.lost + figures.unreported + figures.reuses == 0 ? 0 : 1;
}
