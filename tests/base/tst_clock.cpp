// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/clock.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

/** Timers of both clocks fire at their deadline, in order, and never before it. */
class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manualClockFiresInOrder();
    void manualClockLetsTimersRearm();
    void callAfterDiesWithItsContext();
    void systemTimerIsNeverEarly();
    void systemTimerReplacesItsDeadline();
    void longDelaysDoNotOverflow();
};

void TestClock::manualClockFiresInOrder()
{
    ManualClock clock;
    const Instant start = clock.now();
    const auto second = clock.createTimer(Clock::Precision::Cue);
    const auto first = clock.createTimer(Clock::Precision::Coarse);
    QList<std::pair<int, Duration>> fired;
    connect(first.get(), &ClockTimer::timeout, this, [&] {
        fired.append({1, clock.now() - start});
    });
    connect(second.get(), &ClockTimer::timeout, this, [&] {
        fired.append({2, clock.now() - start});
    });
    second->armAt(start + 5s);
    first->armAt(start + 3s);
    QCOMPARE(clock.nextDeadline(), start + 3s);
    clock.advance(2999ms);
    QVERIFY(fired.isEmpty());
    clock.advance(10s);
    QCOMPARE(fired.size(), 2);
    QVERIFY((fired[0] == std::pair<int, Duration>{1, 3s}));
    QVERIFY((fired[1] == std::pair<int, Duration>{2, 5s}));
    QCOMPARE(clock.now(), start + 2999ms + 10s);
}

void TestClock::manualClockLetsTimersRearm()
{
    ManualClock clock;
    const auto timer = clock.createTimer(Clock::Precision::Cue);
    int count = 0;
    connect(timer.get(), &ClockTimer::timeout, this, [&] {
        if (++count < 4) {
            timer->armAt(clock.now() + 1s);
        }
    });
    timer->armAt(clock.now() + 1s);
    clock.advance(1min);
    QCOMPARE(count, 4);
    QVERIFY(!timer->isArmed());
}

void TestClock::callAfterDiesWithItsContext()
{
    ManualClock clock;
    int calls = 0;
    {
        QObject context;
        clock.callAfter(1s, {&context, [&] { ++calls; }});
    }
    QObject stays;
    clock.callAfter(1s, {&stays, [&] { ++calls; }});
    clock.advance(2s);
    QCOMPARE(calls, 1);
}

void TestClock::systemTimerIsNeverEarly()
{
    SystemClock clock;
    for (const Clock::Precision precision : {Clock::Precision::Coarse, Clock::Precision::Cue}) {
        const auto timer = clock.createTimer(precision);
        for (const Duration delay : {0us, 300us, 1700us, 2500us, 5000us, 13300us}) {
            const Instant deadline = clock.now() + delay;
            Instant fired;
            connect(
                timer.get(), &ClockTimer::timeout, this, [&] { fired = clock.now(); },
                Qt::SingleShotConnection);
            timer->armAt(deadline);
            QTRY_VERIFY(!timer->isArmed());
            QVERIFY(fired >= deadline);
        }
    }
}

void TestClock::systemTimerReplacesItsDeadline()
{
    SystemClock clock;
    const auto timer = clock.createTimer(Clock::Precision::Cue);
    QSignalSpy fired(timer.get(), &ClockTimer::timeout);
    timer->armAt(clock.now() + 24h);
    timer->armAt(clock.now() + 5ms);
    QTRY_COMPARE(fired.count(), 1);
    timer->armAt(clock.now() + 1ms);
    timer->disarm();
    QTest::qWait(10);
    QCOMPARE(fired.count(), 1);
}

void TestClock::longDelaysDoNotOverflow()
{
    SystemClock clock;
    const auto timer = clock.createTimer(Clock::Precision::Cue);
    QSignalSpy fired(timer.get(), &ClockTimer::timeout);
    timer->armAt(clock.now() + std::chrono::hours(24 * 366));
    QTest::qWait(5);
    QCOMPARE(fired.count(), 0);
    QVERIFY(timer->isArmed());
}

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
