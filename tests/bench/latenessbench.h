// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/*
 * How late incidents are sent and arrive, beside what a bare clock_nanosleep and one warm POST
 * reach in the same circumstances.
 */
#include "app/engine/playback.h"
#include "app/run/runrecord.h"
#include "benchreport.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <ctime>
#include <functional>
#include <memory>
#include <thread>

#include <sched.h>
#include <sys/prctl.h>

using namespace std::chrono_literals;

inline constexpr int Incidents = 200;
inline constexpr auto Interval = 50ms;

/** The sandbox as a process of its own, as a backend is. */
class SandboxProcess
{
public:
    explicit SandboxProcess(const QStringList &options)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(
            QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli"),
            QStringList{QStringLiteral("sandbox"), QStringLiteral("--port"), QStringLiteral("0")} +
                options);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(10000)) {
        }
        m_base = QUrl(QString::fromUtf8(m_process.readLine()).trimmed());
    }

    ~SandboxProcess()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }

    QUrl base() const { return m_base; }

    QJsonDocument get(const QString &path) const
    {
        QNetworkAccessManager manager;
        QUrl url = m_base;
        url.setPath(path);
        QNetworkReply *reply = manager.get(QNetworkRequest(url));
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        reply->deleteLater();
        return QJsonDocument::fromJson(reply->readAll());
    }

    /** Arrivals in nanoseconds of the monotonic clock, in the order in which they came. */
    std::vector<qint64> arrivals() const
    {
        std::vector<qint64> list;
        for (const QJsonValue &arrival : get(QStringLiteral("/sandbox/arrivals")).array()) {
            list.push_back(arrival[u"monotonic_ns"].toInteger());
        }
        return list;
    }

private:
    QProcess m_process;
    QUrl m_base;
};

inline RunPlan planOf(int count, std::chrono::milliseconds interval, const QUrl &base,
                      const QString &journal)
{
    RunPlan plan;
    plan.timelineName = QStringLiteral("bench");
    plan.target.base = base;
    plan.targetName = base.toString();
    plan.reconcile = 0ms;
    plan.journalPath = journal;
    for (int i = 0; i < count; ++i) {
        PlannedIncident planned;
        planned.title = QStringLiteral("Incident %1").arg(i);
        planned.service = QStringLiteral("payment-service");
        planned.incident.id = planned.title;
        planned.incident.delay = 1000ms + interval * i;
        planned.draft.title = planned.title;
        planned.draft.description = QStringLiteral("A benchmark's incident.");
        planned.draft.serviceName = planned.service;
        planned.draft.metrics = {{QStringLiteral("cpu_usage_percent"), 98, 40, 5,
                                  MetricPattern::Spike, QStringLiteral("%")}};
        plan.incidents.append(planned);
    }
    return plan;
}

struct Run
{
    RunRecord record;
    Instant start;
    bool isRealtime = false; // half-way
};

/** Whether the thread of that name is a real-time one. */
inline bool isRealtime(const QByteArray &name)
{
    const QStringList threads = QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs);
    for (const QString &thread : threads) {
        QFile file(QStringLiteral("/proc/self/task/%1/comm").arg(thread));
        if (thread.toInt() > 0 && file.open(QIODevice::ReadOnly) &&
            file.readAll().trimmed() == name) {
            return (::sched_getscheduler(thread.toInt()) & ~SCHED_RESET_ON_FORK) == SCHED_RR;
        }
    }
    return false;
}

/** Views that follow a run while it is measured. */
struct Watcher
{
    std::function<void(const RunRecord &)> recorded;
    /** Position on the timeline's clock and real time since the start, in ms; 30 times a second. */
    std::function<void(double, double)> ticked;
};

inline Run play(const RunPlan &plan, const Watcher &watcher = {})
{
    Run run;
    Playback playback;
    QEventLoop loop;
    QTimer::singleShot(Interval * Incidents / 2, &loop,
                       [&run] { run.isRealtime = isRealtime("playback"); });
    QObject::connect(&playback, &Playback::recorded, &loop, [&](const RunEvent &event) {
        run.record.apply(event);
        if (watcher.recorded) {
            watcher.recorded(run.record);
        }
    });
    const SystemClock clock;
    QTimer tick;
    tick.setInterval(33);
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        const double elapsed = toMilliseconds(clock.now() - playback.startInstant());
        watcher.ticked(toMilliseconds(run.record.positionAt(ageFromMilliseconds(elapsed))),
                       elapsed);
    });
    if (watcher.ticked) {
        QObject::connect(&playback, &Playback::started, &tick, qOverload<>(&QTimer::start));
    }
    QObject::connect(&playback, &Playback::finished, &loop, &QEventLoop::quit);
    QObject::connect(&playback, &Playback::startFailed, &loop, [&](const Error &error) {
        qWarning("%s", qPrintable(error.message));
        loop.quit();
    });
    playback.start(plan);
    loop.exec();
    run.start = playback.startInstant();
    return run;
}

/** What a thread that does nothing else reaches, in the same circumstances. */
inline std::vector<double> nanosleepLateness()
{
    std::vector<double> late;
    std::atomic<bool> done = false;
    std::thread thread([&] {
        prctl(PR_SET_TIMERSLACK, 1UL);
        const SystemClock clock;
        const Instant start = clock.now() + 100ms;
        for (int i = 0; i < Incidents; ++i) {
            const Instant due = start + Duration(Interval) * i;
            const qint64 ns = due.time_since_epoch().count();
            const timespec until{static_cast<time_t>(ns / 1'000'000'000),
                                 static_cast<long>(ns % 1'000'000'000)};
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
            late.push_back(toMilliseconds(clock.now() - due));
        }
        done = true;
    });
    while (!done) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    }
    thread.join();
    return late;
}

/**
 * From post() to the arrival, and to the answer, on a connection that is open already; at the pace
 * of the incidents and in a thread of its own, since a processor that has slept is slower to begin
 * than one that is asked again and again.
 */
inline std::pair<std::vector<double>, std::vector<double>> warmPost(const SandboxProcess &sandbox)
{
    QUrl url = sandbox.base();
    url.setPath(url.path() + QStringLiteral("/quick-incident"));
    std::vector<Instant> sent;
    std::vector<double> answered;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        const SystemClock clock;
        QNetworkAccessManager manager;
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        for (int i = 0; i < Incidents; ++i) {
            QEventLoop pause;
            QTimer::singleShot(Interval, Qt::PreciseTimer, &pause, &QEventLoop::quit);
            pause.exec();
            sent.push_back(clock.now());
            QNetworkReply *reply = manager.post(
                request, R"({"service_name": "payment-service", "title": "reference"})");
            QEventLoop loop;
            QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
            loop.exec();
            answered.push_back(toMilliseconds(clock.now() - sent.back()));
            reply->deleteLater();
        }
    }));
    thread->start();
    while (!thread->isFinished()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    }
    const std::vector<qint64> arrivals = sandbox.arrivals();
    std::vector<double> arrived;
    // The first opens the connection.
    for (size_t i = 1; i < std::min(sent.size(), arrivals.size()); ++i) {
        arrived.push_back(double(arrivals[i] - sent[i].time_since_epoch().count()) / 1e6);
    }
    answered.erase(answered.begin());
    return {arrived, answered};
}

inline void measureLateness(const QString &circumstances, const Watcher &watcher = {},
                            const std::shared_ptr<const Scenario> &scenario = {})
{
    QTemporaryDir dir;
    const std::vector<double> reference = nanosleepLateness();
    std::vector<double> postArrival;
    std::vector<double> postAnswer;
    {
        const SandboxProcess sandbox({});
        std::tie(postArrival, postAnswer) = warmPost(sandbox);
    }
    const SandboxProcess sandbox({});
    RunPlan plan =
        planOf(Incidents, Interval, sandbox.base(), dir.filePath(QStringLiteral("j.jsonl")));
    if (scenario) {
        for (PlannedIncident &planned : plan.incidents) {
            planned.draft.scenario = scenario;
            planned.duration = std::chrono::seconds(scenario->durationSeconds);
        }
    }
    const Run run = play(plan, watcher);
    std::vector<double> late;
    double earliest = 1e9;
    for (const IncidentRun &incident : run.record.incidents()) {
        late.push_back(toMilliseconds(incident.late()).value_or(1e9));
        earliest = std::min(earliest, late.back());
    }
    std::vector<double> arrival;
    const std::vector<qint64> arrivals = sandbox.arrivals();
    for (size_t i = 0; i < arrivals.size(); ++i) {
        const Instant due = run.start + 1000ms + Duration(Interval) * int(i);
        arrival.push_back(double(arrivals[i] - due.time_since_epoch().count()) / 1e6);
    }
    const auto half = late.begin() + Incidents / 2;
    const double drift = quantile({half, late.end()}, 0.5) - quantile({late.begin(), half}, 0.5);
    const double wakeBound = 2 * quantile(reference, 0.5);
    const double wakeBound99 = 2 * quantile(reference, 0.99);
    report(
        {{QStringLiteral("benchmark"), QStringLiteral("lateness")},
         {QStringLiteral("circumstances"), circumstances},
         {QStringLiteral("incidents"), Incidents},
         {QStringLiteral("created"), run.record.count(IncidentState::Created)},
         {QStringLiteral("reference_nanosleep_ms"), spread(reference)},
         {QStringLiteral("reference_warm_post_arrival_ms"), spread(postArrival)},
         {QStringLiteral("reference_warm_post_answer_ms"), spread(postAnswer)},
         {QStringLiteral("wake_late_ms"), spread(late)},
         {QStringLiteral("wake_bound_ms"),
          QJsonObject{{QStringLiteral("median"), rounded(wakeBound)},
                      {QStringLiteral("p99"), rounded(wakeBound99)}}},
         {QStringLiteral("arrival_late_ms"), spread(arrival)},
         {QStringLiteral("arrival_bound_ms"),
          QJsonObject{{QStringLiteral("median"), rounded(wakeBound + quantile(postAnswer, 0.5))},
                      {QStringLiteral("p99"), rounded(wakeBound99 + quantile(postAnswer, 0.99))}}},
         {QStringLiteral("earliest_ms"), rounded(earliest)},
         {QStringLiteral("drift_ms"), rounded(drift)}});
}
