// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journalstage.h"

#include "app/engine/runreplay.h"
#include "app/engine/runresume.h"
#include "app/journal/runjournal.h"
#include "app/run/runsummary.h"
#include "app/runs/runstore.h"

using namespace std::chrono_literals;

namespace {

/** Six, a fifth of a second apart. */
const QByteArray Slow = R"({"name": "Slow", "incidents": [
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.2, "type": "predefined", "scenario_id": "memory_leak_gradual"},
    {"delay_seconds": 0.4, "type": "llm_generated", "llm_prompt": "The disk is full."},
    {"delay_seconds": 0.6, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.8, "type": "llm_generated", "llm_prompt": "Packets are lost."},
    {"delay_seconds": 1.0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";

QString kind(const QJsonObject &record)
{
    return record.value(u"record").toString();
}

} // namespace

/** A run that was stopped goes on as one that was cut off does: nothing goes out twice. */
class TestRunContinue : public JournalStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void takesUpWhatTheStopTook();
    void goesOnInTheSamePlayback();
    void stoppedInTheMomentOfAKill();
    void stoppedBeforeItsClock();
    void whatWasUnderWayIsLookedFor();
    void whatWaitedGoesWithTheRest();
    void asksOrShifts();
    void shiftsAfterAKill();
    void holdsWhereItHeld();
    void readsAnEarlierVersion();
    void ofADamagedOneNothingIsSent();
    void killedAgainItGoesOnAgain();
    void nothingIsLeftToContinue();
    void isPlayedAgainWithoutTheStop();

private:
    RunPlan continuation(const QString &path, const SandboxHost &host,
                         std::optional<LatePolicy> passed = LatePolicy::Shift);
    /** To the end, stopped when so many were created. */
    RunRecord playAndStop(const RunPlan &plan, int created);
    void checkOnceEach(const SandboxHost &host, int incidents);
};

RunPlan TestRunContinue::continuation(const QString &path, const SandboxHost &host,
                                      std::optional<LatePolicy> passed)
{
    Result<RunPlan> plan = resumePlan(path, passed);
    [&] { QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().message)); }();
    plan->target.base = host.baseUrl();
    plan->reconcile = 500ms;
    return *plan;
}

RunRecord TestRunContinue::playAndStop(const RunPlan &plan, int created)
{
    int seen = 0;
    return play(plan, [&](Playback &playback, const QJsonObject &entry) {
        seen += kind(entry) == u"created" ? 1 : 0;
        if (kind(entry) == u"created" && seen == created) {
            playback.stop();
        }
    });
}

void TestRunContinue::checkOnceEach(const SandboxHost &host, int incidents)
{
    QCOMPARE(incidentsOn(host), incidents);
    for (const QJsonValue &count : deliveries(host)) {
        QCOMPARE(count.toInt(), 1);
    }
}

void TestRunContinue::takesUpWhatTheStopTook()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    bool isSkipped = false;
    const RunRecord stopped =
        play(planOf(Slow, *host, path), [&](Playback &playback, const QJsonObject &entry) {
            if (kind(entry) == u"started") {
                playback.skip(5); // by hand: that stays so
            } else if (kind(entry) == u"created" && !std::exchange(isSkipped, true)) {
                playback.stop();
            }
        });
    QVERIFY(stopped.state() == RunState::Stopped);
    QVERIFY(stopped.canContinue());
    const int before = stopped.count(IncidentState::Created);
    QVERIFY(before < 5);
    const Result<InterruptedRun> run = inspectRun(path);
    QVERIFY(run && run->isStopped && !run->isFinished());
    QVERIFY(run->whence().contains(u"stopped"));
    QVERIFY(run->passed.size() + run->remaining.size() == 5 - before);

    const RunRecord record = play(continuation(path, *host));
    QVERIFY(record.state() == RunState::Finished);
    QCOMPARE(record.count(IncidentState::Created), 5);
    QVERIFY(record.incidents()[5].state == IncidentState::Skipped);
    QVERIFY(record.incidents()[5].skipCause == SkipCause::Hand);
    checkOnceEach(*host, 5);
    // The clock went on from where it had stopped, and what followed kept its distance.
    double stoppedAt = 0;
    double continuedAt = -1;
    double wentOnMs = 0;
    for (const QByteArray &line : lines(path)) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        if (kind(entry) == u"stopped") {
            stoppedAt = entry.value(u"position_ms").toDouble();
        } else if (kind(entry) == u"continued") {
            continuedAt = entry.value(u"position_ms").toDouble();
            wentOnMs = entry.value(u"at_ms").toDouble();
        }
    }
    QCOMPARE(continuedAt, stoppedAt);
    const IncidentRun &last = record.incidents()[4];
    QVERIFY(std::abs(toMilliseconds(*last.due) - wentOnMs - (800 - stoppedAt)) < 1);
    QVERIFY(toMilliseconds(*last.sent) >= toMilliseconds(*last.due));
    // The journal alone tells the same.
    const Result<RunRecord> again = RunStore::read(path);
    QVERIFY(again);
    QCOMPARE(summaryOf(*again), summaryOf(record));
    QVERIFY(RunJournal::read(path)->damage.isEmpty());
}

void TestRunContinue::goesOnInTheSamePlayback()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    Playback playback;
    RunRecord record;
    connect(&playback, &Playback::recorded, this,
            [&](const RunEvent &event) { record.apply(event); });
    QSignalSpy finished(&playback, &Playback::finished);
    playback.start(planOf(Slow, *host, path));
    QTRY_COMPARE(record.count(IncidentState::Created), 2);
    playback.stopAll();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(playback.isBlocked());
    playback.release();
    playback.start(continuation(path, *host));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 10000);
    QCOMPARE(record.count(IncidentState::Created), 6);
    QVERIFY(record.state() == RunState::Finished);
    checkOnceEach(*host, 6);
}

void TestRunContinue::stoppedInTheMomentOfAKill()
{
    const auto host = *SandboxHost::start({});
    playAndCut(
        planOf(Slow, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kind(entry) == u"stopped"; },
        [](Playback &playback, const QJsonObject &entry) {
            if (kind(entry) == u"created") {
                playback.stop();
            }
        });
    // Only the order itself had been written.
    QList<QByteArray> all = lines(file("b.jsonl"));
    while (!all.last().contains("\"stopped\"")) {
        all.removeLast();
    }
    write(file("b.jsonl"), all.join('\n') + '\n');
    const RunRecord record = play(continuation(file("b.jsonl"), *host));
    QVERIFY(record.state() == RunState::Finished);
    QCOMPARE(record.count(IncidentState::Created), 6);
    checkOnceEach(*host, 6);
}

void TestRunContinue::stoppedBeforeItsClock()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    play(planOf(Slow, *host, path), [](Playback &playback, const QJsonObject &entry) {
        if (kind(entry) == u"started") {
            playback.stop();
        }
    });
    QCOMPARE(incidentsOn(*host), 0);
    const RunRecord record = play(continuation(path, *host));
    QCOMPARE(record.count(IncidentState::Created), 6);
    checkOnceEach(*host, 6);
}

void TestRunContinue::whatWasUnderWayIsLookedFor()
{
    SandboxOptions slow;
    slow.latency = 400ms;
    const auto host = *SandboxHost::start(slow);
    const QString path = file("a.jsonl");
    const RunRecord stopped =
        play(planOf(Slow, *host, path), [](Playback &playback, const QJsonObject &entry) {
            if (kind(entry) == u"sending" && entry.value(u"index").toInt() == 1) {
                playback.stopAll(); // two are on their way
            }
        });
    QVERIFY(stopped.count(IncidentState::Uncertain) > 0);
    const int uncertain = stopped.count(IncidentState::Uncertain);
    QTest::qWait(500); // what was on its way is there by now, though nobody heard
    QCOMPARE(inspectRun(path)->inFlight.size(), qsizetype(uncertain));
    const RunRecord record = play(continuation(path, *host));
    QCOMPARE(record.count(IncidentState::Created) + record.count(IncidentState::Uncertain), 6);
    QCOMPARE(record.count(IncidentState::Skipped), 0);
    for (const IncidentRun &run : record.incidents()) {
        QCOMPARE(run.attempts, 1);
    }
    for (const QJsonValue &count : deliveries(*host)) {
        QCOMPARE(count.toInt(), 1);
    }
}

void TestRunContinue::whatWaitedGoesWithTheRest()
{
    SandboxOptions limited;
    limited.rateSends = 1;
    limited.rateWindow = 1500ms;
    const auto host = *SandboxHost::start(limited);
    const QString path = file("a.jsonl");
    const RunRecord stopped =
        play(planOf(Slow, *host, path), [](Playback &playback, const QJsonObject &entry) {
            if (kind(entry) == u"waiting") {
                playback.stop();
            }
        });
    QCOMPARE(stopped.count(IncidentState::Created), 1);
    QCOMPARE(stopped.count(IncidentState::Skipped), 5);
    QCOMPARE(stopped.incidents()[1].attempts, 1);
    const auto unlimited = *SandboxHost::start({});
    RunPlan plan = continuation(path, *unlimited);
    const RunRecord record = play(plan);
    QCOMPARE(record.count(IncidentState::Created), 6);
    QCOMPARE(record.incidents()[1].attempts, 2); // counted on
    checkOnceEach(*unlimited, 5);
}

void TestRunContinue::asksOrShifts()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    playAndStop(planOf(Slow, *host, path), 2);
    const int before = incidentsOn(*host);
    age(path, 1h);
    const Result<InterruptedRun> run = inspectRun(path);
    QCOMPARE(run->passed.size(), qsizetype(6 - before)); // as if it had gone on
    QVERIFY(toMilliseconds(run->lastPosition) < 1000);
    QVERIFY(!resumePlan(path, {}));
    QFile::copy(path, file("b.jsonl"));
    QFile::copy(path, file("c.jsonl"));
    const RunRecord skipped = play(continuation(file("b.jsonl"), *host, LatePolicy::Skip));
    QCOMPARE(skipped.count(IncidentState::Skipped), 6 - before);
    QVERIFY(skipped.incidents()[5].skipCause == SkipCause::Passed);
    QVERIFY(!skipped.canContinue());
    QCOMPARE(incidentsOn(*host), before);
    const RunRecord fired = play(continuation(file("c.jsonl"), *host, LatePolicy::SendNow));
    QCOMPARE(fired.count(IncidentState::Created), 6);
    QVERIFY(toMilliseconds(*fired.incidents()[5].sent) -
                toMilliseconds(*fired.incidents()[4].sent) >
            95);
    QVERIFY(toMilliseconds(*fired.incidents()[5].sent) -
                toMilliseconds(*fired.incidents()[4].sent) <
            150);
    checkOnceEach(*host, 6);
}

void TestRunContinue::shiftsAfterAKill()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("b.jsonl");
    playAndCut(planOf(Slow, *host, file("a.jsonl")), path,
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    age(path, 1h);
    const double last = toMilliseconds(inspectRun(path)->lastPosition);
    QVERIFY(last >= 400 && last < 1000);
    const RunRecord record = play(continuation(path, *host));
    QCOMPARE(record.count(IncidentState::Created), 6);
    checkOnceEach(*host, 6);
    // Nothing was late: the rest of the timeline came an hour later, with its own distances.
    const IncidentRun &end = record.incidents()[5];
    QVERIFY(toMilliseconds(*end.late()) < 50);
    QVERIFY(toMilliseconds(*end.sent) > 3600'000);
    QVERIFY(std::abs(toMilliseconds(*end.sent) - toMilliseconds(*record.incidents()[4].sent) -
                     200) < 60);
    QVERIFY(std::abs(toMilliseconds(*end.sentPosition) - 1000) < 50);
}

void TestRunContinue::holdsWhereItHeld()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    QByteArray timeline = Slow;
    timeline.replace("\"delay_seconds\": 0.6", "\"hold\": true, \"delay_seconds\": 0.6");
    play(planOf(timeline, *host, path), [](Playback &playback, const QJsonObject &entry) {
        if (kind(entry) == u"held") {
            playback.stop();
        }
    });
    age(path, 1h); // a hold stops the clock, also while the run is stopped
    QCOMPARE(inspectRun(path)->passed, QList<int>());
    int held = 0;
    const RunRecord record =
        play(continuation(path, *host, {}), [&](Playback &playback, const QJsonObject &entry) {
            held += kind(entry) == u"held" ? 1 : 0;
            if (kind(entry) == u"held" && held == 2) { // the first is told of the past
                playback.go();
            }
        });
    QCOMPARE(held, 2);
    QCOMPARE(record.count(IncidentState::Created), 6);
    checkOnceEach(*host, 6);
}

void TestRunContinue::readsAnEarlierVersion()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    const RunRecord stopped = playAndStop(planOf(Slow, *host, path), 2);
    QByteArray text;
    for (const QByteArray &line : lines(path)) {
        QJsonObject record = QJsonDocument::fromJson(line).object();
        for (const char *key : {"seq", "crc", "by", "host"}) {
            record.remove(QLatin1String(key));
        }
        if (record.contains(u"version")) {
            record.insert(QStringLiteral("version"), 2);
        }
        text += QJsonDocument(record).toJson(QJsonDocument::Compact) + '\n';
    }
    QFile old(file("v2.jsonl"));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write(text);
    old.close();
    QVERIFY(inspectRun(file("v2.jsonl"))->isStopped);
    QVERIFY(RunJournal::read(file("v2.jsonl"))->damage.isEmpty());
    const RunRecord record = play(continuation(file("v2.jsonl"), *host));
    QCOMPARE(record.count(IncidentState::Created), 6);
    QVERIFY(stopped.count(IncidentState::Created) < 6);
    checkOnceEach(*host, 6);
}

void TestRunContinue::ofADamagedOneNothingIsSent()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    playAndStop(planOf(Slow, *host, path), 2);
    const int before = incidentsOn(*host);
    QList<QByteArray> all = lines(path);
    all.removeAt(all.size() / 2);
    QFile damaged(file("b.jsonl"));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(all.join('\n') + '\n');
    damaged.close();
    const RunRecord record = play(continuation(file("b.jsonl"), *host));
    QCOMPARE(incidentsOn(*host), before);
    QVERIFY(record.count(IncidentState::Uncertain) > 0); // what the stop took may have been sent
}

void TestRunContinue::killedAgainItGoesOnAgain()
{
    const auto host = *SandboxHost::start({});
    playAndStop(planOf(Slow, *host, file("a.jsonl")), 1);
    bool isContinued = false;
    playAndCut(continuation(file("a.jsonl"), *host), file("b.jsonl"),
               [&](const RunRecord &record, const QJsonObject &entry) {
                   isContinued = isContinued || kind(entry) == u"continued";
                   return isContinued && record.count(IncidentState::Created) == 4;
               });
    QVERIFY(isContinued);
    QVERIFY(!inspectRun(file("b.jsonl"))->isStopped);
    const RunRecord stoppedAgain = playAndStop(continuation(file("b.jsonl"), *host), 5);
    const RunRecord record =
        stoppedAgain.canContinue() ? play(continuation(file("b.jsonl"), *host)) : stoppedAgain;
    QCOMPARE(record.count(IncidentState::Created), 6);
    checkOnceEach(*host, 6);
}

void TestRunContinue::nothingIsLeftToContinue()
{
    SandboxOptions slow;
    slow.latency = 200ms;
    const auto host = *SandboxHost::start(slow);
    const QString path = file("a.jsonl");
    play(planOf(Slow, *host, path), [](Playback &playback, const QJsonObject &entry) {
        if (kind(entry) == u"sending" && entry.value(u"index").toInt() == 5) {
            playback.stop(); // the last is on its way
        }
    });
    const Result<InterruptedRun> run = inspectRun(path);
    QVERIFY(run && run->isFinished());
    QVERIFY(run->record.state() == RunState::Stopped);
    QVERIFY(!resumePlan(path, LatePolicy::Shift));
}

void TestRunContinue::isPlayedAgainWithoutTheStop()
{
    const auto host = *SandboxHost::start({});
    const QString path = file("a.jsonl");
    playAndStop(planOf(Slow, *host, path), 2);
    age(path, 1h);
    play(continuation(path, *host));
    const Result<RunPlan> replay = replayPlan(path);
    QVERIFY(replay);
    for (int i = 0; i < 6; ++i) {
        QVERIFY(std::abs((replay->incidents[i].incident.delay - i * 200ms).count()) < 60);
    }
}

QTEST_GUILESS_MAIN(TestRunContinue)
#include "tst_runcontinue.moc"
