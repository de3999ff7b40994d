// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakeservices.h"
#include "privatebus.h"

#include "app/desktop/clocksync.h"
#include "app/desktop/powerstate.h"
#include "app/desktop/sleepinhibitor.h"

#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QDBusVariant>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

/** Whether the other end of a pipe is still held by somebody. */
bool isHeldBySomebody(int readEnd)
{
    char byte = 0;
    return ::read(readEnd, &byte, 1) != 0; // 0 is the end of the file: all have closed it
}

} // namespace

/** What the desktop is asked, on a bus of the test's own, and what is made of its answers. */
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void absentBusesAreNoTrouble();
    void readsTheBatteryFromUPower();
    void readsTheMainsFromUPower();
    void readsTheKernelWithoutUPower_data();
    void readsTheKernelWithoutUPower();
    void clockByTheKernelFirst();
    void clockByTheBus();
    void askingTheKernelChangesNothing();
    void loginManagerKeepsAwake();
    void lidMayBeRefused();
    void screenSaverKeepsTheScreen();
    void olderDesktopsAreAskedToo();
    void portalIsTheLastResort();
    void saysThatNobodyGrants();
    void silenceIsNotWaitedFor();
    void lateGrantIsGivenBack();
    void losesWhatItsServiceLoses();
    void takesWhatComesLater();
    void destructionReleases();

private:
    QDBusConnection server() { return m_bus->connect(); }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<DesktopBuses> m_buses;
};

void TestDesktop::init()
{
    m_bus = std::make_unique<PrivateBus>();
    m_buses = std::make_unique<DesktopBuses>(DesktopBuses{m_bus->connect(), m_bus->connect()});
    QVERIFY(m_buses->system.isConnected());
}

void TestDesktop::cleanup()
{
    m_buses.reset();
    m_bus.reset();
}

void TestDesktop::absentBusesAreNoTrouble()
{
    QTemporaryDir empty;
    PowerState power(DesktopBuses::none(), empty.path());
    std::optional<PowerReading> reading;
    power.read({this, [&](const PowerReading &read) { reading = read; }});
    QVERIFY(!reading);
    QTRY_VERIFY(reading);
    // Nobody says that there is a battery, which is not the same as nobody being there to say it.
    PowerReading none;
    none.couldAsk = true;
    QCOMPARE(*reading, none);
    QCOMPARE(PowerState::readKernel(empty.filePath(QStringLiteral("nowhere"))), PowerReading());

    ClockSync clock(DesktopBuses::none(), [] { return ClockSync::Answer(); });
    std::optional<ClockSync::Answer> answer;
    clock.read({this, [&](ClockSync::Answer read) { answer = read; }});
    QTRY_VERIFY(answer);
    QVERIFY(!answer->has_value());

    SleepInhibitor inhibitor(DesktopBuses::none());
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(!inhibitor.isHeld());
    QVERIFY(inhibitor.isWanted());
    QCOMPARE(inhibitor.holder(), QStringLiteral("Nothing here can keep the machine awake."));
}

void TestDesktop::readsTheBatteryFromUPower()
{
    FakeService upower(server(), "org.freedesktop.UPower", [](const QDBusMessage &message) {
        if (message.path().endsWith(u"DisplayDevice")) {
            return QVariantMap{{QStringLiteral("IsPresent"), true},
                               {QStringLiteral("Percentage"), 42.0},
                               {QStringLiteral("TimeToEmpty"), qint64(1080)},
                               {QStringLiteral("State"), 2u}};
        }
        return QVariantMap{{QStringLiteral("OnBattery"), true},
                           {QStringLiteral("LidIsPresent"), true}};
    });
    PowerState power(*m_buses);
    std::optional<PowerReading> reading;
    power.read({this, [&](const PowerReading &read) { reading = read; }});
    QTRY_VERIFY(reading);
    QCOMPARE(*reading, (PowerReading{true, true, 42, 1080s, true, true}));
    QCOMPARE(upower.calls, QStringList({QStringLiteral("GetAll"), QStringLiteral("GetAll")}));
}

void TestDesktop::readsTheMainsFromUPower()
{
    FakeService upower(server(), "org.freedesktop.UPower", [](const QDBusMessage &) {
        return QVariantMap{{QStringLiteral("OnBattery"), false},
                           {QStringLiteral("TimeToEmpty"), qint64(0)}};
    });
    PowerState power(*m_buses);
    std::optional<PowerReading> reading;
    power.read({this, [&](const PowerReading &read) { reading = read; }});
    QTRY_VERIFY(reading);
    QCOMPARE(*reading, (PowerReading{true, false, {}, {}, false, true}));
}

void TestDesktop::readsTheKernelWithoutUPower_data()
{
    using Files = QList<std::pair<QString, QByteArray>>;
    QTest::addColumn<Files>("files");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("onBattery");
    QTest::addColumn<int>("percent");
    QTest::addColumn<int>("secondsLeft");
    const auto file = [](const char *name, const char *text) {
        return std::pair(QString::fromLatin1(name), QByteArray(text).append('\n'));
    };
    const Files battery{file("BAT0/type", "Battery"), file("BAT0/status", "Discharging"),
                        file("BAT0/capacity", "63"), file("BAT0/energy_now", "30000000"),
                        file("BAT0/power_now", "10000000")};
    QTest::newRow("nothing") << Files{} << false << false << -1 << -1;
    QTest::newRow("battery") << battery << true << true << 63 << 10800;
    QTest::newRow("by charge") << Files{file("B/type", "Battery"), file("B/status", "Discharging"),
                                        file("B/capacity", "9"), file("B/charge_now", "500000"),
                                        file("B/current_now", "1000000")}
                               << true << true << 9 << 1800;
    QTest::newRow("plugged in") << (battery +
                                    Files{file("AC/type", "Mains"), file("AC/online", "1")})
                                << true << false << 63 << -1;
    QTest::newRow("unplugged") << (battery +
                                   Files{file("AC/type", "Mains"), file("AC/online", "0")})
                               << true << true << 63 << 10800;
    QTest::newRow("only a mouse") << Files{file("hid/type", "Battery"), file("hid/scope", "Device"),
                                           file("hid/status", "Discharging"),
                                           file("hid/capacity", "5")}
                                  << false << false << -1 << -1;
    QTest::newRow("no numbers") << Files{file("BAT0/type", "Battery"),
                                         file("BAT0/status", "Discharging"),
                                         file("BAT0/capacity", "?")}
                                << true << true << -1 << -1;
}

void TestDesktop::readsTheKernelWithoutUPower()
{
    using Files = QList<std::pair<QString, QByteArray>>;
    QFETCH(Files, files);
    QFETCH(bool, isKnown);
    QFETCH(bool, onBattery);
    QFETCH(int, percent);
    QFETCH(int, secondsLeft);
    QTemporaryDir folder;
    for (const auto &[name, text] : files) {
        QVERIFY(QDir(folder.path()).mkpath(name.section(u'/', 0, 0)));
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    PowerState power(*m_buses, folder.path()); // nobody on the bus is UPower
    std::optional<PowerReading> reading;
    power.read({this, [&](const PowerReading &read) { reading = read; }});
    QTRY_VERIFY(reading);
    QCOMPARE(reading->isKnown, isKnown);
    QCOMPARE(reading->onBattery, onBattery);
    QCOMPARE(reading->percent.value_or(-1), percent);
    QCOMPARE(reading->timeLeft.value_or(-1s).count(), secondsLeft);
}

void TestDesktop::clockByTheKernelFirst()
{
    FakeService timedate(server(), "org.freedesktop.timedate1",
                         [](const QDBusMessage &) { return QVariant(); });
    for (const bool isSynchronised : {true, false}) {
        ClockSync clock(*m_buses, [isSynchronised] { return isSynchronised; });
        std::optional<ClockSync::Answer> answer;
        clock.read({this, [&](ClockSync::Answer read) { answer = read; }});
        QVERIFY(!answer);
        QTRY_VERIFY(answer);
        QCOMPARE(answer->value(), isSynchronised);
    }
    QVERIFY(timedate.calls.isEmpty());
}

void TestDesktop::clockByTheBus()
{
    const auto ask = [this] {
        ClockSync clock(*m_buses, [] { return ClockSync::Answer(); });
        std::optional<ClockSync::Answer> answer;
        clock.read({this, [&](ClockSync::Answer read) { answer = read; }});
        [&] { QTRY_VERIFY(answer); }();
        return *answer;
    };
    QVERIFY(!ask()); // nobody is there
    for (const bool isSynchronised : {true, false}) {
        FakeService timedate(
            server(), "org.freedesktop.timedate1", [isSynchronised](const QDBusMessage &message) {
                return message.arguments().value(1) == QStringLiteral("NTPSynchronized")
                           ? QVariant::fromValue(QDBusVariant(isSynchronised))
                           : QVariant();
            });
        QCOMPARE(ask(), ClockSync::Answer(isSynchronised));
    }
}

void TestDesktop::askingTheKernelChangesNothing()
{
    const ClockSync::Answer first = ClockSync::askKernel();
    QCOMPARE(ClockSync::askKernel(), first);
}

void TestDesktop::loginManagerKeepsAwake()
{
    int ends[2];
    QCOMPARE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    FakeService login(server(), "org.freedesktop.login1", [&](const QDBusMessage &) {
        return QVariant::fromValue(QDBusUnixFileDescriptor(ends[1])); // a copy of it
    });
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    QCOMPARE(inhibitor.holder(), QStringLiteral("The machine may sleep."));
    inhibitor.hold(QStringLiteral("A show is played"));
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(inhibitor.isHeld());
    QVERIFY(inhibitor.keeps(SleepInhibitor::Lid));
    QVERIFY(!inhibitor.keeps(SleepInhibitor::Screen));
    QCOMPARE(inhibitor.holder(),
             QStringLiteral("The machine is kept awake by the login manager; nothing keeps the "
                            "screen from being blanked."));
    const QVariantList asked = login.messages.first().arguments();
    QCOMPARE(asked.value(0).toString(), QStringLiteral("sleep:idle:handle-lid-switch"));
    QCOMPARE(asked.value(2).toString(), QStringLiteral("A show is played"));
    QCOMPARE(asked.value(3).toString(), QStringLiteral("block"));

    // What keeps it awake is an open descriptor, and nothing else.
    login.messages.clear();
    ::close(ends[1]);
    QTest::qWait(20);
    QVERIFY(isHeldBySomebody(ends[0]));
    inhibitor.release();
    QTRY_VERIFY(!isHeldBySomebody(ends[0]));
    QVERIFY(!inhibitor.isHeld());
    ::close(ends[0]);
}

void TestDesktop::lidMayBeRefused()
{
    FakeService login(server(), "org.freedesktop.login1", [](const QDBusMessage &message) {
        return message.arguments().value(0).toString().contains(u"lid")
                   ? QVariant()
                   : QVariant::fromValue(QDBusUnixFileDescriptor(0));
    });
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(inhibitor.isHeld());
    QVERIFY(!inhibitor.keeps(SleepInhibitor::Lid));
    QCOMPARE(login.calls.size(), 2);
}

void TestDesktop::screenSaverKeepsTheScreen()
{
    FakeService saver(server(), "org.freedesktop.ScreenSaver", [](const QDBusMessage &message) {
        return QVariant::fromValue(message.member() == u"Inhibit" ? uint(7) : uint(0));
    });
    FakeService power(server(), "org.freedesktop.PowerManagement",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(8)); });
    FakeService gnome(server(), "org.gnome.SessionManager",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(9)); });
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(inhibitor.keeps(SleepInhibitor::Screen));
    QVERIFY(inhibitor.isHeld());
    QCOMPARE(inhibitor.holder(), QStringLiteral("The machine is kept awake by the power manager, "
                                                "the screen by the screen saver."));
    QVERIFY(gnome.calls.isEmpty()); // there was no need
    inhibitor.release();
    QTRY_COMPARE(saver.calls.value(1), QStringLiteral("UnInhibit"));
    QCOMPARE(saver.messages.value(1).arguments().value(0).toUInt(), 7u);
    QTRY_COMPARE(power.calls.value(1), QStringLiteral("UnInhibit"));
}

void TestDesktop::olderDesktopsAreAskedToo()
{
    FakeService gnome(server(), "org.gnome.SessionManager",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(9)); });
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_COMPARE(settled.count(), 1);
    QCOMPARE(inhibitor.holder(),
             QStringLiteral("Machine and screen are kept awake by the session manager."));
    QCOMPARE(gnome.messages.first().arguments().value(3).toUInt(), 12u); // suspend and idle
    inhibitor.release();
    QTRY_COMPARE(gnome.calls.value(1), QStringLiteral("Uninhibit"));
}

void TestDesktop::portalIsTheLastResort()
{
    FakeService portal(server(), "org.freedesktop.portal.Desktop", [](const QDBusMessage &message) {
        return message.member() == u"Inhibit"
                   ? QVariant::fromValue(QDBusObjectPath(QStringLiteral("/request/1")))
                   : QVariant(true);
    });
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(inhibitor.isHeld());
    inhibitor.release();
    QTRY_COMPARE(portal.calls.value(1), QStringLiteral("Close"));
    QCOMPARE(portal.messages.value(1).path(), QStringLiteral("/request/1"));
}

void TestDesktop::saysThatNobodyGrants()
{
    FakeService login(server(), "org.freedesktop.login1",
                      [](const QDBusMessage &) { return QVariant(); });
    FakeService saver(server(), "org.freedesktop.ScreenSaver",
                      [](const QDBusMessage &) { return QVariant(); });
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_COMPARE(settled.count(), 1);
    QVERIFY(!inhibitor.isHeld());
    QVERIFY(!inhibitor.keeps(SleepInhibitor::Screen));
}

void TestDesktop::silenceIsNotWaitedFor()
{
    FakeService login(server(), "org.freedesktop.login1",
                      [](const QDBusMessage &) { return QVariant(); });
    login.isSilent = true;
    SleepInhibitor inhibitor(*m_buses);
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    QElapsedTimer asked;
    asked.start();
    inhibitor.hold(QStringLiteral("Test"));
    QVERIFY(asked.elapsed() < 100);
    QTRY_COMPARE_WITH_TIMEOUT(settled.count(), 1, 3 * DesktopBuses::TimeOut);
    QVERIFY(!inhibitor.isHeld());
}

void TestDesktop::lateGrantIsGivenBack()
{
    FakeService saver(server(), "org.freedesktop.ScreenSaver",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(7)); });
    SleepInhibitor inhibitor(*m_buses);
    inhibitor.hold(QStringLiteral("Test"));
    inhibitor.release();
    QTRY_COMPARE(saver.calls,
                 QStringList({QStringLiteral("Inhibit"), QStringLiteral("UnInhibit")}));
    QVERIFY(!inhibitor.keeps(SleepInhibitor::Screen));
}

void TestDesktop::losesWhatItsServiceLoses()
{
    auto saver = std::make_unique<FakeService>(
        server(), "org.freedesktop.ScreenSaver",
        [](const QDBusMessage &) { return QVariant::fromValue(uint(7)); });
    SleepInhibitor inhibitor(*m_buses);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_VERIFY(inhibitor.isSettled() && inhibitor.keeps(SleepInhibitor::Screen));
    saver.reset();
    QTRY_VERIFY(!inhibitor.keeps(SleepInhibitor::Screen));
    QVERIFY(inhibitor.isWanted());
}

void TestDesktop::takesWhatComesLater()
{
    SleepInhibitor inhibitor(*m_buses);
    inhibitor.hold(QStringLiteral("Test"));
    QTRY_VERIFY(inhibitor.isSettled());
    QVERIFY(!inhibitor.keeps(SleepInhibitor::Screen));
    FakeService saver(server(), "org.freedesktop.ScreenSaver",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(7)); });
    QTRY_VERIFY(inhibitor.keeps(SleepInhibitor::Screen));
}

void TestDesktop::destructionReleases()
{
    FakeService saver(server(), "org.freedesktop.ScreenSaver",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(7)); });
    {
        SleepInhibitor inhibitor(*m_buses);
        inhibitor.hold(QStringLiteral("Test"));
        QTRY_VERIFY(inhibitor.keeps(SleepInhibitor::Screen));
    }
    QTRY_COMPARE(saver.calls.last(), QStringLiteral("UnInhibit"));
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
