// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runstage.h"

#include <QTest>

using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;

/** What the presenter does to a run's course, and what is never sent in a burst because of it. */
class TestPlayerControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jumpFiresThePassedOnesApart();
    void jumpSkipsThePassedOnes();
    void jumpGoesBack();
    void jumpWhilePausedWaitsForResume();
    void jumpPastAHoldOpensIt();
    void jumpOntoAHoldHolds();
    void jumpOutOfAHold();
    void lateOnesLetNobodyOvertake();
    void lateOnesCanBeCalledBack();
    void pauseKeepsTheLateOnes();
    void jumpToTheEndFinishes();
    void jumpBeforeTheStartOrAfterTheEndIsVoid();
    void resumeCatchesUp_data();
    void resumeCatchesUp();
    void catchingUpStopsAtAHold();
    void aLateGoOpensNoOtherHold();
    void refiresAFailedOne();
    void refiresAfterAllTries();
    void refiresAnUncertainOneWithANewToken();
    void refiredWhileLookedForItIsLookedForNoMore();
    void refiredWhileALookIsUnderWay();
    void refiresASkippedOne();
    void refiresADisabledOne();
    void refiresNothingElse();
    void retriesKeepTheirDistance();
    void retriesDelayNoFirstSends();
    void aStallIsNoBurst();
    void aStallKeepsSimultaneousOnesTogether();
    void aStallIsNoBurstOfRetries();
    void aLittleLateIsNoStall();
    void skippingOneOfAHoldLeavesTheOther();
    void aPauseAmongLateOnesIsNoBurst();
    void longHoldsTrustNoOldConnection();
};

void TestPlayerControl::jumpFiresThePassedOnesApart()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("b", 60s);
    stage.add("c", 60s);
    stage.add("d", 70s);
    stage.add("e", 100s);
    stage.start();
    stage.reach(10s);
    stage.player->jump(90s, LatePolicy::SendNow);
    QVERIFY(stage.player->state() == RunState::Running);
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '),
             QStringLiteral("a@1 b@10.1 c@10.2 d@10.3 e@20")); // the clock went on meanwhile
    QCOMPARE(stage.states(), QStringLiteral("created created created created created"));
    const QJsonObject jumped = stage.only("jumped");
    QCOMPARE(jumped.value(u"from_ms").toDouble(), 10000.0);
    QCOMPARE(jumped.value(u"position_ms").toDouble(), 90000.0);
    QCOMPARE(jumped.value(u"passed").toString(), QStringLiteral("fire"));
    QCOMPARE(toMilliseconds(*stage.record.incidents()[1].late()), 0.0);
    QCOMPARE(stage.finished, 1);
}

void TestPlayerControl::jumpSkipsThePassedOnes()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("b", 60s);
    stage.add("c", 90s); // exactly there: its moment is now, it was not passed
    stage.add("d", 100s);
    stage.start();
    stage.reach(10s);
    stage.player->jump(90s, LatePolicy::Skip);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(10000))), 90000.0);
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@1 c@10 d@20"));
    QCOMPARE(stage.states(), QStringLiteral("created skipped created created"));
    QVERIFY(stage.record.incidents()[1].error.contains(QStringLiteral("turned")));
}

void TestPlayerControl::jumpGoesBack()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("b", 10s);
    stage.add("c", 20s);
    stage.start();
    stage.reach(15s);
    stage.player->jump(5s, LatePolicy::SendNow);
    stage.reach(100s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@1 b@10 c@30")); // b is not sent again
    QCOMPARE(stage.finished, 1);
}

void TestPlayerControl::jumpWhilePausedWaitsForResume()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.add("c", 40s);
    stage.start();
    stage.reach(5s);
    stage.player->pause();
    stage.player->jump(30s, LatePolicy::SendNow);
    QVERIFY(stage.player->state() == RunState::Paused);
    QVERIFY(stage.record.state() == RunState::Paused);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(9000))), 30000.0);
    stage.reach(50s);
    QVERIFY(stage.sends().isEmpty());
    stage.player->resume();
    stage.reach(100s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@50.1 b@50.2 c@60"));
}

void TestPlayerControl::jumpPastAHoldOpensIt()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.add("b", 20s);
    stage.add("c", 30s, true);
    stage.start();
    stage.reach(5s);
    stage.player->jump(15s, LatePolicy::SendNow);
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@5.1 b@10"));
    QVERIFY(stage.record.state() == RunState::Holding); // at c, which was not passed
}

void TestPlayerControl::jumpOntoAHoldHolds()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s, true);
    stage.start();
    stage.player->jump(20s, LatePolicy::Skip);
    stage.reach(60s);
    QVERIFY(stage.sends().isEmpty());
    QVERIFY(stage.record.state() == RunState::Holding);
    stage.player->go();
    stage.reach(61s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("b@60"));
}

void TestPlayerControl::jumpOutOfAHold()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.add("b", 20s);
    stage.start();
    stage.reach(30s);
    QVERIFY(stage.record.state() == RunState::Holding);
    stage.player->jump(12s, LatePolicy::Skip);
    QVERIFY(stage.record.state() == RunState::Running);
    QVERIFY(stage.player->state() == RunState::Running);
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("b@38"));
    QCOMPARE(stage.states(), QStringLiteral("skipped created"));

    RunStage back;
    back.add("a", 10s, true);
    back.start();
    back.reach(30s);
    back.player->jump(5s, LatePolicy::SendNow);
    back.reach(34s);
    QVERIFY(back.record.state() == RunState::Running);
    back.reach(36s);
    QVERIFY(back.record.state() == RunState::Holding); // its hold comes again
}

void TestPlayerControl::lateOnesLetNobodyOvertake()
{
    RunStage stage;
    for (int i = 0; i < 5; ++i) {
        stage.add("late", 10s);
    }
    stage.add("x", 30100ms); // both fall due while the late ones go out
    stage.add("y", 30100ms);
    stage.add("z", 30300ms);
    stage.add("end", 31s);
    stage.start();
    stage.reach(1s);
    stage.player->jump(30s, LatePolicy::SendNow);
    stage.reach(10s);
    QCOMPARE(
        stage.sends().join(u' '),
        QStringLiteral("late@1.1 late@1.2 late@1.3 late@1.4 late@1.5 x@1.6 y@1.6 z@1.7 end@2"));
    // What had to wait for the late ones was late itself, and says so.
    QCOMPARE(toMilliseconds(*stage.record.incidents()[5].late()), 500.0);
}

void TestPlayerControl::lateOnesCanBeCalledBack()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(1s);
    stage.player->jump(30s, LatePolicy::SendNow);
    stage.reach(1150ms);
    stage.player->jump(15s, LatePolicy::SendNow); // a is out, b waits for its moment again
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@1.1 b@6.15"));
}

void TestPlayerControl::pauseKeepsTheLateOnes()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 11s);
    stage.add("c", 12s);
    stage.start();
    stage.player->jump(30s, LatePolicy::SendNow);
    stage.reach(150ms);
    stage.player->pause();
    stage.reach(20s);
    QCOMPARE(stage.sends().size(), 2);
    stage.player->resume();
    stage.reach(21s);
    QCOMPARE(stage.sends().last(), QStringLiteral("c@20.1"));
}

void TestPlayerControl::jumpToTheEndFinishes()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s, true);
    stage.start();
    stage.player->jump(1h, LatePolicy::Skip);
    QCOMPARE(stage.finished, 1);
    QCOMPARE(stage.states(), QStringLiteral("skipped skipped"));
}

void TestPlayerControl::jumpBeforeTheStartOrAfterTheEndIsVoid()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.start();
    stage.player->jump(-5s, LatePolicy::Skip); // no further back than the beginning
    QCOMPARE(stage.only("jumped").value(u"position_ms").toDouble(), 0.0);
    stage.player->stop();
    QVERIFY(stage.record.state() == RunState::Stopped);
    const qsizetype records = stage.records.size();
    stage.player->jump(5s, LatePolicy::SendNow);
    QCOMPARE(stage.records.size(), records);
}

void TestPlayerControl::resumeCatchesUp_data()
{
    QTest::addColumn<bool>("fire");
    QTest::addColumn<QString>("sends");
    QTest::addColumn<QString>("states");
    QTest::newRow("fire") << true << "a@35.1 b@35.2 c@40"
                          << "created created created";
    QTest::newRow("skip") << false << "c@40"
                          << "skipped skipped created";
}

void TestPlayerControl::resumeCatchesUp()
{
    QFETCH(bool, fire);
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.add("c", 40s);
    stage.start();
    stage.reach(5s);
    stage.player->pause();
    stage.reach(35s);
    stage.player->resume(fire ? LatePolicy::SendNow : LatePolicy::Skip);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(35000))), 35000.0);
    stage.reach(100s);
    QTEST(stage.sends().join(u' '), "sends");
    QTEST(stage.states(), "states");
}

void TestPlayerControl::catchingUpStopsAtAHold()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s, true);
    stage.add("c", 25s);
    stage.start();
    stage.reach(5s);
    stage.player->pause();
    stage.reach(65s);
    stage.player->resume(LatePolicy::SendNow);
    stage.reach(100s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@65.1"));
    QVERIFY(stage.record.state() == RunState::Holding);
    QCOMPARE(toMilliseconds(stage.record.positionAt(ageFromMilliseconds(100000))), 20000.0);
}

void TestPlayerControl::aLateGoOpensNoOtherHold()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.add("b", 10s, true);
    stage.add("c", 10010ms, true);
    stage.start();
    stage.reach(20s);
    stage.player->go(2); // not the one that is held
    QVERIFY(stage.sends().isEmpty());
    stage.player->go(0);
    stage.reach(21s);
    stage.player->go(0); // the same order once more, when the next one is held
    stage.player->go(1);
    stage.reach(22s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@20 b@20"));
    QVERIFY(stage.record.state() == RunState::Holding);
    stage.player->go(2);
    stage.reach(23s);
    QCOMPARE(stage.sends().last(), QStringLiteral("c@22"));
}

void TestPlayerControl::refiresAFailedOne()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("z", 100s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Rejected, 422)};
    stage.start();
    stage.reach(10s);
    QCOMPARE(stage.states(), QStringLiteral("failed ready"));
    stage.player->refire(0);
    QVERIFY(stage.record.incidents()[0].state == IncidentState::Sending);
    QVERIFY(stage.record.incidents()[0].error.isEmpty());
    stage.reach(11s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@1 a@10"));
    QCOMPARE(stage.states(), QStringLiteral("created ready"));
    const IncidentRun &run = stage.record.incidents()[0];
    QCOMPARE(toMilliseconds(*run.sent), 10000.0); // its metrics depart from there
    QCOMPARE(toMilliseconds(*run.sentPosition), 10000.0);
    QCOMPARE(run.attempts, 2);
    QCOMPARE(stage.only("refired").value(u"was").toString(), QStringLiteral("failed"));
    stage.player->refire(0); // it is there: never twice
    stage.reach(200s);
    QCOMPARE(stage.sends().size(), 3);
    QCOMPARE(stage.finished, 1);
}

void TestPlayerControl::refiresAfterAllTries()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("z", 1000s);
    const SendOutcome unreached = FakeIncidentApi::refused(Kind::NotReached);
    stage.api.answers[QStringLiteral("a")] =
        QList<SendOutcome>(6, unreached); // five tries, and the first of the second round
    stage.start();
    stage.reach(100s);
    QCOMPARE(stage.states(), QStringLiteral("failed ready"));
    const qsizetype tries = stage.sends().size();
    stage.player->refire(0);
    stage.reach(101s);
    QCOMPARE(stage.record.incidents()[0].attempts, int(tries) + 1);
    while (stage.sends().size() < 6) {
        QVERIFY(stage.record.incidents()[0].state == IncidentState::Waiting);
        stage.reach(stage.clock.nextDeadline() - stage.zero);
    }
    stage.reach(300s);
    QCOMPARE(stage.states(), QStringLiteral("created ready"));
}

void TestPlayerControl::refiresAnUncertainOneWithANewToken()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("z", 1000s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.start();
    stage.reach(100s);
    QCOMPARE(stage.states(), QStringLiteral("uncertain ready"));
    const QByteArray digest = stage.record.digest();
    stage.player->refire(0);
    stage.reach(101s);
    QCOMPARE(stage.states(), QStringLiteral("created ready"));
    QCOMPARE(stage.api.sent.size(), 2);
    QVERIFY(stage.api.sent[0].token != stage.api.sent[1].token);
    QVERIFY(stage.api.sent[1].body.contains(stage.api.sent[1].token.toUtf8()));
    QVERIFY(!stage.api.sent[1].body.contains(stage.api.sent[0].token.toUtf8()));
    // The journal knows by which token it would have to be looked for; the request is the same.
    QCOMPARE(stage.all("prepared").last().value(u"token").toString(), stage.api.sent[1].token);
    QCOMPARE(stage.record.digest(), digest);
}

void TestPlayerControl::refiredWhileLookedForItIsLookedForNoMore()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.start();
    stage.reach(2500ms);
    const int looks = stage.api.looksMade;
    QVERIFY(looks > 0);
    stage.player->refire(0);
    stage.reach(100s);
    QCOMPARE(stage.api.looksMade, looks);
    QCOMPARE(stage.states(), QStringLiteral("created"));
    QCOMPARE(stage.finished, 1);
}

void TestPlayerControl::refiredWhileALookIsUnderWay()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.api.lookLatency = 5s;
    ReconcileOutcome found;
    found.kind = ReconcileOutcome::Kind::Found;
    found.found = FakeIncidentApi::created(QStringLiteral("first-id"));
    stage.api.looks = {found};
    stage.api.answers[QStringLiteral("a")].append(
        FakeIncidentApi::created(QStringLiteral("second-id")));
    stage.start();
    stage.reach(3s);
    QCOMPARE(stage.api.looksMade, 1);
    stage.player->refire(0);
    stage.api.latency = 10s;
    stage.reach(100s);
    QCOMPARE(stage.record.incidents()[0].incidentId, QStringLiteral("second-id"));
    // That there are two now is said.
    QVERIFY(stage.only("note").value(u"note").toString().contains(QStringLiteral("first-id")));
    QCOMPARE(stage.finished, 1);
}

void TestPlayerControl::refiresASkippedOne()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("z", 100s);
    stage.start();
    stage.player->skip(0);
    stage.player->pause();
    stage.reach(20s);
    stage.player->refire(0); // also while the clock stands
    stage.reach(21s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@20"));
    QCOMPARE(stage.states(), QStringLiteral("created ready"));
}

void TestPlayerControl::refiresADisabledOne()
{
    RunStage stage;
    stage.add("a", 10s, false, false);
    stage.add("impossible", 10s, false, false);
    stage.add("z", 100s);
    stage.start();
    stage.reach(20s);
    stage.player->refire(0);
    stage.player->refire(1);
    stage.reach(21s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@20"));
    QCOMPARE(stage.states(), QStringLiteral("created failed ready"));
    stage.reach(200s);
    QCOMPARE(stage.finished, 1);
}

void TestPlayerControl::refiresNothingElse()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("b", 50s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.start();
    stage.reach(10s);
    QCOMPARE(stage.states(), QStringLiteral("waiting ready"));
    stage.player->refire(0); // it goes out again by itself
    stage.player->refire(1);
    stage.player->refire(-1);
    stage.player->refire(7);
    QCOMPARE(stage.sends().size(), 1);
    stage.player->skip(0);
    stage.reach(60s);
    QCOMPARE(stage.finished, 1);
    stage.player->refire(0); // the run is over
    stage.reach(70s);
    QCOMPARE(stage.sends().size(), 2);
    QCOMPARE(stage.states(), QStringLiteral("skipped created"));
}

void TestPlayerControl::retriesKeepTheirDistance()
{
    RunStage stage;
    constexpr int Count = 20;
    for (int i = 0; i < Count; ++i) {
        const QByteArray title = "i" + QByteArray::number(i);
        stage.add(title.constData(), 1s);
        stage.api.answers[QString::fromLatin1(title)] =
            QList<SendOutcome>(3, FakeIncidentApi::refused(Kind::RateLimited, 429));
    }
    stage.start();
    stage.reach(600s);
    QCOMPARE(stage.record.count(IncidentState::Created), Count);
    QList<double> again; // the first tries go together, at their moment
    for (const QJsonObject &entry : stage.all("sending")) {
        if (entry.value(u"attempt").toInt() > 1) {
            again.append(entry.value(u"at_ms").toDouble());
        }
    }
    QCOMPARE(again.size(), 3 * Count);
    for (int i = 1; i < again.size(); ++i) {
        QVERIFY2(again[i] - again[i - 1] >= 100, qPrintable(QString::number(again[i])));
    }
    // And every wait said beforehand how long it would be.
    QMap<int, double> until;
    for (const QJsonObject &entry : stage.records) {
        const int index = entry.value(u"index").toInt(-1);
        if (entry.value(u"record").toString() == u"waiting") {
            until[index] = entry.value(u"until_ms").toDouble();
        } else if (entry.value(u"record").toString() == u"sending" && until.contains(index)) {
            QCOMPARE(entry.value(u"at_ms").toDouble(), until[index]);
        }
    }
}

void TestPlayerControl::retriesDelayNoFirstSends()
{
    RunStage stage;
    for (const char *title : {"a", "b", "c"}) {
        stage.add(title, 1s);
        stage.api.answers[QString::fromLatin1(title)] = {
            FakeIncidentApi::refused(Kind::NotReached)};
    }
    stage.start();
    stage.reach(1010ms);
    const double retry = toMilliseconds(stage.record.incidents()[1].waitingUntil).value_or(0);
    QVERIFY(retry > 1000);

    RunStage beside;
    for (const char *title : {"a", "b", "c"}) {
        beside.add(title, 1s);
        beside.api.answers[QString::fromLatin1(title)] = {
            FakeIncidentApi::refused(Kind::NotReached)};
    }
    beside.add("first", fromMilliseconds(retry + 1));
    beside.start();
    beside.reach(60s);
    QCOMPARE(toMilliseconds(*beside.record.incidents()[3].late()), 0.0);
}

void TestPlayerControl::aStallIsNoBurst()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("b", 2s);
    stage.add("c", 3s);
    stage.add("d", 4s, true);
    stage.add("e", 20s);
    stage.start();
    stage.clock.stall(10s); // the thread was kept from running, the clock went on
    stage.reach(11s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@9.9 b@10 c@10.1"));
    QCOMPARE(toMilliseconds(*stage.record.incidents()[0].late()),
             8900.0); // the truth: nobody chose that
    QVERIFY(stage.record.state() == RunState::Holding);
}

void TestPlayerControl::aStallKeepsSimultaneousOnesTogether()
{
    RunStage stage;
    stage.add("a", 1s);
    stage.add("b", 1s);
    stage.add("c", 20s);
    stage.start();
    stage.clock.stall(5s);
    stage.reach(6s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@4.9 b@4.9"));
}

void TestPlayerControl::aStallIsNoBurstOfRetries()
{
    RunStage stage;
    for (const char *title : {"a", "b", "c", "d"}) {
        stage.add(title, 1s);
        stage.api.answers[QString::fromLatin1(title)] = {
            FakeIncidentApi::refused(Kind::NotReached)};
    }
    stage.start();
    stage.reach(1010ms); // all are waiting now
    stage.clock.stall(30s);
    stage.reach(60s);
    QCOMPARE(stage.record.count(IncidentState::Created), 4);
    QList<double> again;
    for (const QJsonObject &entry : stage.all("sending")) {
        if (entry.value(u"attempt").toInt() > 1) {
            again.append(entry.value(u"at_ms").toDouble());
        }
    }
    QCOMPARE(again.size(), 4);
    QVERIFY(again.first() > 30000);
    for (int i = 1; i < again.size(); ++i) {
        QCOMPARE(again[i] - again[i - 1], 100.0);
    }
}

void TestPlayerControl::aLittleLateIsNoStall()
{
    RunStage stage;
    for (const char *title : {"a", "b", "c"}) {
        stage.add(title, 1s);
        stage.api.answers[QString::fromLatin1(title)] = {
            FakeIncidentApi::refused(Kind::NotReached)};
    }
    stage.start();
    stage.reach(1010ms);
    QList<double> until;
    for (const IncidentRun &run : stage.record.incidents()) {
        until.append(toMilliseconds(*run.waitingUntil));
    }
    stage.reach(fromMilliseconds(*std::min_element(until.begin(), until.end()) - 1));
    stage.clock.stall(31ms);
    stage.reach(60s);
    int onTime = 0;
    for (const QJsonObject &entry : stage.all("sending")) {
        onTime += entry.value(u"attempt").toInt() > 1 &&
                          entry.value(u"at_ms").toDouble() == until[entry.value(u"index").toInt()]
                      ? 1
                      : 0;
    }
    QCOMPARE(onTime, 2);
}

void TestPlayerControl::skippingOneOfAHoldLeavesTheOther()
{
    for (const bool fires : {false, true}) {
        RunStage stage;
        stage.add("a", 1s, true);
        stage.add("b", 1s, true);
        stage.add("z", 9s);
        stage.start();
        stage.reach(2s);
        if (fires) {
            stage.player->fireNow(0);
        } else {
            stage.player->skip(0);
        }
        QVERIFY(stage.record.state() == RunState::Holding);
        // GO means the one that was said last to be held.
        stage.player->go(stage.all("held").last().value(u"index").toInt());
        QVERIFY(stage.record.state() == RunState::Running);
        stage.reach(60s);
        QCOMPARE(stage.states(), fires ? QStringLiteral("created created created")
                                       : QStringLiteral("skipped created created"));
    }
}

void TestPlayerControl::aPauseAmongLateOnesIsNoBurst()
{
    RunStage stage;
    for (const char *title : {"a", "b", "c", "d", "e"}) {
        stage.add(title, 1s);
    }
    stage.add("f", 60'050ms);
    stage.add("g", 60'100ms);
    stage.add("h", 60'150ms);
    stage.start();
    stage.reach(500ms);
    stage.player->jump(60s, LatePolicy::SendNow);
    stage.reach(1050ms); // all late ones are out; f, g and h queue behind them
    QCOMPARE(stage.sends().size(), 5);
    stage.player->pause();
    stage.player->resume();
    stage.reach(2s);
    QCOMPARE(stage.sends().mid(5).join(u' '), QStringLiteral("f@1.15 g@1.25 h@1.35"));
    QVERIFY(toMilliseconds(*stage.record.incidents()[5].late()) > 0); // the truth
}

void TestPlayerControl::longHoldsTrustNoOldConnection()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.add("b", 11s, true);
    stage.start();
    stage.reach(12s);
    stage.player->go();
    QCOMPARE(stage.api.forgets, 0);
    stage.reach(10min);
    stage.player->go();
    QCOMPARE(stage.api.forgets, 1);
    QCOMPARE(stage.states(), QStringLiteral("created sending"));
}

QTEST_GUILESS_MAIN(TestPlayerControl)
#include "tst_playercontrol.moc"
