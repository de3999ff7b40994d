// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/faultplan.h"

#include <QTest>

class TestFaultPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void goesInOrder();
};

void TestFaultPlan::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("posts");
    QTest::newRow("plain") << QStringLiteral("hang:3") << Fault::Hang << 3;
    QTest::newRow("one") << QStringLiteral("drip") << Fault::Drip << 1;
    QTest::newRow("case") << QStringLiteral(" Reset_Before : 2") << Fault::ResetBefore << 2;
    QTest::newRow("run together") << QStringLiteral("WRONGJSON:1") << Fault::WrongJson << 1;
    QTest::newRow("number") << QStringLiteral("500:4") << Fault::Error500 << 4;
    QTest::newRow("created") << QStringLiteral("500_created:1") << Fault::Created500 << 1;
}

void TestFaultPlan::reads()
{
    QFETCH(QString, text);
    QFETCH(int, posts);
    auto plan = FaultPlan::parse(text);
    QVERIFY(plan);
    for (int i = 0; i < posts; ++i) {
        QTEST(plan->take(), "fault");
    }
    QCOMPARE(plan->take(), Fault::None);
}

void TestFaultPlan::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("unknown") << QStringLiteral("flood:1") << QStringLiteral("wrong-json");
    QTest::newRow("empty") << QString() << QStringLiteral("reset-after");
    QTest::newRow("zero") << QStringLiteral("hang:0") << QStringLiteral("whole number");
    QTest::newRow("word") << QStringLiteral("hang:x") << QStringLiteral("whole number");
    QTest::newRow("nothing") << QStringLiteral("hang:") << QStringLiteral("whole number");
}

void TestFaultPlan::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, word);
    const auto plan = FaultPlan::parse(text);
    QVERIFY(!plan);
    QVERIFY2(plan.error().message.contains(word), qPrintable(plan.error().message));
}

void TestFaultPlan::goesInOrder()
{
    FaultPlan plan = *FaultPlan::parse(QStringLiteral("429:1"));
    plan.append(*FaultPlan::parse(QStringLiteral("hang:2")));
    QCOMPARE(plan.take(), Fault::Limit429);
    QCOMPARE(plan.current(), Fault::Hang);
    QCOMPARE(plan.takeStep().posts, 2);
    QVERIFY(plan.isEmpty());
}

QTEST_GUILESS_MAIN(TestFaultPlan)
#include "tst_faultplan.moc"
