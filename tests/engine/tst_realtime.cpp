// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "../desktop/privatebus.h"
#include "app/engine/realtime.h"

#include <QDBusContext>
#include <QDBusError>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <ctime>

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace std::chrono_literals;
using Way = Realtime::Way;

/** RealtimeKit as a test wants it: it grants without doing anything, refuses, or is silent. */
class FakeRealtimeKit : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.RealtimeKit1")
    Q_PROPERTY(qlonglong RTTimeUSecMax MEMBER m_longest)
    Q_PROPERTY(int MaxRealtimePriority MEMBER m_highest)

public:
    enum class Mode { Grants, Refuses, Silent };

    explicit FakeRealtimeKit(const QDBusConnection &bus)
        : m_bus(bus)
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/RealtimeKit1"), this,
                             QDBusConnection::ExportAllContents);
        m_bus.registerService(QStringLiteral("org.freedesktop.RealtimeKit1"));
    }

    Mode mode = Mode::Grants;
    qlonglong m_longest = 200000;
    int m_highest = 20;
    int asked = 0;
    qulonglong process = 0;
    qulonglong thread = 0;
    uint priority = 0;
    rlimit limit{};

public Q_SLOTS:
    void MakeThreadRealtimeWithPID(qulonglong pid, qulonglong tid, uint wanted)
    {
        ++asked;
        process = pid;
        thread = tid;
        priority = wanted;
        ::getrlimit(RLIMIT_RTTIME, &limit); // as it was when it was asked
        if (mode == Mode::Refuses) {
            sendErrorReply(QDBusError::AccessDenied, QStringLiteral("No."));
        } else if (mode == Mode::Silent) {
            setDelayedReply(true);
        }
    }

private:
    QDBusConnection m_bus;
};

/** A thread is hurried where that is granted, and nothing waits or starves because of it. */
class TestRealtime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksRealtimeKit();
    void honoursTheHighestPriority();
    void aRefusalChangesNothing();
    void aSilenceIsNotWaitedFor();
    void withoutABusNothingHappens();
    void whatRunsForTooLongIsOrdinaryAgain();

private:
    static Realtime::Options throughKit(PrivateBus &bus);
};

Realtime::Options TestRealtime::throughKit(PrivateBus &bus)
{
    Realtime::Options options;
    options.asksKernel = false;
    const QDBusConnection connection = bus.connect();
    options.bus = [connection] { return connection; };
    options.timeOut = 3s;
    return options;
}

void TestRealtime::asksRealtimeKit()
{
    PrivateBus bus;
    FakeRealtimeKit kit(bus.connect());
    Realtime realtime(throughKit(bus));
    QSignalSpy answered(&realtime, &Realtime::answered);
    realtime.ask();
    QCOMPARE(answered.count(), 0); // it returned at once
    QTRY_COMPARE(answered.count(), 1);
    QVERIFY(answered[0][0].value<Way>() == Way::RealtimeKit);
    QCOMPARE(kit.process, qulonglong(::getpid()));
    QCOMPARE(kit.thread, qulonglong(::gettid())); // not that of the thread that asked
    QCOMPARE(kit.priority, uint(Realtime::Priority));
    // Before it asks, the process has to give its word that it cannot take the machine for long.
    QVERIFY(kit.limit.rlim_max <= 200000);
    QVERIFY(kit.limit.rlim_cur <= 100000);
}

void TestRealtime::honoursTheHighestPriority()
{
    PrivateBus bus;
    FakeRealtimeKit kit(bus.connect());
    kit.m_highest = 3;
    Realtime realtime(throughKit(bus));
    QSignalSpy answered(&realtime, &Realtime::answered);
    realtime.ask();
    QTRY_COMPARE(answered.count(), 1);
    QCOMPARE(kit.priority, 3U);
}

void TestRealtime::aRefusalChangesNothing()
{
    PrivateBus bus;
    FakeRealtimeKit kit(bus.connect());
    kit.mode = FakeRealtimeKit::Mode::Refuses;
    Realtime realtime(throughKit(bus));
    QSignalSpy answered(&realtime, &Realtime::answered);
    realtime.ask();
    QTRY_COMPARE(answered.count(), 1);
    QVERIFY(answered[0][0].value<Way>() == Way::None);
    QCOMPARE(kit.asked, 1);
    QVERIFY(!Realtime::isGranted());
    realtime.ask(); // the next run may ask again
    QTRY_COMPARE(answered.count(), 2);
}

void TestRealtime::aSilenceIsNotWaitedFor()
{
    PrivateBus bus;
    FakeRealtimeKit kit(bus.connect());
    kit.mode = FakeRealtimeKit::Mode::Silent;
    Realtime::Options options = throughKit(bus);
    options.timeOut = 200ms;
    QElapsedTimer timer;
    timer.start();
    Realtime realtime(options);
    QSignalSpy answered(&realtime, &Realtime::answered);
    realtime.ask();
    QVERIFY(timer.elapsed() < 150);
    QTRY_COMPARE(answered.count(), 1);
    QVERIFY(answered[0][0].value<Way>() == Way::None);
}

void TestRealtime::withoutABusNothingHappens()
{
    Realtime::Options options;
    options.asksKernel = false;
    options.bus = [] { return QDBusConnection(QStringLiteral("nobody")); };
    Realtime realtime(options);
    QSignalSpy answered(&realtime, &Realtime::answered);
    realtime.ask();
    QTRY_COMPARE(answered.count(), 1);
    QVERIFY(answered[0][0].value<Way>() == Way::None);
}

void TestRealtime::whatRunsForTooLongIsOrdinaryAgain()
{
    // Whoever may not have it is an ordinary thread all the time: the end is the same.
    bool wasGranted = false;
    bool isGranted = true;
    bool childIsGranted = true;
    Way way = Way::None;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        Realtime::Options options;
        options.bus = [] { return QDBusConnection(QStringLiteral("nobody")); };
        Realtime realtime(options);
        QObject::connect(&realtime, &Realtime::answered, &realtime, [&](Way got) { way = got; });
        realtime.ask();
        wasGranted = Realtime::isGranted();
        std::unique_ptr<QThread> child(
            QThread::create([&] { childIsGranted = Realtime::isGranted(); }));
        child->start();
        child->wait();
        const auto processorTime = [] {
            timespec time{};
            ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
            return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
        };
        const auto end = processorTime() + 4 * Realtime::LongestRun;
        while (processorTime() < end) {
        }
        isGranted = Realtime::isGranted();
    }));
    thread->start();
    QVERIFY(thread->wait(20000));
    QCOMPARE(wasGranted, way == Way::Kernel);
    QVERIFY(!childIsGranted);
    QVERIFY(!isGranted);
}

QTEST_GUILESS_MAIN(TestRealtime)
#include "tst_realtime.moc"
