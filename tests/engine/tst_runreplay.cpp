// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journalstage.h"

#include "app/engine/runreplay.h"
#include "app/engine/runresume.h"
#include "app/run/runeventcodec.h"
#include "app/run/runwords.h"
#include "app/sandbox/sandboxserver.h"

using namespace std::chrono_literals;

namespace {

const QByteArray Four = R"({"name": "Four", "duration_minutes": 1, "incidents": [
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 6, "type": "predefined", "scenario_id": "memory_leak_gradual"},
    {"delay_seconds": 12, "type": "llm_generated", "llm_prompt": "The disk is full.", "title": "Disk"},
    {"delay_seconds": 18.5, "type": "predefined", "scenario_id": "cpu_spike_traffic_surge",
     "service_name": "auth-service", "enabled": false},
    {"delay_seconds": 18.5, "type": "predefined", "scenario_id": "latency_spike_database"}]})";

QString kindOf(const QJsonObject &record)
{
    return record.value(u"record").toString();
}

} // namespace

/** A recorded run is played again as it went, without anything but its journal. */
class TestRunReplay : public JournalStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void sendsTheSameAtTheSameMoments();
    void pausesAndHoldsAreInTheDelays();
    void whatWasFiredEarlyGoesOutEarly();
    void skipsAgainWhatWasNotSent();
    void replaysAReplay();
    void replaysAResumedRun();
    void replaysAnInterruptedRun();
    void aReplayCutAnywhereGoesOnAsItself();
    void replaysAnEarlierVersion();
    void aTargetWithoutTheScenarioGetsItWhole();
    void aSandboxLearnsTheScenario();
    void asksNoGenerator();
    void failsWhatHasNoRoute();

private:
    RunPlan replayOn(const QString &path, const SandboxHost &host, const QString &journal);
};

RunPlan TestRunReplay::replayOn(const QString &path, const SandboxHost &host,
                                const QString &journal)
{
    const Result<RunPlan> plan = replayPlan(path);
    [&] { QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().message)); }();
    RunPlan good = *plan;
    good.target.base = host.baseUrl();
    good.journalPath = journal;
    return good;
}

void TestRunReplay::sendsTheSameAtTheSameMoments()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 20;
    const RunRecord recorded = play(plan);
    const auto other = *SandboxHost::start({});
    RunPlan again = replayOn(file("a.jsonl"), *other, file("b.jsonl"));
    QCOMPARE(again.speed, 20.0);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(again.incidents[i].incident.delay, plan.incidents[i].incident.delay);
    }
    const RunRecord replayed = play(again);
    QCOMPARE(replayed.count(IncidentState::Created), 4);
    QCOMPARE(replayed.digest(), recorded.digest());
    QCOMPARE(replayed.replayOf(), recorded.runId());
    QVERIFY(replayed.runId() != recorded.runId());
    QCOMPARE(replayed.target(), QStringLiteral("sandbox"));
    QCOMPARE(replayed.incidents()[2].scenario->id, recorded.incidents()[2].scenario->id);
    QCOMPARE(incidentsOn(*other), 4);
    // Fresh tokens: on one target, the two runs are told apart.
    QVERIFY(deliveries(*host).keys() != deliveries(*other).keys());
    // Another speed changes when, and nothing else.
    again = replayOn(file("a.jsonl"), *other, file("c.jsonl"));
    again.speed = 1000;
    QCOMPARE(play(again).digest(), recorded.digest());
}

void TestRunReplay::pausesAndHoldsAreInTheDelays()
{
    const auto host = *SandboxHost::start({});
    QByteArray timeline = Four;
    timeline.replace("\"delay_seconds\": 6,", "\"delay_seconds\": 6, \"hold\": true,");
    RunPlan plan = planOf(timeline, *host, file("a.jsonl"));
    plan.speed = 60;
    const RunRecord recorded = play(plan, [&](Playback &playback, const QJsonObject &entry) {
        if (kindOf(entry) == u"held") {
            QTimer::singleShot(300, &playback, [&playback] { playback.go(); });
        }
    });
    const double waited = toMilliseconds(*recorded.incidents()[1].due);
    QVERIFY(waited > 350);
    const auto other = *SandboxHost::start({});
    const RunRecord replayed = play(replayOn(file("a.jsonl"), *other, file("b.jsonl")));
    QCOMPARE(replayed.digest(), recorded.digest());
    for (int i : {0, 1, 2, 4}) {
        QVERIFY2(std::abs(toMilliseconds(*replayed.incidents()[i].due) -
                          toMilliseconds(*recorded.incidents()[i].due)) < 0.1,
                 qPrintable(QString::number(i)));
    }
}

void TestRunReplay::whatWasFiredEarlyGoesOutEarly()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 40;
    const RunRecord recorded = play(plan, [](Playback &playback, const QJsonObject &entry) {
        if (kindOf(entry) == u"started") {
            playback.fireNow(4);
        }
    });
    QVERIFY(toMilliseconds(*recorded.incidents()[4].sent) < 150);
    const auto other = *SandboxHost::start({});
    const RunRecord replayed = play(replayOn(file("a.jsonl"), *other, file("b.jsonl")));
    QCOMPARE(replayed.digest(), recorded.digest());
    QVERIFY(toMilliseconds(*replayed.incidents()[4].sent) < 150);
}

void TestRunReplay::skipsAgainWhatWasNotSent()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    const RunRecord recorded = play(plan, [](Playback &playback, const QJsonObject &entry) {
        if (kindOf(entry) == u"started") {
            playback.skip(1);
        }
    });
    QCOMPARE(recorded.count(IncidentState::Skipped), 2);
    const auto other = *SandboxHost::start({});
    const RunRecord replayed = play(replayOn(file("a.jsonl"), *other, file("b.jsonl")));
    QCOMPARE(replayed.count(IncidentState::Skipped), 2);
    QCOMPARE(replayed.digest(), recorded.digest());
    QVERIFY(replayed.incidents()[1].error.contains(QStringLiteral("not sent in the run")));
    QCOMPARE(incidentsOn(*other), 3);
}

void TestRunReplay::replaysAReplay()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    const RunRecord first = play(plan);
    const RunRecord second = play(replayOn(file("a.jsonl"), *host, file("b.jsonl")));
    const RunRecord third = play(replayOn(file("b.jsonl"), *host, file("c.jsonl")));
    QCOMPARE(third.digest(), first.digest());
    QCOMPARE(third.replayOf(), second.runId());
    QCOMPARE(third.count(IncidentState::Created), 4);
}

void TestRunReplay::replaysAResumedRun()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    playAndCut(plan, file("b.jsonl"), [](const RunRecord &record, const QJsonObject &) {
        return record.count(IncidentState::Created) == 2;
    });
    RunPlan rest = *resumePlan(file("b.jsonl"), LatePolicy::SendNow);
    rest.target.base = host->baseUrl();
    const RunRecord resumed = play(rest);
    QCOMPARE(resumed.count(IncidentState::Created), 4);
    const RunRecord replayed = play(replayOn(file("b.jsonl"), *host, file("c.jsonl")));
    QCOMPARE(replayed.digest(), resumed.digest());
    QCOMPARE(replayed.count(IncidentState::Created), 4);
}

void TestRunReplay::replaysAnInterruptedRun()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    playAndCut(plan, file("b.jsonl"), [](const RunRecord &record, const QJsonObject &) {
        return record.count(IncidentState::Created) == 2;
    });
    RunRecord cut;
    for (const QByteArray &line : lines(file("b.jsonl"))) {
        cut.apply(runEventFromJson(QJsonDocument::fromJson(line).object()));
    }
    const auto other = *SandboxHost::start({});
    const RunRecord replayed = play(replayOn(file("b.jsonl"), *other, file("c.jsonl")));
    QCOMPARE(replayed.digest(), cut.digest());
    const int sent = sentIn(file("b.jsonl"));
    QVERIFY(sent >= 2 && sent < 4);
    QCOMPARE(replayed.count(IncidentState::Created), sent);
    QCOMPARE(incidentsOn(*other), sent);
}

void TestRunReplay::aReplayCutAnywhereGoesOnAsItself()
{
    const auto first = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *first, file("a.jsonl"));
    plan.speed = 100;
    // It was sent with another title than the library has, and one was skipped by the user.
    plan.incidents[1].draft.title = QStringLiteral("As it was then");
    play(plan, [](Playback &playback, const QJsonObject &record) {
        if (kindOf(record) == u"started") {
            playback.skip(4);
        }
    });
    const auto second = *SandboxHost::start({});
    const RunRecord replayed = play(replayOn(file("a.jsonl"), *second, file("b.jsonl")));
    const QList<QByteArray> all = lines(file("b.jsonl"));
    int resumed = 0;
    for (qsizetype cut = 1; cut < all.size(); ++cut) {
        const QString path = file(qPrintable(QStringLiteral("cut%1.jsonl").arg(cut)));
        write(path, all.mid(0, cut).join('\n') + '\n');
        const Result<RunPlan> rest = resumePlan(path, LatePolicy::SendNow);
        if (!rest) {
            QCOMPARE(sentIn(path), 0); // playing the recorded run again sends nothing twice
            QVERIFY2(rest.error().message.contains(u"Play the recorded run again"),
                     qPrintable(rest.error().message));
            continue;
        }
        ++resumed;
        const auto host = *SandboxHost::start({});
        RunPlan good = *rest;
        good.target.base = host->baseUrl();
        good.reconcile = 0ms;
        const RunRecord record = play(good);
        QVERIFY2(m_refusal.isEmpty(), qPrintable(m_refusal));
        QCOMPARE(record.digest(), replayed.digest());
    }
    QVERIFY(resumed > all.size() / 2);
}

void TestRunReplay::replaysAnEarlierVersion()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    const QByteArray digest = play(plan).digest();
    change(file("a.jsonl"), [](QJsonObject &record) {
        record.remove(QStringLiteral("boot_ms"));
        if (record.contains(u"version")) {
            record.insert(QStringLiteral("version"), 1);
        }
    });
    QCOMPARE(play(replayOn(file("a.jsonl"), *host, file("b.jsonl"))).digest(), digest);
}

void TestRunReplay::aTargetWithoutTheScenarioGetsItWhole()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    play(plan);
    QVERIFY(lines(file("a.jsonl")).join('\n').contains("simulator_start"));
    // A target that is not the sandbox, and whose simulator knows nothing.
    SystemClock clock;
    SandboxServer server({}, {}, clock);
    QVERIFY(server.listen().has_value());
    RunPlan again = *replayPlan(file("a.jsonl"));
    again.target.isSandbox = false;
    again.target.base = server.baseUrl();
    again.targetName = server.baseUrl().toString();
    again.journalPath = file("b.jsonl");
    const RunRecord replayed = play(again);
    QCOMPARE(replayed.count(IncidentState::Created), 4);
    const QByteArray journal = lines(file("b.jsonl")).join('\n');
    QVERIFY(!journal.contains("simulator_start"));
    QVERIFY(journal.contains("\"metrics_snapshot\""));
}

void TestRunReplay::aSandboxLearnsTheScenario()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    play(plan);
    // Recorded on a server with a scenario of its own.
    QByteArray text = lines(file("a.jsonl")).join('\n') + '\n';
    text.replace("memory_leak_gradual", "only_on_that_server");
    write(file("a.jsonl"), text);
    const RunPlan replay = *replayPlan(file("a.jsonl"));
    SandboxOptions options;
    options.scenarios = startedScenarios(replay);
    const auto other = *SandboxHost::start(options);
    const RunRecord replayed = play(replayOn(file("a.jsonl"), *other, file("b.jsonl")));
    QCOMPARE(replayed.count(IncidentState::Created), 4);
    QVERIFY(text.contains("/simulator/scenarios/only_on_that_server/start"));
}

void TestRunReplay::asksNoGenerator()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    play(plan);
    change(file("a.jsonl"), [](QJsonObject &record) {
        if (record.contains(u"generator")) {
            record.insert(QStringLiteral("generator"), QStringLiteral("no-such-profile"));
        }
    });
    const auto other = *SandboxHost::start({});
    int prepared = 0;
    const RunRecord replayed =
        play(replayOn(file("a.jsonl"), *other, file("b.jsonl")),
             [&](Playback &, const QJsonObject &entry) {
                 prepared += kindOf(entry) == u"preparing" ? 1 : 0;
                 // Told as what it is: nothing was asked for now.
                 QVERIFY(preparationSentence(runEventFromJson(entry)).isEmpty());
             });
    QCOMPARE(prepared, 0);
    QCOMPARE(replayed.count(IncidentState::Created), 4);
}

void TestRunReplay::failsWhatHasNoRoute()
{
    const auto host = *SandboxHost::start({});
    RunPlan plan = planOf(Four, *host, file("a.jsonl"));
    plan.speed = 60;
    play(plan);
    change(file("a.jsonl"), [](QJsonObject &record) {
        QJsonObject request = record.value(u"request").toObject();
        if (!request.isEmpty()) {
            request.insert(QStringLiteral("path"), QStringLiteral("/../../admin/delete"));
            if (record.value(u"index").toInt() == 1) {
                request.insert(QStringLiteral("route"), QStringLiteral("delete_everything"));
            }
            record.insert(QStringLiteral("request"), request);
        }
    });
    const auto other = *SandboxHost::start({});
    const RunRecord replayed = play(replayOn(file("a.jsonl"), *other, file("b.jsonl")));
    QCOMPARE(replayed.count(IncidentState::Created), 3);
    QVERIFY(replayed.incidents()[1].state == IncidentState::Failed);
    QVERIFY(replayed.incidents()[1].error.contains(u"“delete_everything”"));
    QCOMPARE(incidentsOn(*other), 3);
    QVERIFY(!lines(file("b.jsonl")).join('\n').contains("admin"));
}

QTEST_GUILESS_MAIN(TestRunReplay)
#include "tst_runreplay.moc"
