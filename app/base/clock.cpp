// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/clock.h"

#include <QSocketNotifier>
#include <QTimeZone>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <limits>
#include <utility>

#include <sys/timerfd.h>
#include <unistd.h>

namespace {

// The int of QTimer's milliseconds overflows after 24 days; an hour also bounds what a clock that
// was set or a suspend can do to a long wait.
constexpr Duration LongestHop = std::chrono::hours(1);

// QTimer rounds to whole milliseconds: it brings a precise timer near, and a timer of the kernel
// hits the deadline. Near is far enough for the scheduler to count the thread as one that has
// slept, which it lets run at once even where all cores are busy: of two wakes within a few
// milliseconds the second waits for its turn.
constexpr Duration Near = std::chrono::milliseconds(30);

// A wake takes the kernel and Qt's event loop about a tenth of a millisecond: the timer is set that
// much early, and what is then left is spun away, which costs nobody anything.
constexpr Duration Spun = std::chrono::microseconds(250);

Instant monotonicNow()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return Instant(std::chrono::seconds(time.tv_sec) + Duration(time.tv_nsec));
}

/** Whole milliseconds, in hops. */
class CoarseTimer : public ClockTimer
{
public:
    CoarseTimer()
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &CoarseTimer::onHop);
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
        const Duration left = std::clamp(m_deadline - monotonicNow(), Duration(0), LongestHop);
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(left));
    }

    void onHop()
    {
        if (monotonicNow() < m_deadline) {
            hop();
            return;
        }
        m_armed = false;
        Q_EMIT timeout();
    }

    QTimer m_timer;
    Instant m_deadline;
    bool m_armed = false;
};

/** To the kernel's own precision, without keeping the thread from anything else meanwhile. */
class CueTimer : public ClockTimer
{
public:
    CueTimer()
        : m_descriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))
        , m_notifier(m_descriptor, QSocketNotifier::Read)
    {
        connect(&m_approach, &ClockTimer::timeout, this, &CueTimer::setKernelTimer);
        connect(&m_notifier, &QSocketNotifier::activated, this, &CueTimer::onKernelTimer);
    }

    ~CueTimer() override
    {
        m_notifier.setEnabled(false);
        ::close(m_descriptor);
    }

    void armAt(Instant deadline) override
    {
        disarm();
        m_deadline = deadline;
        m_armed = true;
        if (deadline - monotonicNow() > 2 * Near) {
            m_approach.armAt(deadline - Near);
        } else {
            setKernelTimer();
        }
    }

    void disarm() override
    {
        m_armed = false;
        m_approach.disarm();
        const itimerspec none{};
        ::timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME, &none, nullptr);
    }

    bool isArmed() const override { return m_armed; }

private:
    void setKernelTimer()
    {
        // A moment of zero would disarm it instead.
        const qint64 ns = std::max<qint64>(1, (m_deadline - Spun).time_since_epoch().count());
        itimerspec at{};
        at.it_value.tv_sec = static_cast<time_t>(ns / 1'000'000'000);
        at.it_value.tv_nsec = static_cast<long>(ns % 1'000'000'000);
        ::timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME, &at, nullptr);
    }

    void onKernelTimer()
    {
        quint64 expirations = 0;
        const bool fired = ::read(m_descriptor, &expirations, sizeof expirations) > 0;
        // A notification that was on its way when the timer was armed again means nothing.
        if (!fired || !m_armed || monotonicNow() < m_deadline - Spun) {
            return;
        }
        while (monotonicNow() < m_deadline) {
        }
        m_armed = false;
        Q_EMIT timeout();
    }

    int m_descriptor;
    QSocketNotifier m_notifier;
    CoarseTimer m_approach;
    Instant m_deadline;
    bool m_armed = false;
};

/** A timer for a day that never comes, which the kernel cancels when time itself is changed. */
class SystemClockWatch : public ClockWatch
{
public:
    SystemClockWatch()
        : m_descriptor(::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK))
        , m_notifier(m_descriptor, QSocketNotifier::Read)
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
            quint64 expirations = 0;
            const bool isCancelled =
                ::read(m_descriptor, &expirations, sizeof expirations) < 0 && errno == ECANCELED;
            arm();
            if (isCancelled) {
                Q_EMIT changed();
            }
        });
        arm();
    }

    ~SystemClockWatch() override
    {
        m_notifier.setEnabled(false);
        ::close(m_descriptor);
    }

private:
    void arm()
    {
        itimerspec at{};
        at.it_value.tv_sec = std::numeric_limits<time_t>::max() / 1'000'000'000 - 1;
        ::timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, nullptr);
    }

    int m_descriptor;
    QSocketNotifier m_notifier;
};

} // namespace

/** What nobody could wait for, from a file of others, stays within what can be counted with. */
static double boundedMs(double milliseconds)
{
    constexpr double Most = 3e12; // 95 years: two of them still add up in nanoseconds
    return std::isnan(milliseconds) ? 0 : std::clamp(milliseconds, -Most, Most);
}

double toMilliseconds(Duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

Duration fromMilliseconds(double milliseconds)
{
    return std::chrono::round<Duration>(
        std::chrono::duration<double, std::milli>(boundedMs(milliseconds)));
}

std::chrono::milliseconds wholeMilliseconds(double milliseconds)
{
    return std::chrono::milliseconds(std::llround(boundedMs(milliseconds)));
}

void Clock::callAfter(Duration delay, const Continuation<> &call)
{
    if (!call.isAwaited()) {
        return;
    }
    ClockTimer *timer = createTimer(Precision::Coarse).release();
    timer->setParent(call.guard());
    QObject::connect(timer, &ClockTimer::timeout, call.guard(), [timer, call] {
        timer->deleteLater();
        call();
    });
    timer->armAt(now() + delay);
}

Duration bootTimeAt(const Clock &clock, Instant instant)
{
    return instant.time_since_epoch() + clock.suspended();
}

QDateTime wallAt(const Clock &clock, Instant instant)
{
    return clock.wall().addMSecs(
        std::chrono::round<std::chrono::milliseconds>(instant - clock.now()).count());
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
    if (precision == Precision::Cue) {
        return std::make_unique<CueTimer>();
    }
    return std::make_unique<CoarseTimer>();
}

std::unique_ptr<ClockWatch> SystemClock::createWatch()
{
    return std::make_unique<SystemClockWatch>();
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
    , m_wallOrigin(QDateTime(QDate(2026, 3, 12), QTime(14, 2), QTimeZone::utc()).toUTC())
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

std::unique_ptr<ClockWatch> ManualClock::createWatch()
{
    auto watch = std::make_unique<ClockWatch>();
    m_watches.append(watch.get());
    return watch;
}

void ManualClock::turnWall(Duration by)
{
    m_wallOrigin = m_wallOrigin.addMSecs(std::chrono::round<std::chrono::milliseconds>(by).count());
    for (const QPointer<ClockWatch> &watch : std::as_const(m_watches)) {
        if (watch) {
            Q_EMIT watch->changed();
        }
    }
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
