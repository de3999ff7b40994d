// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/plandrift.h"
#include "ui/player/responderwords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace std::chrono_literals;

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
    template<typename Turn>
    void tell(std::chrono::seconds at, std::chrono::seconds position);

    RunRecord m_record;
    PlanDrift m_drift;
};

template<typename Turn>
void TestPlanDrift::tell(std::chrono::seconds at, std::chrono::seconds position)
{
    Turn turn;
    turn.position = TimelinePosition(position);
    const RunEvent event(turn, RunAge(at));
    m_record.apply(event);
    m_drift.apply(event, m_record);
}

void TestPlanDrift::addsUpPausesAndHolds()
{
    m_record = RunRecord();
    m_drift.clear();
    tell<ClockStarted>(0s, 0s);
    QCOMPARE(m_drift.behind(RunAge(10s), m_record), Duration(0s));
    tell<Paused>(20s, 20s);
    QCOMPARE(m_drift.standsSince(), std::optional(RunAge(20s)));
    QCOMPARE(m_drift.paused(RunAge(25s)), Duration(5s));
    QCOMPARE(m_drift.behind(RunAge(25s), m_record), Duration(5s));
    tell<Resumed>(30s, 20s);
    QCOMPARE(m_drift.standsSince(), std::optional<RunAge>());
    QCOMPARE(m_drift.behind(RunAge(50s), m_record), Duration(10s));
    tell<Held>(60s, 50s);
    QCOMPARE(m_drift.held(RunAge(64s)), Duration(4s));
    QCOMPARE(m_drift.paused(RunAge(64s)), Duration(10s));
    tell<Released>(70s, 50s);
    QCOMPARE(m_drift.behind(RunAge(80s), m_record), Duration(20s));
    QCOMPARE(m_drift.pauses(), 1);
}

void TestPlanDrift::isAheadAfterAJump()
{
    m_record = RunRecord();
    m_drift.clear();
    tell<ClockStarted>(0s, 0s);
    tell<Jumped>(10s, 70s);
    QCOMPARE(m_drift.behind(RunAge(15s), m_record), Duration(-60s));
}

void TestPlanDrift::countsTheTimeAfterwardsNoMore()
{
    m_record = RunRecord();
    m_drift.clear();
    tell<ClockStarted>(0s, 0s);
    tell<Paused>(5s, 5s);
    tell<Resumed>(8s, 5s);
    tell<Finished>(20s, 17s);
    QCOMPARE(m_drift.behind(RunAge(500s), m_record), Duration(3s));
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
    const ResponderWords told = responderWords(run, RunAge(5200ms), false);
    QCOMPARE(told.text, words);
    // What a screen reader says does not count seconds.
    QCOMPARE(told.spoken, responderWords(run, RunAge(9900ms), false).spoken);
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
    Fetched fetched;
    fetched.index = 4;
    fetched.incident = incident;
    causes.apply(RunEvent(fetched));
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
        Fetched fetched;
        fetched.index = index;
        fetched.incident = incident;
        causes.apply(RunEvent(fetched));
    }
    QVERIFY(causes.of(0).isEmpty());
    QCOMPARE(causes.of(1).size(), 1);
    QCOMPARE(causes.of(LatestCauses::Kept).size(), 1);
}

QTEST_APPLESS_MAIN(TestPlanDrift)
#include "tst_plandrift.moc"
