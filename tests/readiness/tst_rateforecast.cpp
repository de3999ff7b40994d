// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "setups.h"

#include "app/readiness/rateforecast.h"

using namespace std::chrono_literals;

/** What a target's rate limit will do to a schedule, told before it does. */
class TestRateForecast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forecasts_data();
    void forecasts();
    void saysWhatWillWait();
    void retryAfterDecidesHowLong();
    void whatIsNotSentTakesNoPlace();
    void speedBringsThemCloser();
};

using Seconds = QList<double>;

void TestRateForecast::forecasts_data()
{
    QTest::addColumn<Seconds>("times");
    QTest::addColumn<Seconds>("waits"); // in seconds, of those that wait; −1 for given up
    QTest::addColumn<QList<int>>("ordinals");
    QTest::newRow("nothing") << Seconds{} << Seconds{} << QList<int>{};
    QTest::newRow("five at once") << Seconds{0, 0, 0, 0, 0} << Seconds{} << QList<int>{};
    QTest::newRow("the sixth") << Seconds{0, 0, 0, 0, 0, 0} << Seconds{60} << QList<int>{6};
    QTest::newRow("the sixth, later")
        << Seconds{0, 10, 20, 30, 40, 50} << Seconds{60} << QList<int>{6};
    QTest::newRow("just outside the window")
        << Seconds{0, 10, 20, 30, 40, 60} << Seconds{} << QList<int>{};
    QTest::newRow("just inside") << Seconds{0, 10, 20, 30, 40, 59.999} << Seconds{60}
                                 << QList<int>{6};
    // The sixth and seventh come back at 60 and 61, and take places from those that follow.
    QTest::newRow("retries push others back") << Seconds{0, 0, 0, 0, 0, 0, 1, 60, 60, 60, 62}
                                              << Seconds{60, 60, 60} << QList<int>{6, 7, 11};
    QTest::newRow("sixteen at once: three windows")
        << Seconds(16, 0.0) << Seconds{60, 60, 60, 60, 60, 120, 120, 120, 120, 120, 180}
        << QList<int>{6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    // Five tries: 0, 60, 120, 180 and 240 s.
    QTest::newRow("the 26th is given up") << Seconds(26, 0.0)
                                          << (Seconds(5, 60.0) + Seconds(5, 120.0) +
                                              Seconds(5, 180.0) + Seconds(5, 240.0) + Seconds{-1})
                                          << QList<int>{6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
                                                        17, 18, 19, 20, 21, 22, 23, 24, 25, 26};
    QTest::newRow("out of order in the file")
        << Seconds{50, 0, 10, 20, 30, 40} << Seconds{60} << QList<int>{6};
}

void TestRateForecast::forecasts()
{
    QFETCH(Seconds, times);
    QFETCH(Seconds, waits);
    QFETCH(QList<int>, ordinals);
    Seconds found;
    QList<int> places;
    for (const RateWait &wait : forecastRateLimit(*Setups::at(times).plan, RateLimit{})) {
        found.append(wait.isGivenUp ? -1 : double(wait.wait.count()) / 1000);
        places.append(wait.ordinal);
    }
    QCOMPARE(found, waits);
    QCOMPARE(places, ordinals);
}

void TestRateForecast::saysWhatWillWait()
{
    const auto say = [](const QList<double> &times) {
        return rateSentence(forecastRateLimit(*Setups::at(times).plan, RateLimit{}));
    };
    QCOMPARE(say({0, 1, 2}), QString());
    QCOMPARE(say({0, 0, 0, 0, 0, 12}), QStringLiteral("The 6th incident, No. 6, will wait 60 s."));
    QCOMPARE(say({0, 0, 0, 0, 0, 12, 13}),
             QStringLiteral("The 6th incident, No. 6, will wait 60 s. So will the 7th, 60 s."));
    QCOMPARE(say(QList<double>(11, 0.0)),
             QStringLiteral("The 6th incident, No. 6, will wait 60 s. 6 incidents wait in all, "
                            "the longest 120 s."));
    QVERIFY(say(QList<double>(27, 0.0))
                .endsWith(QStringLiteral("2 will be given up and not be sent, the first of them "
                                         "No. 26.")));
}

void TestRateForecast::retryAfterDecidesHowLong()
{
    const QList<RateWait> waits =
        forecastRateLimit(*Setups::at({0, 0, 0, 0, 0, 12}).plan, RateLimit{}, 48s);
    QCOMPARE(waits.size(), 1);
    QCOMPARE(rateSentence(waits), QStringLiteral("The 6th incident, No. 6, will wait 48 s."));
    // Asked to come back too early, it is sent back once more.
    QCOMPARE(forecastRateLimit(*Setups::at({0, 0, 0, 0, 0, 12}).plan, RateLimit{}, 30s)
                 .first()
                 .wait.count(),
             60000);
}

void TestRateForecast::whatIsNotSentTakesNoPlace()
{
    ShowSetup setup = Setups::at({0, 0, 0, 0, 0, 0});
    setup.timeline.incidents[2].enabled = false;
    setup.plan = planRun(setup.timeline, setup.scenarios);
    QVERIFY(forecastRateLimit(*setup.plan, RateLimit{}).isEmpty());
}

void TestRateForecast::speedBringsThemCloser()
{
    const Seconds times{0, 30, 60, 90, 120, 150};
    QVERIFY(forecastRateLimit(*Setups::at(times).plan, RateLimit{}).isEmpty());
    const QList<RateWait> waits = forecastRateLimit(*Setups::at(times, 10).plan, RateLimit{});
    QCOMPARE(waits.size(), 1);
    QCOMPARE(waits.first().index, 5);
    // On the timeline, the window is as much longer.
    QCOMPARE(limitAtSpeed(RateLimit{}, 10).window.count(), 600000);
    QCOMPARE(limitAtSpeed(RateLimit{}, 10).sends, 5);
}

QTEST_GUILESS_MAIN(TestRateForecast)
#include "tst_rateforecast.moc"
