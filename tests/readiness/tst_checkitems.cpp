// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "setups.h"

#include "app/base/wholefile.h"
#include "app/desktop/sleepinhibitor.h"
#include "app/readiness/machinechecks.h"
#include "app/readiness/plannedchecks.h"
#include "app/readiness/runhealth.h"
#include "app/readiness/targetchecks.h"
#include "app/readiness/targetpast.h"
#include "app/run/runeventcodec.h"
#include "app/settings/datapaths.h"
#include "app/timeline/promptfilling.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimeZone>

#include <unistd.h>

using namespace std::chrono_literals;
using State = CheckItem::State;

namespace {

constexpr auto Prompts = R"({"name":"P","description":"d","duration_minutes":9,"incidents":[
 {"delay_seconds":0,"type":"llm_generated","llm_prompt":"CPU of the checkout rises to 98 percent","title":"First"},
 {"delay_seconds":9,"type":"llm_generated","llm_prompt":"Disk fills to 98 percent with logs","title":"Second"},
 {"delay_seconds":20,"type":"predefined","scenario_id":"pod_crash_loop"}]})";

Target remote(const QByteArray &key = {})
{
    Target target;
    target.base = QUrl(QStringLiteral("https://airra.example:8443/api/v1"));
    target.key = key;
    return target;
}

HealthReport healthy()
{
    HealthReport health;
    health.reachable = true;
    health.healthy = true;
    health.keyAccepted = true;
    health.keyStatus = 200;
    health.version = QStringLiteral("1.4.2");
    health.roundTrip = 12ms;
    return health;
}

/** Pins what the built-in generator would make; `prompt` is what it is said to be made from. */
void pin(Incident &incident, const QString &prompt)
{
    PinnedScenario pinned;
    pinned.scenario = *Setups::library().find(QStringLiteral("pod_crash_loop"));
    pinned.promptSha256 = promptSha256(prompt);
    pinned.generator = QStringLiteral("offline");
    incident.pinned = pinned;
}

ShowSetup again(ShowSetup setup)
{
    setup.plan = planRun(setup.timeline, setup.scenarios, setup.plan->generation);
    setup.setTarget(setup.target);
    return setup;
}

} // namespace

/** What the check says about each thing, in words that a presenter can act upon. */
class TestCheckItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void power_data();
    void power();
    void clock_data();
    void clock();
    void disk_data();
    void disk();
    void diskOfAFolderThatIsNotThereYet();
    void diskThatCannotBeWritten();
    void sleepWithoutADesktop();
    void target_data();
    void target();
    void productionTakesPromptsAlone();
    void key_data();
    void key();
    void noSentenceHoldsTheKey();
    void scenarios();
    void emptyScenariosAreAProblem();
    void timeline_data();
    void timeline();
    void rulesOfTheTimelineAreWarnings();
    void pins();
    void titlesStandAsTheyAre();
    void generatorOffline();
    void generatorOverBudget();
    void generatorThatFails();
    void rateLimit();
    void rateLimitAsStated_data();
    void rateLimitAsStated();
    void rateLimitOfThePast();
    void rateLimitAsSeen();
    void runHealthOfARun();
    void interruptedRuns();
    void verdict();
    void everyFixHasALabel();

private:
    QTemporaryDir m_home;
};

void TestCheckItems::init()
{
    for (const char *name :
         {"TIMELINE_LLM_PROVIDER", "TIMELINE_LLM_URL", "TIMELINE_LLM_KEY", "TIMELINE_API_KEY"}) {
        qunsetenv(name);
    }
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"}) {
        qputenv(name, m_home.path().toLocal8Bit());
    }
}

void TestCheckItems::power_data()
{
    QTest::addColumn<PowerReading>("reading");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("nobody to ask") << PowerReading{} << State::Unknown
                                   << "Whether the machine runs on a battery can't be told here.";
    QTest::newRow("no battery") << PowerReading{false, false, {}, {}, false, true} << State::Good
                                << "The machine has no battery that it knows of.";
    QTest::newRow("plugged in") << PowerReading{true, false, 80, {}, true} << State::Good
                                << "Plugged in; the battery is at 80 %.";
    QTest::newRow("long enough")
        << PowerReading{true, true, 80, 7800s, true} << State::Warning
        << "On battery, 80 %, about 2 h 10 min left; the show takes 20:00.";
    QTest::newRow("too short") << PowerReading{true, true, 12, 1080s, true} << State::Problem
                               << "On battery, 12 %, about 18 min left: the show takes 20:00, so "
                                  "it would not end.";
    QTest::newRow("low") << PowerReading{true, true, 12, {}, true} << State::Problem
                         << "On battery, 12 %; the show takes 20:00.";
    QTest::newRow("nothing but that") << PowerReading{true, true, {}, {}, true} << State::Warning
                                      << "On battery; the show takes 20:00.";
}

void TestCheckItems::power()
{
    QFETCH(PowerReading, reading);
    QFETCH(State, state);
    QFETCH(QString, sentence);
    const CheckItem item = MachineChecks::power(reading, 20min);
    QCOMPARE(item.sentence, sentence);
    QCOMPARE(item.state, state);
    QCOMPARE(item.fix.isEmpty(), state == State::Good || state == State::Unknown);
}

void TestCheckItems::clock_data()
{
    QTest::addColumn<int>("sync");  // 1, 0, −1 for unknown
    QTest::addColumn<int>("ahead"); // ms; −1 for unknown
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("brief");
    QTest::newRow("right") << 1 << 300 << State::Good << "synchronised";
    QTest::newRow("right, alone") << 1 << -1 << State::Good << "synchronised";
    QTest::newRow("within what a Date can tell") << 1 << -1900 << State::Good << "synchronised";
    QTest::newRow("target ahead") << 1 << 42000 << State::Warning << "target 42 s ahead";
    QTest::newRow("target behind") << 1 << -3600000 << State::Warning << "target 3600 s behind";
    QTest::newRow("not kept right") << 0 << 100 << State::Warning << "not synchronised";
    QTest::newRow("unknown, but as the target's") << -1 << 100 << State::Good << "as the target's";
    QTest::newRow("unknown") << -1 << -1 << State::Unknown << "not known";
}

void TestCheckItems::clock()
{
    QFETCH(int, sync);
    QFETCH(int, ahead);
    QFETCH(State, state);
    QFETCH(QString, brief);
    const CheckItem item =
        MachineChecks::clock(sync < 0 ? std::optional<bool>() : sync == 1,
                             ahead == -1 ? std::optional<std::chrono::milliseconds>()
                                         : std::chrono::milliseconds(ahead));
    QCOMPARE(item.brief, brief);
    QCOMPARE(item.state, state);
}

void TestCheckItems::disk_data()
{
    QTest::addColumn<std::optional<qint64>>("megabytes");
    QTest::addColumn<bool>("isWritable");
    QTest::addColumn<State>("state");
    QTest::newRow("plenty") << std::optional<qint64>(20000) << true << State::Good;
    QTest::newRow("little") << std::optional<qint64>(400) << true << State::Warning;
    QTest::newRow("too little") << std::optional<qint64>(20) << true << State::Problem;
    QTest::newRow("none") << std::optional<qint64>(0) << true << State::Problem;
    QTest::newRow("unknown") << std::optional<qint64>() << true << State::Unknown;
    QTest::newRow("unknown, read only") << std::optional<qint64>() << false << State::Problem;
    QTest::newRow("read only") << std::optional<qint64>(20000) << false << State::Problem;
}

void TestCheckItems::disk()
{
    QFETCH(std::optional<qint64>, megabytes);
    QFETCH(bool, isWritable);
    QFETCH(State, state);
    const std::optional<qint64> bytes =
        megabytes ? std::optional(*megabytes * 1024 * 1024) : std::nullopt;
    const CheckItem item = MachineChecks::disk(QStringLiteral("/a/runs"), bytes, isWritable);
    QCOMPARE(item.state, state);
    QCOMPARE(item.fix.isEmpty(), state == State::Good || state == State::Unknown);
    QVERIFY(megabytes || !isWritable || !item.sentence.contains(u'0')); // nothing is made up
}

void TestCheckItems::diskOfAFolderThatIsNotThereYet()
{
    const QString folder = m_home.filePath(QStringLiteral("a/b/runs"));
    QCOMPARE(MachineChecks::disk(folder).state, State::Good);
    QVERIFY(!QFileInfo::exists(m_home.filePath(QStringLiteral("a")))); // a check makes nothing
    QDir().mkpath(folder);
    QCOMPARE(MachineChecks::disk(folder).state, State::Good);
    QVERIFY(QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestCheckItems::diskThatCannotBeWritten()
{
    // A folder in the way of a folder: also for those whom no rights hold back.
    QFile file(m_home.filePath(QStringLiteral("in the way")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const CheckItem item = MachineChecks::disk(file.fileName() + QStringLiteral("/runs"));
    QCOMPARE(item.state, State::Problem);
    QVERIFY(item.sentence.contains(file.fileName() + QStringLiteral("/runs")));
}

void TestCheckItems::sleepWithoutADesktop()
{
    SleepInhibitor inhibitor(DesktopBuses::none());
    QSignalSpy settled(&inhibitor, &SleepInhibitor::settled);
    inhibitor.hold(QStringLiteral("Test"));
    QCOMPARE(MachineChecks::sleep(inhibitor, true).state, State::Running);
    QTRY_COMPARE(settled.count(), 1);
    const CheckItem item = MachineChecks::sleep(inhibitor, true);
    QCOMPARE(item.state, State::Warning);
    QCOMPARE(item.brief, QStringLiteral("not inhibited"));
    QVERIFY(item.sentence.contains(QStringLiteral("Keep the lid open")));
    QVERIFY(!MachineChecks::sleep(inhibitor, false).sentence.contains(QStringLiteral("lid")));
}

void TestCheckItems::target_data()
{
    QTest::addColumn<HealthReport>("health");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("well") << healthy() << State::Good
                          << "airra.example:8443, version 1.4.2, is healthy and answers in 12 ms.";
    HealthReport slow = healthy();
    slow.roundTrip = 1800ms;
    QTest::newRow("slow") << slow << State::Warning
                          << "airra.example:8443, version 1.4.2, answers slowly, in 1800 ms; "
                             "incidents are sent at their moments, but appear that much later.";
    HealthReport gone;
    gone.error = QStringLiteral("Nobody is there.");
    QTest::newRow("gone") << gone << State::Problem << "Nobody is there.";
    HealthReport broken = healthy();
    broken.keyAccepted = false;
    broken.keyStatus = 502;
    broken.error = QStringLiteral("It says 502.");
    QTest::newRow("broken") << broken << State::Problem
                            << "airra.example:8443 answers, but not as it should: It says 502.";
    broken.keyStatus = 400; // it refuses what is asked, whatever the key
    broken.error = QStringLiteral("It says 400.");
    broken.healthy = false;
    broken.healthError = QStringLiteral("Its health check fails. It says 400.");
    QTest::newRow("refuses all") << broken << State::Problem
                                 << "airra.example:8443 answers, but not as it should: It says 400."
                                    " Its health check fails. It says 400.";
    broken.keyStatus = 0;
    broken.error = QStringLiteral("No answer in 5 s.");
    broken.healthy = true;
    broken.healthError.clear();
    QTest::newRow("key not tried")
        << broken << State::Problem
        << "airra.example:8443 answers, but not as it should: No answer in 5 s.";
    HealthReport ill = healthy();
    ill.healthy = false;
    ill.healthError = QStringLiteral("Its health check says “degraded”.");
    QTest::newRow("ill") << ill << State::Problem
                         << "airra.example:8443 answers, but isn't healthy. Its health check says "
                            "“degraded”.";
    HealthReport production = healthy();
    production.environment = QStringLiteral("production");
    QTest::newRow("production")
        << production << State::Problem
        << "airra.example:8443, version 1.4.2, is healthy and answers in 12 ms. It calls itself a "
           "production system. It will refuse 3 incidents (503), since they carry metrics or are "
           "started by the simulator.";
    production.roundTrip = 1800ms; // which matters less
    QTest::newRow("slow production")
        << production << State::Problem
        << "airra.example:8443, version 1.4.2, is healthy and answers in 1800 ms. It calls itself "
           "a production system. It will refuse 3 incidents (503), since they carry metrics or are "
           "started by the simulator.";
}

void TestCheckItems::target()
{
    QFETCH(HealthReport, health);
    QFETCH(State, state);
    QFETCH(QString, sentence);
    const CheckItem item = TargetChecks::target(Setups::of(Prompts, remote()), health);
    QCOMPARE(item.sentence, sentence);
    QCOMPARE(item.refusesRun, !health.mayStart());
    QCOMPARE(item.state, state);
}

void TestCheckItems::productionTakesPromptsAlone()
{
    HealthReport health = healthy();
    health.environment = QStringLiteral("production");
    const auto item = [&](const char *incidents, bool preferQuick = false) {
        Target target = remote();
        target.preferQuickIncident = preferQuick;
        return TargetChecks::target(
            Setups::of(R"({"name":"P","description":"d","duration_minutes":9,"incidents":[)" +
                           QByteArray(incidents) + "]}",
                       target, 1, QStringLiteral("backend")),
            health);
    };
    const CheckItem bare = item(R"({"delay_seconds":0,"type":"llm_generated",
        "llm_prompt":"CPU of the checkout rises to 98 percent"})");
    QCOMPARE(bare.state, State::Warning);
    QCOMPARE(bare.brief, QStringLiteral("a production system"));
    const auto *predefined =
        R"({"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop"})";
    for (const bool preferQuick : {false, true}) {
        const CheckItem refused = item(predefined, preferQuick);
        QCOMPARE(refused.state, State::Problem);
        QCOMPARE(refused.brief, QStringLiteral("production, refuses 1 incident"));
        QVERIFY(refused.sentence.contains(u"It will refuse 1 incident (503), since that carries"));
        QVERIFY(!refused.refusesRun);
    }
    const CheckItem disabled = item(R"({"delay_seconds":0,"type":"predefined",
        "scenario_id":"pod_crash_loop","enabled":false})");
    QCOMPARE(disabled.state, State::Warning);
}

void TestCheckItems::key_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("status");
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("brief");
    QTest::newRow("accepted") << QByteArray("k") << 200 << State::Good << "accepted";
    QTest::newRow("not asked for") << QByteArray() << 200 << State::Good << "none needed";
    QTest::newRow("missing") << QByteArray() << 401 << State::Problem << "missing";
    QTest::newRow("wrong") << QByteArray("k") << 403 << State::Problem << "refused";
    QTest::newRow("broken target") << QByteArray("k") << 502 << State::Unknown << "not checked";
    QTest::newRow("no answer") << QByteArray("k") << 0 << State::Unknown << "not checked";
}

void TestCheckItems::key()
{
    QFETCH(QByteArray, key);
    QFETCH(int, status);
    QFETCH(State, state);
    QFETCH(QString, brief);
    HealthReport health = healthy();
    health.keyStatus = status;
    health.keyAccepted = status == 200;
    const CheckItem item = TargetChecks::key(Setups::of(Prompts, remote(key)), health);
    QCOMPARE(item.brief, brief);
    QCOMPARE(item.state, state);
    QCOMPARE(item.fixId, state == State::Problem ? QStringLiteral("enter-key") : QString());
    QCOMPARE(item.refusesRun, state == State::Problem);
}

void TestCheckItems::noSentenceHoldsTheKey()
{
    const QByteArray key = "k3y-that-must-not-be-seen";
    qputenv("TIMELINE_API_KEY", key);
    const ShowSetup setup = Setups::of(Prompts, remote(key));
    HealthReport health = healthy();
    QCOMPARE(TargetChecks::key(setup, health).sentence,
             QStringLiteral("The target accepts the key. From TIMELINE_API_KEY in the "
                            "environment."));
    for (const int status : {200, 401, 403, 500}) {
        health.keyStatus = status;
        health.keyAccepted = status == 200;
        QVERIFY(!TargetChecks::key(setup, health).sentence.contains(QString::fromLatin1(key)));
        QVERIFY(!TargetChecks::target(setup, health).sentence.contains(QString::fromLatin1(key)));
    }
}

void TestCheckItems::scenarios()
{
    const QByteArray two = R"({"name":"T","description":"d","duration_minutes":9,"incidents":[
        {"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop"},
        {"delay_seconds":9,"type":"predefined","scenario_id":"memory_leak_gradual",
         "service_name":"checkout"}]})";
    const ShowSetup setup = Setups::of(two, remote());
    const CheckItem item = TargetChecks::scenarios(setup, Setups::library().scenarios());
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.sentence, QStringLiteral("Known to the target's simulator: 1; sent with their "
                                           "metrics, as quick incidents: 1."));
    const CheckItem unlisted =
        TargetChecks::scenarios(setup, fail(QStringLiteral("It has no simulator.")));
    QCOMPARE(unlisted.state, State::Good);
    QCOMPARE(unlisted.sentence,
             QStringLiteral("All go with their metrics, as quick incidents. The target does not "
                            "list its own: It has no simulator."));
}

void TestCheckItems::emptyScenariosAreAProblem()
{
    // A server's scenario, known by its name alone, and then not on the target.
    ShowSetup setup = Setups::of(Prompts, remote());
    Scenario bare;
    bare.id = QStringLiteral("theirs");
    bare.name = QStringLiteral("Theirs");
    bare.service = QStringLiteral("payment-service");
    bare.origin = Scenario::Origin::Server;
    setup.scenarios.addFromServer({bare});
    setup.timeline.incidents[2].scenarioId = bare.id;
    setup = again(setup);
    const CheckItem lost = TargetChecks::scenarios(setup, QList<Scenario>());
    QCOMPARE(lost.state, State::Problem);
    QVERIFY(lost.sentence.contains(QStringLiteral("Theirs")));
    QCOMPARE(TargetChecks::scenarios(setup, QList<Scenario>{bare}).state, State::Good);
}

void TestCheckItems::timeline_data()
{
    QTest::addColumn<QByteArray>("incidents");
    QTest::addColumn<State>("state");
    QTest::addColumn<bool>("blocks");
    QTest::newRow("good")
        << QByteArray(R"({"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop"})")
        << State::Good << false;
    QTest::newRow("unknown scenario")
        << QByteArray(R"({"delay_seconds":0,"type":"predefined","scenario_id":"nope"})")
        << State::Problem << true;
    QTest::newRow("late")
        << QByteArray(R"({"delay_seconds":900,"type":"predefined","scenario_id":"pod_crash_loop"})")
        << State::Warning << false;
    QTest::newRow("empty") << QByteArray() << State::Problem << false;
    QTest::newRow("all disabled")
        << QByteArray(
               R"({"delay_seconds":0,"type":"predefined","scenario_id":"pod_crash_loop","enabled":false})")
        << State::Problem << false;
}

void TestCheckItems::timeline()
{
    QFETCH(QByteArray, incidents);
    QFETCH(State, state);
    QFETCH(bool, blocks);
    const ShowSetup setup = Setups::of(
        R"({"name":"T","description":"d","duration_minutes":9,"incidents":[)" + incidents + "]}",
        remote());
    const CheckItem item = PlannedChecks::timeline(setup);
    QVERIFY2(item.state == state, qPrintable(item.sentence));
    QCOMPARE(item.blocksStart, blocks);
    QVERIFY(!item.sentence.contains(u'%'));
}

void TestCheckItems::rulesOfTheTimelineAreWarnings()
{
    // The rate limit has a line of its own, and is not said twice.
    const CheckItem item = PlannedChecks::timeline(Setups::at({0, 0, 0, 0, 0, 0}));
    QCOMPARE(item.state, State::Good);
}

void TestCheckItems::pins()
{
    ShowSetup setup = Setups::of(Prompts, remote());
    CheckItem item = PlannedChecks::pins(setup);
    QCOMPARE(item.state, State::Warning);
    QCOMPARE(item.brief, QStringLiteral("2 not pinned"));
    QCOMPARE(item.sentence, QStringLiteral("2 incidents are not pinned, so nobody has seen what "
                                           "will be sent: First, Second."));
    QCOMPARE(item.fixId, QStringLiteral("pin-all"));

    pin(setup.timeline.incidents[0], QStringLiteral("another prompt"));
    item = PlannedChecks::pins(again(setup));
    QCOMPARE(item.brief, QStringLiteral("1 not pinned, 1 stale"));
    QVERIFY(item.sentence.contains(QStringLiteral("1 pin is stale, made from another prompt: "
                                                  "First.")));

    for (int i = 0; i < 2; ++i) {
        pin(setup.timeline.incidents[i], filledPrompt(setup.timeline.incidents[i], setup.timeline));
    }
    item = PlannedChecks::pins(again(setup));
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.sentence, QStringLiteral("2 incidents from prompts are pinned."));
    const CheckItem generator = PlannedChecks::generator(again(setup));
    QCOMPARE(generator.brief, QStringLiteral("not needed, 2 of 2 pinned"));

    setup.timeline.incidents[1].fresh = true; // by the author's choice
    item = PlannedChecks::pins(again(setup));
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.brief, QStringLiteral("1 of 2 pinned"));
    QCOMPARE(PlannedChecks::generations(again(setup)), 1);
}

void TestCheckItems::titlesStandAsTheyAre()
{
    ShowSetup setup = Setups::of(Prompts, remote());
    setup.timeline.incidents[0].title = QStringLiteral("Load at %2");
    for (int i = 0; i < 2; ++i) {
        setup.timeline.incidents.append(setup.timeline.incidents[1]);
    }
    QVERIFY(PlannedChecks::pins(again(setup))
                .sentence.endsWith(u": Load at %2, Second, Second and 1 more."));
}

void TestCheckItems::generatorOffline()
{
    const CheckItem item = PlannedChecks::generator(Setups::of(Prompts, remote()));
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.brief, QStringLiteral("2 scenarios, made offline"));
    const CheckItem left =
        PlannedChecks::generator(Setups::of(Prompts, remote(), 1, QStringLiteral("backend")));
    QCOMPARE(left.brief, QStringLiteral("left to the target"));
    QVERIFY(left.sentence.startsWith(QStringLiteral("2 prompts are sent without metrics.")));
    QCOMPARE(left.state, State::Warning);
    QVERIFY(left.sentence.contains(QStringLiteral("stores severity high")));
    Target sandbox;
    sandbox.isSandbox = true; // which reads the prompt
    QCOMPARE(
        PlannedChecks::generator(Setups::of(Prompts, sandbox, 1, QStringLiteral("backend"))).state,
        State::Good);
}

void TestCheckItems::generatorOverBudget()
{
    ShowSetup setup = Setups::of(Prompts, remote(), 1, QStringLiteral("openai"));
    QCOMPARE(PlannedChecks::generator(setup).state, State::Good);
    setup.plan->generation.budget.maximumTokens = 3000;
    const CheckItem item = PlannedChecks::generator(setup);
    QCOMPARE(item.state, State::Warning);
    QVERIFY2(item.sentence.contains(QStringLiteral("the budget has 3000 left")),
             qPrintable(item.sentence));
    setup.plan->generation.budget.maximumTokens = 3'000'000;
    QCOMPARE(PlannedChecks::generator(setup).state, State::Good);
}

void TestCheckItems::generatorThatFails()
{
    const ShowSetup setup = Setups::of(Prompts, remote(), 1, QStringLiteral("openai"));
    ConnectionReport report;
    report.failure = GenerationFailure::Kind::KeyRefused;
    report.sentence = QStringLiteral("It refuses the key.");
    const CheckItem item = TargetChecks::generator(setup, report);
    QCOMPARE(item.state, State::Problem);
    QCOMPARE(item.brief, QStringLiteral("key refused"));
    QCOMPARE(item.fixId, QStringLiteral("choose-generator"));
    report.works = true;
    QCOMPARE(TargetChecks::generator(setup, report).state, State::Good);
}

void TestCheckItems::rateLimit()
{
    CheckItem item = PlannedChecks::rateLimit(Setups::at({0, 1, 2, 300}));
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.brief, QStringLiteral("at most 3, assumes 5 in 60 s"));
    item = PlannedChecks::rateLimit(Setups::at({0, 0, 0, 0, 0, 12}));
    QCOMPARE(item.state, State::Warning);
    QCOMPARE(item.sentence, QStringLiteral("The 6th incident, No. 6, will wait 60 s. This assumes "
                                           "that the target takes 5 in 60 s, as AIRRA does."));
    QCOMPARE(item.fixId, QStringLiteral("spread-out"));
    QCOMPARE(PlannedChecks::rateLimit(Setups::at(QList<double>(30, 0.0))).state, State::Problem);

    Target sandbox;
    sandbox.isSandbox = true;
    item = PlannedChecks::rateLimit(Setups::of(Prompts, sandbox));
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.brief, QStringLiteral("none"));
}

namespace {

/** The records of a run of six at once of which the target has sent the last one back. */
RunRecord limitedRun(const QDateTime &start)
{
    RunRecord record;
    QJsonArray incidents;
    for (int i = 0; i < 6; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("index"), i},
                                     {QStringLiteral("title"), QStringLiteral("I")},
                                     {QStringLiteral("type"), QStringLiteral("predefined")},
                                     {QStringLiteral("sends"), true}});
    }
    record.apply(
        runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                          {QStringLiteral("started_at"), start.toString(Qt::ISODateWithMs)},
                          {QStringLiteral("speed"), 1},
                          {QStringLiteral("incidents"), incidents}}));
    const auto say = [&](const char *kind, int index, double at, QJsonObject more = {}) {
        more.insert(QStringLiteral("record"), QLatin1String(kind));
        more.insert(QStringLiteral("index"), index);
        more.insert(QStringLiteral("at_ms"), at);
        record.apply(runEventFromJson(more));
    };
    for (int i = 0; i < 6; ++i) {
        say("sending", i, 1000.0 * i + 0.1 * (i + 1),
            {{QStringLiteral("due_ms"), 1000.0 * i}, {QStringLiteral("attempt"), 1}});
        if (i < 5) {
            say("created", i, 1000.0 * i + 500, {{QStringLiteral("http_status"), 201}});
        }
    }
    say("waiting", 5, 5100,
        {{QStringLiteral("http_status"), 429},
         {QStringLiteral("until_ms"), 65100.0},
         {QStringLiteral("error"), QStringLiteral("429")}});
    return record;
}

} // namespace

void TestCheckItems::rateLimitAsStated_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<int>("sends");
    QTest::addColumn<int>("seconds");
    const auto row = [](const char *said, int sends, int seconds) {
        QTest::newRow(said) << QString::fromUtf8(said) << sends << seconds;
    };
    row("Rate limit exceeded: 2 per 30 seconds", 2, 30);
    row("Rate limit exceeded: 5 per 1 minute", 5, 60);
    row("The server says: Rate limit of 5 in 60 s exceeded", 5, 60);
    row("Maximum 10 requests per minute.", 10, 60);
    row("100/hour", 100, 3600);
    row("Zu viele Anfragen (429)", 0, 0);
    row("Try again in 60 seconds.", 0, 0);
    row("", 0, 0);
    row("0 per 0 seconds", 0, 0);
}

void TestCheckItems::rateLimitAsStated()
{
    QFETCH(QString, said);
    const std::optional<RateLimit> limit = statedLimit(said);
    QTEST(limit ? limit->sends : 0, "sends");
    QTEST(limit ? int(limit->window.count() / 1000) : 0, "seconds");
}

void TestCheckItems::rateLimitOfThePast()
{
    // Another run of this computer has just met the target, whose limit is not the usual one.
    const ShowSetup known = Setups::at({0, 1});
    const QString path = DataPaths::runs() + QStringLiteral("/earlier.jsonl");
    QVERIFY(QDir().mkpath(DataPaths::runs()));
    const QDateTime start = QDateTime::currentDateTimeUtc().addSecs(-20);
    QByteArray lines;
    const auto write = [&](const char *kind, double at, QJsonObject more) {
        more.insert(QStringLiteral("record"), QLatin1String(kind));
        more.insert(QStringLiteral("at_ms"), at);
        lines += QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n';
    };
    const auto which = [](int index, QJsonObject more = {}) {
        more.insert(QStringLiteral("index"), index);
        return more;
    };
    write("run", 0,
          {{QStringLiteral("version"), 1},
           {QStringLiteral("run_id"), QStringLiteral("earlier")},
           {QStringLiteral("target"), known.target.base.toString()},
           {QStringLiteral("started_at"), start.toString(Qt::ISODateWithMs)},
           {QStringLiteral("incidents"), QJsonArray{QJsonObject(), QJsonObject(), QJsonObject()}}});
    write("sending", 0, which(0));
    write("created", 90, which(0, {{QStringLiteral("incident_id"), QStringLiteral("a")}}));
    write("sending", 100, which(1));
    write("uncertain", 200, which(1));
    write("sending", 300, which(2));
    write("waiting", 400,
          which(2, {{QStringLiteral("http_status"), 429},
                    {QStringLiteral("until_ms"), 30400},
                    {QStringLiteral("error"),
                     QStringLiteral("The server says: Rate limit exceeded: 2 per 30 seconds.")}}));
    QVERIFY(writeWholeFile(path, lines));
    const CheckItem item = PlannedChecks::rateLimit(Setups::at({0, 1}));
    QFile::remove(path);
    QCOMPARE(item.state, State::Warning);
    QVERIFY2(item.sentence.startsWith(u"The 1st incident, No. 1, will wait"),
             qPrintable(item.sentence));
    QVERIFY2(item.sentence.endsWith(u"The target said that it takes 2 in 30 s. 2 posts that this "
                                    "computer just sent there count as well."),
             qPrintable(item.sentence));
    QCOMPARE(PlannedChecks::rateLimit(Setups::at({0, 1})).state, State::Good);
}

void TestCheckItems::rateLimitAsSeen()
{
    const QDateTime start(QDate(2026, 3, 12), QTime(14, 2), QTimeZone::utc());
    const ShowSetup setup = Setups::at({0, 1, 2, 3, 4, 5});
    RunHealth health = runHealth(limitedRun(start));
    CheckItem item = PlannedChecks::rateLimitSeen(setup, health, start.addSecs(10));
    QCOMPARE(item.state, State::Warning);
    const QString until = start.addMSecs(65100).toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    QCOMPARE(item.brief, QStringLiteral("closed until %1, ours: 5, assumes 5 in 60 s").arg(until));
    QVERIFY(item.sentence.endsWith(QStringLiteral("It has sent back 1 request so far.")));
    item = PlannedChecks::rateLimitSeen(setup, health, start.addMSecs(62500));
    QCOMPARE(item.brief, QStringLiteral("closed until %1, ours: 2, assumes 5 in 60 s").arg(until));
    item = PlannedChecks::rateLimitSeen(setup, health, start.addSecs(70));
    QCOMPARE(item.state, State::Good);
    QCOMPARE(item.brief, QStringLiteral("open, ours: 0, assumes 5 in 60 s"));
    // What the target states counts from then on.
    health.statedLimit = RateLimit{2, 30s};
    item = PlannedChecks::rateLimitSeen(setup, health, start.addSecs(10));
    QCOMPARE(item.brief, QStringLiteral("closed until %1, ours: 5 of 2 in 30 s").arg(until));
}

void TestCheckItems::runHealthOfARun()
{
    const QDateTime start(QDate(2026, 3, 12), QTime(14, 2), QTimeZone::utc());
    RunRecord record = limitedRun(start);
    RunHealth health = runHealth(record);
    QVERIFY(health.isActive);
    QCOMPARE(health.refusals, 1);
    QCOMPARE(*health.medianLate, Duration(300us));
    QCOMPARE(*health.worstLate, Duration(600us));
    // Sent again and created: nothing is closed any more, and it counts from its last attempt.
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")},
                                   {QStringLiteral("index"), 5},
                                   {QStringLiteral("at_ms"), 65100.5},
                                   {QStringLiteral("attempt"), 2}}));
    health = runHealth(record);
    QVERIFY(!health.closedUntil.isValid());
    QCOMPARE(health.refusals, 1);
    QCOMPARE(health.sentInWindow(start.addSecs(66), RateLimit{}), 1);
    QCOMPARE(*health.worstLate, Duration(600us)); // lateness is that of the first attempt
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("finished")}}));
    QVERIFY(!runHealth(record).isActive);
    QVERIFY(!runHealth(RunRecord()).isActive);
    QVERIFY(!runHealth(RunRecord()).medianLate);
}

void TestCheckItems::interruptedRuns()
{
    ShowSetup setup = Setups::of(Prompts, remote());
    QCOMPARE(PlannedChecks::interrupted(setup).state, State::Good);
    setup.interruptedRuns = {QStringLiteral("Busy Day, 14:02"), QStringLiteral("Storm, 9:00")};
    const CheckItem item = PlannedChecks::interrupted(setup);
    QCOMPARE(item.state, State::Warning);
    QCOMPARE(item.sentence, QStringLiteral("2 runs were interrupted and have not been resumed: "
                                           "Busy Day, 14:02, Storm, 9:00."));
}

void TestCheckItems::verdict()
{
    QCOMPARE(verdictOf({}), State::Good);
    CheckItem good = checkItem("key");
    good.state = State::Good;
    CheckItem warning = checkItem("power");
    warning.state = State::Warning;
    CheckItem problem = checkItem("target");
    problem.state = State::Problem;
    CheckItem unknown = checkItem("clock");
    unknown.state = State::Unknown;
    const CheckItem running = checkItem("disk");
    QCOMPARE(verdictOf({good}), State::Good);
    QCOMPARE(verdictOf({good, unknown}), State::Unknown);
    QCOMPARE(verdictOf({warning, unknown, good}), State::Warning);
    QCOMPARE(verdictOf({warning, problem, good}), State::Problem);
    QCOMPARE(verdictOf({problem, running}), State::Running);
    QCOMPARE(verdictSentence({good}), QStringLiteral("All is well."));
    QCOMPARE(verdictSentence({good, warning, problem, problem, unknown}),
             QStringLiteral("2 problems, 1 warning, 1 not known."));
    QCOMPARE(verdictSentence({good, running}), QStringLiteral("Checking: 1 of 2 are known."));
}

void TestCheckItems::everyFixHasALabel()
{
    for (const char *id : {"choose-target", "enter-key", "open-problems", "spread-out", "pin-all",
                           "choose-generator", "resume-run", "open-runs-folder"}) {
        QVERIFY(!fixLabel(QLatin1String(id)).isEmpty());
    }
    QVERIFY(fixLabel(QStringLiteral("nothing")).isEmpty());
}

QTEST_GUILESS_MAIN(TestCheckItems)
#include "tst_checkitems.moc"
