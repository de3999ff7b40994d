// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/plandrift.h"
#include "ui/player/responderwords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

/** How far a run is behind its plan, and what is said of the responder, from records alone. */
class TestPlanDrift : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsUpPausesAndHolds();
    void isAheadAfterAJump();
    void countsTheTimeAfterwardsNoMore();
    void saysWhatTheResponderDoes_data();
    void saysWhatTheResponderDoes();
    void namesCausesInPlainWords();
    void keepsTheLastCausesAlone();

private:
    void tell(const char *kind, double at, double position, QJsonObject more = {});

    RunRecord m_record;
    PlanDrift m_drift;
};

void TestPlanDrift::tell(const char *kind, double at, double position, QJsonObject more)
{
    more.insert(QStringLiteral("record"), QLatin1String(kind));
    more.insert(QStringLiteral("at_ms"), at);
    more.insert(QStringLiteral("position_ms"), position);
    m_record.apply(more);
    m_drift.apply(more, m_record);
}

void TestPlanDrift::addsUpPausesAndHolds()
{
    m_record = RunRecord();
    m_drift.clear();
    tell("started", 0, 0);
    QCOMPARE(m_drift.behindMs(10000, m_record), 0.0);
    tell("paused", 20000, 20000);
    QCOMPARE(m_drift.standsSinceMs(), std::optional(20000.0));
    QCOMPARE(m_drift.pausedMs(25000), 5000.0);
    QCOMPARE(m_drift.behindMs(25000, m_record), 5000.0);
    tell("resumed", 30000, 20000);
    QCOMPARE(m_drift.standsSinceMs(), std::optional<double>());
    QCOMPARE(m_drift.behindMs(50000, m_record), 10000.0);
    tell("held", 60000, 50000);
    QCOMPARE(m_drift.heldMs(64000), 4000.0);
    QCOMPARE(m_drift.pausedMs(64000), 10000.0);
    tell("released", 70000, 50000);
    QCOMPARE(m_drift.behindMs(80000, m_record), 20000.0);
    QCOMPARE(m_drift.pauses(), 1);
}

void TestPlanDrift::isAheadAfterAJump()
{
    m_record = RunRecord();
    m_drift.clear();
    tell("started", 0, 0);
    tell("jumped", 10000, 70000, {{QStringLiteral("from_ms"), 10000}});
    QCOMPARE(m_drift.behindMs(15000, m_record), -60000.0);
}

void TestPlanDrift::countsTheTimeAfterwardsNoMore()
{
    m_record = RunRecord();
    m_drift.clear();
    tell("started", 0, 0);
    tell("paused", 5000, 5000);
    tell("resumed", 8000, 5000);
    tell("finished", 20000, 17000);
    QCOMPARE(m_drift.behindMs(500000, m_record), 3000.0);
}

void TestPlanDrift::saysWhatTheResponderDoes_data()
{
    QTest::addColumn<IncidentState>("state");
    QTest::addColumn<int>("hypotheses");
    QTest::addColumn<QString>("analysis");
    QTest::addColumn<QString>("words");
    QTest::newRow("asked") << IncidentState::Sending << -1 << QString()
                           << QStringLiteral("waits, 0:04");
    QTest::newRow("created, not analyzed")
        << IncidentState::Created << -1 << QString() << QStringLiteral("waits, 0:04");
    QTest::newRow("answered") << IncidentState::Created << 3 << QString()
                              << QStringLiteral("answered after 1.5 s, 3 hypotheses, 2 actions");
    QTest::newRow("failed analysis") << IncidentState::Created << 0 << QStringLiteral("failed")
                                     << QStringLiteral("its analysis failed");
    QTest::newRow("failed") << IncidentState::Failed << -1 << QString()
                            << QStringLiteral("not asked; the target did not take the incident");
    QTest::newRow("due") << IncidentState::Ready << -1 << QString()
                         << QStringLiteral("not asked yet");
}

void TestPlanDrift::saysWhatTheResponderDoes()
{
    QFETCH(IncidentState, state);
    QFETCH(int, hypotheses);
    QFETCH(QString, analysis);
    QFETCH(QString, words);
    IncidentRun run;
    run.state = state;
    run.analysis = analysis;
    run.sent = run.lastSent = ageFromMilliseconds(1000);
    run.latency = std::chrono::milliseconds(1500);
    if (hypotheses >= 0) {
        run.hypotheses = hypotheses;
        run.actions = 2;
    }
    const ResponderWords told = responderWords(run, 5200, false);
    QCOMPARE(told.text, words);
    // What a screen reader says does not count seconds.
    QCOMPARE(told.spoken, responderWords(run, 9900, false).spoken);
}

void TestPlanDrift::namesCausesInPlainWords()
{
    QCOMPARE(plainCategory(QStringLiteral("bad_deployment")), QStringLiteral("Bad deployment"));
    LatestCauses causes;
    const auto hypothesis = [](const char *category, double confidence, int rank) {
        return QJsonObject{{QStringLiteral("category"), QLatin1String(category)},
                           {QStringLiteral("confidence_score"), confidence},
                           {QStringLiteral("rank"), rank},
                           {QStringLiteral("description"), QStringLiteral("Because of it.")}};
    };
    const QJsonObject incident{
        {QStringLiteral("hypotheses"),
         QJsonArray{hypothesis("memory_leak", 0.22, 2), hypothesis("bad_deployment", 0.91, 1),
                    hypothesis("error_rate", 0.1, 3)}}};
    causes.apply({{QStringLiteral("record"), QStringLiteral("incident")},
                  {QStringLiteral("index"), 4},
                  {QStringLiteral("incident"), incident}});
    const QList<Cause> named = causes.of(4);
    QCOMPARE(named.size(), 2);
    QCOMPARE(named[0].text, QStringLiteral("Bad deployment"));
    QCOMPARE(named[0].confidence, std::optional(0.91));
    QCOMPARE(named[1].text, QStringLiteral("Memory leak"));
    QVERIFY(causes.of(3).isEmpty());
}

void TestPlanDrift::keepsTheLastCausesAlone()
{
    LatestCauses causes;
    const QJsonObject incident{
        {QStringLiteral("hypotheses"),
         QJsonArray{QJsonObject{{QStringLiteral("category"), QStringLiteral("error_rate")}}}}};
    for (int index = 0; index <= LatestCauses::Kept; ++index) {
        causes.apply({{QStringLiteral("record"), QStringLiteral("incident")},
                      {QStringLiteral("index"), index},
                      {QStringLiteral("incident"), incident}});
    }
    QVERIFY(causes.of(0).isEmpty());
    QCOMPARE(causes.of(1).size(), 1);
    QCOMPARE(causes.of(LatestCauses::Kept).size(), 1);
}

QTEST_APPLESS_MAIN(TestPlanDrift)
#include "tst_plandrift.moc"
