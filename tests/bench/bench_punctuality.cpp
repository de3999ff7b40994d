// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How late incidents are sent and arrive, idle and on a busy machine, beside what a bare
 * clock_nanosleep and one warm POST reach in the same run; how late the player wakes where all
 * processors are busy and it has real-time priority; and how far 50 incidents of one second spread
 * against a server that takes 2 s for each.
 */
#include "latenessbench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPainter>
#include <QWidget>

namespace {

/** Paints for 9 ms, 60 times a second. */
class BusyWidget : public QWidget
{
public:
    BusyWidget()
    {
        resize(1920, 1080);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(16);
        connect(&m_timer, &QTimer::timeout, this, qOverload<>(&QWidget::update));
        m_timer.start();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QElapsedTimer timer;
        timer.start();
        int step = 0;
        while (timer.nsecsElapsed() < 9'000'000) {
            painter.fillRect(rect(), QColor::fromHsv(++step % 360, 200, 200));
        }
    }

private:
    QTimer m_timer;
};

/** Every processor computes all the time; the references are what an ordinary thread gets. */
void measureRealtime()
{
    std::atomic<bool> stop = false;
    std::vector<std::thread> burners;
    for (int i = 0; i < QThread::idealThreadCount(); ++i) {
        burners.emplace_back([&stop] {
            while (!stop) {
            }
        });
    }
    QTemporaryDir dir;
    const std::vector<double> reference = nanosleepLateness();
    std::vector<double> late;
    Run run;
    {
        const SandboxProcess sandbox({});
        run = play(
            planOf(Incidents, Interval, sandbox.base(), dir.filePath(QStringLiteral("j.jsonl"))));
    }
    stop = true;
    for (std::thread &burner : burners) {
        burner.join();
    }
    for (const IncidentRun &incident : run.record.incidents()) {
        late.push_back(toMilliseconds(incident.late()).value_or(1e9));
    }
    report({{QStringLiteral("benchmark"), QStringLiteral("real-time")},
            {QStringLiteral("circumstances"),
             QStringLiteral("with real-time priority, all processors busy")},
            {QStringLiteral("granted"), run.isRealtime},
            {QStringLiteral("incidents"), Incidents},
            {QStringLiteral("created"), run.record.count(IncidentState::Created)},
            {QStringLiteral("reference_nanosleep_ms"), spread(reference)},
            {QStringLiteral("wake_late_ms"), spread(late)},
            {QStringLiteral("wake_bound_ms"), QJsonObject{{QStringLiteral("p99"), 0.3}}}});
}

void measureBurst()
{
    constexpr int Count = 50;
    QTemporaryDir dir;
    const SandboxProcess sandbox({QStringLiteral("--latency"), QStringLiteral("2000")});
    // The second burst finds what the first has made: both are told.
    for (const char *which : {"first", "second"}) {
        const size_t before = sandbox.arrivals().size();
        const Run run = play(planOf(Count, 0ms, sandbox.base(),
                                    dir.filePath(QLatin1String(which) + QStringLiteral(".jsonl"))));
        std::vector<double> late;
        const std::vector<qint64> arrivals = sandbox.arrivals();
        for (size_t i = before; i < arrivals.size(); ++i) {
            late.push_back(double(arrivals[i] - (run.start + 1000ms).time_since_epoch().count()) /
                           1e6);
        }
        report({{QStringLiteral("benchmark"), QStringLiteral("burst")},
                {QStringLiteral("circumstances"), QLatin1String(which)},
                {QStringLiteral("incidents"), Count},
                {QStringLiteral("created"), run.record.count(IncidentState::Created)},
                {QStringLiteral("spread_ms"), rounded(quantile(late, 1) - quantile(late, 0))},
                {QStringLiteral("last_arrival_late_ms"), rounded(quantile(late, 1))},
                {QStringLiteral("spread_bound_ms"), 5}});
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());

    measureLateness(QStringLiteral("idle"));
    {
        BusyWidget widget;
        widget.show();
        std::atomic<bool> stop = false;
        std::thread burner([&stop] {
            while (!stop) {
            }
        });
        measureLateness(
            QStringLiteral("window repaints at 60 Hz for 9 ms, another thread computes"));
        stop = true;
        burner.join();
    }
    measureRealtime();
    measureBurst();
    return 0;
}
