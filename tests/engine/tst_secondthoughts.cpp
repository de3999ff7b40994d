// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runstage.h"

#include <QTest>

using namespace std::chrono_literals;
using Kind = SendOutcome::Kind;

/** What was skipped is taken back, a question holds the clock, and a run waits for its user. */
class TestSecondThoughts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesBackASkip();
    void takesBackWhatAJumpSkipped();
    void takesNothingBackTooLate();
    void takesBackWhileTheClockStands();
    void takesBackTheHeldOne();
    void takesBackNothingElse();
    void takesBackWithoutARequest();
    void aQuestionHoldsTheClock();
    void aQuestionAtAHoldLeavesTheHold();
    void staysOpenWhereSomethingFailed();
    void staysOpenWhereSomethingIsUncertain();
    void staysOpenForTheLastThatWasSkipped();
    void endsByWordOnlyWhereNothingIsLeft();
    void stopOfAnOpenEndIsItsEnd();
    void isNotPausedWhereNothingIsLeft();
    void saysWhatWasFiredByHand();
    void saysHowLongItWasHeld();
};

void TestSecondThoughts::takesBackASkip()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.add("c", 30s);
    stage.start();
    stage.reach(5s);
    stage.player->skip(1);
    stage.player->skip(0);
    QVERIFY(stage.record.canTakeBack(0, positionFromMilliseconds(5000)));
    stage.player->takeBack(0);
    stage.player->takeBack(0); // once is enough
    stage.player->takeBack(1);
    QCOMPARE(stage.states(), QStringLiteral("ready ready ready"));
    QCOMPARE(stage.record.nextIndex(), 0);
    QCOMPARE(stage.all("taken_back").size(), 2);
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@10 b@20 c@30"));
    QCOMPARE(stage.finished, 1);
}

void TestSecondThoughts::takesBackWhatAJumpSkipped()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.add("c", 60s);
    stage.start();
    stage.reach(5s);
    stage.player->jump(50s, LatePolicy::Skip);
    QCOMPARE(stage.only("jumped").value(u"passed").toString(), QStringLiteral("skip"));
    stage.player->takeBack(0); // its moment lies behind the clock
    QCOMPARE(stage.states(), QStringLiteral("skipped skipped ready"));
    stage.player->jump(15s, LatePolicy::Skip);
    stage.player->takeBack(0);
    stage.player->takeBack(1);
    QCOMPARE(stage.states(), QStringLiteral("skipped ready ready"));
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("b@10 c@50"));
}

void TestSecondThoughts::takesNothingBackTooLate()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("z", 100s);
    stage.start();
    stage.player->skip(0);
    stage.reach(10001ms);
    stage.player->takeBack(0);
    QCOMPARE(stage.states(), QStringLiteral("skipped ready"));
    QVERIFY(stage.all("taken_back").isEmpty());
}

void TestSecondThoughts::takesBackWhileTheClockStands()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("z", 100s);
    stage.start();
    stage.reach(5s);
    stage.player->pause();
    stage.player->skip(0);
    stage.reach(50s);
    stage.player->takeBack(0); // the clock stands before its moment, however long
    QCOMPARE(stage.states(), QStringLiteral("ready ready"));
    stage.player->resume();
    stage.reach(70s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@55"));
}

void TestSecondThoughts::takesBackTheHeldOne()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.add("b", 10s, true);
    stage.add("z", 100s);
    stage.start();
    stage.reach(20s);
    stage.player->skip(0);
    QVERIFY(stage.record.state() == RunState::Holding); // at b, in the same second
    stage.player->takeBack(0);
    QVERIFY(stage.record.state() == RunState::Holding);
    // GO means the one that was said last to be held.
    QCOMPARE(stage.all("held").last().value(u"index").toInt(), 0);
    stage.player->go(0);
    stage.reach(21s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@20 b@20"));
}

void TestSecondThoughts::takesBackNothingElse()
{
    RunStage stage;
    stage.add("off", 90s, false, false);
    stage.add("refused", 1s);
    stage.add("sent", 1s);
    stage.add("early", 80s);
    stage.add("z", 100s);
    stage.api.answers[QStringLiteral("refused")] = {
        FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.api.answers[QStringLiteral("early")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.start();
    stage.reach(5s);
    stage.player->fireNow(3);
    stage.reach(6s);
    stage.player->skip(1); // these two wait after a refusal
    stage.player->skip(3);
    QCOMPARE(stage.states(), QStringLiteral("skipped skipped created skipped ready"));
    for (int i = -1; i < 6; ++i) {
        stage.player->takeBack(i);
        QVERIFY(!stage.record.canTakeBack(i, positionFromMilliseconds(6000)));
    }
    QCOMPARE(stage.states(), QStringLiteral("skipped skipped created skipped ready"));
    stage.player->stop();
    stage.player->takeBack(4);
    stage.reach(200s);
    QCOMPARE(stage.sends().size(), 3);
}

void TestSecondThoughts::takesBackWithoutARequest()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("impossible", 20s);
    stage.add("z", 100s);
    stage.start();
    stage.player->takeBack(1); // it has failed, and was not skipped
    QCOMPARE(stage.states(), QStringLiteral("ready failed ready"));
}

void TestSecondThoughts::aQuestionHoldsTheClock()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(8s);
    stage.player->pause({QStringLiteral("A question is open."), PauseCause::Question});
    QVERIFY(stage.record.pauseCause() == PauseCause::Question);
    stage.reach(60s);
    QVERIFY(stage.sends().isEmpty());
    stage.player->resume();
    QVERIFY(stage.record.pauseCause() == PauseCause::User);
    stage.reach(100s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@62 b@72")); // shifted by the answer
}

void TestSecondThoughts::aQuestionAtAHoldLeavesTheHold()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.start();
    stage.reach(20s);
    stage.player->pause({QStringLiteral("A question is open."), PauseCause::Question});
    stage.player->go(); // nothing moves under a question
    stage.reach(30s);
    QVERIFY(stage.sends().isEmpty());
    stage.player->resume();
    QVERIFY(stage.record.state() == RunState::Holding);
    stage.player->go();
    QCOMPARE(stage.sends().size(), 1);
}

void TestSecondThoughts::staysOpenWhereSomethingFailed()
{
    for (const bool stays : {true, false}) {
        RunStage stage;
        stage.plan.staysOpen = stays;
        stage.add("a", 1s);
        stage.add("b", 2s);
        stage.api.answers[QStringLiteral("b")] = {FakeIncidentApi::refused(Kind::Rejected, 422),
                                                  FakeIncidentApi::refused(Kind::Rejected, 422)};
        stage.start();
        stage.reach(600s);
        QCOMPARE(stage.states(), QStringLiteral("created failed"));
        QCOMPARE(stage.finished, stays ? 0 : 1);
        QCOMPARE(stage.record.isNothingLeftToCome(), stays);
        QCOMPARE(toMilliseconds(stage.record.played()) / 1000, 2.0);
        stage.player->refire(1);
        stage.reach(700s);
        QCOMPARE(stage.finished, stays ? 0 : 1); // it failed once more
        stage.player->refire(1);
        stage.reach(701s);
        QCOMPARE(stage.states(),
                 stays ? QStringLiteral("created created") : QStringLiteral("created failed"));
        QCOMPARE(stage.finished, 1); // nothing is left to be decided
        QCOMPARE(toMilliseconds(stage.record.played()) / 1000, stays ? 700.0 : 2.0);
    }
}

void TestSecondThoughts::staysOpenWhereSomethingIsUncertain()
{
    RunStage stage;
    stage.plan.staysOpen = true;
    stage.add("a", 1s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    stage.start();
    stage.reach(10s);
    QVERIFY(stage.record.isNothingLeftToCome()); // while it is looked for, too
    stage.reach(100s);
    QCOMPARE(stage.finished, 0);
    stage.player->endRun();
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.record.state() == RunState::Finished);
    QVERIFY(toMilliseconds(stage.record.played()) / 1000 < 2);

    RunStage found;
    found.plan.staysOpen = true;
    found.add("a", 1s);
    found.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Uncertain)};
    ReconcileOutcome there;
    there.kind = ReconcileOutcome::Kind::Found;
    there.found = FakeIncidentApi::created(QStringLiteral("a-id"));
    found.api.looks = {{}, there};
    found.start();
    found.reach(100s);
    QCOMPARE(found.states(), QStringLiteral("created"));
    QCOMPARE(found.finished, 1);
}

void TestSecondThoughts::staysOpenForTheLastThatWasSkipped()
{
    RunStage stage;
    stage.plan.staysOpen = true;
    stage.add("a", 1s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(5s);
    stage.player->skip(1);
    stage.reach(15s);
    QCOMPARE(stage.finished, 0);
    stage.player->takeBack(1);
    stage.player->skip(1);
    stage.reach(18s);
    stage.player->setSpeed(0.5);
    stage.player->pause();
    stage.player->resume();
    stage.reach(21s);
    QCOMPARE(stage.finished, 0);
    stage.reach(23s);
    QCOMPARE(stage.finished, 1); // from now on it could not be taken back
    QCOMPARE(stage.sends().size(), 1);
}

void TestSecondThoughts::endsByWordOnlyWhereNothingIsLeft()
{
    RunStage stage;
    stage.plan.staysOpen = true;
    stage.add("a", 1s);
    stage.add("b", 2s);
    stage.add("c", 20s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Rejected, 422)};
    stage.api.answers[QStringLiteral("b")] = {FakeIncidentApi::refused(Kind::RateLimited, 429)};
    stage.start();
    stage.reach(5s);
    stage.player->endRun();
    stage.reach(30s);
    stage.player->endRun(); // b waits for the target's limit
    QCOMPARE(stage.finished, 0);
    stage.reach(100s);
    QCOMPARE(stage.states(), QStringLiteral("failed created created"));
    QCOMPARE(stage.finished, 0);
    stage.player->endRun();
    QCOMPARE(stage.finished, 1);
    stage.player->refire(0); // it is over
    QCOMPARE(stage.states(), QStringLiteral("failed created created"));
}

void TestSecondThoughts::stopOfAnOpenEndIsItsEnd()
{
    RunStage stage;
    stage.plan.staysOpen = true;
    stage.add("a", 1s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Rejected, 422)};
    stage.start();
    stage.reach(10s);
    stage.player->abort();
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.record.state() == RunState::Finished); // nothing was left to be stopped
    QVERIFY(!stage.record.canContinue());
}

void TestSecondThoughts::isNotPausedWhereNothingIsLeft()
{
    RunStage stage;
    stage.plan.staysOpen = true;
    stage.add("a", 1s);
    stage.api.answers[QStringLiteral("a")] = {FakeIncidentApi::refused(Kind::Rejected, 422)};
    stage.start();
    stage.reach(10s);
    stage.player->noteNetworkChange(QStringLiteral("Another network."));
    QVERIFY(stage.record.state() == RunState::Running);
    // The target is still watched, so that the user knows when to send it again.
    stage.player->noteReach(QStringLiteral("It is away."));
    QCOMPARE(stage.record.networkTrouble(), QStringLiteral("It is away."));
    stage.player->noteReach({});
    QVERIFY(stage.record.networkTrouble().isEmpty());
}

void TestSecondThoughts::saysWhatWasFiredByHand()
{
    RunStage stage;
    stage.add("own", 1s);
    stage.add("fired", 50s);
    stage.add("jumped", 60s);
    stage.add("after", 70s);
    stage.start();
    stage.reach(10s);
    stage.player->fireNow(1);
    stage.player->jump(65s, LatePolicy::SendNow);
    stage.reach(100s);
    QList<bool> byHand;
    for (const IncidentRun &run : stage.record.incidents()) {
        byHand.append(run.isFiredByHand);
    }
    QCOMPARE(byHand, (QList<bool>{false, true, true, false}));
    QStringList by;
    for (const QJsonObject &entry : stage.all("sending")) {
        by.append(entry.value(u"by").toString());
    }
    QCOMPARE(by, (QStringList{{}, QStringLiteral("hand"), QStringLiteral("jump"), {}}));
}

void TestSecondThoughts::saysHowLongItWasHeld()
{
    RunStage stage;
    stage.add("a", 10s, true);
    stage.add("b", 20s);
    stage.start();
    stage.reach(15s);
    stage.player->pause();
    stage.reach(20s);
    stage.player->resume();
    stage.reach(25s);
    stage.player->go();
    stage.reach(60s);
    QCOMPARE(toMilliseconds(stage.record.incidents()[0].heldSince).value_or(0), 10000.0);
    QCOMPARE(toMilliseconds(stage.record.incidents()[0].released).value_or(0), 25000.0);
    QVERIFY(!stage.record.incidents()[1].heldSince);
}

QTEST_GUILESS_MAIN(TestSecondThoughts)
#include "tst_secondthoughts.moc"
