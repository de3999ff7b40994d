// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/rehearsalstage.h"
#include "forwardingapi.h"
#include "rehearsalplans.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

struct Expected
{
    const char *fault;
    const char *state;
    int made;
    int attempts;
    std::chrono::milliseconds late;
    const char *blamed; // for what
};

/** Says that all was created, and sends nothing. */
class LyingApi : public ForwardingApi
{
public:
    using ForwardingApi::ForwardingApi;
    void send(const IncidentRequest &, const Continuation<SendOutcome> &done) override
    {
        SendOutcome outcome;
        outcome.kind = SendOutcome::Kind::Created;
        outcome.incidentId = QStringLiteral("of-nobody");
        done(outcome);
    }
};

} // namespace

/** Single runs over real sockets, on the rehearsal's clock. */
class TestRehearsalStage : public QObject
{
    Q_OBJECT

private:
    static RehearsedRun play(const RunPlan &plan, const StressScript &script,
                             RehearsalStage::Setting setting = {})
    {
        setting.scenarios = testLibrary().scenarios();
        RehearsalStage stage(plan, setting);
        const Result<RehearsedRun> run = stage.play(script, false);
        if (!run) {
            qFatal("%s", qPrintable(run.error().message));
        }
        return *run;
    }

    static StressScript scriptWith(const RunPlan &plan, Fault fault,
                                   std::chrono::milliseconds latency = 3s)
    {
        StressScript script = StressScript::quiet(plan);
        script.responses[0] = {{fault, latency}, {Fault::None, latency}};
        return script;
    }

private Q_SLOTS:
    void everyFaultComesOutAsItShould_data();
    void everyFaultComesOutAsItShould();
    void isTriedAgainOnlyFiveTimes();
    void missesATargetThatIsDown();
    void missesALostNetwork();
    void outlastsASlowAnalysis();
    void countsWhatIsMadeAfterwards();
    void keepsTheRateLimit();
    void catchesALie();
    void breaksOff();
};

void TestRehearsalStage::everyFaultComesOutAsItShould_data()
{
    QTest::addColumn<Expected>("expected");
    QTest::addColumn<bool>("asQuickIncident");
    const QList<Expected> all{
        {"none", "created", 1, 1, 0ms, ""},
        {"hang", "uncertain", 0, 1, 0ms, "hang"},
        {"reset-before", "uncertain", 0, 1, 0ms, "reset-before"},
        {"reset-after", "created", 1, 1, 0ms, ""},
        {"drip", "created", 1, 1, 0ms, ""},
        {"truncate", "created", 1, 1, 0ms, ""},
        {"wrong-json", "created", 1, 1, 0ms, ""},
        {"analysis-failed", "created", 1, 1, 0ms, "analysis-failed"},
        {"500-created", "created", 1, 1, 0ms, ""},
        {"500", "uncertain", 0, 1, 0ms, "500"},
        {"502", "uncertain", 0, 1, 0ms, "502"},
        {"503", "failed", 0, 1, 0ms, "503"},
        {"504", "uncertain", 0, 1, 0ms, "504"},
        {"429", "created", 1, 2, 60s, "429"},
    };
    for (const Expected &expected : all) {
        QTest::addRow("%s, started by its id", expected.fault) << expected << false;
        QTest::addRow("%s, in full", expected.fault) << expected << true;
    }
}

void TestRehearsalStage::everyFaultComesOutAsItShould()
{
    QFETCH(const Expected, expected);
    QFETCH(const bool, asQuickIncident);
    const Result<FaultPlan> fault = FaultPlan::parse(QLatin1String(expected.fault));
    const RunPlan plan = singlePlan(asQuickIncident);
    const RehearsedRun run = play(plan, scriptWith(plan, fault ? fault->current() : Fault::None));
    QCOMPARE(run.incidents.size(), 1);
    const RehearsedIncident &incident = run.incidents.first();
    QCOMPARE(toString(incident.state), QLatin1String(expected.state));
    QCOMPARE(incident.made, expected.made);
    QCOMPARE(incident.attempts, expected.attempts);
    QCOMPARE(incident.late, expected.late);
    QCOMPARE(incident.fault, QLatin1String(expected.blamed));
    QCOMPARE(incident.isUnanalysed, QLatin1String(expected.fault) == u"analysis-failed");
    QVERIFY(!incident.isLost);
    QCOMPARE(run.strangers, 0);
}

void TestRehearsalStage::isTriedAgainOnlyFiveTimes()
{
    const RunPlan plan = singlePlan(true);
    StressScript script = StressScript::quiet(plan);
    script.responses[0] = {{Fault::Limit429, 0s}};
    const RehearsedIncident incident = play(plan, script).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("failed"));
    QCOMPARE(incident.attempts, 5);
    QCOMPARE(incident.late, 240s);
    QCOMPARE(incident.made, 0);
}

void TestRehearsalStage::missesATargetThatIsDown()
{
    const RunPlan plan = singlePlan(true);
    StressScript script = scriptWith(plan, Fault::None);
    QVERIFY(script.addOutage({999ms, 4s, false}));
    QVERIFY(!script.addOutage({2s, 6s, true})); // it would reach into the other
    RehearsedIncident incident = play(plan, script).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("created"));
    QCOMPARE(incident.attempts, 3); // at 0, 2 and 6 s
    QCOMPARE(incident.late, 6s);
    QCOMPARE(incident.fault, StressNames::Refused);

    script = scriptWith(plan, Fault::None);
    script.addOutage({0ms, 60s, false});
    incident = play(plan, script).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("failed"));
    QCOMPARE(incident.fault, StressNames::Refused);
    QCOMPARE(incident.made, 0);
}

void TestRehearsalStage::missesALostNetwork()
{
    const RunPlan plan = singlePlan(true);
    // It takes 3 s, of which the network is there for one.
    StressScript script = scriptWith(plan, Fault::None);
    script.addOutage({2s, 12s, true});
    RehearsedIncident incident = play(plan, script).incidents.first();
    QCOMPARE(toString(incident.state),
             QStringLiteral("created")); // and found when the network was back
    QCOMPARE(incident.attempts, 1);
    QCOMPARE(incident.made, 1);

    script = scriptWith(plan, Fault::None);
    script.addOutage({2s, 80s, true});
    incident = play(plan, script).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("uncertain"));
    QCOMPARE(incident.fault, StressNames::NetworkLost);
    QCOMPARE(incident.made, 1);
    QCOMPARE(incident.neededLook, 78s);
    QVERIFY(!incident.isLost);
}

void TestRehearsalStage::outlastsASlowAnalysis()
{
    const RunPlan plan = singlePlan(true);
    RehearsedIncident incident = play(plan, scriptWith(plan, Fault::None, 70s)).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("created")); // found while it was looked for
    QCOMPARE(incident.attempts, 1);

    incident = play(plan, scriptWith(plan, Fault::None, 100s)).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("uncertain"));
    QCOMPARE(incident.fault, StressNames::Slow);
    QCOMPARE(incident.neededLook, 40s);
}

void TestRehearsalStage::countsWhatIsMadeAfterwards()
{
    // Nobody waits for it any more when the target has made it, and it counts all the same.
    RunPlan plan = singlePlan(true);
    plan.reconcile = 0ms;
    const RehearsedRun run = play(plan, scriptWith(plan, Fault::None, 3600s));
    QCOMPARE(toString(run.incidents.first().state), QStringLiteral("uncertain"));
    QCOMPARE(run.incidents.first().made, 1);
    QVERIFY(run.clock < 120s);
}

void TestRehearsalStage::keepsTheRateLimit()
{
    const RunPlan plan = rowPlan(7, 2);
    const RehearsedRun run = play(plan, StressScript::quiet(plan));
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(run.incidents[i].late, 0ms);
    }
    for (int i = 5; i < 7; ++i) {
        QCOMPARE(toString(run.incidents[i].state), QStringLiteral("created"));
        QCOMPARE(run.incidents[i].late, 60s);
        QCOMPARE(run.incidents[i].fault, StressNames::RateLimit);
    }
    RehearsalStage::Setting setting;
    setting.limit.reset();
    QCOMPARE(play(plan, StressScript::quiet(plan), setting).incidents[6].late, 0ms);
}

void TestRehearsalStage::catchesALie()
{
    RehearsalStage::Setting setting;
    setting.between = [](IncidentApi &target) { return std::make_unique<LyingApi>(target); };
    const RunPlan plan = singlePlan(true);
    const RehearsedIncident incident =
        play(plan, StressScript::quiet(plan), setting).incidents.first();
    QCOMPARE(toString(incident.state), QStringLiteral("created"));
    QCOMPARE(incident.made, 0);
    QVERIFY(incident.isLost);
}

void TestRehearsalStage::breaksOff()
{
    RehearsalStage::Setting setting;
    RehearsalStage stage(rowPlan(3, 5), setting);
    const Result<RehearsedRun> run = stage.play(StressScript::quiet(rowPlan(3, 5)), true);
    QVERIFY(run);
    QVERIFY(!run->isWhole);
}

QTEST_GUILESS_MAIN(TestRehearsalStage)
#include "tst_rehearsalstage.moc"
