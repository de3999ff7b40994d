// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/validation/timelinefixes.h"

#include <QTest>

using namespace std::chrono_literals;

class TestTimelineFixes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheProblemAway_data();
    void takesTheProblemAway();
    void keepsWhatWasMeantOfAServiceName();
    void spreadsOutInOrder();
    void knowsWhereOnlyTheAuthorCanTell();

private:
    static Timeline oneAt(std::chrono::milliseconds delay)
    {
        Timeline timeline;
        timeline.durationMinutes = 5;
        Incident incident;
        incident.id = QStringLiteral("~1");
        incident.type = IncidentType::LlmGenerated;
        incident.prompt = QStringLiteral("The disk of {{service}} fills to 98 % with debug logs");
        incident.delay = delay;
        timeline.incidents = {incident};
        return timeline;
    }
    static ScenarioLibrary library()
    {
        return ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    }
};

void TestTimelineFixes::takesTheProblemAway_data()
{
    QTest::addColumn<Timeline>("timeline");
    QTest::addColumn<QString>("rule");
    QTest::newRow("past-duration") << oneAt(6min + 1s) << QStringLiteral("past-duration");
    QTest::newRow("fractional-delay") << oneAt(1500ms) << QStringLiteral("fractional-delay");
    Timeline timeline = oneAt(0ms);
    timeline.incidents[0].serviceName = QStringLiteral("auth service ü");
    QTest::newRow("bad-service") << timeline << QStringLiteral("bad-service");
    timeline = oneAt(0ms);
    timeline.incidents[0].title = QString(300, u'x');
    QTest::newRow("long-title") << timeline << QStringLiteral("long-title");
    timeline = oneAt(0ms);
    timeline.incidents[0].prompt += QStringLiteral(" from {{cause}}");
    QTest::newRow("unknown-variable") << timeline << QStringLiteral("unknown-variable");
    timeline = oneAt(0ms);
    timeline.durationMinutes = 30;
    QTest::newRow("long-demo") << timeline << QStringLiteral("long-demo");
    timeline = oneAt(0ms);
    timeline.incidents[0].type = IncidentType::Predefined;
    timeline.incidents[0].scenarioId = QStringLiteral("pod_crash_lop");
    QTest::newRow("unknown-scenario") << timeline << QStringLiteral("unknown-scenario");
    timeline = oneAt(0ms);
    for (int i = 1; i < 12; ++i) {
        timeline.incidents.append(timeline.incidents[0]);
        timeline.incidents[i].id = QString::number(i);
        timeline.incidents[i].delay = 1s * i;
    }
    QTest::newRow("rate-limit") << timeline << QStringLiteral("rate-limit");
}

void TestTimelineFixes::takesTheProblemAway()
{
    QFETCH(Timeline, timeline);
    QFETCH(QString, rule);
    const ScenarioLibrary scenarios = library();
    const auto find = [&](const Timeline &in) -> std::optional<Problem> {
        for (const Problem &problem : validate(in, {scenarios, RateLimit{}, nullptr})) {
            if (problem.rule == rule) {
                return problem;
            }
        }
        return std::nullopt;
    };
    const auto problem = find(timeline);
    QVERIFY(problem.has_value());
    QVERIFY(hasFix(*problem));
    const auto fix = fixFor(*problem, timeline, scenarios);
    QVERIFY(fix.has_value());
    QVERIFY(!fix->label.isEmpty());
    QVERIFY(!find(fix->timeline).has_value());
}

void TestTimelineFixes::keepsWhatWasMeantOfAServiceName()
{
    const std::pair<const char16_t *, const char16_t *> names[] = {
        {u"payment\u2011service", u"payment-service"},
        {u"p\u0430yment-service", u"payment-service"},
        {u"payment\u200B-service", u"payment-service"},
        {u" auth service\u00A0", u"auth-service"},
        {u"caf\u00E9", u"caf-"},
    };
    const ScenarioLibrary scenarios = library();
    for (const auto &[typed, meant] : names) {
        Timeline timeline = oneAt(0ms);
        timeline.incidents[0].serviceName = QString::fromUtf16(typed);
        Problem problem;
        problem.rule = QStringLiteral("bad-service");
        problem.incident = 0;
        const auto fix = fixFor(problem, timeline, scenarios);
        QVERIFY(fix.has_value());
        QCOMPARE(*fix->timeline.incidents[0].serviceName, QString::fromUtf16(meant));
    }
}

void TestTimelineFixes::spreadsOutInOrder()
{
    Timeline timeline = oneAt(0ms);
    for (int i = 1; i < 7; ++i) {
        timeline.incidents.append(timeline.incidents[0]);
        timeline.incidents[i].id = QString::number(i);
        timeline.incidents[i].delay = 1s * i;
    }
    Problem problem;
    problem.rule = QStringLiteral("rate-limit");
    const auto fix = fixFor(problem, timeline, {});
    QList<std::chrono::milliseconds> times;
    for (const Incident &incident : fix->timeline.incidents) {
        times << incident.delay;
    }
    QCOMPARE(times, (QList<std::chrono::milliseconds>{0s, 1s, 2s, 3s, 4s, 60s, 61s}));
}

void TestTimelineFixes::knowsWhereOnlyTheAuthorCanTell()
{
    Timeline timeline = oneAt(0ms);
    Problem problem;
    problem.incident = 0;
    problem.rule = QStringLiteral("empty-prompt");
    QVERIFY(!hasFix(problem));
    QVERIFY(!fixFor(problem, timeline, {}).has_value());
    problem.rule = QStringLiteral("unknown-scenario");
    timeline.incidents[0].scenarioId = QStringLiteral("nothing like any of them");
    QVERIFY(!fixFor(problem, timeline, library()).has_value());
}

QTEST_GUILESS_MAIN(TestTimelineFixes)
#include "tst_timelinefixes.moc"
