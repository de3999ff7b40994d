// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "journalstage.h"

#include "app/engine/runresume.h"
#include "app/journal/runjournal.h"
#include "app/run/runsummary.h"
#include "app/settings/knowntargets.h"

#include <QRegularExpression>

#include <csignal>

#include <sys/resource.h>

using namespace std::chrono_literals;

namespace {

constexpr auto Secret = "k3y-that-must-not-be-seen";

/** Six quick ones, 60 ms apart: two prompts, a simulator start, three of one scenario. */
const QByteArray Six = R"({"name": "Six", "incidents": [
    {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.06, "type": "predefined", "scenario_id": "memory_leak_gradual"},
    {"delay_seconds": 0.12, "type": "llm_generated", "llm_prompt": "The disk is full."},
    {"delay_seconds": 0.18, "type": "predefined", "scenario_id": "pod_crash_loop"},
    {"delay_seconds": 0.24, "type": "llm_generated", "llm_prompt": "Packets are lost."},
    {"delay_seconds": 0.30, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";

QString kindOf(const QJsonObject &record)
{
    return record.value(u"record").toString();
}

} // namespace

/** A run that was cut off anywhere goes on: nothing is sent twice, and nothing is forgotten. */
class TestRunResume : public JournalStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void goesOnWhereItWasCut();
    void goesOnAfterACutAnywhere();
    void resumesTwice();
    void asksWhatBecomesOfPassedOnes();
    void firesPassedOnesWithDistance();
    void skipsPassedOnesWithAReason();
    void looksForWhatWasInFlight();
    void neverSendsAgainWhatIsNotFound();
    void afterARebootWhatWasArmedIsLookedFor();
    void waitingOnesGoOnWaiting();
    void afterARebootWaitingOnesAreLookedFor();
    void downtimeIsPartOfAPause();
    void pausedStaysPaused();
    void heldStaysHeld();
    void theClockDoesNotPassAHold();
    void generatesAgainWhatWasNotMade();
    void fetchesWhatWasOnlyCreated();
    void refusesALiveRun();
    void refusesAnEarlierVersion();
    void refusesAFinishedRun();
    void refusesWhatHasGoneOnSince();
    void refusesAFullDisk();
    void holdsNoKey();
    void goesOnWithAStoredJournal_data();
    void goesOnWithAStoredJournal();
    void failsWhatHasNoRoute();
    void failsWhatWaitsWithoutARoute();
    void keepsNumbersOfAJournalWithinBounds();
    void takesNoPathFromAJournal();
    void looksForAllWhereTheJournalIsDamaged();
    void looksForAllWhereTheStartIsDamaged();
    void givesAForeignTargetNoKey();
    void saysWhereItComesFrom();

private:
    /** Its lines as long as no answer has come. */
    static QByteArray unanswered(const QString &path);
    RunPlan resumption(const QString &path, const SandboxHost &host,
                       std::optional<LatePolicy> passed = LatePolicy::SendNow);
};

QByteArray TestRunResume::unanswered(const QString &path)
{
    QByteArray text;
    for (const QByteArray &line : lines(path)) {
        const QString kind = kindOf(QJsonDocument::fromJson(line).object());
        text += kind == u"created" || kind == u"incident" ? QByteArray() : QByteArray(line + '\n');
    }
    return text;
}

RunPlan TestRunResume::resumption(const QString &path, const SandboxHost &host,
                                  std::optional<LatePolicy> passed)
{
    const Result<RunPlan> plan = resumePlan(path, passed);
    [&] { QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().message)); }();
    RunPlan good = *plan;
    good.target.base = host.baseUrl();
    good.reconcile = 500ms;
    return good;
}

void TestRunResume::goesOnWhereItWasCut()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    const auto first = deliveries(*host);
    const RunRecord record = play(resumption(file("b.jsonl"), *host));
    QCOMPARE(record.count(IncidentState::Created), 6);
    QVERIFY(record.state() == RunState::Finished);
    QCOMPARE(incidentsOn(*host), 6);
    for (const QJsonValue &count : deliveries(*host)) {
        QCOMPARE(count.toInt(), 1);
    }
    const QString whole = file("c.jsonl");
    QCOMPARE(record.digest(), play(planOf(Six, *host, whole)).digest());
    // The journal alone tells the same, and its times go on from the first start.
    const Result<InterruptedRun> again = inspectRun(file("b.jsonl"));
    QVERIFY(again && again->isFinished());
    QCOMPARE(summaryOf(again->record), summaryOf(record));
    double last = 0;
    for (const QByteArray &line : lines(file("b.jsonl"))) {
        const double at = QJsonDocument::fromJson(line).object().value(u"at_ms").toDouble();
        QVERIFY(at >= last - 5);
        last = std::max(last, at);
    }
}

void TestRunResume::goesOnAfterACutAnywhere()
{
    const auto first = *SandboxHost::start({});
    RunPlan plan = planOf(Six, *first, file("whole.jsonl"));
    const QByteArray digest = play(plan).digest();
    const QList<QByteArray> all = lines(file("whole.jsonl"));
    for (qsizetype cut = 1; cut < all.size(); ++cut) {
        const QString path = file(qPrintable(QStringLiteral("cut%1.jsonl").arg(cut)));
        write(path, all.mid(0, cut).join('\n') + '\n');
        QSet<int> sent;
        for (const QByteArray &line : all.mid(0, cut)) {
            const QJsonObject record = QJsonDocument::fromJson(line).object();
            if (kindOf(record) == u"sending") {
                sent.insert(record.value(u"index").toInt());
            }
        }
        const auto host = *SandboxHost::start({});
        RunPlan rest = resumption(path, *host);
        rest.reconcile = 0ms;
        const RunRecord record = play(rest);
        QCOMPARE(record.digest(), digest);
        QVERIFY(record.state() == RunState::Finished);
        QCOMPARE(record.count(IncidentState::Created) + record.count(IncidentState::Uncertain), 6);
        // Another sandbox: here arrives what had not been sent before, and nothing else.
        QCOMPARE(incidentsOn(*host), 6 - int(sent.size()));
        for (const QJsonValue &count : deliveries(*host)) {
            QCOMPARE(count.toInt(), 1);
        }
    }
}

void TestRunResume::resumesTwice()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 1;
               });
    playAndCut(resumption(file("b.jsonl"), *host), file("c.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 4;
               });
    const RunRecord record = play(resumption(file("c.jsonl"), *host));
    QCOMPARE(record.count(IncidentState::Created), 6);
    QCOMPARE(incidentsOn(*host), 6);
    for (const QJsonValue &count : deliveries(*host)) {
        QCOMPARE(count.toInt(), 1);
    }
}

void TestRunResume::asksWhatBecomesOfPassedOnes()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    age(file("b.jsonl"), 1h);
    const Result<InterruptedRun> run = inspectRun(file("b.jsonl"));
    QVERIFY(run);
    const QList<int> all{0, 1, 2, 3, 4, 5};
    QCOMPARE(run->passed, all.mid(sentIn(file("b.jsonl"))));
    QVERIFY(run->remaining.isEmpty());
    QVERIFY(!run->afterReboot);
    const Result<RunPlan> plan = resumePlan(file("b.jsonl"), {});
    QVERIFY(!plan);
    QVERIFY(plan.error().message.contains(QStringLiteral("passed")));
}

void TestRunResume::firesPassedOnesWithDistance()
{
    const auto host = *SandboxHost::start({});
    // The last two come some time after the program is there again.
    const QByteArray timeline = R"({"incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 1000, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 1000, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 1200, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 1802.5, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 1802.55, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";
    playAndCut(planOf(timeline, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &entry) {
                   return record.count(IncidentState::Created) == 1 && kindOf(entry) == u"incident";
               });
    age(file("b.jsonl"), 30min);
    const RunRecord record = play(resumption(file("b.jsonl"), *host));
    QCOMPARE(record.count(IncidentState::Created), 6);
    const QList<IncidentRun> &runs = record.incidents();
    for (int i = 2; i < 6; ++i) {
        // A send may be a little early or late, never in a burst.
        QVERIFY2(toMilliseconds(*runs[i].sent) - toMilliseconds(*runs[i - 1].sent) >
                     (i < 5 ? 95 : 40),
                 qPrintable(QString::number(i)));
    }
    // It was due long ago, and says so.
    QCOMPARE(std::round(toMilliseconds(*runs[1].due) / 100), 10000.0);
    QVERIFY(toMilliseconds(*runs[1].late()) > 700'000);
    QVERIFY(std::abs(toMilliseconds(*runs[4].due) - 1'802'500) < 5);
    QVERIFY(toMilliseconds(*runs[4].late()) < 50);
}

void TestRunResume::skipsPassedOnesWithAReason()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    age(file("b.jsonl"), 1h);
    const int before = incidentsOn(*host);
    const int sent = sentIn(file("b.jsonl"));
    const RunRecord record = play(resumption(file("b.jsonl"), *host, LatePolicy::Skip));
    QCOMPARE(record.count(IncidentState::Created), sent);
    QCOMPARE(record.count(IncidentState::Skipped), 6 - sent);
    QVERIFY(record.incidents().last().error.contains(QStringLiteral("passed")));
    QCOMPARE(incidentsOn(*host), before);
}

void TestRunResume::looksForWhatWasInFlight()
{
    SandboxOptions slow;
    slow.latency = 300ms;
    const auto host = *SandboxHost::start(slow);
    // All six are on their way, and none has an answer.
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Sending) >= 5;
               });
    const Result<InterruptedRun> run = inspectRun(file("b.jsonl"));
    QVERIFY(run->inFlight.size() >= 5);
    RunPlan plan = resumption(file("b.jsonl"), *host);
    plan.reconcile = 5s;
    const RunRecord record = play(plan);
    QCOMPARE(record.count(IncidentState::Created), 6);
    for (const QJsonValue &count : deliveries(*host)) {
        QCOMPARE(count.toInt(), 1);
    }
    QCOMPARE(incidentsOn(*host), 6);
}

void TestRunResume::neverSendsAgainWhatIsNotFound()
{
    SandboxOptions slow;
    slow.latency = 300ms;
    const auto host = *SandboxHost::start(slow);
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Sending) >= 5;
               });
    // As after the end of an embedded sandbox: another one, which knows of nothing.
    const auto other = *SandboxHost::start({});
    RunPlan plan = resumption(file("b.jsonl"), *other);
    plan.target.isSandbox = true;
    const RunRecord record = play(plan);
    QVERIFY(record.count(IncidentState::Uncertain) >= 5);
    QCOMPARE(record.count(IncidentState::Uncertain) + incidentsOn(*other), 6);
    QVERIFY(record.incidents().first().error.contains(QStringLiteral("may exist")));
}

void TestRunResume::afterARebootWhatWasArmedIsLookedFor()
{
    const auto host = *SandboxHost::start({});
    const QByteArray timeline = R"({"incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 1.8, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 40, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";
    playAndCut(planOf(timeline, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &entry) {
                   return record.count(IncidentState::Created) == 1 && kindOf(entry) == u"incident";
               });
    age(file("b.jsonl"), 39s);
    change(file("b.jsonl"), [](QJsonObject &record) {
        if (record.contains(u"boot_id")) {
            record.insert(QStringLiteral("boot_id"), QStringLiteral("another-boot"));
        }
        if (record.contains(u"boot_ms")) {
            record.insert(QStringLiteral("boot_ms"), 1e9); // of no meaning any more
        }
    });
    const Result<InterruptedRun> run = inspectRun(file("b.jsonl"));
    QVERIFY(run->afterReboot);
    QCOMPARE(run->inFlight, QList<int>{1});
    QCOMPARE(run->remaining, QList<int>{2});
    const RunRecord record = play(resumption(file("b.jsonl"), *host));
    QVERIFY(record.incidents()[1].state == IncidentState::Uncertain);
    QVERIFY(record.incidents()[2].state == IncidentState::Created);
    QCOMPARE(incidentsOn(*host), 2);
    // By the wall clock, which is all that outlives a reboot.
    QVERIFY(std::abs(toMilliseconds(*record.incidents()[2].sent) - 40'000) < 300);
}

void TestRunResume::waitingOnesGoOnWaiting()
{
    const auto host = *SandboxHost::start({});
    const QByteArray timeline = R"({"incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})";
    playAndCut(planOf(timeline, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Sending) == 3;
               });
    // The target said: not now. The first two would have been due while nobody was there.
    QByteArray text = unanswered(file("b.jsonl"));
    for (int i = 0; i < 3; ++i) {
        const QJsonObject waiting{{QStringLiteral("record"), QStringLiteral("waiting")},
                                  {QStringLiteral("at_ms"), 5},
                                  {QStringLiteral("index"), i},
                                  {QStringLiteral("until_ms"), i < 2 ? 1000 : 63'000},
                                  {QStringLiteral("error"), QStringLiteral("Not now.")}};
        text += QJsonDocument(waiting).toJson(QJsonDocument::Compact) + '\n';
    }
    write(file("b.jsonl"), text);
    age(file("b.jsonl"), 60s);
    const auto other = *SandboxHost::start({});
    const RunRecord record = play(resumption(file("b.jsonl"), *other));
    QCOMPARE(record.count(IncidentState::Created), 3);
    QCOMPARE(incidentsOn(*other), 3);
    QCOMPARE(record.incidents()[0].attempts, 2);
    QList<double> sent;
    for (const QByteArray &line : lines(file("b.jsonl"))) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        if (kindOf(entry) == u"sending" && entry.value(u"attempt").toInt() == 2) {
            sent.append(entry.value(u"at_ms").toDouble());
        }
    }
    QCOMPARE(sent.size(), 3);
    QVERIFY(sent[1] - sent[0] > 95);
    QVERIFY(std::abs(sent[2] - 63'000) < 100);
}

void TestRunResume::afterARebootWaitingOnesAreLookedFor()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(R"({"incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})",
                      *host, file("a.jsonl")),
               file("b.jsonl"), [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Sending) == 1;
               });
    // The target said "not now", and what was written of the next try had not reached the disk.
    const QJsonObject waiting{{QStringLiteral("record"), QStringLiteral("waiting")},
                              {QStringLiteral("at_ms"), 5},
                              {QStringLiteral("index"), 0},
                              {QStringLiteral("until_ms"), 1000},
                              {QStringLiteral("error"), QStringLiteral("Not now.")}};
    write(file("b.jsonl"), unanswered(file("b.jsonl")) +
                               QJsonDocument(waiting).toJson(QJsonDocument::Compact) + '\n');
    QCOMPARE(inspectRun(file("b.jsonl"))->inFlight, QList<int>{});
    change(file("b.jsonl"), [](QJsonObject &record) {
        if (record.contains(u"boot_id")) {
            record.insert(QStringLiteral("boot_id"), QStringLiteral("another-boot"));
        }
    });
    QCOMPARE(inspectRun(file("b.jsonl"))->inFlight, QList<int>{0});
    const auto other = *SandboxHost::start({});
    const RunRecord record = play(resumption(file("b.jsonl"), *other));
    QVERIFY(record.incidents()[0].state == IncidentState::Uncertain);
    QCOMPARE(incidentsOn(*other), 0);
}

void TestRunResume::downtimeIsPartOfAPause()
{
    const auto host = *SandboxHost::start({});
    playAndCut(
        planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"paused"; },
        [](Playback &playback, const QJsonObject &entry) {
            if (kindOf(entry) == u"created") {
                playback.pause();
            }
        });
    age(file("b.jsonl"), 1h);
    double position = -1;
    play(resumption(file("b.jsonl"), *host, {}), [&](Playback &playback, const QJsonObject &e) {
        if (kindOf(e) == u"resumed_run") {
            playback.resume(LatePolicy::Skip); // where the clock would be
        } else if (kindOf(e) == u"resumed") {
            position = e.value(u"position_ms").toDouble();
        }
    });
    QVERIFY2(position > 3'600'000 && position < 3'602'000, qPrintable(QString::number(position)));
}

void TestRunResume::pausedStaysPaused()
{
    const auto host = *SandboxHost::start({});
    playAndCut(
        planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"paused"; },
        [](Playback &playback, const QJsonObject &entry) {
            if (kindOf(entry) == u"created") {
                playback.pause();
            }
        });
    age(file("b.jsonl"), 1h);
    QVERIFY(inspectRun(file("b.jsonl"))->passed.isEmpty());
    double stood = -1;
    const RunRecord record =
        play(resumption(file("b.jsonl"), *host, {}), [&](Playback &playback, const QJsonObject &e) {
            if (kindOf(e) == u"resumed_run") {
                QCOMPARE(e.value(u"state").toString(), QStringLiteral("paused"));
                stood = e.value(u"position_ms").toDouble();
                playback.resume();
            } else if (kindOf(e) == u"resumed") {
                QCOMPARE(e.value(u"position_ms").toDouble(), stood);
            }
        });
    QVERIFY(stood >= 0 && stood < 300);
    QCOMPARE(record.count(IncidentState::Created), 6);
    QVERIFY(toMilliseconds(*record.incidents().last().late()) < 50);

    // Without anybody there it goes on by itself.
    playAndCut(
        planOf(Six, *host, file("c.jsonl")), file("d.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"paused"; },
        [](Playback &playback, const QJsonObject &entry) {
            if (kindOf(entry) == u"created") {
                playback.pause();
            }
        });
    RunPlan alone = resumption(file("d.jsonl"), *host, {});
    alone.holdsOpen = true;
    QCOMPARE(play(alone).count(IncidentState::Created), 6);
}

void TestRunResume::heldStaysHeld()
{
    const auto host = *SandboxHost::start({});
    QByteArray timeline = Six;
    timeline.replace("\"delay_seconds\": 0.18", "\"hold\": true, \"delay_seconds\": 0.18");
    playAndCut(
        planOf(timeline, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"held"; });
    age(file("b.jsonl"), 1h);
    bool wasHolding = false;
    const RunRecord record =
        play(resumption(file("b.jsonl"), *host, {}), [&](Playback &playback, const QJsonObject &e) {
            if (kindOf(e) == u"resumed_run") {
                wasHolding = e.value(u"state").toString() == u"holding";
                playback.go();
            }
        });
    QVERIFY(wasHolding);
    QCOMPARE(record.count(IncidentState::Created), 6);
}

void TestRunResume::theClockDoesNotPassAHold()
{
    const auto host = *SandboxHost::start({});
    QByteArray timeline = Six;
    timeline.replace("\"delay_seconds\": 0.24", "\"hold\": true, \"delay_seconds\": 0.24");
    playAndCut(planOf(timeline, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    age(file("b.jsonl"), 1h);
    // It would have held there, so the two behind it were not passed.
    const int sent = sentIn(file("b.jsonl"));
    QCOMPARE(inspectRun(file("b.jsonl"))->passed, QList<int>{3}.mid(sent - 3));
    bool wasHeld = false;
    const RunRecord record =
        play(resumption(file("b.jsonl"), *host), [&](Playback &playback, const QJsonObject &e) {
            if (kindOf(e) == u"held") {
                wasHeld = true;
                QCOMPARE(e.value(u"index").toInt(), 4);
                playback.go();
            }
        });
    QVERIFY(wasHeld);
    QCOMPARE(record.count(IncidentState::Created), 6);
    // It was due before the hold, and is as late as that makes it.
    QVERIFY(std::abs(toMilliseconds(*record.incidents()[3].due) - 180) < 5);
    QVERIFY(sent > 3 || toMilliseconds(*record.incidents()[3].late()) > 3'500'000);
}

void TestRunResume::generatesAgainWhatWasNotMade()
{
    const auto host = *SandboxHost::start({});
    QByteArray timeline = Six;
    timeline.replace("\"delay_seconds\": 0.18", "\"enabled\": false, \"delay_seconds\": 0.18");
    const QByteArray digest = play(planOf(timeline, *host, file("a.jsonl"))).digest();
    QList<QByteArray> all = lines(file("a.jsonl"));
    write(file("b.jsonl"), all.first() + '\n'); // cut off before anything was prepared
    const auto other = *SandboxHost::start({});
    const RunRecord record = play(resumption(file("b.jsonl"), *other, {}));
    QCOMPARE(record.count(IncidentState::Created), 5);
    QCOMPARE(record.count(IncidentState::Skipped), 1); // it is disabled, and told so
    QCOMPARE(record.digest(), digest);
    QVERIFY(record.startedAt().msecsTo(QDateTime::currentDateTimeUtc()) < 10'000);
}

void TestRunResume::fetchesWhatWasOnlyCreated()
{
    const auto host = *SandboxHost::start({});
    play(planOf(Six, *host, file("a.jsonl")));
    QList<QByteArray> kept;
    for (const QByteArray &line : lines(file("a.jsonl"))) {
        if (!line.contains("\"record\":\"incident\"") &&
            !line.contains("\"record\":\"finished\"")) {
            kept.append(line);
        }
    }
    write(file("b.jsonl"), kept.join('\n') + '\n');
    const RunRecord record = play(resumption(file("b.jsonl"), *host, {}));
    for (const IncidentRun &run : record.incidents()) {
        QCOMPARE(run.incident.value(u"id").toString(), run.incidentId);
    }
}

void TestRunResume::refusesALiveRun()
{
    const auto host = *SandboxHost::start({});
    bool wasRefused = false;
    play(planOf(Six, *host, file("a.jsonl")), [&](Playback &, const QJsonObject &entry) {
        if (kindOf(entry) == u"created" && !wasRefused) {
            const Result<InterruptedRun> run = inspectRun(file("a.jsonl"));
            wasRefused = !run && run.error().message.contains(QStringLiteral("live"));
            QVERIFY(!resumePlan(file("a.jsonl"), LatePolicy::SendNow));
        }
    });
    QVERIFY(wasRefused);
    QVERIFY(inspectRun(file("a.jsonl"))); // and no longer when it is over
}

void TestRunResume::refusesAnEarlierVersion()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    change(file("b.jsonl"), [](QJsonObject &record) {
        record.remove(QStringLiteral("boot_ms"));
        if (record.contains(u"version")) {
            record.insert(QStringLiteral("version"), 1);
        }
    });
    const Result<InterruptedRun> run = inspectRun(file("b.jsonl"));
    QVERIFY(!run);
    QVERIFY(run.error().message.contains(QStringLiteral("earlier version")));
}

void TestRunResume::refusesAFinishedRun()
{
    const auto host = *SandboxHost::start({});
    play(planOf(Six, *host, file("a.jsonl")));
    QVERIFY(inspectRun(file("a.jsonl"))->isFinished());
    const Result<RunPlan> plan = resumePlan(file("a.jsonl"), LatePolicy::SendNow);
    QVERIFY(!plan);
    QVERIFY(plan.error().message.contains(QStringLiteral("finished")));
}

void TestRunResume::refusesWhatHasGoneOnSince()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    const RunPlan first = resumption(file("b.jsonl"), *host);
    const RunPlan second = resumption(file("b.jsonl"), *host);
    QCOMPARE(play(first).count(IncidentState::Created), 6);
    const int before = incidentsOn(*host);
    play(second);
    QVERIFY(m_refusal.contains(QStringLiteral("gone on since")));
    QCOMPARE(incidentsOn(*host), before);
}

void TestRunResume::refusesAFullDisk()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    const int before = incidentsOn(*host);
    const RunPlan plan = resumption(file("b.jsonl"), *host);
    // A limit on the file's size stands in for a full disk.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit unlimited{};
    getrlimit(RLIMIT_FSIZE, &unlimited);
    const rlimit full{rlim_t(QFile(file("b.jsonl")).size()) + 10, unlimited.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written")));
    play(plan);
    setrlimit(RLIMIT_FSIZE, &unlimited);
    QVERIFY(m_refusal.contains(QStringLiteral("Free some disk space")));
    QCOMPARE(incidentsOn(*host), before);
    // Nothing was lost by it: with room again, the run goes on.
    QCOMPARE(play(resumption(file("b.jsonl"), *host)).count(IncidentState::Created), 6);
}

void TestRunResume::holdsNoKey()
{
    SandboxOptions options;
    options.key = Secret;
    const auto host = *SandboxHost::start(options);
    RunPlan plan = planOf(Six, *host, file("a.jsonl"));
    plan.target.key = Secret;
    playAndCut(plan, file("b.jsonl"), [](const RunRecord &record, const QJsonObject &) {
        return record.count(IncidentState::Created) == 3;
    });
    RunPlan rest = resumption(file("b.jsonl"), *host);
    QVERIFY(rest.target.key.isEmpty()); // it is not in the journal, so it has to be given again
    play(rest);
    QVERIFY(m_refusal.contains(QStringLiteral("key")));
    rest.target.key = Secret;
    QCOMPARE(play(rest).count(IncidentState::Created), 6);
    QVERIFY(!lines(file("b.jsonl")).join('\n').contains(Secret));
}

void TestRunResume::goesOnWithAStoredJournal_data()
{
    QTest::addColumn<QString>("stored");
    QTest::newRow("version 2, without sums") << QStringLiteral("version2.jsonl");
    QTest::newRow("version 3, sealed") << QStringLiteral("version3.jsonl");
}

void TestRunResume::goesOnWithAStoredJournal()
{
    // Each was cut off: two were created, one is due after an hour.
    QFETCH(QString, stored);
    const QString path = file("stored.jsonl");
    QVERIFY(QFile::copy(QStringLiteral(TEST_SOURCE_DIR "/engine/data/") + stored, path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
    const Result<InterruptedRun> run = inspectRun(path);
    QVERIFY2(run, run ? "" : qPrintable(run.error().message));
    QCOMPARE(run->damage, QString());
    QCOMPARE(run->inFlight, QList<int>());
    QCOMPARE(run->passed + run->remaining, QList<int>{3});
    QVERIFY(!run->isFromHere);
    const auto host = *SandboxHost::start({});
    const RunRecord record = play(resumption(path, *host, LatePolicy::Skip));
    QVERIFY(record.state() == RunState::Finished);
    QCOMPARE(record.count(IncidentState::Created), 2);
    QCOMPARE(record.count(IncidentState::Skipped), 2);
    QVERIFY(inspectRun(path)->isFinished());
}

void TestRunResume::failsWhatHasNoRoute()
{
    const auto host = *SandboxHost::start({});
    playAndCut(
        planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"started"; });
    change(file("b.jsonl"), [](QJsonObject &record) {
        if (kindOf(record) == u"prepared" && record.value(u"index").toInt() == 3) {
            QJsonObject request = record.value(u"request").toObject();
            request.insert(QStringLiteral("route"), QStringLiteral("delete_everything"));
            record.insert(QStringLiteral("request"), request);
        }
    });
    const RunRecord record = play(resumption(file("b.jsonl"), *host));
    QCOMPARE(record.count(IncidentState::Created), 5);
    QVERIFY(record.incidents()[3].state == IncidentState::Failed);
    QVERIFY2(record.incidents()[3].error.contains(u"“delete_everything”"),
             qPrintable(record.incidents()[3].error));
    QCOMPARE(incidentsOn(*host), 5);
}

void TestRunResume::failsWhatWaitsWithoutARoute()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(R"({"incidents": [
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"},
        {"delay_seconds": 0, "type": "predefined", "scenario_id": "pod_crash_loop"}]})",
                      *host, file("a.jsonl")),
               file("b.jsonl"), [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Sending) == 2;
               });
    QByteArray text = unanswered(file("b.jsonl"));
    for (int i = 0; i < 2; ++i) {
        const QJsonObject waiting{{QStringLiteral("record"), QStringLiteral("waiting")},
                                  {QStringLiteral("at_ms"), 5},
                                  {QStringLiteral("index"), i},
                                  {QStringLiteral("until_ms"), 1000},
                                  {QStringLiteral("error"), QStringLiteral("Not now.")}};
        text += QJsonDocument(waiting).toJson(QJsonDocument::Compact) + '\n';
    }
    write(file("b.jsonl"), text);
    change(file("b.jsonl"), [](QJsonObject &record) {
        if (kindOf(record) == u"prepared" && record.value(u"index").toInt() == 0) {
            QJsonObject request = record.value(u"request").toObject();
            request.insert(QStringLiteral("route"), QStringLiteral("delete_everything"));
            record.insert(QStringLiteral("request"), request);
        }
    });
    const int before = incidentsOn(*host);
    const RunRecord record = play(resumption(file("b.jsonl"), *host, LatePolicy::SendNow));
    QVERIFY(record.incidents()[0].state == IncidentState::Failed);
    QVERIFY(record.incidents()[1].state == IncidentState::Created);
    QCOMPARE(incidentsOn(*host), before + 1);
}

void TestRunResume::keepsNumbersOfAJournalWithinBounds()
{
    const auto host = *SandboxHost::start({});
    playAndCut(
        planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"started"; });
    change(file("b.jsonl"), [](QJsonObject &record) {
        if (record.contains(u"speed")) {
            record.insert(QStringLiteral("speed"), 0);
        }
        if (record.contains(u"boot_ms")) {
            record.insert(QStringLiteral("boot_ms"), 1e300);
        }
    });
    const Result<InterruptedRun> run = inspectRun(file("b.jsonl"));
    QVERIFY(run.has_value());
    QCOMPARE(run->record.speed(), MinimumSpeed);
    for (const IncidentRun &incident : run->record.incidents()) {
        QVERIFY(incident.delay.count() >= 0);
    }
}

void TestRunResume::takesNoPathFromAJournal()
{
    const auto host = *SandboxHost::start({});
    playAndCut(
        planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
        [](const RunRecord &, const QJsonObject &entry) { return kindOf(entry) == u"started"; });
    change(file("b.jsonl"), [](QJsonObject &record) {
        QJsonObject request = record.value(u"request").toObject();
        if (!request.isEmpty()) {
            request.insert(QStringLiteral("path"), QStringLiteral("/../../admin/delete"));
            record.insert(QStringLiteral("request"), request);
        }
    });
    QCOMPARE(play(resumption(file("b.jsonl"), *host)).count(IncidentState::Created), 6);
    QCOMPARE(incidentsOn(*host), 6);
}

void TestRunResume::looksForAllWhereTheJournalIsDamaged()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    // The disk has lost the line that says that the second one is being sent.
    QList<QByteArray> all = lines(file("b.jsonl"));
    for (QByteArray &line : all) {
        if (line.contains("\"record\":\"sending\"") && line.contains("\"index\":1,")) {
            line.fill('\0');
        }
    }
    QFile damaged(file("b.jsonl"));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(all.join('\n') + '\n');
    damaged.close();
    const int before = incidentsOn(*host);
    const Result<InterruptedRun> run = inspectRun(file("b.jsonl"));
    QVERIFY(run->damage.startsWith(u"Line "));
    QVERIFY(run->passed.isEmpty() && run->remaining.isEmpty());
    const RunRecord record = play(resumption(file("b.jsonl"), *host, {}));
    QVERIFY(record.state() == RunState::Finished);
    QCOMPARE(incidentsOn(*host), before);
    QCOMPARE(record.count(IncidentState::Created), before); // what is there is found
    QCOMPARE(record.count(IncidentState::Uncertain), 6 - before);
    for (const QJsonValue &count : deliveries(*host)) {
        QCOMPARE(count.toInt(), 1);
    }
    QVERIFY(!inspectRun(file("b.jsonl"))->damage.isEmpty()); // it stays to be seen
}

void TestRunResume::looksForAllWhereTheStartIsDamaged()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    QList<QByteArray> all = lines(file("b.jsonl"));
    while (!all.last().contains("\"record\":\"prepared\"")) {
        all.removeLast();
    }
    // Nothing tells any more that its clock was started.
    QFile damaged(file("b.jsonl"));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(all.join('\n') + '\n' + QByteArray(4096, '\0'));
    damaged.close();
    const int before = incidentsOn(*host);
    const RunRecord record = play(resumption(file("b.jsonl"), *host, {}));
    QVERIFY(record.state() == RunState::Finished);
    QCOMPARE(incidentsOn(*host), before);
    QCOMPARE(record.count(IncidentState::Created) + record.count(IncidentState::Uncertain), 6);
}

void TestRunResume::givesAForeignTargetNoKey()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    QVERIFY(inspectRun(file("b.jsonl"))->isTargetNamed); // the run itself went there
    SandboxOptions options;
    options.key = Secret;
    const auto other = *SandboxHost::start(options);
    change(file("b.jsonl"), [&other](QJsonObject &record) {
        if (kindOf(record) == u"run") {
            record.insert(QStringLiteral("target"), other->baseUrl().toString());
        }
    });
    QVERIFY(!inspectRun(file("b.jsonl"))->isTargetNamed);
    RunPlan plan = resumption(file("b.jsonl"), *other);
    plan.target.key = Secret;
    play(plan);
    QVERIFY2(m_refusal.contains(u"you have not named"), qPrintable(m_refusal));
    QCOMPARE(ask(*other, QStringLiteral("/sandbox/arrivals")).value(u"arrivals").toArray().size(),
             0);
    QVERIFY(KnownTargets::remember(other->baseUrl()));
    QVERIFY(inspectRun(file("b.jsonl"))->isTargetNamed);
    const RunRecord record = play(plan);
    QVERIFY2(m_refusal.isEmpty(), qPrintable(m_refusal));
    QVERIFY(record.state() == RunState::Finished);
}

void TestRunResume::saysWhereItComesFrom()
{
    const auto host = *SandboxHost::start({});
    playAndCut(planOf(Six, *host, file("a.jsonl")), file("b.jsonl"),
               [](const RunRecord &record, const QJsonObject &) {
                   return record.count(IncidentState::Created) == 3;
               });
    const Result<InterruptedRun> here = inspectRun(file("b.jsonl"));
    QVERIFY(here->isFromHere);
    QVERIFY2(here->whence().contains(u"on this computer, interrupted"), qPrintable(here->whence()));
    QVERIFY(std::abs(here->interruptedAt.msecsTo(QDateTime::currentDateTimeUtc())) < 20'000);
    change(file("b.jsonl"), [](QJsonObject &record) {
        if (kindOf(record) == u"run") {
            record.insert(QStringLiteral("host"), QStringLiteral("stage-left"));
        }
    });
    QVERIFY(inspectRun(file("b.jsonl"))->whence().contains(u"on the computer “stage-left”"));
    change(file("b.jsonl"), [](QJsonObject &record) {
        record.remove(QStringLiteral("host"));
        if (record.contains(u"boot_id")) {
            record.insert(QStringLiteral("boot_id"), QStringLiteral("another-boot"));
        }
    });
    QVERIFY(inspectRun(file("b.jsonl"))->whence().contains(u"does not name"));
}

QTEST_GUILESS_MAIN(TestRunResume)
#include "tst_runresume.moc"
