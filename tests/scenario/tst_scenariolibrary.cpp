// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariolibrary.h"
#include "app/timeline/incidentfacts.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

/** The shipped scenarios are there, the user's join them, and a broken file hides nobody. */
class TestScenarioLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shipsTheFive_data();
    void shipsTheFive();
    void eachHasWordsForTheAudience();
    void narrationComesFromTheNearest();
    void usersJoin();
    void brokenFilesAreReported();
    void readsBackWhatItWrites();
    void readsNullAsNothing();
    void storedSeverityFollowsTheBackend_data();
    void storedSeverityFollowsTheBackend();

private:
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

const QByteArray Minimal = R"({ // mine
    "id": "mine", "name": "Mine", "service": "auth-service", "severity": "low",
    "difficulty": "beginner", "duration_seconds": 60 })";

} // namespace

void TestScenarioLibrary::shipsTheFive_data()
{
    QTest::addColumn<QString>("severity");
    QTest::addColumn<QString>("difficulty");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("metrics");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<double>("firstSigma");
    const auto row = [](const char *id, const char *severity, const char *difficulty, int seconds,
                        int metrics, const char *cause, double sigma) {
        QTest::newRow(id) << QString::fromLatin1(severity) << QString::fromLatin1(difficulty)
                          << seconds << metrics << QString::fromLatin1(cause) << sigma;
    };
    row("memory_leak_gradual", "critical", "beginner", 300, 4, "memory_leak", 5.2);
    row("cpu_spike_traffic_surge", "high", "beginner", 180, 4, "traffic_surge", 6.0);
    row("latency_spike_database", "high", "intermediate", 240, 5, "database_performance", 6.5);
    row("pod_crash_loop", "critical", "intermediate", 300, 4, "deployment_issue", 8.0);
    row("dependency_failure_timeout", "high", "advanced", 200, 5, "external_dependency_failure",
        4.5);
}

void TestScenarioLibrary::shipsTheFive()
{
    QVERIFY(m_shipped.brokenFiles().isEmpty());
    const Scenario *scenario = m_shipped.find(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(scenario);
    QTEST(toString(scenario->severity), "severity");
    QTEST(toString(scenario->difficulty), "difficulty");
    QTEST(scenario->durationSeconds, "seconds");
    QTEST(int(scenario->metrics.size()), "metrics");
    QTEST(scenario->rootCause, "cause");
    QTEST(scenario->metrics[0].deviationSigma, "firstSigma");
    QCOMPARE(scenario->service, QStringLiteral("payment-service"));
    QVERIFY(!scenario->expectedActions.isEmpty() && !scenario->context.isEmpty() &&
            !scenario->tags.isEmpty());
}

void TestScenarioLibrary::eachHasWordsForTheAudience()
{
    for (const Scenario &scenario : m_shipped.scenarios()) {
        const QString &told = scenario.narration;
        QVERIFY2(told.size() > 60 && told.size() <= 200, qPrintable(scenario.id));
        QVERIFY(told != scenario.description);
        // What it comes from is for the audience to guess.
        for (const QString &word : scenario.rootCause.split(u'_')) {
            QVERIFY2(word == u"failure" || !told.contains(word, Qt::CaseInsensitive),
                     qPrintable(scenario.id + u' ' + word));
        }
    }
}

void TestScenarioLibrary::narrationComesFromTheNearest()
{
    Scenario scenario = *m_shipped.find(QStringLiteral("pod_crash_loop"));
    Incident incident;
    incident.comment = QStringLiteral("comment");
    QCOMPARE(effectiveNarration(incident, nullptr), QStringLiteral("comment"));
    QCOMPARE(effectiveNarration(incident, &scenario), scenario.narration);
    incident.narration = QStringLiteral("own");
    QCOMPARE(effectiveNarration(incident, &scenario), QStringLiteral("own"));
    incident.narration.clear();
    scenario.narration.clear();
    QCOMPARE(effectiveNarration(incident, &scenario), QStringLiteral("comment"));
    QVERIFY(!toJson(scenario).contains(QStringLiteral("narration")));
}

void TestScenarioLibrary::usersJoin()
{
    QTemporaryDir dir;
    write(dir.filePath(QStringLiteral("mine.json")), Minimal);
    const ScenarioLibrary library = ScenarioLibrary::fromFolders(
        {QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {dir.path()});
    QCOMPARE(library.scenarios().size(), m_shipped.scenarios().size() + 1);
    const Scenario *mine = library.find(QStringLiteral("mine"));
    QVERIFY(mine);
    QVERIFY(mine->origin == Scenario::Origin::User);
    QCOMPARE(mine->durationSeconds, 60);
}

void TestScenarioLibrary::brokenFilesAreReported()
{
    QTemporaryDir dir;
    write(dir.filePath(QStringLiteral("a.json")), "{ \"id\": ");
    write(dir.filePath(QStringLiteral("b.json")),
          QByteArray(Minimal).replace("\"low\"", "\"loud\""));
    write(dir.filePath(QStringLiteral("c.json")),
          QByteArray(Minimal).replace("\"mine\"", "\"pod_crash_loop\""));
    write(dir.filePath(QStringLiteral("d.json")),
          QByteArray(Minimal).replace("60 }", R"(60, "metrics": [{"name": "m", "value": "9"}]})"));
    write(dir.filePath(QStringLiteral("e.json")), Minimal);
    write(dir.filePath(QStringLiteral("notes.txt")), "not mine to read");
    const ScenarioLibrary library = ScenarioLibrary::fromFolders(
        {QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {dir.path()});
    QVERIFY(library.find(QStringLiteral("mine")));
    QCOMPARE(library.brokenFiles().size(), 4);
    const auto broken = [&](int i) { return library.brokenFiles()[i].error; };
    QCOMPARE(broken(0).line, 1);
    QCOMPARE(broken(1).pointer, QStringLiteral("/severity"));
    QCOMPARE(broken(1).line, 2);
    QVERIFY(broken(2).message.contains(QStringLiteral("pod_crash_loop")));
    QCOMPARE(broken(3).pointer, QStringLiteral("/metrics/0/value"));
}

void TestScenarioLibrary::readsBackWhatItWrites()
{
    for (const Scenario &scenario : m_shipped.scenarios()) {
        Scenario again = *parseScenario(QJsonDocument(toJson(scenario)).toJson());
        again.path = scenario.path;
        QCOMPARE(again, scenario);
    }
}

void TestScenarioLibrary::readsNullAsNothing()
{
    QJsonObject object = toJson(*m_shipped.find(QStringLiteral("pod_crash_loop")));
    for (const char *key : {"tags", "expected_root_cause", "expected_action_types", "context"}) {
        object.insert(QLatin1String(key), QJsonValue::Null);
    }
    const Result<Scenario> scenario = scenarioFromJson(object);
    QVERIFY2(scenario.has_value(), scenario ? "" : qPrintable(scenario.error().toString()));
    QVERIFY(scenario->tags.isEmpty() && scenario->rootCause.isEmpty() &&
            scenario->expectedActions.isEmpty() && scenario->context.isEmpty());
    object.insert(QStringLiteral("name"), QJsonValue::Null);
    QVERIFY(!scenarioFromJson(object).has_value());
}

void TestScenarioLibrary::storedSeverityFollowsTheBackend_data()
{
    QTest::addColumn<QList<double>>("sigmas");
    QTest::addColumn<Severity>("stored");
    QTest::newRow("none") << QList<double>() << Severity::High;
    QTest::newRow("5") << QList<double>{1, 5} << Severity::Critical;
    QTest::newRow("4") << QList<double>{4, 4.99} << Severity::High;
    QTest::newRow("3") << QList<double>{3} << Severity::Medium;
    QTest::newRow("2.9") << QList<double>{2.9} << Severity::Low;
    QTest::newRow("negative only") << QList<double>{-6} << Severity::Low;
    QTest::newRow("negative counts for nothing") << QList<double>{-6, 4} << Severity::High;
}

void TestScenarioLibrary::storedSeverityFollowsTheBackend()
{
    QFETCH(QList<double>, sigmas);
    QList<Metric> metrics;
    for (const double sigma : sigmas) {
        metrics.append({QStringLiteral("m"), 0, 0, sigma, MetricPattern::Step, {}});
    }
    QFETCH(Severity, stored);
    QVERIFY(storedSeverity(metrics) == stored);
}

QTEST_GUILESS_MAIN(TestScenarioLibrary)
#include "tst_scenariolibrary.moc"
