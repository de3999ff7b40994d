// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/realtime.h"

#include <QDBusMessage>
#include <QDBusVariant>
#include <QDeadlineTimer>
#include <QLoggingCategory>
#include <QThread>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

Q_LOGGING_CATEGORY(realtimeLog, "orchestrator.player.realtime", QtWarningMsg)

const QString KitService = QStringLiteral("org.freedesktop.RealtimeKit1");
const QString Path = QStringLiteral("/org/freedesktop/RealtimeKit1");

/** Those that are real-time threads; read in a signal handler, hence of a fixed size. */
std::array<std::atomic<pid_t>, 8> g_threads{};

/** The kernel's word that a real-time thread has run for too long: it comes in that thread. */
void demote(int)
{
    const int before = errno;
    for (const std::atomic<pid_t> &thread : g_threads) {
        if (const pid_t id = thread.load(std::memory_order_relaxed); id > 0) {
            const sched_param ordinary{};
            ::sched_setscheduler(id, SCHED_OTHER | SCHED_RESET_ON_FORK, &ordinary);
        }
    }
    errno = before;
}

bool remember(pid_t thread)
{
    for (const std::atomic<pid_t> &place : g_threads) {
        if (place.load() == thread) {
            return true;
        }
    }
    return std::any_of(g_threads.begin(), g_threads.end(), [thread](std::atomic<pid_t> &place) {
        pid_t nobody = 0;
        return place.compare_exchange_strong(nobody, thread);
    });
}

void forget(pid_t thread)
{
    for (std::atomic<pid_t> &place : g_threads) {
        pid_t same = thread;
        place.compare_exchange_strong(same, 0);
    }
}

/** Real-time threads of this process may run that long; false where they cannot be limited. */
bool limitRun(std::chrono::microseconds soft, std::optional<std::chrono::microseconds> hard)
{
    static const bool isHandled = [] {
        struct sigaction action
        {};
        action.sa_handler = demote;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        return ::sigaction(SIGXCPU, &action, nullptr) == 0;
    }();
    rlimit limit{};
    if (!isHandled || ::getrlimit(RLIMIT_RTTIME, &limit) != 0) {
        return false;
    }
    if (hard) {
        limit.rlim_max = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(hard->count()));
    }
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(soft.count()));
    return ::setrlimit(RLIMIT_RTTIME, &limit) == 0;
}

bool askKernel()
{
    sched_param urgent{};
    urgent.sched_priority = Realtime::Priority;
    return limitRun(Realtime::LongestRun, std::nullopt) &&
           ::sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &urgent) == 0;
}

/** What RealtimeKit says of itself; absent where it does not answer. */
std::optional<qint64> kitProperty(const QDBusConnection &bus, const QString &name,
                                  const QDeadlineTimer &deadline)
{
    QDBusMessage get = QDBusMessage::createMethodCall(
        KitService, Path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    get << KitService << name;
    const QDBusMessage answer = bus.call(get, QDBus::Block, int(deadline.remainingTime()));
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) {
        qCDebug(realtimeLog) << "RealtimeKit does not tell" << name << answer.errorMessage();
        return std::nullopt;
    }
    return answer.arguments().first().value<QDBusVariant>().variant().toLongLong();
}

bool askRealtimeKit(const QDBusConnection &bus, pid_t thread, const QDeadlineTimer &deadline)
{
    if (!bus.isConnected()) {
        return false;
    }
    const auto longest = kitProperty(bus, QStringLiteral("RTTimeUSecMax"), deadline);
    const auto highest =
        longest ? kitProperty(bus, QStringLiteral("MaxRealtimePriority"), deadline) : std::nullopt;
    if (!highest || *highest < 1 || *longest < 1 || deadline.hasExpired()) {
        return false;
    }
    // It refuses a process that could keep a processor for longer; half of it is ours to react.
    const std::chrono::microseconds hard(*longest);
    if (!limitRun(std::min(Realtime::LongestRun, hard / 2), hard)) {
        return false;
    }
    QDBusMessage make = QDBusMessage::createMethodCall(KitService, Path, KitService,
                                                       QStringLiteral("MakeThreadRealtimeWithPID"));
    make << static_cast<qulonglong>(::getpid()) << static_cast<qulonglong>(thread)
         << static_cast<uint>(std::min<qint64>(*highest, Realtime::Priority));
    const QDBusMessage answer =
        bus.call(make, QDBus::Block, int(std::max<qint64>(1, deadline.remainingTime())));
    if (answer.type() != QDBusMessage::ReplyMessage) {
        qCDebug(realtimeLog) << "RealtimeKit refuses:" << answer.errorMessage();
    }
    return answer.type() == QDBusMessage::ReplyMessage;
}

} // namespace

Realtime::Realtime(QObject *parent)
    : Realtime(Options{}, parent)
{}

Realtime::Realtime(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    if (!m_options.bus) {
        m_options.bus = [] { return QDBusConnection::systemBus(); };
    }
}

Realtime::~Realtime()
{
    if (m_asking) {
        m_asking->wait();
    }
    forget(::gettid());
}

bool Realtime::isGranted()
{
    const int policy = ::sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
    return policy == SCHED_RR || policy == SCHED_FIFO;
}

void Realtime::ask()
{
    if (m_asking && m_asking->isRunning()) {
        return;
    }
    const pid_t thread = ::gettid();
    // Before it is granted, so that it can be taken back at any moment.
    if (!remember(thread)) {
        Q_EMIT answered(Way::None);
        return;
    }
    if (m_options.asksKernel && askKernel()) {
        Q_EMIT answered(Way::Kernel);
        return;
    }
    m_asking.reset(QThread::create([this, thread] {
        const QDeadlineTimer deadline(m_options.timeOut);
        const bool isGranted = askRealtimeKit(m_options.bus(), thread, deadline);
        QMetaObject::invokeMethod(
            this, [this, isGranted] { Q_EMIT answered(isGranted ? Way::RealtimeKit : Way::None); });
    }));
    m_asking->setObjectName(QStringLiteral("realtime"));
    m_asking->start();
}
