// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QPointer>
#include <chrono>
#include <functional>
#include <map>
#include <memory>

/** Nanoseconds of CLOCK_MONOTONIC, so that an instant means the same in every process of a boot. */
using Instant = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
using Duration = std::chrono::nanoseconds;

/** Milliseconds with their fraction, the unit of everything that is written or shown. */
double toMilliseconds(Duration duration);
Duration fromMilliseconds(double milliseconds);
/** Returns the duration rounded to the nearest whole millisecond. */
std::chrono::milliseconds wholeMilliseconds(double milliseconds);

/** Fires once at an absolute instant of the clock that made it. Lives in the thread that made it.
 */
class ClockTimer : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /** Replaces an earlier deadline. One that has passed fires at the next turn of the loop. */
    virtual void armAt(Instant deadline) = 0;
    virtual void disarm() = 0;
    virtual bool isArmed() const = 0;

Q_SIGNALS:
    void timeout();
};

/** Tells at once that the wall clock was set or the machine woke, if the system says so. */
class ClockWatch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void changed();
};

/** Where time comes from; tests and rehearsals put their own in its place. */
class Clock
{
public:
    virtual ~Clock() = default;

    virtual Instant now() const = 0;
    /** The wall clock, UTC. */
    virtual QDateTime wall() const = 0;
    /** Returns how long this machine has been suspended since boot; grows only across a suspend. */
    virtual Duration suspended() const = 0;

    enum class Precision {
        Coarse, ///< whole milliseconds: time-outs and back-offs
        Cue,    ///< as exact as the kernel wakes a thread
    };
    virtual std::unique_ptr<ClockTimer> createTimer(Precision precision) = 0;
    /** A clock that cannot know gives one that never tells; who must know looks now and then. */
    virtual std::unique_ptr<ClockWatch> createWatch() { return std::make_unique<ClockWatch>(); }

    /** Calls once after the delay, from a timer of this clock. */
    void callAfter(Duration delay, const Continuation<> &call);
};

/** Returns the instant on CLOCK_BOOTTIME, which goes on while the machine sleeps. */
Duration bootTimeAt(const Clock &clock, Instant instant);
/** Returns what the wall clock says at the instant if nobody sets it, UTC. */
QDateTime wallAt(const Clock &clock, Instant instant);

/** CLOCK_MONOTONIC and the system's wall clock. Thread-safe; its timers belong to their threads. */
class SystemClock : public Clock
{
public:
    Instant now() const override;
    QDateTime wall() const override;
    Duration suspended() const override;
    std::unique_ptr<ClockTimer> createTimer(Precision precision) override;
    std::unique_ptr<ClockWatch> createWatch() override;
};

/** Stands still until it is advanced. For one thread. */
class ManualClock : public Clock
{
public:
    ManualClock();
    ~ManualClock() override;

    Instant now() const override { return m_now; }
    QDateTime wall() const override;
    Duration suspended() const override { return m_suspended; }
    std::unique_ptr<ClockTimer> createTimer(Precision precision) override;
    std::unique_ptr<ClockWatch> createWatch() override;

    /** Fires every timer that falls due on the way, in order, each at its own instant. */
    void advance(Duration duration);
    /** Acts as if the machine had slept: wall time and boot time continue, the monotonic clock does
     * not. */
    void suspend(Duration duration) { m_suspended += duration; }
    /** Acts as if somebody had set the wall clock; a negative duration turns it back. */
    void turnWall(Duration by);
    /** Acts as if the program had been kept from running that long: timers then fire too late. */
    void stall(Duration duration) { m_now += duration; }
    /** The earliest armed deadline; the clock's maximum if nothing is armed. */
    Instant nextDeadline() const;

private:
    class Timer;
    Instant m_now;
    Instant m_origin;
    Duration m_suspended{0};
    QDateTime m_wallOrigin;
    std::multimap<Instant, Timer *> m_armed;
    QList<QPointer<ClockWatch>> m_watches;
};
