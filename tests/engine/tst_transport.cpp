// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/transport.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

TimelinePosition at(Duration position)
{
    return TimelinePosition(position);
}

} // namespace

/** The state of a run and where its timeline's clock stands. */
class TestTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAtItsZero();
    void goesAtItsPace();
    void standsWhilePaused();
    void tellsTheTimesOfItsEvents();
    void takesOverARun();
    void endsNotBeforeItStarts();
};

void TestTransport::startsAtItsZero()
{
    ManualClock clock;
    Transport transport(clock);
    QVERIFY(transport.state() == RunState::Idle);
    transport.setZero(clock.now() + 100ms);
    const RunEvent started = transport.turn(ClockStarted(), RunState::Running, Duration(0), 1);
    QCOMPARE(started.as<ClockStarted>()->position, at(0s));
    QCOMPARE(started.as<ClockStarted>()->boot,
             bootTimeAt(clock, transport.zero())); // when it starts, not when it was told to
    QCOMPARE(started.wall, clock.wall().addMSecs(100));
    QCOMPARE(transport.position(), Duration(0));
    QCOMPARE(transport.age(), RunAge(Duration(0)));
    clock.advance(100ms);
    QCOMPARE(transport.position(), Duration(0));
    clock.advance(1s);
    QCOMPARE(transport.position(), Duration(1s));
    QCOMPARE(transport.age(), RunAge(Duration(1s)));
}

void TestTransport::goesAtItsPace()
{
    ManualClock clock;
    Transport transport(clock);
    transport.setZero(clock.now());
    transport.turn(ClockStarted(), RunState::Running, Duration(0), 2);
    clock.advance(3s);
    QCOMPARE(transport.position(), Duration(6s));
    const RunEvent changed =
        transport.turn(SpeedChanged(), RunState::Running, transport.position(), 0.5);
    QCOMPARE(changed.as<SpeedChanged>()->speed, std::optional<double>(0.5));
    QCOMPARE(transport.speed(), 0.5);
    clock.advance(4s);
    QCOMPARE(transport.position(), Duration(8s));
    QCOMPARE(transport.age(), RunAge(Duration(7s))); // which has no pace
}

void TestTransport::standsWhilePaused()
{
    ManualClock clock;
    Transport transport(clock);
    transport.setZero(clock.now());
    transport.turn(ClockStarted(), RunState::Running, Duration(0), 1);
    QVERIFY(transport.isPlaying());
    clock.advance(5s);
    transport.notePause(false);
    const RunEvent paused = transport.turn(Paused{{}, {QStringLiteral("Why."), PauseCause::User}},
                                           RunState::Paused, transport.position(), 1);
    QCOMPARE(paused.as<Paused>()->reason.why, QStringLiteral("Why."));
    const Instant pausedAt = clock.now();
    clock.advance(1h);
    QVERIFY(transport.isPlaying());
    QCOMPARE(transport.position(), Duration(5s));
    QCOMPARE(transport.turnedTo(), Duration(5s));
    QCOMPARE(transport.pausedAt(), pausedAt);
    QVERIFY(!transport.isPausedInHold());
    transport.turn(Stopped(), RunState::Stopped, transport.position(), 1);
    QVERIFY(!transport.isPlaying());
}

void TestTransport::tellsTheTimesOfItsEvents()
{
    ManualClock clock;
    Transport transport(clock);
    clock.advance(10s);
    QCOMPARE(transport.happened(PreparationBegan()).at, std::optional(RunAge()));
    QVERIFY(!transport.happened(PreparationBegan()).wall.isValid());
    transport.setState(RunState::Preparing);
    clock.advance(10s);
    // The run has no age yet, so the wall clock says when it was.
    QCOMPARE(transport.happened(Noted()).at, std::optional(RunAge()));
    QCOMPARE(transport.happened(Noted()).wall, clock.wall());
    transport.setZero(clock.now());
    transport.turn(ClockStarted(), RunState::Running, Duration(0), 1);
    clock.advance(10s);
    QCOMPARE(transport.happened(Noted()).at, std::optional(RunAge(Duration(10s))));
    QVERIFY(!transport.happened(Noted()).wall.isValid());
}

void TestTransport::takesOverARun()
{
    ManualClock clock;
    clock.advance(1min);
    Transport transport(clock);
    transport.setZero(clock.now() - 30s);
    transport.notePauseAt(clock.now() - 10s, true);
    transport.take(RunState::Paused, clock.now(), 20s, 4);
    clock.advance(1s);
    QCOMPARE(transport.age(), RunAge(Duration(31s)));
    QCOMPARE(transport.position(), Duration(20s));
    QVERIFY(transport.isPausedInHold());
    transport.turn(Resumed(), RunState::Running, transport.turnedTo(), transport.speed());
    clock.advance(1s);
    QCOMPARE(transport.position(), Duration(24s));
}

void TestTransport::endsNotBeforeItStarts()
{
    ManualClock clock;
    Transport transport(clock);
    transport.setZero(clock.now() + 100ms);
    transport.turn(ClockStarted(), RunState::Running, Duration(0), 1);
    const RunEvent last = transport.finish();
    QVERIFY(transport.state() == RunState::Finished);
    QCOMPARE(last.as<Finished>()->position, at(0s));
    QCOMPARE(last.as<Finished>()->finishedAt, clock.wall().addMSecs(100));
    QVERIFY(!last.as<Finished>()->speed);
}

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
