// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/runeventcodec.h"
#include "app/run/runsummary.h"
#include "runstage.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;

/** Every incident goes out at its moment and never twice, whatever the target and the user do. */
class TestPlayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsEachAtItsMoment();
    void sendsSimultaneousOnesTogether();
    void slowAnswersDelayNobody();
    void speedScalesTime();
    void speedChangesOnTheWay();
    void neverDriftsOverAYear();
    void pauseShiftsWhatFollows();
    void holdWaitsForGo();
    void holdLetsItsSecondPass();
    void holdsOpenWithoutAnybody();
    void skipsOne();
    void skipReleasesAHold();
    void firesTheNextNow();
    void firesWhilePaused();
    void stopSkipsTheRest();
    void disabledOnesAreSkipped();
    void impossibleOnesFailAlone();
    void emptyRunFinishes();
    void rateLimitWaitsAndTriesAgain();
    void rateLimitGivesUpAfterFiveTries();
    void unreachableIsTriedForHalfAMinute();
    void rejectedFailsAtOnce();
    void uncertainIsLookedForAndFound();
    void uncertainStaysUncertain();
    void stopEndsLooking();
    void oneIncidentIsNotFoundForTwo();
    void waitingCanBeSkipped();
    void stopEndsWaiting();
    void stopMeansNoMoreTries();
    void laterHoldStaysClosed();
    void suspendPausesTheRun();
    void suspendDoesNotSwallowGo();
    void nobodyIsAskedAfterASuspend();
    void armsInADenseStretch();
    void firedOnesAreArmed();
    void armsAheadOfTime();
    void journalTellsEverything();
};

void TestPlayer::sendsEachAtItsMoment()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.add("late", 90s);
    stage.add("b", 1500ms);
    stage.start();
    stage.clock.advance(2min);
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("a@0"), QStringLiteral("b@1.5"),
                                         QStringLiteral("late@90")}));
    QCOMPARE(stage.states(), QStringLiteral("created created created"));
    QCOMPARE(stage.finished, 1);
    QCOMPARE(toMilliseconds(stage.record.incidents()[1].due), std::optional<double>(90000));
    QCOMPARE(toMilliseconds(stage.record.incidents()[1].late()), std::optional<double>(0));
    QVERIFY(stage.record.state() == RunState::Finished);
}

void TestPlayer::sendsSimultaneousOnesTogether()
{
    RunStage stage;
    for (const char *title : {"a", "b", "c"}) {
        stage.add(title, 10s);
    }
    stage.api.latency = 5s;
    stage.start();
    stage.reach(10s);
    QCOMPARE(stage.sends(),
             QStringList({QStringLiteral("a@10"), QStringLiteral("b@10"), QStringLiteral("c@10")}));
    QCOMPARE(stage.states(), QStringLiteral("sending sending sending"));
}

void TestPlayer::slowAnswersDelayNobody()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.add("b", 1s);
    stage.add("c", 2s);
    stage.api.latency = 30s;
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Rejected, 422)};
    stage.start();
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(),
             QStringList({QStringLiteral("a@0"), QStringLiteral("b@1"), QStringLiteral("c@2")}));
    QCOMPARE(stage.states(), QStringLiteral("failed created created"));
}

void TestPlayer::speedScalesTime()
{
    RunStage stage;
    stage.plan.speed = 120;
    stage.add("a", 0s);
    stage.add("b", 5min);
    stage.add("c", 15min);
    stage.start();
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("a@0"), QStringLiteral("b@2.5"),
                                         QStringLiteral("c@7.5")}));
}

void TestPlayer::speedChangesOnTheWay()
{
    RunStage stage;
    stage.add("a", 100s);
    stage.start();
    stage.reach(50s);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(50000))), 50000.0);
    stage.player->setSpeed(10);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(51000))), 60000.0);
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("a@55")));
    stage.player->setSpeed(1e9);
    QCOMPARE(stage.record.speed(), 10.0); // over: nothing is left to be turned
}

void TestPlayer::neverDriftsOverAYear()
{
    RunStage stage;
    for (int day = 0; day <= 366; ++day) {
        stage.add(qPrintable(QString::number(day)), std::chrono::hours(24) * day);
    }
    stage.start();
    stage.clock.advance(std::chrono::hours(24) * 367);
    QCOMPARE(stage.api.sent.size(), 367);
    for (int day = 0; day <= 366; ++day) {
        QCOMPARE(stage.api.sent[day].at - stage.zero, Duration(std::chrono::hours(24)) * day);
    }
}

void TestPlayer::pauseShiftsWhatFollows()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(12s);
    stage.player->pause();
    QVERIFY(stage.record.state() == RunState::Paused);
    stage.clock.advance(1h);
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(3600000))), 12000.0);
    stage.player->resume();
    stage.clock.advance(10s);
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("a@10"), QStringLiteral("b@3620")}));
    QCOMPARE(toMilliseconds(stage.record.incidents()[1].late()), std::optional<double>(0));
}

void TestPlayer::holdWaitsForGo()
{
    RunStage stage;
    stage.add("a", 5s);
    stage.add("held", 10s, true);
    stage.add("after", 12s);
    stage.start();
    stage.player->go(); // opens nothing that is not held yet
    stage.reach(60s);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("a@5")));
    QVERIFY(stage.record.state() == RunState::Holding);
    stage.player->go();
    stage.player->go();
    stage.clock.advance(1s);
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("a@5"), QStringLiteral("held@60")}));
    QCOMPARE(toMilliseconds(stage.record.incidents()[1].late()), std::optional<double>(0));
    stage.clock.advance(10s);
    QCOMPARE(stage.sends().last(), QStringLiteral("after@62"));
    QCOMPARE(stage.finished, 1);
}

void TestPlayer::holdLetsItsSecondPass()
{
    RunStage stage;
    stage.add("held", 10s, true);
    stage.add("free", 10s);
    stage.add("held too", 10s, true);
    stage.start();
    stage.reach(30s);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("free@10")));
    stage.player->go();
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("free@10"), QStringLiteral("held@30"),
                                         QStringLiteral("held too@30")}));
}

void TestPlayer::holdsOpenWithoutAnybody()
{
    RunStage stage;
    stage.plan.holdsOpen = true;
    stage.add("held", 10s, true);
    stage.start();
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("held@10")));
}

void TestPlayer::skipsOne()
{
    RunStage stage;
    stage.add("a", 5s);
    stage.add("b", 10s);
    stage.start();
    stage.player->skip(0);
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("b@10")));
    QCOMPARE(stage.states(), QStringLiteral("skipped created"));
}

void TestPlayer::skipReleasesAHold()
{
    RunStage stage;
    stage.add("held", 5s, true);
    stage.add("b", 10s);
    stage.start();
    stage.reach(20s);
    stage.player->skip(0);
    QVERIFY(stage.record.state() == RunState::Running);
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("b@25")));
}

void TestPlayer::firesTheNextNow()
{
    RunStage stage;
    stage.add("a", 60s);
    stage.add("b", 90s);
    stage.start();
    stage.reach(10s);
    stage.player->fireNow(-1);
    stage.player->fireNow(0); // gone already
    stage.clock.advance(2min);
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("a@10"), QStringLiteral("b@90")}));
    QCOMPARE(toMilliseconds(stage.record.incidents()[0].late()), std::optional<double>(0));
}

void TestPlayer::firesWhilePaused()
{
    RunStage stage;
    stage.add("a", 60s);
    stage.add("b", 90s);
    stage.start();
    stage.reach(10s);
    stage.player->pause();
    stage.player->fireNow(1);
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("b@10")));
    QVERIFY(stage.record.state() == RunState::Paused);
}

void TestPlayer::stopSkipsTheRest()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.add("b", 10s);
    stage.add("c", 20s);
    stage.api.latency = 3s;
    stage.start();
    stage.reach(1s);
    stage.player->stop();
    QCOMPARE(stage.states(), QStringLiteral("sending skipped skipped"));
    QCOMPARE(stage.finished, 0); // what is under way may finish
    stage.clock.advance(1min);
    QCOMPARE(stage.states(), QStringLiteral("created skipped skipped"));
    QCOMPARE(stage.finished, 1);
    QCOMPARE(stage.api.sent.size(), 1);
    QVERIFY(stage.record.state() == RunState::Stopped);
}

void TestPlayer::disabledOnesAreSkipped()
{
    RunStage stage;
    stage.add("off", 0s, true, false);
    stage.add("on", 1s);
    stage.start();
    stage.clock.advance(1min);
    QCOMPARE(stage.sends(), QStringList(QStringLiteral("on@1")));
    QCOMPARE(stage.states(), QStringLiteral("skipped created"));
}

void TestPlayer::impossibleOnesFailAlone()
{
    RunStage stage;
    stage.add("impossible", 0s);
    stage.add("on", 1s);
    stage.start();
    QCOMPARE(stage.states(), QStringLiteral("failed ready"));
    stage.clock.advance(1min);
    QCOMPARE(stage.states(), QStringLiteral("failed created"));
}

void TestPlayer::emptyRunFinishes()
{
    RunStage stage;
    stage.start();
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.record.state() == RunState::Finished);
    QVERIFY(stage.record.finishedAt() >= stage.record.startedAt());
}

void TestPlayer::rateLimitWaitsAndTriesAgain()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    SendOutcome limited = FakeIncidentApi::refused(Kind::RateLimited, 429);
    stage.api.answers[QStringLiteral("a")] = {limited};
    limited.retryAfter = 7s;
    stage.api.answers[QStringLiteral("b")] = {limited};
    stage.start();
    stage.reach(25s);
    QCOMPARE(stage.states(), QStringLiteral("waiting waiting"));
    QCOMPARE(toMilliseconds(stage.record.incidents()[0].waitingUntil),
             std::optional<double>(70000));
    stage.clock.advance(2min);
    QCOMPARE(stage.sends(), QStringList({QStringLiteral("a@10"), QStringLiteral("b@20"),
                                         QStringLiteral("b@27"), QStringLiteral("a@70")}));
    QCOMPARE(stage.states(), QStringLiteral("created created"));
    QCOMPARE(stage.record.incidents()[0].attempts, 2);
    QCOMPARE(toMilliseconds(stage.record.incidents()[0].sent),
             std::optional<double>(10000)); // of the first try
}

void TestPlayer::rateLimitGivesUpAfterFiveTries()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] =
        QList<SendOutcome>(9, FakeIncidentApi::refused(Kind::RateLimited, 429));
    stage.start();
    stage.clock.advance(1h);
    QCOMPARE(stage.api.sent.size(), 5);
    QCOMPARE(stage.states(), QStringLiteral("failed"));
    QCOMPARE(stage.finished, 1);
}

void TestPlayer::unreachableIsTriedForHalfAMinute()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] =
        QList<SendOutcome>(9, FakeIncidentApi::refused(Kind::NotReached));
    stage.start();
    stage.clock.advance(1h);
    QCOMPARE(stage.states(), QStringLiteral("failed"));
    QVERIFY(stage.api.sent.size() > 2 && stage.api.sent.size() <= 5);
    const Duration last = stage.api.sent.last().at - stage.zero;
    QVERIFY(last > 10s && last <= 30s);
}

void TestPlayer::rejectedFailsAtOnce()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Rejected, 404)};
    stage.start();
    stage.clock.advance(1h);
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(stage.record.incidents()[0].error, QStringLiteral("Refused with 404."));
}

void TestPlayer::uncertainIsLookedForAndFound()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    ReconcileOutcome found;
    found.kind = ReconcileOutcome::Kind::Found;
    found.found = FakeIncidentApi::created(QStringLiteral("late-id"));
    stage.api.looks = {ReconcileOutcome{},
                       ReconcileOutcome{ReconcileOutcome::Kind::NotReached, {}, {}}, found};
    stage.start();
    stage.reach(100ms);
    QCOMPARE(stage.states(), QStringLiteral("uncertain"));
    stage.clock.advance(1min);
    QCOMPARE(stage.states(), QStringLiteral("created"));
    QCOMPARE(stage.record.incidents()[0].incidentId, QStringLiteral("late-id"));
    QCOMPARE(stage.api.looksMade, 3);
    QCOMPARE(stage.api.sent.size(), 1);
}

void TestPlayer::uncertainStaysUncertain()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.start();
    stage.reach(10s);
    QCOMPARE(stage.finished, 0);
    stage.clock.advance(1h);
    QCOMPARE(stage.states(), QStringLiteral("uncertain"));
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.api.looksMade >= 4);
    QVERIFY(summaryOf(stage.record).value(u"execution_seconds").toDouble() <= 20.5);
    // The time to look is used to its end, and the last look is there.
    const QJsonObject last = stage.only("not_found");
    QCOMPARE(last.value(u"looked_ms").toDouble(), 20000.0);
}

void TestPlayer::stopEndsLooking()
{
    RunStage stage;
    stage.plan.reconcile = 10min;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.start();
    stage.reach(1min);
    QCOMPARE(stage.finished, 0);
    stage.player->stop();
    QCOMPARE(stage.finished, 1);
    QCOMPARE(stage.states(), QStringLiteral("uncertain"));
}

void TestPlayer::oneIncidentIsNotFoundForTwo()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.add("b", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.api.answers[QStringLiteral("b")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    ReconcileOutcome found;
    found.kind = ReconcileOutcome::Kind::Found;
    found.found = FakeIncidentApi::created(QStringLiteral("one-id"));
    stage.api.looks = {found, found};
    stage.start();
    stage.clock.advance(1min);
    QCOMPARE(stage.states(), QStringLiteral("created uncertain"));
}

void TestPlayer::waitingCanBeSkipped()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.start();
    stage.reach(5s);
    stage.player->skip(0);
    QCOMPARE(stage.states(), QStringLiteral("skipped"));
    QCOMPARE(stage.finished, 1);
    stage.clock.advance(1h);
    QCOMPARE(stage.api.sent.size(), 1);
}

void TestPlayer::stopEndsWaiting()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.start();
    stage.reach(5s);
    stage.player->stop();
    stage.clock.advance(1h);
    QCOMPARE(stage.states(), QStringLiteral("skipped"));
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(stage.finished, 1);
}

void TestPlayer::stopMeansNoMoreTries()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.api.latency = 2s;
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.start();
    stage.reach(1s);
    stage.player->stop();
    stage.clock.advance(1h);
    QCOMPARE(stage.states(), QStringLiteral("skipped"));
    QCOMPARE(stage.api.sent.size(), 1);
    QCOMPARE(stage.finished, 1);
}

void TestPlayer::laterHoldStaysClosed()
{
    RunStage stage;
    stage.add("first", 10s, true);
    stage.add("second", 60s, true);
    stage.start();
    stage.reach(20s);
    stage.player->pause();
    stage.player->skip(0);
    stage.player->resume();
    QVERIFY(stage.record.state() == RunState::Running);
    stage.player->go(); // too early for the second
    stage.clock.advance(1h);
    QVERIFY(stage.record.state() == RunState::Holding);
    QCOMPARE(stage.api.sent.size(), 0);
}

void TestPlayer::suspendDoesNotSwallowGo()
{
    RunStage stage;
    stage.add("held", 10s, true);
    stage.start();
    stage.reach(20s);
    stage.clock.suspend(1h);
    stage.player->go();
    QCOMPARE(stage.api.sent.size(), 1);
}

void TestPlayer::nobodyIsAskedAfterASuspend()
{
    RunStage stage;
    stage.plan.holdsOpen = true;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(5s);
    stage.clock.suspend(1h);
    stage.clock.advance(1min);
    QCOMPARE(stage.states(), QStringLiteral("created created"));
    QCOMPARE(stage.api.sent[1].at - stage.api.sent[0].at, Duration(10s));
}

void TestPlayer::armsInADenseStretch()
{
    RunStage stage;
    for (int i = 0; i < 1000; ++i) {
        stage.add(qPrintable(QString::number(i)), 8ms * i);
    }
    stage.start();
    stage.clock.advance(1min);
    QSet<int> armed;
    for (const QJsonObject &entry : std::as_const(stage.records)) {
        const QString kind = entry.value(u"record").toString();
        const QJsonArray indices = entry.value(u"incidents").toArray();
        for (qsizetype i = 0; kind == u"armed" && i < indices.size(); ++i) {
            armed.insert(indices[i].toInt());
        }
        if (kind == u"sending") {
            QVERIFY(armed.contains(entry.value(u"index").toInt()));
        }
    }
    QCOMPARE(armed.size(), 1000);
}

void TestPlayer::firedOnesAreArmed()
{
    RunStage stage;
    stage.add("a", 1h);
    stage.start();
    stage.reach(1s);
    stage.player->fireNow(-1);
    QStringList kinds;
    for (const QJsonObject &entry : std::as_const(stage.records)) {
        kinds.append(entry.value(u"record").toString());
    }
    QVERIFY(kinds.indexOf(QStringLiteral("armed")) >= 0);
    QVERIFY(kinds.indexOf(QStringLiteral("armed")) < kinds.indexOf(QStringLiteral("sending")));
}

void TestPlayer::suspendPausesTheRun()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(5s);
    stage.clock.suspend(1h);
    stage.clock.advance(1min);
    QCOMPARE(stage.api.sent.size(), 0);
    QVERIFY(stage.record.state() == RunState::Paused);
    QVERIFY(stage.records.last().value(u"why").toString().contains(QStringLiteral("slept")));
    stage.player->resume();
    stage.clock.advance(1min);
    QCOMPARE(stage.api.sent.size(), 2);
    QCOMPARE(stage.api.sent[1].at - stage.api.sent[0].at, Duration(10s)); // no burst
}

void TestPlayer::armsAheadOfTime()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.add("b", 30s);
    stage.add("c", 31s);
    stage.start();
    QCOMPARE(stage.api.warmed, 1);
    stage.reach(27s);
    QCOMPARE(stage.api.warmed, 1);
    stage.reach(29s);
    QVERIFY(stage.api.warmed > 1);
    const auto armed =
        std::find_if(stage.records.rbegin(), stage.records.rend(), [](const QJsonObject &entry) {
            return entry.value(u"record").toString() == u"armed";
        });
    QVERIFY(armed != stage.records.rend());
    QVERIFY(armed->value(u"at_ms").toDouble() <= 29000);
}

void TestPlayer::journalTellsEverything()
{
    RunStage stage;
    stage.add("a", 0s);
    stage.add("b", 3s, true);
    stage.add("c", 3s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.api.answers[QStringLiteral("c")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.start();
    stage.reach(10s);
    stage.player->pause();
    stage.player->resume();
    stage.player->go();
    stage.clock.advance(2min);
    // What the file says is what was said live.
    QFile file(stage.journal->path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    RunRecord read;
    while (!file.atEnd()) {
        read.apply(runEventFromJson(QJsonDocument::fromJson(file.readLine()).object()));
    }
    QCOMPARE(summaryOf(read), summaryOf(stage.record));
    QCOMPARE(summaryOf(read).value(u"created").toInt(), 2);
    QCOMPARE(summaryOf(read).value(u"uncertain").toInt(), 1);
}

QTEST_GUILESS_MAIN(TestPlayer)
#include "tst_player.moc"
