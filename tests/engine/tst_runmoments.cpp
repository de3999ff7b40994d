// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runmoments.h"

#include "app/base/utctime.h"

#include <QTest>

namespace {

RunEvent entry(RunEvent::What what, double atMs, const char *wall = "")
{
    return {std::move(what), ageFromMilliseconds(atMs), utcFromIso(QLatin1String(wall))};
}

template<typename Kind>
RunEvent turn(double atMs, double position, const char *wall, double speed = 1)
{
    Kind kind;
    kind.position = positionFromMilliseconds(position);
    kind.speed = speed;
    return entry(kind, atMs, wall);
}

template<typename Kind>
Kind about(int index)
{
    Kind kind;
    kind.index = index;
    return kind;
}

RunEvent begin()
{
    RunBegan run;
    run.startedAt = utcFromIso(QStringLiteral("2026-11-30T19:00:54.350Z"));
    run.incidents.resize(2);
    run.incidents[0].delay = std::chrono::seconds(4);
    run.incidents[1].delay = std::chrono::seconds(90);
    return entry(run, 0, "2026-11-30T19:00:54.350Z");
}

QString clock(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace

/** One time base for everything that shows when something happened. */
class TestRunMoments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsFromTheClocksStart()
    {
        RunMoments times;
        times.apply(begin());
        // While scenarios are made, every record knows its own time.
        const RunEvent made = entry(about<Prepared>(0), 0, "2026-11-30T19:01:03.400Z");
        times.apply(made);
        QCOMPARE(clock(times.wallOf(made)), QStringLiteral("19:01:03.400"));
        times.apply(turn<ClockStarted>(0, 0, "2026-11-30T19:01:03.500Z"));
        QCOMPARE(clock(times.wallOf(entry(about<Created>(0), 4000))),
                 QStringLiteral("19:01:07.500"));
        QCOMPARE(clock(times.wallAt(ageFromMilliseconds(0))), QStringLiteral("19:01:03.500"));
    }

    void followsASleepAndAClockThatIsSet()
    {
        RunMoments times;
        times.apply(begin());
        times.apply(turn<ClockStarted>(0, 0, "2026-11-30T19:01:00.000Z"));
        // The run's clock stood still for an hour of sleep.
        times.apply(turn<Resumed>(10000, 9000, "2026-11-30T20:01:10.000Z"));
        QCOMPARE(clock(times.wallAt(ageFromMilliseconds(12000))), QStringLiteral("20:01:12.000"));
        QCOMPARE(clock(times.wallAt(ageFromMilliseconds(5000))), QStringLiteral("19:01:05.000"));
    }

    void doesWithoutWallTimes()
    {
        RunMoments times;
        QVERIFY(!times.wallAt(ageFromMilliseconds(5)).isValid());
        RunEvent old = begin();
        old.wall = {};
        times.apply(old);
        times.apply(entry(ClockStarted(), 0));
        QCOMPARE(clock(times.wallAt(ageFromMilliseconds(1000))), QStringLiteral("19:00:55.350"));
    }

    void tellsWhatWasFiredByHand()
    {
        RunMoments times;
        times.apply(begin());
        times.apply(turn<ClockStarted>(0, 0, "2026-11-30T19:01:00.000Z"));
        const auto sending = [](int index, double atMs, int attempt = 1) {
            Sending sent = about<Sending>(index);
            sent.attempt = attempt;
            return entry(sent, atMs);
        };
        QVERIFY(!times.firedEarlyBy(sending(0, 3999.7))); // on time
        QVERIFY(!times.firedEarlyBy(sending(1, 95000)));
        QVERIFY(!times.firedEarlyBy(sending(1, 80000, 2)));
        QVERIFY(!times.firedEarlyBy(sending(7, 80000)));
        QVERIFY(!times.firedEarlyBy(entry(about<Created>(1), 80000)));
        QCOMPARE(times.firedEarlyBy(sending(1, 80000)),
                 std::optional<Duration>(std::chrono::seconds(10)));
        // While it stands, time passes and the timeline does not.
        times.apply(turn<Paused>(60000, 60000, "2026-11-30T19:02:00.000Z"));
        QCOMPARE(times.firedEarlyBy(sending(1, 100000)),
                 std::optional<Duration>(std::chrono::seconds(30)));
        times.apply(turn<Resumed>(100000, 60000, "2026-11-30T19:02:40.000Z", 10));
        QCOMPARE(toMilliseconds(times.clock().positionAt(ageFromMilliseconds(101000))), 70000.0);
        QVERIFY(!times.firedEarlyBy(sending(1, 102999)));
    }
};

QTEST_GUILESS_MAIN(TestRunMoments)
#include "tst_runmoments.moc"
