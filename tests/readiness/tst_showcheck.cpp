// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "../desktop/fakeservices.h"
#include "../desktop/privatebus.h"
#include "setups.h"

#include "app/desktop/sleepinhibitor.h"
#include "app/readiness/showcheck.h"
#include "app/run/runeventcodec.h"
#include "app/sandbox/sandboxhost.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace std::chrono_literals;
using State = CheckItem::State;

namespace {

constexpr auto Busy = R"({"name":"B","description":"d","duration_minutes":9,"incidents":[
 {"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop"},
 {"delay_seconds":9,"type":"predefined","scenario_id":"memory_leak_gradual"}]})";
constexpr auto Prompt = R"({"name":"P","description":"d","duration_minutes":9,"incidents":[
 {"delay_seconds":0,"type":"llm_generated","llm_prompt":"CPU of the checkout rises to 98 percent"}]})";

Target targetAt(const QUrl &base, const QByteArray &key = {})
{
    Target target;
    target.base = base;
    target.key = key;
    return target;
}

/** An address at which nobody listens. */
QUrl nobodyAt()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return QUrl(QStringLiteral("http://127.0.0.1:%1/api/v1").arg(server.serverPort()));
}

} // namespace

/** The whole check over real sockets: against the sandbox, its language model, and who is absent.
 */
class TestShowCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void allIsWell();
    void eachIsRunningUntilItIsKnown();
    void createsNothing();
    void missingKey();
    void wrongKey();
    void nobodyThere();
    void silentTargetIsNotWaitedForLong();
    void skewOfTheClock();
    void generatorAnswers();
    void generatorRefusesTheKey();
    void generatorIsAbsent();
    void errorsBlockTheStart();
    void cancelLeavesNothingRunning();
    void anotherSetupEndsACheck();
    void againIsAWholeCheck();
    void windowsOwnItemsStay();
    void looksAgainInTheBackground();
    void repetitionTellsOnlyWhatChanged();
    void repetitionCostsNoTokens();
    void generatorIsOutOfTheWayOnceAllIsMade();
    void batteryOverTheBus();
    void followsTheInhibitorOfTheShow();

private:
    State stateOf(const ShowCheck &check, const char *id)
    {
        const CheckItem *item = check.item(QLatin1String(id));
        return item ? item->state : State::Running;
    }
    void run(ShowCheck &check, const ShowSetup &setup)
    {
        check.setSetup(setup);
        QSignalSpy finished(&check, &ShowCheck::finished);
        check.start();
        QVERIFY(check.isRunning());
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!check.isRunning());
    }
    std::unique_ptr<SandboxHost> sandbox(const SandboxOptions &options = {})
    {
        auto host = SandboxHost::start(options);
        return host ? std::move(*host) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestShowCheck::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"}) {
        qputenv(name, m_home->path().toLocal8Bit());
    }
    for (const char *name : {"TIMELINE_LLM_PROVIDER", "TIMELINE_LLM_URL", "TIMELINE_LLM_KEY",
                             "TIMELINE_API_KEY", "DBUS_SESSION_BUS_ADDRESS"}) {
        qunsetenv(name);
    }
}

void TestShowCheck::allIsWell()
{
    SandboxOptions options;
    options.key = "secret";
    const auto host = sandbox(options);
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    qputenv("TIMELINE_API_KEY", "secret");
    run(check, Setups::of(Busy, targetAt(host->baseUrl(), "secret")));
    for (const char *id : {"target", "key", "scenarios", "rate-limit", "timeline", "pins",
                           "generator", "interrupted", "disk"}) {
        QVERIFY2(stateOf(check, id) == State::Good, id);
    }
    QVERIFY(check.item(QStringLiteral("target"))->brief.startsWith(u"healthy, answers in"));
    QCOMPARE(check.item(QStringLiteral("scenarios"))->brief,
             QStringLiteral("all known to the target"));
    QVERIFY(check.item(QStringLiteral("key"))->sentence.contains(u"TIMELINE_API_KEY"));
    // Without a desktop nothing keeps the machine awake, and that is said.
    QCOMPARE(stateOf(check, "sleep"), State::Warning);
    QCOMPARE(check.roundTrips().size(), size_t(1));
    QVERIFY(!check.blocksStart());
    for (const CheckItem &item : check.items()) {
        QVERIFY(!item.sentence.isEmpty() && !item.brief.isEmpty() && !item.topic.isEmpty());
        QVERIFY(!item.sentence.contains(u"secret"));
    }
}

void TestShowCheck::eachIsRunningUntilItIsKnown()
{
    const auto host = sandbox();
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    QSignalSpy restarted(&check, &ShowCheck::restarted);
    QSignalSpy finished(&check, &ShowCheck::finished);
    QMap<QString, int> told;
    connect(&check, &ShowCheck::itemChanged, this, [&](const CheckItem &item) {
        QVERIFY(item.state != State::Running);
        ++told[item.id];
    });
    connect(&check, &ShowCheck::restarted, this, [&] {
        QCOMPARE(check.items().size(), 12);
        for (const CheckItem &item : check.items()) {
            QCOMPARE(item.state, State::Running);
        }
    });
    check.setSetup(Setups::of(Busy, targetAt(host->baseUrl())));
    check.start();
    QCOMPARE(restarted.count(), 1);
    QCOMPARE(check.verdict(), State::Running);
    QCOMPARE(stateOf(check, "target"), State::Running);
    QCOMPARE(finished.count(), 0);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(check.verdict() != State::Running);
    QCOMPARE(told.size(), 12);
    QCOMPARE(told.values(), QList<int>(12, 1)); // each once
}

void TestShowCheck::createsNothing()
{
    const auto host = sandbox();
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QNetworkAccessManager network;
    QNetworkReply *reply = network.get(
        QNetworkRequest(host->origin().resolved(QUrl(QStringLiteral("/sandbox/arrivals")))));
    QTRY_VERIFY(reply->isFinished());
    const QByteArray arrivals = reply->readAll();
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QVERIFY2(!arrivals.contains("pod_crash_loop"), arrivals.constData());
    reply->deleteLater();
}

void TestShowCheck::missingKey()
{
    SandboxOptions options;
    options.key = "secret";
    const auto host = sandbox(options);
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QCOMPARE(stateOf(check, "target"), State::Good);
    QCOMPARE(stateOf(check, "key"), State::Problem);
    QCOMPARE(check.item(QStringLiteral("key"))->brief, QStringLiteral("missing"));
    QCOMPARE(stateOf(check, "scenarios"), State::Unknown);
    QCOMPARE(check.verdict(), State::Problem);
}

void TestShowCheck::wrongKey()
{
    SandboxOptions options;
    options.key = "secret";
    const auto host = sandbox(options);
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl(), "wr0ng-key")));
    QCOMPARE(check.item(QStringLiteral("key"))->brief, QStringLiteral("refused"));
    for (const CheckItem &item : check.items()) {
        QVERIFY(!item.sentence.contains(u"wr0ng-key"));
    }
}

void TestShowCheck::nobodyThere()
{
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(nobodyAt())));
    QCOMPARE(stateOf(check, "target"), State::Problem);
    QCOMPARE(check.item(QStringLiteral("target"))->fixId, QStringLiteral("choose-target"));
    QCOMPARE(stateOf(check, "key"), State::Unknown);
    QCOMPARE(stateOf(check, "timeline"), State::Good); // the rest is known all the same
    QVERIFY(check.roundTrips().empty());
}

void TestShowCheck::silentTargetIsNotWaitedForLong()
{
    QTcpServer silent; // takes connections, and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ManualClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    QSignalSpy finished(&check, &ShowCheck::finished);
    check.setSetup(Setups::of(
        Busy,
        targetAt(QUrl(QStringLiteral("http://127.0.0.1:%1/api/v1").arg(silent.serverPort())))));
    check.start();
    QTRY_VERIFY(silent.hasPendingConnections());
    QCOMPARE(stateOf(check, "target"), State::Running);
    clock.advance(6s);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(stateOf(check, "target"), State::Problem);
}

void TestShowCheck::skewOfTheClock()
{
    const auto host = sandbox();
    ManualClock clock; // stands in March 2026, and the sandbox does not
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QCOMPARE(stateOf(check, "clock"), State::Warning);
    QVERIFY2(check.item(QStringLiteral("clock"))->brief.startsWith(u"target "),
             qPrintable(check.item(QStringLiteral("clock"))->brief));
}

void TestShowCheck::generatorAnswers()
{
    const auto host = sandbox();
    qputenv("TIMELINE_LLM_URL", QByteArray(host->origin().toString().toLatin1() + "v1"));
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Prompt, targetAt(host->baseUrl()), 1, QStringLiteral("openai")));
    const CheckItem *generator = check.item(QStringLiteral("generator"));
    QVERIFY2(generator->state == State::Good, qPrintable(generator->sentence));
    QVERIFY(generator->sentence.contains(u"1 scenario will be made by \"openai\""));
    QCOMPARE(stateOf(check, "pins"), State::Warning);
}

void TestShowCheck::generatorRefusesTheKey()
{
    SandboxOptions options;
    options.llmKey = "llm-secret";
    const auto host = sandbox(options);
    qputenv("TIMELINE_LLM_URL", QByteArray(host->origin().toString().toLatin1() + "v1"));
    qputenv("TIMELINE_LLM_KEY", "wr0ng-key");
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Prompt, targetAt(host->baseUrl()), 1, QStringLiteral("openai")));
    const CheckItem *generator = check.item(QStringLiteral("generator"));
    QCOMPARE(generator->state, State::Problem);
    QCOMPARE(generator->brief, QStringLiteral("key refused"));
    QVERIFY(!generator->sentence.contains(u"wr0ng-key"));
}

void TestShowCheck::generatorIsAbsent()
{
    const auto host = sandbox();
    qputenv("TIMELINE_LLM_URL",
            nobodyAt().resolved(QUrl(QStringLiteral("/v1"))).toString().toLatin1());
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Prompt, targetAt(host->baseUrl()), 1, QStringLiteral("openai")));
    QCOMPARE(stateOf(check, "generator"), State::Problem);
    // Where nothing has to be made, it may well be absent.
    run(check, Setups::of(Busy, targetAt(host->baseUrl()), 1, QStringLiteral("openai")));
    QCOMPARE(stateOf(check, "generator"), State::Good);
}

void TestShowCheck::errorsBlockTheStart()
{
    const auto host = sandbox();
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(R"({"name":"B","description":"d","duration_minutes":9,"incidents":[
        {"delay_seconds":0,"type":"predefined","scenario_id":"nope"}]})",
                          targetAt(host->baseUrl())));
    QVERIFY(check.blocksStart());
    QCOMPARE(stateOf(check, "timeline"), State::Problem);
    QCOMPARE(stateOf(check, "target"), State::Good);
}

void TestShowCheck::cancelLeavesNothingRunning()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    QSignalSpy finished(&check, &ShowCheck::finished);
    check.setSetup(Setups::of(
        Busy,
        targetAt(QUrl(QStringLiteral("http://127.0.0.1:%1/api/v1").arg(silent.serverPort())))));
    check.start();
    QTRY_COMPARE(stateOf(check, "timeline"), State::Good); // once the keys were asked for
    check.cancel();
    QCOMPARE(finished.count(), 1);
    QVERIFY(!check.isRunning());
    QCOMPARE(stateOf(check, "target"), State::Unknown);
    QCOMPARE(stateOf(check, "timeline"), State::Good); // what is known stays known
    QSignalSpy changed(&check, &ShowCheck::itemChanged);
    QTest::qWait(50); // nothing comes after
    QCOMPARE(changed.count(), 0);
    QCOMPARE(finished.count(), 1);
}

void TestShowCheck::anotherSetupEndsACheck()
{
    const auto host = sandbox();
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    check.setSetup(Setups::of(
        Busy,
        targetAt(QUrl(QStringLiteral("http://127.0.0.1:%1/api/v1").arg(silent.serverPort())))));
    check.start();
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QCOMPARE(stateOf(check, "target"), State::Good);
}

void TestShowCheck::againIsAWholeCheck()
{
    SandboxOptions options;
    options.key = "secret";
    const auto host = sandbox(options);
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QCOMPARE(stateOf(check, "key"), State::Problem);
    run(check, Setups::of(Busy, targetAt(host->baseUrl(), "secret")));
    QCOMPARE(stateOf(check, "key"), State::Good);
    QCOMPARE(check.items().size(), 12);
    QCOMPARE(check.roundTrips().size(), size_t(2));
}

void TestShowCheck::windowsOwnItemsStay()
{
    const auto host = sandbox();
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    CheckItem audience;
    audience.id = QStringLiteral("audience");
    audience.topic = QStringLiteral("Audience");
    audience.state = State::Warning;
    audience.brief = audience.sentence = QStringLiteral("One screen.");
    check.setItem(audience);
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QCOMPARE(check.items().size(), 13);
    QCOMPARE(*check.item(QStringLiteral("audience")), audience);
    audience.state = State::Good;
    check.setItem(audience);
    QCOMPARE(check.items().size(), 13);
    QCOMPARE(stateOf(check, "audience"), State::Good);
}

void TestShowCheck::looksAgainInTheBackground()
{
    auto host = sandbox();
    ManualClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QSignalSpy finished(&check, &ShowCheck::finished);
    check.repeatEvery(5s);
    QVERIFY(check.isRepeating());
    clock.advance(4s);
    QTest::qWait(20);
    QCOMPARE(check.roundTrips().size(), size_t(1));
    clock.advance(1s);
    QTRY_COMPARE(check.roundTrips().size(), size_t(2));
    QCOMPARE(stateOf(check, "target"), State::Good);
    const quint16 port = quint16(host->baseUrl().port());
    host.reset();
    clock.advance(5s);
    QTRY_COMPARE(stateOf(check, "target"), State::Problem);
    QVERIFY(!check.isRunning()); // a look, not a check
    SandboxOptions options;
    options.port = port;
    host = sandbox(options);
    QVERIFY(host);
    const auto look = [&] {
        clock.advance(5s);
        return QTest::qWaitFor([&] { return stateOf(check, "target") == State::Good; }, 500);
    };
    QTRY_VERIFY(look());
    check.repeatEvery(0s);
    const size_t looks = check.roundTrips().size();
    clock.advance(60s);
    QTest::qWait(20);
    QCOMPARE(check.roundTrips().size(), looks);
    QCOMPARE(finished.count(), 0);
}

void TestShowCheck::repetitionTellsOnlyWhatChanged()
{
    const auto host = sandbox();
    ManualClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QStringList told;
    connect(&check, &ShowCheck::itemChanged, this,
            [&](const CheckItem &item) { told.append(item.id); });
    check.repeatEvery(1s);
    for (size_t looks = 2; looks <= 4; ++looks) {
        clock.advance(1s);
        QTRY_COMPARE(check.roundTrips().size(), looks);
    }
    for (const QString &id : told) {
        // Its round trip, or the room on a disk that others write to.
        QVERIFY2(id == u"target" || id == u"disk" || id == u"clock", qPrintable(id));
    }
    for (int i = 0; i < 100; ++i) {
        clock.advance(1s);
        QTest::qWait(2);
    }
    QTRY_VERIFY(check.roundTrips().size() <= ShowCheck::MaximumRoundTrips);
}

void TestShowCheck::repetitionCostsNoTokens()
{
    const auto host = sandbox();
    qputenv("TIMELINE_LLM_URL", QByteArray(host->origin().toString().toLatin1() + "v1"));
    ManualClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Prompt, targetAt(host->baseUrl()), 1, QStringLiteral("openai")));
    check.repeatEvery(1s);
    clock.advance(1s);
    // The look asks for the list of models, so it words its answer otherwise.
    QTRY_VERIFY(check.item(QStringLiteral("generator"))
                    ->sentence.startsWith(
                        QStringLiteral("127.0.0.1:%1 answers. ").arg(host->baseUrl().port())));
    QCOMPARE(stateOf(check, "generator"), State::Good);
}

void TestShowCheck::generatorIsOutOfTheWayOnceAllIsMade()
{
    const auto host = sandbox();
    qputenv("TIMELINE_LLM_URL",
            nobodyAt().resolved(QUrl(QStringLiteral("/v1"))).toString().toLatin1());
    ManualClock clock;
    ShowCheck check(clock, DesktopBuses::none());
    run(check, Setups::of(Prompt, targetAt(host->baseUrl()), 1, QStringLiteral("openai")));
    QCOMPARE(stateOf(check, "generator"), State::Problem);
    RunRecord record;
    record.apply(runEventFromJson(
        {{QStringLiteral("record"), QStringLiteral("run")},
         {QStringLiteral("started_at"), clock.wall().toString(Qt::ISODateWithMs)},
         {QStringLiteral("incidents"),
          QJsonArray{QJsonObject{{QStringLiteral("index"), 0},
                                 {QStringLiteral("type"), QStringLiteral("llm_generated")},
                                 {QStringLiteral("sends"), true}}}}}));
    check.setRun(record);
    QCOMPARE(stateOf(check, "generator"), State::Problem); // it is still to be made
    QCOMPARE(check.item(QStringLiteral("rate-limit"))->brief,
             QStringLiteral("open, ours: 0, assumes 5 in 60 s"));
    record.apply(runEventFromJson(
        {{QStringLiteral("record"), QStringLiteral("prepared")}, {QStringLiteral("index"), 0}}));
    check.setRun(record);
    QCOMPARE(stateOf(check, "generator"), State::Good);
    check.repeatEvery(1s);
    clock.advance(1s);
    QTRY_COMPARE(check.roundTrips().size(), size_t(2));
    QTest::qWait(20);
    QCOMPARE(stateOf(check, "generator"), State::Good); // nobody asked for it again
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("finished")}}));
    check.setRun(record);
    QCOMPARE(check.item(QStringLiteral("rate-limit"))->brief,
             QStringLiteral("at most 1, assumes 5 in 60 s")); // the forecast again
}

void TestShowCheck::batteryOverTheBus()
{
    PrivateBus bus;
    FakeService upower(bus.connect(), "org.freedesktop.UPower", [](const QDBusMessage &message) {
        return message.path().endsWith(u"DisplayDevice")
                   ? QVariantMap{{QStringLiteral("IsPresent"), true},
                                 {QStringLiteral("Percentage"), 12.0},
                                 {QStringLiteral("TimeToEmpty"), qint64(300)},
                                 {QStringLiteral("State"), 2u}}
                   : QVariantMap{{QStringLiteral("OnBattery"), true},
                                 {QStringLiteral("LidIsPresent"), true}};
    });
    FakeService saver(bus.connect(), "org.freedesktop.ScreenSaver",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(7)); });
    const auto host = sandbox();
    SystemClock clock;
    ShowCheck check(clock, DesktopBuses{bus.connect(), bus.connect()});
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    QCOMPARE(stateOf(check, "power"), State::Problem);
    QVERIFY2(check.item(QStringLiteral("power"))
                 ->sentence.startsWith(u"On battery, 12 %, about 5 min left: the show takes"),
             qPrintable(check.item(QStringLiteral("power"))->sentence));
    QCOMPARE(check.item(QStringLiteral("sleep"))->brief, QStringLiteral("machine may sleep"));
    // It was only tried.
    QTRY_COMPARE(saver.calls,
                 QStringList({QStringLiteral("Inhibit"), QStringLiteral("UnInhibit")}));
}

void TestShowCheck::followsTheInhibitorOfTheShow()
{
    PrivateBus bus;
    auto saver = std::make_unique<FakeService>(
        bus.connect(), "org.freedesktop.ScreenSaver",
        [](const QDBusMessage &) { return QVariant::fromValue(uint(7)); });
    FakeService power(bus.connect(), "org.freedesktop.PowerManagement",
                      [](const QDBusMessage &) { return QVariant::fromValue(uint(8)); });
    const auto host = sandbox();
    SystemClock clock;
    const DesktopBuses buses{bus.connect(), bus.connect()};
    ShowCheck check(clock, buses);
    run(check, Setups::of(Busy, targetAt(host->baseUrl())));
    SleepInhibitor inhibitor(buses);
    check.follow(&inhibitor);
    inhibitor.hold(QStringLiteral("A show"));
    QTRY_VERIFY(inhibitor.isSettled());
    QCOMPARE(check.item(QStringLiteral("sleep"))->brief, QStringLiteral("inhibited"));
    saver.reset(); // the screen saver crashes in mid-show
    QTRY_COMPARE(check.item(QStringLiteral("sleep"))->brief,
                 QStringLiteral("screen may be blanked"));
    QCOMPARE(stateOf(check, "sleep"), State::Warning);
}

QTEST_GUILESS_MAIN(TestShowCheck)
#include "tst_showcheck.moc"
