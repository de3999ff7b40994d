// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariostore.h"
#include "app/model/pin.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

/** Recovery, roles, phases and neighbours of a scenario: read, checked, and saved with the rest. */
class TestScenarioParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesReadBack();
    void readsEveryKey();
    void writesOnlyWhatIsThere();
    void pinsHoldThem();
    void readsNullAsNothing();
    void refuses_data();
    void refuses();
    void editsKeepWhatTheyDoNotTouch();
    void takesOutWhatIsADefault();
    void refusesToSaveWhatCannotBeRead();
};

namespace {

const QByteArray Text = R"({
  "id": "leak",
  "name": "Leak",
  "service": "shop",
  "severity": "high",
  "difficulty": "beginner",
  "duration_seconds": 300,
  "recovery_seconds": 12.5,
  "metrics": [
    {"name": "memory_bytes", "value": 9, "baseline": 1, "deviation_sigma": 4},
    {"name": "gc_seconds", "value": 5, "baseline": 1, "deviation_sigma": 3, "role": "red_herring", "reason": "It always rises at noon.", "panel": 7},
    {"name": "errors_total", "value": 5, "baseline": 1, "deviation_sigma": 3, "role": "symptom"}
  ],
  "phases": [
    {"name": "Onset", "at_seconds": 0},
    // when it hurts
    {"name": "Peak", "at_seconds": 120.5, "narration": "The shop is down.", "severity": "critical", "color": "red",
     "metrics": [{"name": "memory_bytes", "value": 12, "note": "all of it"}]}
  ],
  "neighbours": [
    {"service": "payment", "x_hops": 1, "metrics": [{"name": "latency_seconds", "value": 3, "baseline": 1, "deviation_sigma": 3, "unit": "s"}]}
  ]
}
)";

Scenario read(const QByteArray &text)
{
    const Result<Scenario> scenario = parseScenario(text);
    if (!scenario) {
        qWarning("%s", qPrintable(scenario.error().toString()));
        return {};
    }
    return *scenario;
}

/** The file of that text after `change` was saved to it. */
QByteArray saved(const QByteArray &text, const std::function<void(Scenario &)> &change)
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("leak.json"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
        return "not written";
    }
    file.close();
    Scenario scenario = *ScenarioStore::read(path);
    change(scenario);
    if (!ScenarioStore::save(scenario, path) || *ScenarioStore::read(path) != scenario) {
        return "not saved, or read otherwise";
    }
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestScenarioParts::namesReadBack()
{
    for (const auto role : {MetricRole::Symptom, MetricRole::RedHerring}) {
        QVERIFY(metricRoleFromString(toString(role)) == role);
    }
    QCOMPARE(toString(MetricRole::RedHerring), QStringLiteral("red_herring"));
    QVERIFY(!metricRoleFromString(QStringLiteral("cause")));
}

void TestScenarioParts::readsEveryKey()
{
    const Scenario scenario = read(Text);
    QCOMPARE(scenario.recovery, std::optional<std::chrono::milliseconds>(12500ms));
    QVERIFY(scenario.metrics[0].role == MetricRole::Symptom);
    QVERIFY(scenario.metrics[1].role == MetricRole::RedHerring);
    QCOMPARE(scenario.metrics[1].reason, QStringLiteral("It always rises at noon."));
    QCOMPARE(scenario.phases.size(), 2);
    QVERIFY((scenario.phases[0] == ScenarioPhase{QStringLiteral("Onset"), 0ms, {}, {}, {}}));
    QVERIFY((scenario.phases[1] == ScenarioPhase{QStringLiteral("Peak"),
                                                 120500ms,
                                                 QStringLiteral("The shop is down."),
                                                 Severity::Critical,
                                                 {{QStringLiteral("memory_bytes"), 12}}}));
    QCOMPARE(scenario.neighbours.size(), 1);
    QCOMPARE(scenario.neighbours[0].service, QStringLiteral("payment"));
    QCOMPARE(scenario.neighbours[0].metrics.value(0).unit, QStringLiteral("s"));
}

void TestScenarioParts::writesOnlyWhatIsThere()
{
    const Scenario scenario = read(Text);
    QCOMPARE(*scenarioFromJson(toJson(scenario)), scenario);
    Scenario plain = scenario;
    plain.recovery.reset();
    plain.phases.clear();
    plain.neighbours.clear();
    plain.metrics.remove(1);
    const QJsonObject json = toJson(plain);
    for (const char *key : {"recovery_seconds", "phases", "neighbours"}) {
        QVERIFY2(!json.contains(QLatin1String(key)), key);
    }
    const QJsonObject metric = json.value(u"metrics").toArray().at(0).toObject();
    QVERIFY(!metric.contains(u"role") && !metric.contains(u"reason"));
}

void TestScenarioParts::pinsHoldThem()
{
    PinnedScenario pinned;
    pinned.scenario = read(Text);
    const Pin pin = pinned;
    QVERIFY2(pin.scenario(), pin.error() ? qPrintable(pin.error()->toString()) : "");
    QCOMPARE(pin.scenario()->scenario.phases, pinned.scenario.phases);
    QCOMPARE(pin.scenario()->scenario.neighbours, pinned.scenario.neighbours);
    QCOMPARE(pin.scenario()->scenario.metrics, pinned.scenario.metrics);
    QJsonObject broken = pin.toJson();
    QJsonObject scenario = broken.value(u"scenario").toObject();
    scenario.insert(QStringLiteral("duration_seconds"), 60);
    broken.insert(QStringLiteral("scenario"), scenario);
    const Pin outside = Pin::fromJson(broken);
    QVERIFY(outside.error());
    QCOMPARE(outside.error()->pointer, QStringLiteral("/scenario/phases/1/at_seconds"));
}

void TestScenarioParts::readsNullAsNothing()
{
    QByteArray text = Text;
    text.replace("12.5", "null").replace("\"red_herring\"", "null");
    text.replace("\"It always rises at noon.\"", "null").replace("\"critical\"", "null");
    text.replace("\"The shop is down.\"", "null");
    const Scenario scenario = read(text);
    QCOMPARE(scenario.phases.size(), 2);
    QVERIFY(!scenario.recovery && !scenario.phases[1].severity);
    QVERIFY(scenario.metrics[1].role == MetricRole::Symptom);
    QVERIFY(scenario.metrics[1].reason.isEmpty() && scenario.phases[1].narration.isEmpty());
    QJsonObject json = toJson(scenario);
    json.insert(QStringLiteral("phases"), QJsonValue::Null);
    json.insert(QStringLiteral("neighbours"), QJsonValue::Null);
    QVERIFY(scenarioFromJson(json).has_value());
}

void TestScenarioParts::refuses_data()
{
    QTest::addColumn<QByteArray>("was");
    QTest::addColumn<QByteArray>("is");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *was, const char *is, const char *pointer,
                        const char *says) {
        QTest::newRow(name) << QByteArray(was) << QByteArray(is) << QString::fromLatin1(pointer)
                            << QString::fromLatin1(says);
    };
    row("negative recovery", "12.5", "-1", "/recovery_seconds", "0 or more");
    row("recovery as text", "12.5", "\"1m\"", "/recovery_seconds", "number");
    row("unknown role", "\"red_herring\"", "\"cause\"", "/metrics/1/role", "symptom, red_herring");
    row("reason of another type", "\"It always rises at noon.\"", "5", "/metrics/1/reason", "text");
    row("phases no list", "\"phases\": [", "\"phases\": 5, \"x\": [", "/phases", "list");
    row("phase no object", "{\"name\": \"Onset\", \"at_seconds\": 0}", "5", "/phases/0", "object");
    row("phase without a name", "\"name\": \"Onset\", ", "", "/phases/0/name", "name");
    row("phase without a time", ", \"at_seconds\": 0}", "}", "/phases/0/at_seconds", "number");
    row("phase before the start", "\"at_seconds\": 0}", "\"at_seconds\": -1}",
        "/phases/0/at_seconds", "0 or more");
    row("phases out of order", "\"at_seconds\": 0}", "\"at_seconds\": 121}", "/phases/1/at_seconds",
        "\"Peak\" must begin later than \"Onset\"");
    row("phases at one time", "\"at_seconds\": 0}", "\"at_seconds\": 120.5}",
        "/phases/1/at_seconds", "later");
    row("phase at the end", "120.5", "300", "/phases/1/at_seconds", "ends after 300 s");
    row("severity of a phase", "\"critical\"", "\"bad\"", "/phases/1/severity", "low, medium");
    row("metric that is not there", "\"name\": \"memory_bytes\", \"value\": 12",
        "\"name\": \"disk_bytes\", \"value\": 12", "/phases/1/metrics/0/name",
        "\"Peak\" changes \"disk_bytes\"");
    row("value of a phase", "\"value\": 12,", "\"value\": \"12\",", "/phases/1/metrics/0/value",
        "number");
    row("neighbour's name", "\"payment\"", "\"pay ment\"", "/neighbours/0/service", "letters");
    row("neighbour's metric", "\"value\": 3,", "", "/neighbours/0/metrics/0/value", "number");
    row("neighbours no list", "\"neighbours\": [", "\"neighbours\": true, \"x\": [", "/neighbours",
        "list");
}

void TestScenarioParts::refuses()
{
    QFETCH(QByteArray, was);
    QFETCH(QByteArray, is);
    QFETCH(QString, says);
    QCOMPARE(Text.count(was), 1);
    const Result<Scenario> scenario = parseScenario(QByteArray(Text).replace(was, is));
    QVERIFY(!scenario);
    QTEST(scenario.error().pointer, "pointer");
    QVERIFY(scenario.error().line > 1 && scenario.error().column > 1);
    QVERIFY2(scenario.error().message.contains(says), qPrintable(scenario.error().message));
    QVERIFY(scenario.error().message.endsWith(u'.'));
}

void TestScenarioParts::editsKeepWhatTheyDoNotTouch()
{
    QCOMPARE(saved(Text, [](Scenario &) {}), Text);
    const QByteArray text = saved(Text, [](Scenario &scenario) {
        scenario.recovery = 30s;
        scenario.metrics[1].reason = QStringLiteral("Noon.");
        scenario.phases[1].severity = Severity::High;
        scenario.phases[1].metrics[0].value = 14;
        scenario.neighbours[0].metrics[0].value = 4;
    });
    for (const char *kept :
         {"// when it hurts", "\"color\": \"red\"", "\"note\": \"all of it\"", "\"x_hops\": 1",
          "\"panel\": 7", "\"role\": \"symptom\"", "\"recovery_seconds\": 30,",
          "\"reason\": \"Noon.\"", "\"value\": 14", "{\"name\": \"Onset\", \"at_seconds\": 0}"}) {
        QVERIFY2(text.contains(kept),
                 QByteArray(kept + QByteArray(" is not in ") + text).constData());
    }
}

void TestScenarioParts::takesOutWhatIsADefault()
{
    const QByteArray text = saved(Text, [](Scenario &scenario) {
        scenario.recovery.reset();
        scenario.metrics[1].role = MetricRole::Symptom;
        scenario.metrics[1].reason.clear();
        scenario.phases[1].severity.reset();
        scenario.phases[1].metrics.clear();
        scenario.neighbours.clear();
    });
    for (const char *gone :
         {"recovery_seconds", "red_herring", "reason", "critical", "all of it", "neighbours"}) {
        QVERIFY2(!text.contains(gone), QByteArray(gone + QByteArray(" is in ") + text).constData());
    }
    QVERIFY2(text.contains("\"panel\": 7") && text.contains("// when it hurts") &&
                 text.contains("\"role\": \"symptom\""),
             text.constData());
}

void TestScenarioParts::refusesToSaveWhatCannotBeRead()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("new.json"));
    Scenario scenario = read(Text);
    QVERIFY(checkPhases(scenario));
    scenario.metrics[0].name = QStringLiteral("heap_bytes");
    const Result<void> result = ScenarioStore::save(scenario, path);
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(u"memory_bytes"), qPrintable(result.error().message));
    QVERIFY(!QFile::exists(path));
}

QTEST_GUILESS_MAIN(TestScenarioParts)
#include "tst_scenarioparts.moc"
