// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * A data race, planted for ThreadSanitizer to find: one number that two threads change with nothing
 * between them. With "events", both are driven by Qt's event loops and queued calls, as the
 * program's own threads are, so that no suppression for Qt can hide a race in a slot of ours.
 */
#include <QCoreApplication>
#include <QObject>
#include <QThread>

#include <cstring>
#include <thread>

namespace {

int g_planted = 0;

void plantedRace()
{
    constexpr int Often = 100000;
    for (int i = 0; i < Often; ++i) {
        g_planted = g_planted + 1;
    }
}

void raceInEvents()
{
    QThread threads[2];
    QObject workers[2];
    for (int i = 0; i < 2; ++i) {
        workers[i].moveToThread(&threads[i]);
        threads[i].start();
        // Only a loop that turns takes what is queued before its end.
        QMetaObject::invokeMethod(
            &workers[i], [] {}, Qt::BlockingQueuedConnection);
    }
    for (QObject &worker : workers) {
        QMetaObject::invokeMethod(&worker, plantedRace, Qt::QueuedConnection);
        QMetaObject::invokeMethod(
            &worker, [] { QThread::currentThread()->quit(); }, Qt::QueuedConnection);
    }
    for (QThread &thread : threads) {
        thread.wait();
    }
}

void raceInPlainThreads()
{
    std::thread first(plantedRace);
    std::thread second(plantedRace);
    first.join();
    second.join();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc > 1 && std::strcmp(argv[1], "events") == 0) {
        raceInEvents();
    } else {
        raceInPlainThreads();
    }
    return g_planted == 0 ? 1 : 0;
}
