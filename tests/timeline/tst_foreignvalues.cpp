// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timelinetexts.h"

#include <QElapsedTimer>
#include <QTest>

using namespace std::chrono_literals;

/** What other programs write into optional keys is read past, kept through edits, and told of. */
class TestForeignValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNullAsNothing();
    void passesOverForeignTypes_data();
    void passesOverForeignTypes();
    void readsManyInTime();
    void readsSeverityInAnyCase();
    void editsLeaveForeignValues();
    void settingAFieldReplacesAForeignValue();
    void foreignIdsStayBesidePins();
    void remarksGoWithTheirReason();
};

void TestForeignValues::readsNullAsNothing()
{
    const QByteArray text =
        R"({"name": null, "description": null, "duration_minutes": null, "markers": null, "lanes": null,
        "variables": {"a": null}, "pins_file": null, "version": null, "targets": null, "services": null, "telemetry": null, "incidents": [
        {"id": null, "delay_seconds": 61, "type": "predefined", "scenario_id": "x", "llm_prompt": null,
         "service_name": null, "expected_severity": null, "comment": null, "title": null, "enabled": null,
         "hold": null, "notes": null, "narration": null, "seed": null, "variables": null, "fresh": null,
         "duration_seconds": null, "pinned": null, "control": null, "ends": null, "when": null,
         "recovery_seconds": null, "caused_by": null, "shape": null},
        {"delay_seconds": 5, "type": "llm_generated", "llm_prompt": "p", "scenario_id": null}]})";
    const Result<TimelineFile> nulls = TimelineFile::parse(text, QStringLiteral("n"));
    QVERIFY2(nulls.has_value(), nulls ? "" : qPrintable(nulls.error().toString()));
    const Result<TimelineFile> absent = TimelineFile::parse(
        R"({"incidents": [{"delay_seconds": 61, "type": "predefined", "scenario_id": "x"},
        {"delay_seconds": 5, "type": "llm_generated", "llm_prompt": "p"}]})",
        QStringLiteral("n"));
    QVERIFY(withoutMadeUpIds(nulls->timeline()) == withoutMadeUpIds(absent->timeline()));
    QCOMPARE(nulls->missingKeys(), absent->missingKeys());
    QVERIFY(nulls->remarksOn(nulls->timeline()).isEmpty());

    // What is set takes the place of its null; all others stay.
    Timeline timeline = nulls->timeline();
    timeline.incidents[0].title = QStringLiteral("T");
    timeline.markers = {{1s, QStringLiteral("m"), {}}};
    timeline.variables = {{QStringLiteral("a"), QStringLiteral("b")}};
    QByteArray expected = text;
    expected.replace("\"title\": null", "\"title\": \"T\"");
    expected.replace("\"markers\": null",
                     "\"markers\": [\n    { \"at_seconds\": 1, \"name\": \"m\" }\n  ]");
    expected.replace("\"a\": null", "\"a\": \"b\"");
    QCOMPARE(nulls->textFor(timeline), expected);
}

void TestForeignValues::passesOverForeignTypes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("says");
    const auto incident = [](const char *name, const QByteArray &member, const char *says) {
        const QByteArray key = member.mid(1, member.indexOf('"', 1) - 1);
        QTest::newRow(name)
            << timelineWith(R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x", )" +
                            member + "}")
            << QStringLiteral("/incidents/0/") + QString::fromLatin1(key)
            << QString::fromLatin1(says);
    };
    incident("id", R"("id": 17)", "id should be text, but it is 17");
    incident("comment", R"("comment": 5)", "text");
    incident("title", R"("title": ["a"])", "list");
    incident("notes", R"("notes": ["a", "b"])", "list");
    incident("narration", R"("narration": {"a": 1})", "object");
    incident("service", R"("service_name": false)", "true or false");
    incident("severity", R"("expected_severity": 3)", "3");
    incident("prompt", R"("llm_prompt": 3)", "3");
    incident("seed fraction", R"("seed": 1.5)", "whole number, but it is 1.5");
    incident("seed text", R"("seed": "7")", "text");
    incident("duration", R"("duration_seconds": "5m")", "text");
    incident("variables", R"("variables": ["a"])", "list");
    incident("recovery", R"("recovery_seconds": "1m")", "number of seconds");
    incident("cause", R"("caused_by": 4)", "4");
    incident("shape", R"("shape": true)", "true or false");
    incident("pinned", R"("pinned": "memory_leak")", "text");
    const auto timeline = [](const char *name, const QByteArray &member, const char *pointer,
                             const char *says) {
        QTest::newRow(name) << QByteArray(R"({"incidents": [], )") + member + "}"
                            << QString::fromLatin1(pointer) << QString::fromLatin1(says);
    };
    timeline("name", R"("name": 4)", "/name", "4");
    timeline("description", R"("description": [])", "/description", "list");
    timeline("minutes", R"("duration_minutes": "20")", "/duration_minutes", "number of minutes");
    timeline("version", R"("version": "1.0")", "/version", "whole number");
    timeline("one variable", R"("variables": {"n": 3, "a": "b"})", "/variables/n", "variables.n");
    timeline("variable with a slash", R"("variables": {"a/b": 3})", "/variables/a~1b", "a/b");
    timeline("markers", R"("markers": {"a": 1})", "/markers", "list");
    timeline("marker", R"("markers": [{"at_seconds": 1, "name": 1}])", "/markers/0/name", "text");
    timeline("second marker",
             R"("markers": [{"at_seconds": 1}, {"at_seconds": 2, "notes": {"a/b": 1}}])",
             "/markers/1/notes", "object");
    timeline("lanes", R"("lanes": "none")", "/lanes", "list");
    timeline("lane", R"("lanes": [{"service": "a", "locked": 1}])", "/lanes/0/locked", "1");
    timeline("services", R"("services": {"a": []})", "/services", "list");
    timeline("tier", R"("services": [{"name": "a", "tier": 1}])", "/services/0/tier", "1");
    timeline("owner", R"("services": [{"name": "a", "owner": ["b"]}])", "/services/0/owner",
             "list");
    timeline("dependencies", R"("services": [{"name": "a", "depends_on": "b"}])",
             "/services/0/depends_on", "list of names");
    timeline("one dependency",
             R"("services": [{"name": "a"}, {"name": "b", "depends_on": ["a", 5]}])",
             "/services/1/depends_on/1", "An element of depends_on should be text, but it is 5");
    timeline("telemetry", R"("telemetry": "prometheus")", "/telemetry", "object");
    timeline("naming", R"("telemetry": {"names": ["raw"]})", "/telemetry/names", "list");
    timeline("map", R"("telemetry": {"map": [1]})", "/telemetry/map", "object of texts");
    timeline("one name", R"("telemetry": {"map": {"a": 1, "b": "c"}})", "/telemetry/map/a",
             "map.a");
    timeline("pins file", R"("pins_file": 2)", "/pins_file", "2");
}

void TestForeignValues::passesOverForeignTypes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const Result<TimelineFile> file = TimelineFile::parse(text, QStringLiteral("file"));
    QVERIFY2(file.has_value(), file ? "" : qPrintable(file.error().toString()));
    const QList<ReadRemark> remarks = file->remarksOn(file->timeline());
    QCOMPARE(remarks.size(), 1);
    QTEST(remarks[0].pointer, "pointer");
    QVERIFY(remarks[0].kind == ReadRemark::Kind::ForeignType);
    QVERIFY2(remarks[0].message.contains(says), qPrintable(remarks[0].message));
    const FilePlace place = file->tree().placeOf(remarks[0].pointer);
    QVERIFY(place.line == 1 && place.column > 1);
    QCOMPARE(remarks[0].line, place.line);
    QCOMPARE(remarks[0].column, place.column);
    QCOMPARE(file->textFor(file->timeline()), text);
    // It reads as if it were not there.
    for (const Incident &incident : file->timeline().incidents) {
        Incident plain;
        plain.delay = 1s;
        plain.scenarioId = QStringLiteral("x");
        QVERIFY(TimelineFile::isSessionId(incident.id));
        plain.id = incident.id;
        QVERIFY(incident == plain);
    }
    if (text.contains("\"name\": 4")) {
        QCOMPARE(file->timeline().name, QStringLiteral("file"));
    }
}

void TestForeignValues::readsManyInTime()
{
    constexpr int Count = 100000;
    QByteArray text = R"({"incidents": [], "markers": [)";
    for (int row = 0; row < Count; ++row) {
        text += R"({"at_seconds": )" + QByteArray::number(row) + R"(, "name": 1},)";
    }
    text.chop(1);
    text += R"(], "services": [{"name": "a", "depends_on": [1)" +
            QByteArray(", 1").repeated(Count) + "]}]}";
    QElapsedTimer time;
    time.start();
    const TimelineFile file = *TimelineFile::parse(text, {});
    const QList<ReadRemark> remarks = file.remarksOn(file.timeline());
    QVERIFY(time.elapsed() < 10000);
    QCOMPARE(remarks.size(), 2 * Count + 1);
    QCOMPARE(remarks[Count - 1].pointer, QStringLiteral("/markers/%1/name").arg(Count - 1));
    QCOMPARE(remarks.last().pointer, QStringLiteral("/services/0/depends_on/%1").arg(Count));
}

void TestForeignValues::readsSeverityInAnyCase()
{
    const TimelineFile file = *TimelineFile::parse(
        timelineWith(
            R"({"delay_seconds": 1, "type": "llm_generated", "llm_prompt": "x", "expected_severity": "High"})"),
        {});
    QVERIFY(file.timeline().incidents[0].expectedSeverity == Severity::High);
    const QList<ReadRemark> remarks = file.remarksOn(file.timeline());
    QCOMPARE(remarks.size(), 1);
    QVERIFY(remarks[0].kind == ReadRemark::Kind::Spelling);
    QVERIFY(remarks[0].message.contains(u"\"High\"") && remarks[0].message.contains(u"\"high\""));
    QCOMPARE(file.textFor(file.timeline()), file.text());
}

namespace {

const QByteArray Foreign = R"({
  "name": 7,
  "version": "1.0", // as a text
  "variables": { "team": "SRE", "pods": 3 },
  "lanes": "none",
  "incidents": [
    {
      "id": 1,
      "delay_seconds": 0,
      "type": "predefined",
      "scenario_id": "x",
      "notes": ["first", "second"], // a list
      "variables": { "n": 3, "a": "b" },
      "duration_seconds": "5m"
    }
  ]
}
)";

} // namespace

void TestForeignValues::editsLeaveForeignValues()
{
    const TimelineFile file = *TimelineFile::parse(Foreign, QStringLiteral("f"));
    Timeline timeline = file.timeline();
    Incident &incident = timeline.incidents[0];
    incident.delay = 5s;
    incident.variables = {{QStringLiteral("a"), QStringLiteral("c")}};
    timeline.variables = {{QStringLiteral("who"), QStringLiteral("me")}};
    QByteArray expected = Foreign;
    expected.replace("\"delay_seconds\": 0", "\"delay_seconds\": 5");
    expected.replace("\"a\": \"b\"", "\"a\": \"c\"");
    expected.replace("{ \"team\": \"SRE\", \"pods\": 3 }", "{ \"pods\": 3, \"who\": \"me\" }");
    QCOMPARE(file.textFor(timeline), expected);
    QCOMPARE(file.remarksOn(timeline).size(), file.remarksOn(file.timeline()).size());

    // Without any variable of ours, that of others is still there.
    timeline = file.timeline();
    timeline.incidents[0].variables.clear();
    QVERIFY(file.textFor(timeline).contains("\"variables\": { \"n\": 3 }"));
}

void TestForeignValues::settingAFieldReplacesAForeignValue()
{
    const TimelineFile file = *TimelineFile::parse(Foreign, QStringLiteral("f"));
    Timeline timeline = file.timeline();
    timeline.name = QStringLiteral("N");
    timeline.version = 2;
    timeline.variables.insert(QStringLiteral("pods"), QStringLiteral("4"));
    timeline.lanes = {{QStringLiteral("auth"), true, false, false}};
    timeline.incidents[0].notes = QStringLiteral("say it");
    timeline.incidents[0].duration = 300s;
    QByteArray expected = Foreign;
    expected.replace("\"name\": 7", "\"name\": \"N\"");
    expected.replace("\"1.0\"", "2");
    expected.replace("\"pods\": 3", "\"pods\": \"4\"");
    expected.replace("\"none\"", "[\n    { \"service\": \"auth\", \"muted\": true }\n  ]");
    expected.replace("[\"first\", \"second\"]", "\"say it\"");
    expected.replace("\"5m\"", "300");
    QCOMPARE(file.textFor(timeline), expected);
    QStringList left;
    for (const ReadRemark &remark : file.remarksOn(timeline)) {
        left.append(remark.pointer);
    }
    QCOMPARE(left, (QStringList{QStringLiteral("/incidents/0/id"),
                                QStringLiteral("/incidents/0/variables/n")}));
}

void TestForeignValues::foreignIdsStayBesidePins()
{
    const QByteArray text =
        R"({"name": "n", "description": "", "duration_minutes": 1, "pins_file": "n.pins.json", "incidents": [
        {"id": 4, "delay_seconds": 0, "type": "llm_generated", "llm_prompt": "p"},
        {"id": null, "delay_seconds": 0, "type": "llm_generated", "llm_prompt": "p"}]})";
    const TimelineFile file = *TimelineFile::parse(text, {});
    Timeline timeline = file.timeline();
    const Pin pin = Pin::fromJson({{QStringLiteral("model"), QStringLiteral("m")}});
    timeline.incidents[0].pinned = pin;
    timeline.incidents[1].pinned = pin;
    // Nothing beside the text could refer to the first of them, so it keeps its pin.
    const QByteArray saved = file.textFor(timeline);
    QVERIFY2(saved.contains(R"({"id": 4, )"), saved.constData());
    QCOMPARE(saved.count("\"pinned\""), 1);
    QVERIFY(parsed(saved).incidents[0].pinned == pin);
    QVERIFY(!TimelineFile::isSessionId(parsed(saved).incidents[1].id));
    const Timeline beside = file.forPinsFile(timeline);
    QVERIFY(beside.incidents[0].pinned.isEmpty() && beside.incidents[1].pinned == pin);
}

void TestForeignValues::remarksGoWithTheirReason()
{
    const TimelineFile services = *TimelineFile::parse(
        R"({"incidents": [], "services": [{"name": "a", "tier": 1}, {"name": "b", "depends_on": [5]}],
        "telemetry": {"names": 1, "map": {"m": 2}}})",
        {});
    Timeline changed = services.timeline();
    QCOMPARE(services.remarksOn(changed).size(), 4);
    changed.services[1].dependsOn = {QStringLiteral("a")};
    QCOMPARE(services.remarksOn(changed).size(), 3);
    changed.metricNames.naming = MetricNaming::Airra;
    QCOMPARE(services.remarksOn(changed).size(), 2);
    changed.metricNames.map.insert(QStringLiteral("m"), QStringLiteral("n"));
    QCOMPARE(services.remarksOn(changed).size(), 1);
    changed.services.removeFirst();
    QVERIFY(services.remarksOn(changed).isEmpty());

    const TimelineFile file = *TimelineFile::parse(
        timelineWith(R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x"},
        {"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "title": 1, "notes": 2})"),
        {});
    Timeline timeline = file.timeline();
    timeline.incidents.removeAt(0);
    QList<ReadRemark> remarks = file.remarksOn(timeline);
    QCOMPARE(remarks.size(), 2);
    QCOMPARE(remarks[0].row, 0);
    QCOMPARE(remarks[0].pointer, QStringLiteral("/incidents/0/title"));
    timeline.incidents[0].title = QStringLiteral("T");
    remarks = file.remarksOn(timeline);
    QCOMPARE(remarks.size(), 1);
    QCOMPARE(remarks[0].key, QStringLiteral("notes"));
    timeline.incidents.clear();
    QVERIFY(file.remarksOn(timeline).isEmpty());
}

QTEST_GUILESS_MAIN(TestForeignValues)
#include "tst_foreignvalues.moc"
