// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/clock.h"

#include <QTimer>

#include <algorithm>
#include <ctime>

namespace {

// The int of QTimer's milliseconds overflows after 24 days; an hour also bounds what a clock that
// was set or a suspend can do to a long wait.
constexpr Duration LongestHop = std::chrono::hours(1);

// QTimer rounds to whole milliseconds and may wake late by as much: the last stretch is slept away
// on the absolute deadline instead.
constexpr Duration SleptStretch = std::chrono::milliseconds(2);

Instant monotonicNow()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return Instant(std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec));
}

void sleepUntil(Instant deadline)
{
    const qint64 ns = deadline.time_since_epoch().count();
    timespec time{};
    time.tv_sec = static_cast<time_t>(ns / 1'000'000'000);
    time.tv_nsec = static_cast<long>(ns % 1'000'000'000);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) {
    }
}

class SystemTimer : public ClockTimer
{
public:
    explicit SystemTimer(Clock::Precision precision)
        : m_precise(precision == Clock::Precision::Cue)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &SystemTimer::onHop);
    }

    void armAt(Instant deadline) override
    {
        m_deadline = deadline;
        m_armed = true;
        hop();
    }

    void disarm() override
    {
        m_armed = false;
        m_timer.stop();
    }

    bool isArmed() const override { return m_armed; }

private:
    void hop()
    {
        using std::chrono::milliseconds;
        Duration left = m_deadline - monotonicNow();
        if (m_precise) {
            left -= SleptStretch;
            m_timer.start(
                std::chrono::floor<milliseconds>(std::clamp(left, Duration(0), LongestHop)));
        } else {
            m_timer.start(
                std::chrono::ceil<milliseconds>(std::clamp(left, Duration(0), LongestHop)));
        }
    }

    void onHop()
    {
        const Duration left = m_deadline - monotonicNow();
        if (left > (m_precise ? 2 * SleptStretch : Duration(0))) {
            hop();
            return;
        }
        if (left > Duration(0)) {
            sleepUntil(m_deadline);
        }
        m_armed = false;
        Q_EMIT timeout();
    }

    QTimer m_timer;
    Instant m_deadline;
    bool m_precise;
    bool m_armed = false;
};

} // namespace

double toMilliseconds(Duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

Duration fromMilliseconds(double milliseconds)
{
    return std::chrono::round<Duration>(std::chrono::duration<double, std::milli>(milliseconds));
}

void Clock::callAfter(Duration delay, QObject *context, std::function<void()> call)
{
    ClockTimer *timer = createTimer(Precision::Coarse).release();
    timer->setParent(context);
    QObject::connect(timer, &ClockTimer::timeout, context, [timer, call = std::move(call)] {
        timer->deleteLater();
        call();
    });
    timer->armAt(now() + delay);
}

Instant SystemClock::now() const
{
    return monotonicNow();
}

QDateTime SystemClock::wall() const
{
    return QDateTime::currentDateTimeUtc();
}

Duration SystemClock::suspended() const
{
    timespec boot{};
    timespec monotonic{};
    clock_gettime(CLOCK_BOOTTIME, &boot);
    clock_gettime(CLOCK_MONOTONIC, &monotonic);
    return std::chrono::seconds(boot.tv_sec - monotonic.tv_sec) +
           Duration(boot.tv_nsec - monotonic.tv_nsec);
}

std::unique_ptr<ClockTimer> SystemClock::createTimer(Precision precision)
{
    return std::make_unique<SystemTimer>(precision);
}

class ManualClock::Timer : public ClockTimer
{
public:
    explicit Timer(ManualClock *clock)
        : m_clock(clock)
    {}

    ~Timer() override { Timer::disarm(); }

    void armAt(Instant deadline) override
    {
        Timer::disarm();
        m_place = m_clock->m_armed.emplace(deadline, this);
        m_isArmed = true;
    }

    void disarm() override
    {
        if (m_isArmed) {
            m_clock->m_armed.erase(m_place);
            m_isArmed = false;
        }
    }

    bool isArmed() const override { return m_isArmed; }

private:
    ManualClock *m_clock;
    std::multimap<Instant, Timer *>::iterator m_place;
    bool m_isArmed = false;
};

ManualClock::ManualClock()
    : m_now(std::chrono::hours(1))
    , m_origin(m_now)
    , m_wallOrigin(QDate(2026, 3, 12), QTime(14, 2), Qt::UTC)
{}

ManualClock::~ManualClock() = default;

QDateTime ManualClock::wall() const
{
    const Duration passed = m_now - m_origin + m_suspended;
    return m_wallOrigin.addMSecs(std::chrono::floor<std::chrono::milliseconds>(passed).count());
}

std::unique_ptr<ClockTimer> ManualClock::createTimer(Precision)
{
    return std::make_unique<Timer>(this);
}

void ManualClock::advance(Duration duration)
{
    const Instant end = m_now + duration;
    while (!m_armed.empty() && m_armed.begin()->first <= end) {
        Timer *timer = m_armed.begin()->second;
        m_now = std::max(m_now, m_armed.begin()->first);
        timer->disarm();
        Q_EMIT timer->timeout();
    }
    m_now = end;
}

Instant ManualClock::nextDeadline() const
{
    return m_armed.empty() ? Instant::max() : m_armed.begin()->first;
}
