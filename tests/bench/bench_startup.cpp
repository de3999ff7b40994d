// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * From exec to the first painted window with busy_day open, and the resident memory of the window
 * with 10,000 incidents; beside it, a process that does nothing but start.
 */
#include "app/base/clock.h"
#include "benchreport.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace {

struct Start
{
    double firstPaintMs = 0;
    double residentMb = 0;
};

double residentMb(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:")) {
                return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
            }
        }
    }
    return 0;
}

Start startWindow(const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ORCHESTRATOR_STARTUP_TRACE"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.setReadChannel(QProcess::StandardError);
    const Instant before = SystemClock().now();
    process.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator"), arguments);
    Start start;
    while (process.waitForReadyRead(20000)) {
        const QByteArray line = process.readLine();
        if (line.startsWith("first-paint ")) {
            const Instant painted{Duration(line.mid(12).trimmed().toLongLong())};
            start.firstPaintMs = toMilliseconds(painted - before);
            break;
        }
    }
    // Let what comes after the first picture come, so that memory is told whole.
    process.waitForFinished(1000);
    start.residentMb = residentMb(process.processId());
    process.terminate();
    process.waitForFinished();
    return start;
}

QString bigTimeline(const QTemporaryDir &dir)
{
    const QString path = dir.filePath(QStringLiteral("big.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write("{\"name\": \"Ten thousand\", \"description\": \"\", \"duration_minutes\": 600, "
               "\"incidents\": [\n");
    for (int i = 0; i < 10000; ++i) {
        file.write((i > 0 ? ",\n" : "") + QByteArray("{\"delay_seconds\": ") +
                   QByteArray::number((i * 7919) % 36000) +
                   ", \"type\": \"predefined\", \"scenario_id\": \"pod_crash_loop\", "
                   "\"service_name\": \"service-" +
                   QByteArray::number(i % 40) + "\", \"comment\": \"Incident " +
                   QByteArray::number(i) + "\"}");
    }
    file.write("]}\n");
    return path;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QTemporaryDir dir;
    for (const char *variable : {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"}) {
        qputenv(variable, dir.path().toLocal8Bit());
    }
    std::vector<double> bare;
    std::vector<double> starts;
    for (int i = 0; i < 11; ++i) {
        const Instant before = SystemClock().now();
        QProcess process;
        process.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli"),
                      {QStringLiteral("--version")});
        process.waitForFinished();
        bare.push_back(toMilliseconds(SystemClock().now() - before));
        starts.push_back(
            startWindow({QStringLiteral("--timeline"), QStringLiteral("busy_day")}).firstPaintMs);
    }
    report({{QStringLiteral("benchmark"), QStringLiteral("startup")},
            {QStringLiteral("first_window_ms"), spread(starts)},
            {QStringLiteral("reference_bare_process_ms"), spread(bare)},
            {QStringLiteral("bound_ms"), 150}});
    const Start big = startWindow({QStringLiteral("--file"), bigTimeline(dir)});
    report({{QStringLiteral("benchmark"), QStringLiteral("window_with_10000_incidents")},
            {QStringLiteral("first_window_ms"), rounded(big.firstPaintMs)},
            {QStringLiteral("resident_mb"), rounded(big.residentMb)},
            {QStringLiteral("resident_bound_mb"), 100}});
    return 0;
}
