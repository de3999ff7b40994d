// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rehearsal/rehearsal.h"
#include "forwardingapi.h"
#include "rehearsalplans.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/** Delivers everything twice, as a program would that sends an unanswered post again. */
class DoublingApi : public ForwardingApi
{
public:
    using ForwardingApi::ForwardingApi;
    void send(const IncidentRequest &request, const Continuation<SendOutcome> &done) override
    {
        m_target.send(request, {done.guard(), [](const SendOutcome &) {}});
        m_target.send(request, done);
    }
};

/** Without the time that it took. */
QJsonObject comparable(const ReadinessReport &report)
{
    QJsonObject json = report.toJson();
    json.remove(QStringLiteral("seconds"));
    return json;
}

} // namespace

/** Whole rehearsals in their threads, over real sockets. */
class TestRehearsal : public QObject
{
    Q_OBJECT

private:
    static ReadinessReport rehearse(const RunPlan &plan, const RehearsalOptions &options)
    {
        Rehearsal rehearsal;
        std::optional<ReadinessReport> report;
        connect(&rehearsal, &Rehearsal::finished, &rehearsal,
                [&report](const ReadinessReport &made) { report = made; });
        if (const Result<void> started = rehearsal.start(plan, options); !started) {
            qFatal("%s", qPrintable(started.error().message));
        }
        if (!QTest::qWaitFor([&report] { return report.has_value(); }, 60000)) {
            qFatal("the rehearsal does not end");
        }
        return *report;
    }

    static RehearsalOptions optionsFor(int runs, quint64 seed, int threads = 2)
    {
        RehearsalOptions options;
        options.runs = runs;
        options.seed = seed;
        options.threads = threads;
        options.setting.scenarios = testLibrary().scenarios();
        return options;
    }

private Q_SLOTS:
    void isRepeatedByItsSeed();
    void doesNotDependOnItsThreads();
    void isRepeatedWhereManyGoTogether();
    void losesAndDoublesNothing();
    void catchesASecondDelivery();
    void neverSaysReadyOfTooFewRuns();
    void saysWhatTheRateLimitDoes();
    void saysWhatWouldHelp();
    void saysWhatItCouldNotRehearse();
    void disabledIncidentsAreSkippedAndNoFinding();
    void refusesWhatHasNothing();
    void endsEarly();
    void refusesBadOptions_data();
    void refusesBadOptions();
    void playsOneAtATime();
};

void TestRehearsal::isRepeatedByItsSeed()
{
    const RunPlan plan = shippedPlan(QStringLiteral("incident_storm.json"));
    const ReadinessReport first = rehearse(plan, optionsFor(40, 7));
    const ReadinessReport second = rehearse(plan, optionsFor(40, 7));
    QCOMPARE(comparable(second), comparable(first));
    QCOMPARE(first.runs, 40);
    QCOMPARE(first.created + first.failed + first.skipped + first.uncertain, 40 * 5);
    QVERIFY(!first.findings.isEmpty());
    QVERIFY(rehearse(plan, optionsFor(40, 8)).digest != first.digest);
}

void TestRehearsal::doesNotDependOnItsThreads()
{
    const RunPlan plan = shippedPlan(QStringLiteral("busy_day.json"));
    const QJsonObject alone = comparable(rehearse(plan, optionsFor(40, 3, 1)));
    QCOMPARE(comparable(rehearse(plan, optionsFor(40, 3, 2))), alone);
    QCOMPARE(comparable(rehearse(plan, optionsFor(40, 3, 5))), alone);
}

void TestRehearsal::isRepeatedWhereManyGoTogether()
{
    // More than the client's connections, and all refused at the same instant.
    const RunPlan plan = rowPlan(250, 0);
    RehearsalOptions options = optionsFor(1, 1);
    options.setting.limit.reset();
    options.script = [](const RunPlan &refused, int) {
        StressScript script = StressScript::draw(refused, 5, 1);
        script.outages = {{std::chrono::milliseconds(-1), 20s, false}, {40s, 45s, true}};
        return script;
    };
    const QJsonObject first = comparable(rehearse(plan, options));
    QCOMPARE(first.value(u"lost").toInt(-1), 0);
    QCOMPARE(first.value(u"duplicates").toInt(-1), 0);
    QCOMPARE(comparable(rehearse(plan, options)), first);
}

void TestRehearsal::losesAndDoublesNothing()
{
    const ReadinessReport report =
        rehearse(shippedPlan(QStringLiteral("gradual_escalation.json")), optionsFor(120, 11));
    QCOMPARE(report.duplicates, 0);
    QCOMPARE(report.lost, 0);
    QVERIFY(report.failed > 0);
    QVERIFY(report.uncertain > 0);
    QVERIFY(!report.isClean());
    // Some two dozen findings come down to what can be read and acted upon.
    QVERIFY2(report.causes.size() >= 5 && report.causes.size() <= 10,
             qPrintable(QString::number(report.causes.size())));
    QVERIFY(report.findings.size() > 2 * report.causes.size());
    int times = 0;
    for (const ReadinessCause &cause : report.causes) {
        times += cause.times();
        QVERIFY2(!cause.name.isEmpty() && cause.id != u"other", qPrintable(cause.sentence));
        QVERIFY2(cause.advice.endsWith(u'.'), qPrintable(cause.advice));
    }
    QVERIFY(times >= report.failed + report.uncertain);
    // Faults are rehearsed on a clock of their own: nobody would wait for these.
    QVERIFY(report.rehearsedSeconds > 120 * 1200);
}

void TestRehearsal::catchesASecondDelivery()
{
    RehearsalOptions options = optionsFor(3, 1);
    options.script = [](const RunPlan &plan, int) { return StressScript::quiet(plan); };
    options.setting.between = [](IncidentApi &target) {
        return std::make_unique<DoublingApi>(target);
    };
    const ReadinessReport report = rehearse(singlePlan(true), options);
    QCOMPARE(report.duplicates, 3);
    QVERIFY(!report.isClean());
    QCOMPARE(toString(report.findings.first().outcome), QStringLiteral("duplicated"));
    QCOMPARE(toString(report.findings.first().severity), QStringLiteral("problem"));
    QCOMPARE(report.findings.first().runs, 3);
    QVERIFY2(report.summary().startsWith(u"Not ready"), qPrintable(report.summary()));
}

void TestRehearsal::neverSaysReadyOfTooFewRuns()
{
    ReadinessReport report;
    report.wanted = 200;
    QCOMPARE(report.summary(), QStringLiteral("Cancelled before a run was over: nothing can be "
                                              "said."));
    QVERIFY(!report.isClean());
    report.runs = 1;
    report.created = 4;
    QCOMPARE(report.summary(), QStringLiteral("Cancelled after 1 of 200 runs: not enough to say."));
    QVERIFY(!report.isClean());
    report.runs = 200;
    QVERIFY(report.summary().startsWith(u"Ready"));
    QVERIFY(report.isClean());
    report.wanted = 1;
    report.runs = 0;
    QVERIFY(!report.summary().contains(u"Ready"));
}

void TestRehearsal::saysWhatTheRateLimitDoes()
{
    RehearsalOptions options = optionsFor(2, 1);
    options.script = [](const RunPlan &plan, int) { return StressScript::quiet(plan); };
    const ReadinessReport report = rehearse(rowPlan(6, 5), options);
    QCOMPARE(report.findings.size(), 1);
    const ReadinessFinding &finding = report.findings.first();
    QCOMPARE(finding.incident, 5);
    QCOMPARE(finding.title, QStringLiteral("Number 6"));
    QCOMPARE(finding.fault, QStringLiteral("rate-limit"));
    QCOMPARE(toString(finding.outcome), QStringLiteral("late"));
    QCOMPARE(toString(finding.severity), QStringLiteral("problem"));
    QCOMPARE(finding.runs, 2);
    QCOMPARE(finding.worstLate, 60s);
    QCOMPARE(finding.sentence,
             QStringLiteral("It is the 6th within 60 s, of which the target takes "
                            "5: it waits up to 60 s."));
    QCOMPARE(finding.advice, QStringLiteral("Move it to 1:00 or later, 60 s after \"Number 1\", or "
                                            "leave out one of those before it."));
    QVERIFY(report.isClean());
    QCOMPARE(report.causes.size(), 1);
    const ReadinessCause &cause = report.causes.first();
    QCOMPARE(cause.id, QStringLiteral("rate-limit"));
    QCOMPARE(cause.sentence, QStringLiteral("2 late. Incidents: #6. The latest was sent 60.0 s "
                                            "after its moment."));
    QCOMPARE(cause.advice, finding.advice);
    QCOMPARE(report.summary(), QStringLiteral("Nothing was sent twice and nothing was lost. 1 "
                                              "thing could spoil the show."));

    // At twice the pace those 60 s are two minutes of the timeline, and a wider row is too dense.
    RunPlan faster = rowPlan(6, 20);
    QVERIFY(rehearse(faster, options).findings.isEmpty());
    faster.speed = 2;
    QVERIFY(rehearse(faster, options).findings.first().advice.contains(u"2:00"));
}

void TestRehearsal::saysWhatWouldHelp()
{
    RehearsalOptions options = optionsFor(1, 1);
    options.script = [](const RunPlan &plan, int) {
        StressScript script = StressScript::quiet(plan);
        script.responses[0] = {{Fault::None, 100s}};
        return script;
    };
    RunPlan plan = singlePlan(true);
    ReadinessReport report = rehearse(plan, options);
    QCOMPARE(report.uncertain, 1);
    QCOMPARE(report.findings.first().fault, QStringLiteral("slow"));
    QVERIFY2(report.findings.first().advice.contains(u"--reconcile 60"),
             qPrintable(report.findings.first().advice));
    // And it does help.
    plan.reconcile = 60s;
    report = rehearse(plan, options);
    QCOMPARE(report.created, 1);
    QVERIFY(report.findings.isEmpty());
}

void TestRehearsal::saysWhatItCouldNotRehearse()
{
    RunPlan plan = planOf(R"({"name": "Prompts", "incidents": [
        {"delay_seconds": 1, "type": "llm_generated", "llm_prompt": "The disk is full"}]})");
    RehearsalOptions options = optionsFor(1, 1);
    options.script = [](const RunPlan &quiet, int) { return StressScript::quiet(quiet); };
    QCOMPARE(rehearse(plan, options).notes.size(), 1);
    for (const GeneratorProfile &profile : Generators::builtIn()) {
        if (profile.usesNetwork()) {
            plan.generation.profile = profile;
        }
    }
    const ReadinessReport report = rehearse(plan, options);
    QCOMPARE(report.created, 1);
    QVERIFY2(report.notes.last().contains(u"Pin them"), qPrintable(report.notes.join(u'\n')));
}

void TestRehearsal::disabledIncidentsAreSkippedAndNoFinding()
{
    const ReadinessReport report = rehearse(planOf(R"({"name": "Off", "incidents": [
        {"delay_seconds": 1, "type": "predefined", "scenario_id": "pod_crash_loop",
         "enabled": false}]})"),
                                            optionsFor(20, 2));
    QCOMPARE(report.skipped, 20);
    QVERIFY(report.findings.isEmpty());
    QVERIFY(report.isClean());
}

void TestRehearsal::refusesWhatHasNothing()
{
    Rehearsal rehearsal;
    const Result<void> started =
        rehearsal.start(planOf(R"({"name": "Empty", "incidents": []})"), optionsFor(2, 1));
    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(u"no incident"), qPrintable(started.error().message));
    QVERIFY(!rehearsal.isActive());
}

void TestRehearsal::endsEarly()
{
    Rehearsal rehearsal;
    QSignalSpy finished(&rehearsal, &Rehearsal::finished);
    ReadinessReport report;
    connect(&rehearsal, &Rehearsal::finished, &rehearsal,
            [&report](const ReadinessReport &made) { report = made; });
    connect(&rehearsal, &Rehearsal::progress, &rehearsal, [&rehearsal] { rehearsal.cancel(); });
    QVERIFY(rehearsal.start(rowPlan(5, 10), optionsFor(RehearsalOptions::MaximumRuns, 1)));
    QVERIFY(rehearsal.isActive());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QVERIFY(!rehearsal.isActive());
    QVERIFY(report.runs > 0);
    QVERIFY(report.runs < report.wanted);
    QVERIFY(!report.isWhole());
    QVERIFY(!report.isClean());
    QVERIFY2(report.summary().startsWith(u"Cancelled after"), qPrintable(report.summary()));
    // It can be begun again.
    QVERIFY(rehearsal.start(rowPlan(1, 10), optionsFor(2, 1)));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 30000);
}

void TestRehearsal::refusesBadOptions_data()
{
    QTest::addColumn<int>("runs");
    QTest::addColumn<double>("speed");
    QTest::addColumn<int>("sends");
    QTest::newRow("no runs") << 0 << 1.0 << 5;
    QTest::newRow("too many runs") << RehearsalOptions::MaximumRuns + 1 << 1.0 << 5;
    QTest::newRow("no speed") << 1 << 0.0 << 5;
    QTest::newRow("a limit of nothing") << 1 << 1.0 << 0;
}

void TestRehearsal::refusesBadOptions()
{
    QFETCH(const int, runs);
    QFETCH(const double, speed);
    QFETCH(const int, sends);
    RunPlan plan = singlePlan(true);
    plan.speed = speed;
    RehearsalOptions options = optionsFor(runs, 1);
    options.setting.limit->sends = sends;
    Rehearsal rehearsal;
    const Result<void> started = rehearsal.start(plan, options);
    QVERIFY(!started);
    QVERIFY(started.error().message.endsWith(u'.'));
    QVERIFY(!rehearsal.isActive());
}

void TestRehearsal::playsOneAtATime()
{
    Rehearsal rehearsal;
    QVERIFY(rehearsal.start(singlePlan(true), optionsFor(RehearsalOptions::MaximumRuns, 1)));
    QVERIFY(!rehearsal.start(singlePlan(true), optionsFor(1, 1)));
    // And one that is destroyed leaves nothing behind.
}

QTEST_GUILESS_MAIN(TestRehearsal)
#include "tst_rehearsal.moc"
