// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runmoments.h"

#include <QJsonArray>
#include <QTest>

namespace {

QJsonObject entry(const char *kind, double atMs, QJsonObject more = {})
{
    more.insert(QStringLiteral("record"), QLatin1String(kind));
    more.insert(QStringLiteral("at_ms"), atMs);
    return more;
}

QJsonObject at(const char *wall)
{
    return {{QStringLiteral("wall"), QLatin1String(wall)}};
}

QJsonObject turn(const char *kind, double atMs, double position, const char *wall, double speed = 1)
{
    QJsonObject more = at(wall);
    more.insert(QStringLiteral("position_ms"), position);
    more.insert(QStringLiteral("speed"), speed);
    return entry(kind, atMs, more);
}

QJsonObject begin()
{
    QJsonObject run = at("2026-11-30T19:00:54.350Z");
    run.insert(QStringLiteral("started_at"), QStringLiteral("2026-11-30T19:00:54.350Z"));
    run.insert(QStringLiteral("incidents"),
               QJsonArray{QJsonObject{{QStringLiteral("delay_seconds"), 4}},
                          QJsonObject{{QStringLiteral("delay_seconds"), 90}}});
    return entry("run", 0, run);
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
        const QJsonObject made = entry("prepared", 0, at("2026-11-30T19:01:03.400Z"));
        times.apply(made);
        QCOMPARE(clock(times.wallOf(made)), QStringLiteral("19:01:03.400"));
        times.apply(turn("started", 0, 0, "2026-11-30T19:01:03.500Z"));
        QCOMPARE(clock(times.wallOf(entry("created", 4000))), QStringLiteral("19:01:07.500"));
        QCOMPARE(clock(times.wallAt(0)), QStringLiteral("19:01:03.500"));
    }

    void followsASleepAndAClockThatIsSet()
    {
        RunMoments times;
        times.apply(begin());
        times.apply(turn("started", 0, 0, "2026-11-30T19:01:00.000Z"));
        // The run's clock stood still for an hour of sleep.
        times.apply(turn("resumed", 10000, 9000, "2026-11-30T20:01:10.000Z"));
        QCOMPARE(clock(times.wallAt(12000)), QStringLiteral("20:01:12.000"));
        QCOMPARE(clock(times.wallAt(5000)), QStringLiteral("19:01:05.000"));
    }

    void doesWithoutWallTimes()
    {
        RunMoments times;
        QVERIFY(!times.wallAt(5).isValid());
        QJsonObject old = begin();
        old.remove(QStringLiteral("wall"));
        times.apply(old);
        times.apply(entry("started", 0));
        QCOMPARE(clock(times.wallAt(1000)), QStringLiteral("19:00:55.350"));
    }

    void tellsWhatWasFiredByHand()
    {
        RunMoments times;
        times.apply(begin());
        times.apply(turn("started", 0, 0, "2026-11-30T19:01:00.000Z"));
        const auto sending = [](int index, double atMs, int attempt = 1) {
            return entry("sending", atMs,
                         {{QStringLiteral("index"), index}, {QStringLiteral("attempt"), attempt}});
        };
        QVERIFY(!times.firedEarlyBy(sending(0, 3999.7))); // on time
        QVERIFY(!times.firedEarlyBy(sending(1, 95000)));
        QVERIFY(!times.firedEarlyBy(sending(1, 80000, 2)));
        QVERIFY(!times.firedEarlyBy(sending(7, 80000)));
        QVERIFY(!times.firedEarlyBy(entry("created", 80000, {{QStringLiteral("index"), 1}})));
        QCOMPARE(times.firedEarlyBy(sending(1, 80000)), std::optional<double>(10000.0));
        // While it stands, time passes and the timeline does not.
        times.apply(turn("paused", 60000, 60000, "2026-11-30T19:02:00.000Z"));
        QCOMPARE(times.firedEarlyBy(sending(1, 100000)), std::optional<double>(30000.0));
        times.apply(turn("resumed", 100000, 60000, "2026-11-30T19:02:40.000Z", 10));
        QCOMPARE(times.positionAt(101000), 70000.0);
        QVERIFY(!times.firedEarlyBy(sending(1, 102999)));
    }
};

QTEST_GUILESS_MAIN(TestRunMoments)
#include "tst_runmoments.moc"
