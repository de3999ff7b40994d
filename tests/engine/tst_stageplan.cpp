// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "../audience/runrecords.h"
#include "app/run/runeventcodec.h"
#include "app/run/stageplan.h"

#include <QTest>

/** What is on stage follows from the plan, whatever becomes of the sending. */
class TestStagePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsAtItsMoment();
    void outcomesChangeNothing_data();
    void outcomesChangeNothing();
    void holdBeginsWhenItOpens();
    void firedEarlyBeginsThen();
    void sentLateBeganAtItsMoment();
    void skippedNeverBegins();
    void skippedWhileItWaitsStays();
    void skippedAndSentBeginsWhenItIsSent();
    void takenBackBeginsAtItsMoment();
    void turnedBackClockTakesNothingAway();
    void disabledNeverBegins();
    void laterInTheFileIsOnStage();
    void nothingBeginsBeforeTheStart();
    void nothingBeginsAfterTheEnd();

private:
    static RunScript script(bool holds = false)
    {
        RunScript script;
        script.incident(QStringLiteral("A"), QStringLiteral("s"), QStringLiteral("low"), 10)
            .incident(QStringLiteral("B"), QStringLiteral("s"), QStringLiteral("high"), 60, {},
                      holds);
        script.begin();
        return script;
    }
    static const IncidentRun &second(const RunScript &script)
    {
        return script.record.incidents()[1];
    }
    static QJsonObject attempt(int number) { return {{QStringLiteral("attempt"), number}}; }
};

void TestStagePlan::beginsAtItsMoment()
{
    const RunScript run = script();
    QVERIFY(!hasBegun(second(run), positionFromMilliseconds(59999)));
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(60000)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(9999)), -1);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(10000)), 0);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(60000)), 1);
}

void TestStagePlan::outcomesChangeNothing_data()
{
    QTest::addColumn<QByteArray>("outcome");
    for (const char *outcome : {"failed", "uncertain", "waiting", "created"}) {
        QTest::newRow(outcome) << QByteArray(outcome);
    }
}

void TestStagePlan::outcomesChangeNothing()
{
    QFETCH(QByteArray, outcome);
    RunScript run = script();
    run.tell("sending", 1, 60000, attempt(1)).tell(outcome.constData(), 1, 60100);
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(60100)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(61000)), 1);
    // Also of one that failed before anything could be sent.
    RunScript never = script();
    never.tell("failed", 1, 0);
    QVERIFY(!hasBegun(second(never), positionFromMilliseconds(59999)));
    QVERIFY(hasBegun(second(never), positionFromMilliseconds(60000)));
}

void TestStagePlan::holdBeginsWhenItOpens()
{
    RunScript run = script(true);
    run.turn("held", 60000, 60000);
    QVERIFY(!hasBegun(second(run), positionFromMilliseconds(60000)));
    QCOMPARE(onStage(run.record, positionFromMilliseconds(60000)), 0);
    run.turn("released", 90000, 60000);
    QVERIFY(hasBegun(second(run),
                     positionFromMilliseconds(60001))); // whether its sending is known yet or not
    run.tell("sending", 1, 90001, attempt(1));
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(60000)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
}

void TestStagePlan::firedEarlyBeginsThen()
{
    RunScript run = script();
    run.tell("sending", 1, 40000, attempt(1));
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(40000)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 40000.0);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(41000)), 1);
    // What failed and is sent again was on stage all the time.
    run.tell("failed", 1, 42000).tell("refired", 1, 45000);
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(45000)));
    run.tell("sending", 1, 45001, attempt(2));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 40000.0);
}

void TestStagePlan::sentLateBeganAtItsMoment()
{
    RunScript run = script();
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(70000)));
    run.tell("sending", 1, 75000, attempt(1)); // others were in the way
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
    run.tell("waiting", 1, 75010,
             {{QStringLiteral("http_status"), 429}, {QStringLiteral("until_ms"), 135010}});
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(80000)));
    run.tell("sending", 1, 135010, attempt(2)).tell("created", 1, 135100);
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
}

void TestStagePlan::skippedNeverBegins()
{
    RunScript run = script();
    run.tell("skipped", 1, 30000);
    QVERIFY(!hasBegun(second(run), positionFromMilliseconds(60000)));
    QVERIFY(!hasBegun(second(run), positionFromMilliseconds(1e9)));
    QCOMPARE(onStage(run.record, positionFromMilliseconds(1e9)), 0);
}

void TestStagePlan::skippedWhileItWaitsStays()
{
    RunScript run = script();
    run.tell("sending", 1, 60000, attempt(1))
        .tell("waiting", 1, 60010, {{QStringLiteral("until_ms"), 120000}})
        .tell("skipped", 1, 70000);
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(70000)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
    run.tell("refired", 1, 80000).tell("sending", 1, 80001, attempt(2));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
}

void TestStagePlan::skippedAndSentBeginsWhenItIsSent()
{
    RunScript run = script();
    run.tell("skipped", 1, 30000).tell("refired", 1, 90000);
    QVERIFY(!hasBegun(second(run), positionFromMilliseconds(90000)));
    run.tell("sending", 1, 90001, attempt(1));
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(90001)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 90001.0);
    run.tell("failed", 1, 90100).tell("refired", 1, 95000).tell("sending", 1, 95001, attempt(2));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 90001.0);
}

void TestStagePlan::takenBackBeginsAtItsMoment()
{
    RunScript run = script();
    run.tell("skipped", 1, 30000).tell("taken_back", 1, 31000);
    QVERIFY(!hasBegun(second(run), positionFromMilliseconds(59999)));
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(60000)));
    QCOMPARE(toMilliseconds(beganAt(second(run))), 60000.0);
}

void TestStagePlan::turnedBackClockTakesNothingAway()
{
    RunScript run = script();
    run.tell("sending", 1, 60000, attempt(1)).tell("created", 1, 60100);
    run.turn("jumped", 70000, 20000);
    QVERIFY(hasBegun(second(run), positionFromMilliseconds(20000)));
    QCOMPARE(onStage(run.record, positionFromMilliseconds(20000)), 1);
    // What the jump passed over begins with the plan again.
    RunScript back = script();
    back.turn("jumped", 1000, 5000);
    QVERIFY(!hasBegun(second(back), positionFromMilliseconds(5000)));
    QVERIFY(hasBegun(second(back), positionFromMilliseconds(60000)));
}

void TestStagePlan::disabledNeverBegins()
{
    RunRecord record;
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                   {QStringLiteral("run_id"), QStringLiteral("run-1")},
                                   {QStringLiteral("incidents"),
                                    QJsonArray{QJsonObject{{QStringLiteral("delay_seconds"), 1},
                                                           {QStringLiteral("sends"), false}}}}}));
    QVERIFY(!hasBegun(record.incidents()[0], positionFromMilliseconds(1e9)));
    QCOMPARE(onStage(record, positionFromMilliseconds(1e9)), -1);
}

void TestStagePlan::laterInTheFileIsOnStage()
{
    RunScript run;
    for (const double at : {60.0, 60.0, 20.0}) {
        run.incident(QStringLiteral("X"), QStringLiteral("s"), QStringLiteral("low"), at);
    }
    run.begin();
    QCOMPARE(onStage(run.record, positionFromMilliseconds(20000)), 2);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(60000)), 1);
}

void TestStagePlan::nothingBeginsBeforeTheStart()
{
    RunScript run;
    run.incident(QStringLiteral("A"), QStringLiteral("s"), QStringLiteral("low"), 0).begin();
    QCOMPARE(onStage(run.record, positionFromMilliseconds(0)), 0);
    run.record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("preparing")}}));
    QVERIFY(run.record.state() == RunState::Preparing);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(0)), -1);
    run.turn("started", 9000, 0);
    QCOMPARE(onStage(run.record, positionFromMilliseconds(0)), 0);
}

void TestStagePlan::nothingBeginsAfterTheEnd()
{
    RunScript run = script();
    QCOMPARE(toMilliseconds(stagePosition(run.record, positionFromMilliseconds(50000))), 50000.0);
    run.turn("stopped", 50000, 50000);
    QCOMPARE(toMilliseconds(stagePosition(run.record, positionFromMilliseconds(90000))), 50000.0);
    QCOMPARE(toMilliseconds(stagePosition(run.record, positionFromMilliseconds(40000))), 40000.0);
}

QTEST_GUILESS_MAIN(TestStagePlan)
#include "tst_stageplan.moc"
