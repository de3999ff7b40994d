// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/runresume.h"
#include "runstage.h"

#include <QTest>

using namespace std::chrono_literals;

/** Sleep, a clock that is set, a network that changes: noticed, paused, asked, and no burst. */
class TestPlayerInterruption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sleepIsNoticedLongBeforeTheNextCue();
    void sleepCanBeCaughtUp_data();
    void sleepCanBeCaughtUp();
    void sleepWhilePausedCountsToo();
    void sleepInAHoldSwallowsNoGo();
    void aTurnedClockPauses_data();
    void aTurnedClockPauses();
    void aCorrectedClockIsNoTurn();
    void sleepIsNoTurnOfTheClock();
    void withoutAnybodyItIsNotedAndGoesOn();
    void networkChangePauses();
    void lostNetworkIsTold();
    void nothingGoesOverConnectionsOfANetworkThatWas();
    void theHeartKeepsAwayFromCues();
    void aResumedRunIsWatchedToo();
};

void TestPlayerInterruption::sleepIsNoticedLongBeforeTheNextCue()
{
    RunStage stage;
    stage.add("a", 1h);
    stage.start();
    stage.reach(5s);
    stage.clock.suspend(20min);
    stage.clock.advance(61s);
    QVERIFY(stage.record.state() == RunState::Paused);
    QVERIFY(stage.record.pauseCause() == PauseCause::Suspend);
    QCOMPARE(stage.record.pauseReason(),
             QStringLiteral("The computer slept for 20:00. The run waits for you to continue."));
    stage.player->resume();
    QVERIFY(stage.record.pauseCause() == PauseCause::User);
    QVERIFY(stage.record.pauseReason().isEmpty());
    stage.player->pause();
    QVERIFY(stage.record.pauseReason().isEmpty()); // the user needs not be told why

    RunStage dense; // where the next is near, it is noticed within a second
    dense.add("a", 8s);
    dense.start();
    dense.reach(5s);
    dense.clock.suspend(20min);
    dense.reach(6100ms);
    QVERIFY(dense.record.state() == RunState::Paused);
}

void TestPlayerInterruption::sleepCanBeCaughtUp_data()
{
    QTest::addColumn<bool>("fire");
    QTest::addColumn<QString>("titles");
    QTest::newRow("fire") << true << "a b c";
    QTest::newRow("skip") << false << "c";
}

void TestPlayerInterruption::sleepCanBeCaughtUp()
{
    QFETCH(bool, fire);
    RunStage stage;
    stage.add("a", 10min);
    stage.add("b", 11min);
    stage.add("c", 27min);
    stage.start();
    stage.reach(5s);
    stage.clock.suspend(20min);
    stage.reach(6min);
    QVERIFY(stage.record.state() == RunState::Paused);
    stage.player->resume(fire ? LatePolicy::SendNow : LatePolicy::Skip);
    QCOMPARE(stage.only("resumed").value(u"position_ms").toDouble(),
             toMilliseconds(6min + 20min)); // slept, and paused since
    stage.reach(10min);
    QStringList titles;
    for (const FakeIncidentApi::Sent &sent : stage.api.sent) {
        titles.append(sent.title);
    }
    QCOMPARE(stage.finished, 1);
    QTEST(titles.join(u' '), "titles");
}

void TestPlayerInterruption::sleepWhilePausedCountsToo()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 2h);
    stage.start();
    stage.reach(5s);
    stage.player->pause();
    stage.reach(6s);
    stage.clock.suspend(1h);
    stage.reach(60s);
    QVERIFY(stage.record.pauseCause() == PauseCause::User); // the user's own pause stays the user's
    QVERIFY(stage.all("note").isEmpty()); // nor did the wall clock turn: it went on, as it should
    stage.player->resume(LatePolicy::Skip);
    QCOMPARE(stage.only("resumed").value(u"position_ms").toDouble(), toMilliseconds(1h + 60s));
    stage.reach(70s);
    QVERIFY(stage.record.state() == RunState::Running); // and is not noticed afterwards
}

void TestPlayerInterruption::sleepInAHoldSwallowsNoGo()
{
    RunStage stage;
    stage.add("held", 10s, true);
    stage.add("z", 100s);
    stage.start();
    stage.reach(20s);
    stage.clock.suspend(1h);
    stage.reach(40s);
    QVERIFY(stage.record.state() == RunState::Holding);
    QVERIFY(stage.only("note").value(u"note").toString().contains(QStringLiteral("slept")));
    stage.player->go();
    stage.reach(41s);
    QCOMPARE(stage.api.sent.size(), 1);
    QVERIFY(stage.record.state() == RunState::Running);
}

void TestPlayerInterruption::aTurnedClockPauses_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("says");
    QTest::newRow("forward") << 3600 << "set forward by 1:00:00";
    QTest::newRow("back") << -5 << "set back by 0:05";
}

void TestPlayerInterruption::aTurnedClockPauses()
{
    QFETCH(int, seconds);
    QFETCH(QString, says);
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(5s);
    stage.clock.turnWall(std::chrono::seconds(seconds)); // told at once, not at the next beat
    QVERIFY(stage.record.state() == RunState::Paused);
    QVERIFY(stage.record.pauseCause() == PauseCause::Clock);
    QVERIFY2(stage.record.pauseReason().contains(says), qPrintable(stage.record.pauseReason()));
    stage.reach(50s);
    stage.player->resume();
    stage.reach(100s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@55 b@65"));
}

void TestPlayerInterruption::aCorrectedClockIsNoTurn()
{
    RunStage stage;
    stage.add("a", 1h);
    stage.start();
    for (int i = 0; i < 10; ++i) {
        stage.reach(std::chrono::minutes(i + 1));
        stage.clock.turnWall(900ms);
    }
    QVERIFY(stage.record.state() == RunState::Running);
}

void TestPlayerInterruption::sleepIsNoTurnOfTheClock()
{
    RunStage stage;
    stage.add("a", 1h);
    stage.start();
    stage.reach(5s);
    stage.clock.suspend(1h);
    stage.reach(2min);
    stage.player->resume();
    stage.reach(10min);
    QCOMPARE(stage.all("paused").size(), 1);
    QVERIFY(stage.record.state() == RunState::Running);
}

void TestPlayerInterruption::withoutAnybodyItIsNotedAndGoesOn()
{
    RunStage stage;
    stage.plan.holdsOpen = true;
    stage.add("a", 10s);
    stage.add("b", 20s);
    stage.start();
    stage.reach(5s);
    stage.player->noteNetworkChange(QStringLiteral("The network changed."));
    stage.clock.turnWall(1h);
    QVERIFY(stage.record.state() == RunState::Running);
    QCOMPARE(stage.all("paused").size(), 2);
    QVERIFY(stage.all("paused")[0].value(u"why").toString().contains(QStringLiteral("unattended")));
    stage.reach(60s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@10 b@20"));
}

void TestPlayerInterruption::networkChangePauses()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("held", 20s, true);
    stage.start();
    stage.reach(5s);
    stage.player->noteNetworkChange(QStringLiteral("The computer's network changed."));
    QVERIFY(stage.record.state() == RunState::Paused);
    QVERIFY(stage.record.pauseCause() == PauseCause::Network);
    stage.reach(6s);
    stage.player->noteNetworkChange(QStringLiteral("Once more."));
    QCOMPARE(stage.all("paused").size(), 1);
    stage.player->resume();
    stage.reach(60s);
    QVERIFY(stage.record.state() == RunState::Holding);
    stage.player->noteNetworkChange(QStringLiteral("And again."));
    stage.player->go();
    stage.reach(61s);
    QCOMPARE(stage.sends().join(u' '), QStringLiteral("a@11 held@60"));
}

void TestPlayerInterruption::lostNetworkIsTold()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.start();
    stage.reach(1s);
    QVERIFY(stage.record.networkTrouble().isEmpty());
    stage.player->noteReach(QStringLiteral("It is gone."));
    QCOMPARE(stage.record.networkTrouble(), QStringLiteral("It is gone."));
    QVERIFY(stage.record.state() == RunState::Running);
    stage.player->noteReach({});
    QVERIFY(stage.record.networkTrouble().isEmpty());
    stage.player->noteReach(QStringLiteral("It is gone."));
    stage.reach(20s);
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.record.networkTrouble().isEmpty()); // of a run that is over
    const qsizetype records = stage.records.size();
    stage.player->noteReach({});
    QCOMPARE(stage.records.size(), records);
}

void TestPlayerInterruption::nothingGoesOverConnectionsOfANetworkThatWas()
{
    RunStage stage;
    stage.add("a", 10s);
    stage.add("b", 1h);
    stage.start();
    stage.reach(9s);
    QCOMPARE(stage.api.warmed, 1);
    stage.player->noteNetworkChange(QStringLiteral("The network changed."));
    QCOMPARE(stage.api.forgets, 1);
    QCOMPARE(stage.api.warmed, 1); // anew
    stage.player->resume();
    stage.player->noteReach(QStringLiteral("Nothing answers."));
    QCOMPARE(stage.api.forgets, 1);
    stage.player->noteReach({});
    QCOMPARE(stage.api.forgets, 2);
    stage.reach(20s);
    stage.clock.suspend(20min);
    stage.clock.advance(61s);
    QCOMPARE(stage.api.forgets, 3);
}

void TestPlayerInterruption::theHeartKeepsAwayFromCues()
{
    RunStage stage;
    constexpr int Count = 200;
    constexpr Duration Apart = 1007ms; // so that cues come at every phase of the beat
    for (int i = 1; i <= Count; ++i) {
        stage.add("a", Apart * i);
    }
    stage.start();
    stage.reach(0s);
    while (stage.api.sent.size() < Count) {
        const Duration at = stage.clock.nextDeadline() - stage.zero;
        const Duration off = at % Apart;
        QVERIFY2(off == 0ns || (off >= 15ms && off <= Apart - 15ms),
                 qPrintable(QString::number(toMilliseconds(at))));
        stage.reach(at);
    }
}

void TestPlayerInterruption::aResumedRunIsWatchedToo()
{
    RunStage stage;
    stage.add("a", 100s);
    stage.add("b", 200s);
    stage.start();
    stage.reach(5s);
    const QString path = stage.journal->path();
    stage.player.reset();
    stage.journal.reset();

    const Result<RunPlan> plan = resumePlan(path, LatePolicy::SendNow);
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
    stage.journal = *RunJournal::reopen(path);
    connect(stage.journal.get(), &RunJournal::recorded, this,
            [&](const RunEvent &event) { stage.record.apply(event); });
    stage.player = std::make_unique<Player>(stage.clock, stage.api, *stage.journal, *plan);
    QVERIFY(stage.player->start());
    QVERIFY(stage.record.state() == RunState::Running);
    stage.clock.advance(130s);
    QCOMPARE(stage.api.sent.size(), 1);
    QVERIFY(stage.record.state() == RunState::Running); // nobody has turned the clock
    stage.clock.suspend(1h);
    stage.clock.advance(20s);
    QVERIFY(stage.record.pauseCause() == PauseCause::Suspend);
}

QTEST_GUILESS_MAIN(TestPlayerInterruption)
#include "tst_playerinterruption.moc"
