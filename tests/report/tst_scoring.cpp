// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariolibrary.h"
#include "app/report/scoring.h"
#include "app/run/runeventcodec.h"
#include "app/sandbox/sandboxanalysis.h"

#include <QJsonDocument>
#include <QTest>

using namespace std::chrono_literals;

/** What is expected beside what was answered: by words, and by the user's hand. */
class TestScoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesWords_data();
    void comparesWords();
    void scoresEveryShippedScenario_data();
    void scoresEveryShippedScenario();
    void findsTheCauseByRank_data();
    void findsTheCauseByRank();
    void countsWhatIsSuperfluous();
    void theUserSettlesIt();
    void takesASettledMatchBack();
    void readsASettledMatchAgain();
    void passesOverAForeignSettlement_data();
    void passesOverAForeignSettlement();
    void readsWhatTargetsWrite();
    void scoresNothingWithoutAnAnswer();
    void addsUp();

private:
    IncidentRun runOf(const QString &scenario, const QJsonArray &hypotheses,
                      const QJsonArray &actions) const;
    static QJsonObject hypothesis(const QString &id, int rank, const QString &category,
                                  const QString &description = {});
    static QJsonObject action(const QString &id, const QString &type);

    ScenarioLibrary m_library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

QJsonObject TestScoring::hypothesis(const QString &id, int rank, const QString &category,
                                    const QString &description)
{
    return {{QStringLiteral("id"), id},
            {QStringLiteral("rank"), rank},
            {QStringLiteral("category"), category},
            {QStringLiteral("description"), description},
            {QStringLiteral("confidence_score"), 0.5}};
}

QJsonObject TestScoring::action(const QString &id, const QString &type)
{
    return {{QStringLiteral("id"), id}, {QStringLiteral("action_type"), type}};
}

IncidentRun TestScoring::runOf(const QString &scenario, const QJsonArray &hypotheses,
                               const QJsonArray &actions) const
{
    IncidentRun run;
    run.index = 2;
    run.state = IncidentState::Created;
    run.latency = std::chrono::milliseconds(4200);
    run.scenario = std::make_shared<const Scenario>(*m_library.find(scenario));
    run.incident = {{QStringLiteral("hypotheses"), hypotheses},
                    {QStringLiteral("actions"), actions}};
    return run;
}

void TestScoring::comparesWords_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *expected, const char *text, bool matches) {
        QTest::addRow("%s / %s", expected, text)
            << QString::fromLatin1(expected) << QString::fromLatin1(text) << matches;
    };
    row("memory_leak", "memory_leak", true);
    row("memory_leak", "MemoryLeak", true);
    row("memory_leak", "The heap is leaking since the last change", true);
    row("memory_leak", "memory", false);
    row("traffic_surge", "Traffic spikes after the campaign", true);
    row("traffic_surge", "More requests than usual", false);
    row("database_performance", "Slow queries hold the connections", true);
    row("database_performance", "latency", false);
    row("latency_degradation", "database_performance", false);
    row("network_degradation", "network_problem", true);
    row("deployment_issue", "Bad release of this morning", true);
    row("deployment_issue", "configuration", false);
    row("external_dependency_failure", "A third-party dependency times out", true);
    row("external_dependency_failure", "internal dependency", false);
    row("disk_exhaustion", "Logs have filled the disk", true);
    row("restart", "restart_pods", true);
    row("restart", "scale", false);
    row("scale", "horizontal scaling", true);
    row("rollback", "Roll back v2.5.0", true);
    row("rate_limit", "Rate limiting at the gateway", true);
    row("rate_limit", "error_rate", false);
    row("circuit_breaker", "Open the circuit breakers", true);
    row("database_optimization", "Optimise the queries", true);
    row("connection_pool_tuning", "Tune the connection pools", true);
    row("", "anything", false);
    row("memory_leak", "", false);
}

void TestScoring::comparesWords()
{
    QFETCH(QString, expected);
    QFETCH(QString, text);
    QTEST(matchesExpected(expected, text), "matches");
}

void TestScoring::scoresEveryShippedScenario_data()
{
    QTest::addColumn<QString>("id");
    for (const Scenario &scenario : m_library.scenarios()) {
        QTest::addRow("%s", qPrintable(scenario.id)) << scenario.id;
    }
}

void TestScoring::scoresEveryShippedScenario()
{
    QFETCH(QString, id);
    const Scenario &scenario = *m_library.find(id);
    const QJsonObject incident{{QStringLiteral("id"), QStringLiteral("i")},
                               {QStringLiteral("title"), scenario.name},
                               {QStringLiteral("description"), scenario.description},
                               {QStringLiteral("affected_service"), scenario.service}};
    const SandboxAnalysis analysis = analyse(incident, &scenario);
    const IncidentScore score = scoreOf(runOf(id, analysis.hypotheses, analysis.actions), {});
    QVERIFY(score.isScored());
    QVERIFY(score.found == CauseFound::First);
    QVERIFY(score.cause->basis == MatchBasis::Category);
    QCOMPARE(score.actionsFound(), scenario.expectedActions.size());
    QVERIFY(score.superfluous.isEmpty());
    QCOMPARE(*score.answer, Duration(4200ms));
}

void TestScoring::findsTheCauseByRank_data()
{
    QTest::addColumn<int>("rank");
    QTest::addColumn<CauseFound>("found");
    QTest::newRow("first") << 1 << CauseFound::First;
    QTest::newRow("second") << 2 << CauseFound::AmongThree;
    QTest::newRow("third") << 3 << CauseFound::AmongThree;
    QTest::newRow("fourth") << 4 << CauseFound::Later;
    QTest::newRow("not at all") << 0 << CauseFound::Not;
}

void TestScoring::findsTheCauseByRank()
{
    QFETCH(int, rank);
    QJsonArray hypotheses;
    // In whatever order the target lists them: the rank counts.
    for (int i = 5; i >= 1; --i) {
        hypotheses.append(hypothesis(QString::number(i), i, QStringLiteral("something"),
                                     i == rank ? QStringLiteral("A surge of traffic")
                                               : QStringLiteral("Anything else")));
    }
    const IncidentScore score =
        scoreOf(runOf(QStringLiteral("cpu_spike_traffic_surge"), hypotheses, {}), {});
    QFETCH(CauseFound, found);
    QVERIFY(score.found == found);
    QCOMPARE(score.rank, rank);
    QVERIFY(score.cause->basis == (rank > 0 ? MatchBasis::Description : MatchBasis::None));
    QCOMPARE(score.actionsFound(), 0);
    QCOMPARE(score.actions.size(), 2);
}

void TestScoring::countsWhatIsSuperfluous()
{
    const IncidentScore score =
        scoreOf(runOf(QStringLiteral("cpu_spike_traffic_surge"), {},
                      {action(QStringLiteral("a"), QStringLiteral("scale_out")),
                       action(QStringLiteral("b"), QStringLiteral("scale_up")),
                       action(QStringLiteral("c"), QStringLiteral("restart")),
                       action(QStringLiteral("d"), QStringLiteral("alert"))}),
                {});
    QCOMPARE(score.actionsFound(), 1);
    QCOMPARE(score.actions[0].id, QStringLiteral("a"));
    QVERIFY(!score.actions[1].isFound);
    QCOMPARE(score.superfluous.size(), 2); // a second one of a kind is none
    QCOMPARE(score.superfluous[0].id, QStringLiteral("c"));
}

void TestScoring::theUserSettlesIt()
{
    const IncidentRun run =
        runOf(QStringLiteral("memory_leak_gradual"),
              {hypothesis(QStringLiteral("x"), 1, QStringLiteral("memory_leak")),
               hypothesis(QStringLiteral("y"), 2, QStringLiteral("pooling"))},
              {action(QStringLiteral("a"), QStringLiteral("recreate"))});
    const Judged cause{
        {2}, Judged::What::Cause, QStringLiteral("memory_leak"), QStringLiteral("y")};
    const Judged restart{{2}, Judged::What::Action, QStringLiteral("restart"), QStringLiteral("a")};
    const Judged elsewhere{{1}, Judged::What::Action, QStringLiteral("scale"), QStringLiteral("a")};
    IncidentScore score = scoreOf(run, {cause, restart, elsewhere});
    QCOMPARE(score.rank, 2);
    QVERIFY(score.cause->basis == MatchBasis::Hand);
    QCOMPARE(matchSentence(score.cause->basis), QStringLiteral("settled by hand"));
    QVERIFY(score.actions[0].isFound);
    QVERIFY(!score.actions[1].isFound);
    QVERIFY(score.superfluous.isEmpty());

    Judged none = cause;
    none.match = QStringLiteral("none");
    score = scoreOf(run, {cause, none});
    QVERIFY(score.found == CauseFound::Not);
    QVERIFY(score.cause->basis == MatchBasis::Hand);
}

void TestScoring::takesASettledMatchBack()
{
    const IncidentRun run =
        runOf(QStringLiteral("memory_leak_gradual"),
              {hypothesis(QStringLiteral("x"), 1, QStringLiteral("memory_leak"))}, {});
    const Judged none{
        {2}, Judged::What::Cause, QStringLiteral("memory_leak"), QStringLiteral("none")};
    Judged back = none;
    back.match = QString();
    QCOMPARE(scoreOf(run, {none}).rank, 0);
    QCOMPARE(scoreOf(run, {none, back}).rank, 1);

    Judged broken = back;
    broken.match.reset();
    QCOMPARE(scoreOf(run, {none, broken}).rank, 0); // it settles nothing
}

void TestScoring::readsASettledMatchAgain()
{
    for (const QString &match : {QStringLiteral("x"), QStringLiteral("none"), QString()}) {
        const Judged judged{{2}, Judged::What::Action, QStringLiteral("restart"), match};
        const RunEvent again = runEventFromJson(toJson(RunEvent(judged)));
        QVERIFY(again.as<Judged>());
        QVERIFY(*again.as<Judged>() == judged);
        QVERIFY(!again.residue);
    }
}

void TestScoring::passesOverAForeignSettlement_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *name, const char *line) {
        QTest::newRow(name) << QByteArray(line);
    };
    row("of something unknown",
        R"({"record":"judged","index":2,"what":"x","expected":"memory_leak","verdict":"none"})");
    row("of a number",
        R"({"record":"judged","index":2,"what":0,"expected":"memory_leak","verdict":"none"})");
    row("of nothing", R"({"record":"judged","index":2,"expected":"memory_leak","verdict":"none"})");
    row("without an index",
        R"({"record":"judged","what":"cause","expected":"memory_leak","verdict":"none"})");
    row("with a text as index",
        R"({"record":"judged","index":"2","what":"cause","expected":"memory_leak","verdict":"none"})");
    row("of an incident that is not there",
        R"({"record":"judged","index":9,"what":"cause","expected":"memory_leak","verdict":"none"})");
    row("without a match",
        R"({"record":"judged","index":2,"what":"cause","expected":"memory_leak"})");
    row("empty", R"({"record":"judged"})");
}

void TestScoring::passesOverAForeignSettlement()
{
    QFETCH(QByteArray, line);
    const QJsonObject record = QJsonDocument::fromJson(line).object();
    const RunEvent event = runEventFromJson(record);
    QVERIFY(event.as<Judged>());
    QCOMPARE(toJson(event), record); // who wrote it may know more of it
    const Judged foreign = *event.as<Judged>();
    const IncidentRun run =
        runOf(QStringLiteral("memory_leak_gradual"),
              {hypothesis(QStringLiteral("x"), 1, QStringLiteral("pooling")),
               hypothesis(QStringLiteral("y"), 2, QStringLiteral("memory_leak"))},
              {action(QStringLiteral("a"), QStringLiteral("restart"))});

    const IncidentScore automatic = scoreOf(run, {foreign});
    QCOMPARE(automatic.rank, 2);
    QVERIFY(automatic.cause->basis == MatchBasis::Category);
    QCOMPARE(automatic.actionsFound(), 1);

    // Nor does it take back what the user settled, before it or after it.
    const Judged cause{
        {2}, Judged::What::Cause, QStringLiteral("memory_leak"), QStringLiteral("x")};
    for (const QList<Judged> &settled :
         {QList<Judged>{cause, foreign}, QList<Judged>{foreign, cause}}) {
        const IncidentScore byHand = scoreOf(run, settled);
        QCOMPARE(byHand.rank, 1);
        QVERIFY(byHand.cause->basis == MatchBasis::Hand);
        QCOMPARE(byHand.actionsFound(), 1);
    }
}

void TestScoring::readsWhatTargetsWrite()
{
    // Ids as numbers, ranks from zero, no id at all, and bare texts.
    const QJsonObject incident{
        {QStringLiteral("hypotheses"),
         QJsonArray{QJsonObject{{QStringLiteral("id"), 7},
                                {QStringLiteral("rank"), 0},
                                {QStringLiteral("title"), QStringLiteral("First")},
                                {QStringLiteral("confidence"), 3}},
                    QJsonObject{{QStringLiteral("rank"), 1},
                                {QStringLiteral("category"), QStringLiteral("second")}}}},
        {QStringLiteral("actions"), QJsonArray{QStringLiteral("Restart it")}}};
    const QList<Hypothesis> hypotheses = hypothesesOf(incident);
    QCOMPARE(hypotheses[0].id, QStringLiteral("7"));
    QCOMPARE(hypotheses[0].rank, 1);
    QCOMPARE(hypotheses[0].description, QStringLiteral("First"));
    QCOMPARE(*hypotheses[0].confidence, 1.0);
    QCOMPARE(hypotheses[1].id, QStringLiteral("rank:2"));
    QCOMPARE(actionsOf(incident)[0].name, QStringLiteral("Restart it"));
    QCOMPARE(actionsOf(incident)[0].id, QStringLiteral("action:1"));
}

void TestScoring::scoresNothingWithoutAnAnswer()
{
    IncidentRun run = runOf(QStringLiteral("memory_leak_gradual"), {}, {});
    for (const IncidentState state : {IncidentState::Failed, IncidentState::Skipped,
                                      IncidentState::Uncertain, IncidentState::Scheduled}) {
        run.state = state;
        QVERIFY(!scoreOf(run, {}).isScored());
    }
    run.state = IncidentState::Created;
    QVERIFY(scoreOf(run, {}).isScored()); // an answer without a hypothesis found nothing
    QVERIFY(scoreOf(run, {}).found == CauseFound::Not);
    run.incident = {};
    QVERIFY(!scoreOf(run, {}).isScored());
    run.scenario.reset();
    QVERIFY(!scoreOf(run, {}).isScored());
    QCOMPARE(totalsOf({scoreOf(run, {})}).scored, 0);
}

void TestScoring::addsUp()
{
    QList<IncidentScore> scores;
    for (const int rank : {1, 1, 3, 4, 9}) {
        QJsonArray hypotheses;
        for (int i = 1; i <= 4; ++i) {
            hypotheses.append(
                hypothesis(QString::number(i), i,
                           i == rank ? QStringLiteral("memory_leak") : QStringLiteral("other")));
        }
        IncidentRun run = runOf(QStringLiteral("memory_leak_gradual"), hypotheses,
                                {action(QStringLiteral("a"), QStringLiteral("restart")),
                                 action(QStringLiteral("b"), QStringLiteral("dance"))});
        run.latency = std::chrono::seconds(rank);
        scores.append(scoreOf(run, {}));
    }
    const ScoreTotals totals = totalsOf(scores);
    QCOMPARE(totals.scored, 5);
    QCOMPARE(totals.first, 2);
    QCOMPARE(totals.amongThree, 3);
    QCOMPARE(totals.later, 1);
    QCOMPARE(totals.missed, 1);
    QCOMPARE(totals.actionsExpected, 10);
    QCOMPARE(totals.actionsFound, 5);
    QCOMPARE(totals.superfluous, 5);
    QCOMPARE(*totals.medianAnswer, Duration(3s));
}

QTEST_GUILESS_MAIN(TestScoring)
#include "tst_scoring.moc"
