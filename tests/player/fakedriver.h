// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runplan.h"
#include "ui/player/rundriver.h"

#include <QStringList>

/** Plays nothing: it notes the orders that it is given, and tells what a test wants to happen. */
class FakeDriver : public RunDriver
{
public:
    Clock &clock() const override { return m_clock; }
    const Target &target() const override { return m_target; }
    const Target &playedOn() const override { return m_target; }
    bool isActive() const override { return m_isActive; }
    RunAge age() const override { return RunAge(m_clock.now() - m_zero); }
    Result<void> start(const Timeline &, const QString &, const ScenarioLibrary &, double,
                       const Target &) override
    {
        orders << QStringLiteral("start");
        m_isActive = true;
        return {};
    }
    Result<void> play(RunPlan) override
    {
        orders << QStringLiteral("play");
        m_isActive = true;
        return {};
    }
    Result<void> continueRun(double) override
    {
        orders << QStringLiteral("continue");
        m_isActive = true;
        return {};
    }
    void setStaysOpen(bool) override {}
    void pause(const PauseReason &) override { orders << QStringLiteral("pause"); }
    void resume(std::optional<LatePolicy>) override { orders << QStringLiteral("resume"); }
    void go(int hold) override { orders << QStringLiteral("go %1").arg(hold); }
    void stop() override { orders << QStringLiteral("stop"); }
    void stopAll() override { orders << QStringLiteral("stop all"); }
    void release() override {}
    void endRun() override { orders << QStringLiteral("end"); }
    void skip(int index) override { orders << QStringLiteral("skip %1").arg(index); }
    void takeBack(int index) override { orders << QStringLiteral("take back %1").arg(index); }
    void fireNow(int index) override { orders << QStringLiteral("fire %1").arg(index); }
    void jump(std::chrono::milliseconds position, LatePolicy) override
    {
        orders << QStringLiteral("jump %1").arg(position.count());
    }
    void refire(int index) override { orders << QStringLiteral("refire %1").arg(index); }
    void setSpeed(double) override {}

    /** Lets time pass. */
    void advance(Duration time) { m_clock.advance(time); }
    /** Tells an event that happens now. */
    void tell(RunEvent::What what) { Q_EMIT recorded({std::move(what), age(), m_clock.wall()}); }
    /** The run's clock starts now. */
    void tellStart()
    {
        m_zero = m_clock.now();
        Q_EMIT started();
        ClockStarted turn;
        turn.position = TimelinePosition();
        turn.speed = 1;
        tell(turn);
    }
    /** Nothing is in flight any more. */
    void tellEnd()
    {
        m_isActive = false;
        Q_EMIT finished();
    }
    /** Returns the orders since it was last asked. */
    QStringList taken() { return std::exchange(orders, {}); }

    QStringList orders;

private:
    mutable ManualClock m_clock;
    Instant m_zero = m_clock.now();
    Target m_target;
    bool m_isActive = false;
};
