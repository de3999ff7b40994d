// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runclock.h"

#include "app/engine/schedule.h"
#include "app/model/pace.h"
#include "app/run/runeventcodec.h"

#include <QTest>
#include <random>

using namespace std::chrono_literals;

namespace {

template<typename Kind>
RunEvent turn(Duration age, Duration position, double speed = 1)
{
    Kind kind;
    kind.position = TimelinePosition(position);
    kind.speed = speed;
    return {kind, RunAge(age)};
}

RunEvent begin(double speed = 1)
{
    RunBegan began;
    began.speed = speed;
    return {began, RunAge()};
}

Duration at(const RunClock &clock, Duration age)
{
    return clock.positionAt(RunAge(age)).time_since_epoch();
}

/** One of the events that turn a clock, or may be taken for one. */
RunEvent anyEvent(std::mt19937 &random, Duration age)
{
    const auto upTo = [&random](qint64 most) {
        return std::uniform_int_distribution<qint64>(0, most)(random);
    };
    const Duration position(upTo(86'400'000'000'000));
    const double speed = std::array{0.1, 0.5, 1.0, 3.7, 60.0, 1000.0}[size_t(upTo(5))];
    switch (upTo(11)) {
    case 0:
        return turn<ClockStarted>(age, position, speed);
    case 1:
        return turn<Paused>(age, position, speed);
    case 2:
        return turn<Resumed>(age, position, speed);
    case 3:
        return turn<Held>(age, position, speed);
    case 4:
        return turn<Released>(age, position, speed);
    case 5:
        return turn<SpeedChanged>(age, position, speed);
    case 6:
        return turn<Jumped>(age, position, speed);
    case 7:
        return turn<Stopped>(age, position, speed);
    case 8:
        return turn<Continued>(age, position, speed);
    case 9: {
        ResumedRun resumed;
        resumed.state = static_cast<RunState>(upTo(int(RunState::Stopped)));
        if (upTo(1) == 1) {
            resumed.position = TimelinePosition(position);
            resumed.speed = speed;
        }
        return {resumed, RunAge(age)};
    }
    case 10:
        return turn<Finished>(age, position, speed);
    default:
        return {Sending{{0}, {}, {}, {}}, RunAge(age)};
    }
}

} // namespace

/** One clock says where the timeline stands, live and from a journal. */
class TestRunClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesWhileTheRunDoes();
    void standsOnceItIsStopped();
    void keepsToThePaceThatARunCanHave();
    void agreesWithTheSchedule();
    void isReadAgainAsItWasLive();
};

void TestRunClock::movesWhileTheRunDoes()
{
    RunClock clock;
    QVERIFY(clock.state() == RunState::Idle);
    clock.apply(begin(2));
    clock.apply({PreparationBegan(), RunAge()});
    QCOMPARE(at(clock, 5s), Duration(0));
    clock.apply(turn<ClockStarted>(0s, 0s, 2));
    QCOMPARE(at(clock, 5s), Duration(10s));
    clock.apply(turn<Held>(10s, 20s, 2));
    QCOMPARE(at(clock, 60s), Duration(20s));
    clock.apply(turn<Jumped>(60s, 40s, 2)); // which opens the hold
    QCOMPARE(at(clock, 61s), Duration(42s));
    clock.apply(turn<Paused>(61s, 42s, 2));
    clock.apply(turn<Jumped>(70s, 30s, 2)); // and ends no pause
    QCOMPARE(at(clock, 90s), Duration(30s));
    clock.apply(turn<SpeedChanged>(90s, 30s, 0.5));
    clock.apply(turn<Resumed>(100s, 30s, 0.5));
    QCOMPARE(at(clock, 104s), Duration(32s));
    QCOMPARE(at(clock, 99s), Duration(30s)); // not before it was turned
}

void TestRunClock::standsOnceItIsStopped()
{
    RunClock clock;
    clock.apply(begin());
    clock.apply(turn<ClockStarted>(0s, 0s));
    clock.apply(turn<Stopped>(10s, 10s));
    clock.apply(turn<Finished>(12s, 11s)); // the last answer came in: the clock stood before
    QVERIFY(clock.state() == RunState::Stopped);
    QCOMPARE(at(clock, 60s), Duration(10s));
    QCOMPARE(clock.positionUnlessStopped(RunAge(60s)), TimelinePosition(60s));
    QVERIFY(clock.wouldMove());
    clock.apply(turn<Continued>(60s, 10s));
    QCOMPARE(at(clock, 61s), Duration(11s));
    clock.apply(turn<Paused>(61s, 11s));
    clock.apply(turn<Stopped>(62s, 11s));
    QVERIFY(!clock.wouldMove());
    QCOMPARE(clock.positionUnlessStopped(RunAge(90s)), TimelinePosition(11s));
}

void TestRunClock::keepsToThePaceThatARunCanHave()
{
    RunClock clock;
    clock.apply(begin(1e9));
    QCOMPARE(clock.speed(), MaximumSpeed);
    clock.apply(turn<ClockStarted>(0s, 0s, -5));
    QCOMPARE(clock.speed(), MinimumSpeed);
    // Ages and positions of a century still add up.
    clock.apply({turn<SpeedChanged>(0s, 0s, 1e300)});
    const RunAge last = ageFromMilliseconds(1e300);
    QVERIFY(clock.positionAt(last) > TimelinePosition(1h));
    clock.apply({Paused(), last});
    QVERIFY(clock.positionAt(last) > TimelinePosition(1h));
}

void TestRunClock::agreesWithTheSchedule()
{
    std::mt19937 random(20260312);
    for (int run = 0; run < 500; ++run) {
        RunClock clock;
        clock.apply(begin());
        Duration age(0);
        for (int i = 0; i < 20; ++i) {
            age += Duration(std::uniform_int_distribution<qint64>(0, 600'000'000'000)(random));
            const RunEvent event = anyEvent(random, age);
            clock.apply(event);
            const Schedule schedule(Instant(clock.turnedAt().time_since_epoch()),
                                    clock.turnedTo().time_since_epoch(), clock.speed());
            const Duration then = age + 12345678ns;
            QCOMPARE(at(clock, then), clock.isMoving() ? schedule.positionAt(Instant(then))
                                                       : clock.turnedTo().time_since_epoch());
        }
    }
}

void TestRunClock::isReadAgainAsItWasLive()
{
    std::mt19937 random(19691109);
    for (int run = 0; run < 500; ++run) {
        RunClock live;
        RunClock again;
        Duration age(0);
        QList<RunEvent> events{begin(4)};
        for (int i = 0; i < 30; ++i) {
            age += Duration(std::uniform_int_distribution<qint64>(0, 90'000'000'000)(random));
            events.append(anyEvent(random, age));
        }
        for (const RunEvent &event : std::as_const(events)) {
            live.apply(event);
            again.apply(runEventFromJson(toJson(event)));
            QVERIFY(live.state() == again.state());
            QCOMPARE(again.speed(), live.speed());
            const RunAge then = event.age() + 7654321ns;
            QCOMPARE(again.positionAt(then), live.positionAt(then));
            QCOMPARE(again.positionUnlessStopped(then), live.positionUnlessStopped(then));
        }
    }
}

QTEST_GUILESS_MAIN(TestRunClock)
#include "tst_runclock.moc"
