// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timelinetexts.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace std::chrono_literals;

/** Timeline files are read whole or not at all, and written with no byte changed that need not. */
class TestTimelineFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKey();
    void takesDefaults();
    void refuses_data();
    void refuses();
    void refusesWhatIsNoFile();
    void unchangedIsTheSameBytes_data();
    void unchangedIsTheSameBytes();
    void editChangesOnlyItsPlace();
    void incidentsMoveWithTheirComments();
    void newIncidentLooksLikeItsSiblings();
    void keepsUnknownKeys();
    void emptyTimelineGrows();
    void randomEditsSurviveTheFile();
    void savesAtomically();
    void readOnlyFolderKeepsTheOldFile();
};

namespace {

const QByteArray Annotated = R"(// The morning, as it really was.
{
  "name": "Busy",   /* short */
  "x_owner": {"team": "SRE", "pager": 1.50e1},
  "duration_minutes": 20.0,
  "incidents": [
    // the first
    { "delay_seconds": 0, "type": "predefined", "scenario_id": "memory_leak_gradual", "comment": "one" }, // calm
    {
      "delay_seconds": 3.0e2, "x_id": [1,2,  3],
      "type": "llm_generated",
      "llm_prompt": "Redis \u0063ache fails", // a prompt
      "expected_severity": "high"
    },
    /* the last */ { "delay_seconds": 600.250, "type": "predefined", "scenario_id": "pod_crash_loop" }
  ],
  "description": "d"
}
)";

} // namespace

void TestTimelineFile::readsEveryKey()
{
    const Timeline timeline =
        parsed(R"({"name": "N", "description": "D", "duration_minutes": 2.5, "version": 3,
        "variables": {"percent": "98"}, "pins_file": "n.pins.json",
        "markers": [{"at_seconds": 8.5, "name": "wave", "notes": "say it"}],
        "lanes": [{"service": "auth", "muted": true, "locked": true, "collapsed": true}],
        "incidents": [{"id": "a1", "delay_seconds": 1.5, "type": "llm_generated", "llm_prompt": "p",
          "service_name": "auth", "expected_severity": "critical", "comment": "c", "title": "t", "enabled": false,
          "hold": true, "notes": "n", "narration": "r", "seed": -4, "variables": {"k": "v"}, "fresh": true,
          "duration_seconds": 90, "pinned": {"model": "m"}}]})");
    QCOMPARE(timeline.name, QStringLiteral("N"));
    QCOMPARE(timeline.duration(), 150s);
    QCOMPARE(timeline.version, std::optional<qint64>(3));
    QCOMPARE(timeline.variables.value(QStringLiteral("percent")), QStringLiteral("98"));
    QCOMPARE(timeline.pinsFile, QStringLiteral("n.pins.json"));
    QVERIFY((timeline.markers ==
             QList<Marker>{{8500ms, QStringLiteral("wave"), QStringLiteral("say it")}}));
    QVERIFY((timeline.lanes == QList<Lane>{{QStringLiteral("auth"), true, true, true}}));
    QVERIFY(timeline.isMuted(QStringLiteral("auth")) &&
            !timeline.isMuted(QStringLiteral("payment-service")));
    QCOMPARE(timeline.incidents.size(), 1);
    const Incident &incident = timeline.incidents.first();
    QCOMPARE(incident.id, QStringLiteral("a1"));
    QCOMPARE(incident.delay, 1500ms);
    QVERIFY(incident.type == IncidentType::LlmGenerated);
    QCOMPARE(incident.prompt, QStringLiteral("p"));
    QCOMPARE(incident.serviceName, std::optional<QString>(QStringLiteral("auth")));
    QVERIFY(incident.expectedSeverity == Severity::Critical);
    QCOMPARE(incident.comment + incident.title + incident.notes + incident.narration,
             QStringLiteral("ctnr"));
    QVERIFY(!incident.enabled && incident.hold && incident.fresh);
    QCOMPARE(incident.seed, std::optional<qint64>(-4));
    QCOMPARE(incident.variables.value(QStringLiteral("k")), QStringLiteral("v"));
    QCOMPARE(incident.duration, std::optional<std::chrono::milliseconds>(90s));
    QCOMPARE(incident.pinned.toJson().value(u"model").toString(), QStringLiteral("m"));
}

void TestTimelineFile::takesDefaults()
{
    const Result<TimelineFile> file = TimelineFile::parse(
        R"({"incidents": [{"delay_seconds": 61, "type": "predefined", "scenario_id": "x"}]})",
        QStringLiteral("morning"));
    QVERIFY(file.has_value());
    QCOMPARE(file->timeline().name, QStringLiteral("morning"));
    QCOMPARE(file->timeline().durationMinutes, 2.0);
    QCOMPARE(file->missingKeys(),
             QStringList({QStringLiteral("name"), QStringLiteral("description"),
                          QStringLiteral("duration_minutes")}));
    const Incident &incident = file->timeline().incidents.first();
    QVERIFY(incident.enabled && !incident.hold && !incident.serviceName &&
            !incident.expectedSeverity);
    QVERIFY(TimelineFile::isSessionId(incident.id));
}

void TestTimelineFile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QByteArray &text, const char *pointer,
                        const char *says) {
        QTest::newRow(name) << text << QString::fromLatin1(pointer) << QString::fromLatin1(says);
    };
    row("no object", "[]", "", "object");
    row("no incidents", "{}", "", "incidents");
    row("incidents no list", R"({"incidents": {}})", "/incidents", "list");
    row("incident no object", R"({"incidents": [4]})", "/incidents/0", "object");
    row("no delay", timelineWith(R"({"type": "predefined", "scenario_id": "x"})"), "/incidents/0",
        "delay_seconds");
    row("no type", timelineWith(R"({"delay_seconds": 1, "scenario_id": "x"})"), "/incidents/0",
        "type");
    row("no scenario", timelineWith(R"({"delay_seconds": 1, "type": "predefined"})"),
        "/incidents/0", "scenario_id");
    row("no prompt", timelineWith(R"({"delay_seconds": 1, "type": "llm_generated"})"),
        "/incidents/0", "llm_prompt");
    row("unknown type",
        timelineWith(R"({"delay_seconds": 1, "type": "manual", "scenario_id": "x"})"),
        "/incidents/0/type", "manual");
    row("delay text",
        timelineWith(R"({"delay_seconds": "5", "type": "predefined", "scenario_id": "x"})"),
        "/incidents/0/delay_seconds", "text");
    row("delay negative",
        timelineWith(R"({"delay_seconds": -1, "type": "predefined", "scenario_id": "x"})"),
        "/incidents/0/delay_seconds", "-1");
    row("delay infinite",
        timelineWith(R"({"delay_seconds": 1e999, "type": "predefined", "scenario_id": "x"})"),
        "/incidents/0/delay_seconds", "large");
    row("delay over a year",
        timelineWith(R"({"delay_seconds": 31622401, "type": "predefined", "scenario_id": "x"})"),
        "/incidents/0/delay_seconds", "366");
    row("severity",
        timelineWith(
            R"({"delay_seconds": 1, "type": "llm_generated", "llm_prompt": "x", "expected_severity": "urgent"})"),
        "/incidents/0/expected_severity", "urgent");
    row("enabled text",
        timelineWith(
            R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "enabled": "no"})"),
        "/incidents/0/enabled", "true or false");
    row("zero duration",
        timelineWith(
            R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "duration_seconds": 0})"),
        "/incidents/0/duration_seconds", "more than 0");
    row("second incident",
        timelineWith(R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x"}, null)"),
        "/incidents/1", "object");
    row("scenario null",
        timelineWith(R"({"delay_seconds": 1, "type": "predefined", "scenario_id": null})"),
        "/incidents/0/scenario_id", "null");
    row("prompt number",
        timelineWith(R"({"llm_prompt": 4, "delay_seconds": 1, "type": "llm_generated"})"),
        "/incidents/0/llm_prompt", "number");
    row("hold number",
        timelineWith(
            R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "hold": 1})"),
        "/incidents/0/hold", "true or false");
    row("control text",
        timelineWith(
            R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "control": "no"})"),
        "/incidents/0/control", "true or false");
    row("ends number",
        timelineWith(
            R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "ends": 5})"),
        "/incidents/0/ends", "text");
    row("targets text", R"({"incidents": [], "targets": "staging"})", "/targets", "list of names");
    row("lane muted", R"({"incidents": [], "lanes": [{"service": "a", "muted": "yes"}]})",
        "/lanes/0/muted", "true or false");
    row("severity with a foreign letter",
        timelineWith("{\"delay_seconds\": 1, \"type\": \"llm_generated\", \"llm_prompt\": \"x\", "
                     "\"expected_severity\": \"h\xD1\x96gh\"}"),
        "/incidents/0/expected_severity", "U+0456 (Cyrillic letter)");
    row("minutes negative", R"({"incidents": [], "duration_minutes": -5})", "/duration_minutes",
        "between");
    row("marker without time", R"({"incidents": [], "markers": [{"name": "x"}]})", "/markers/0",
        "at_seconds");
    row("lane without service", R"({"incidents": [], "lanes": [{}]})", "/lanes/0", "service");
    row("duplicate key", R"({"incidents": [], "incidents": []})", "", "twice");
}

void TestTimelineFile::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const Result<TimelineFile> file = TimelineFile::parse(text, {});
    QVERIFY(!file.has_value());
    QTEST(file.error().pointer, "pointer");
    QVERIFY2(file.error().message.contains(says), qPrintable(file.error().message));
    QVERIFY(file.error().line == 1 && file.error().column >= 1);
}

void TestTimelineFile::refusesWhatIsNoFile()
{
    QTemporaryDir dir;
    const QString big = dir.filePath(QStringLiteral("big.json"));
    QFile file(big);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(1024LL * 1024 * 1024)); // sparse
    file.close();
    const QString pipe = dir.filePath(QStringLiteral("pipe.json"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const QString empty = dir.filePath(QStringLiteral("empty.json"));
    QVERIFY(QFile(empty).open(QIODevice::WriteOnly));
    const std::pair<QString, QString> cases[] = {
        {dir.path(), QStringLiteral("folder")},
        {QStringLiteral("/dev/zero"), QStringLiteral("device")},
        {pipe, QStringLiteral("pipe")},
        {big, QStringLiteral("512 MB")},
        {empty, QStringLiteral("empty")},
        {dir.filePath(QStringLiteral("none.json")), QStringLiteral("no file")},
        {dir.filePath(QStringLiteral("no/none.json")), QStringLiteral("no folder")},
    };
    for (const auto &[path, says] : cases) {
        const Result<TimelineFile> result = TimelineFile::load(path);
        QVERIFY(!result.has_value());
        QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
    }
}

void TestTimelineFile::unchangedIsTheSameBytes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("annotated") << Annotated;
    QTest::newRow("windows") << QByteArray(Annotated).replace("\n", "\r\n");
    QTest::newRow("one line") << timelineWith({});
    for (const char *name : {"busy_day", "incident_storm", "gradual_escalation"}) {
        QFile file(
            QStringLiteral(PROJECT_SOURCE_DIR "/timelines/%1.json").arg(QLatin1String(name)));
        if (file.open(QIODevice::ReadOnly)) {
            QTest::newRow(name) << file.readAll();
        }
    }
}

void TestTimelineFile::unchangedIsTheSameBytes()
{
    QFETCH(QByteArray, text);
    const TimelineFile file = *TimelineFile::parse(text, {});
    QCOMPARE(file.textFor(file.timeline()), text);
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    QVERIFY(TimelineFile::write(path, file.textFor(file.timeline())).has_value());
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), text);
}

void TestTimelineFile::editChangesOnlyItsPlace()
{
    const TimelineFile file = *TimelineFile::parse(Annotated, {});
    Timeline timeline = file.timeline();
    timeline.incidents[1].delay = 301500ms;
    timeline.incidents[1].title = QStringLiteral("Cache");
    timeline.incidents[1].expectedSeverity.reset();
    timeline.name = QStringLiteral("Busier");
    timeline.incidents[0].enabled = false;
    QByteArray expected = Annotated;
    expected.replace("3.0e2", "301.5");
    expected.replace("\"expected_severity\": \"high\"", "\"title\": \"Cache\"");
    expected.replace("\"comment\": \"one\" }", "\"comment\": \"one\", \"enabled\": false }");
    expected.replace("\"Busy\"", "\"Busier\"");
    QCOMPARE(file.textFor(timeline), expected);
}

void TestTimelineFile::incidentsMoveWithTheirComments()
{
    const TimelineFile file = *TimelineFile::parse(Annotated, {});
    Timeline timeline = file.timeline();
    timeline.incidents.move(0, 2);
    const QByteArray text = file.textFor(timeline);
    QCOMPARE(withoutMadeUpIds(parsed(text)), withoutMadeUpIds(timeline));
    QVERIFY2(text.contains("    // the first\n    { \"delay_seconds\": 0, \"type\": "
                           "\"predefined\", \"scenario_id\": "
                           "\"memory_leak_gradual\", \"comment\": \"one\" } // calm\n  ],"),
             text.constData());
    QVERIFY(text.contains("/* the last */ { \"delay_seconds\": 600.250,"));
    timeline.incidents.removeAt(1);
    const QByteArray fewer = file.textFor(timeline);
    QVERIFY(!fewer.contains("the last"));
    QCOMPARE(withoutMadeUpIds(parsed(fewer)), withoutMadeUpIds(timeline));
}

void TestTimelineFile::newIncidentLooksLikeItsSiblings()
{
    Incident incident;
    incident.id = TimelineFile::makeId();
    incident.delay = 5s;
    incident.scenarioId = QStringLiteral("pod_crash_loop");

    const TimelineFile lines = *TimelineFile::parse(
        "{\n\t\"incidents\": [\n\t\t{\n\t\t\t\"delay_seconds\": 0,\n\t\t\t\"type\": "
        "\"predefined\",\n\t\t\t\"scenario_id\": \"x\"\n\t\t}\n\t]\n}\n",
        {});
    Timeline timeline = lines.timeline();
    timeline.incidents.append(incident);
    QVERIFY2(lines.textFor(timeline).contains(
                 "\n\t\t},\n\t\t{\n\t\t\t\"delay_seconds\": 5,\n\t\t\t\"type\": \"predefined\",\n"
                 "\t\t\t\"scenario_id\": \"pod_crash_loop\"\n\t\t}\n\t]"),
             lines.textFor(timeline).constData());
    timeline.markers.append({5s, QStringLiteral("m"), {}});
    QVERIFY2(lines.textFor(timeline).endsWith("\n\t],\n\t\"markers\": [\n\t\t{ \"at_seconds\": 5, "
                                              "\"name\": \"m\" }\n\t]\n}\n"),
             lines.textFor(timeline).constData());
}

void TestTimelineFile::keepsUnknownKeys()
{
    const TimelineFile file = *TimelineFile::parse(
        R"({"incidents": [{"delay_seconds": 1, "type": "predefined", "scenario_id": "x", "x_mine": [1.50]}],
            "lanes": [{"service": "a", "x_color": "red"}, {"service": "b"}],
            "markers": [{"at_seconds": 1.0, "name": "m", "x_y": null}]})",
        {});
    Timeline timeline = file.timeline();
    timeline.incidents[0].delay = 7s;
    timeline.lanes.swapItemsAt(0, 1);
    timeline.lanes[1].muted = true;
    timeline.markers[0].at = 2s;
    const QByteArray text = file.textFor(timeline);
    QVERIFY2(text.contains(R"("x_mine": [1.50])") &&
                 text.contains(R"({"service": "a", "x_color": "red", "muted": true})") &&
                 text.contains(R"({"at_seconds": 2, "name": "m", "x_y": null})"),
             text.constData());
    QCOMPARE(withoutMadeUpIds(parsed(text)).lanes, timeline.lanes);

    // Under a new name it is the same lane, and the same marker.
    const TimelineFile again = *TimelineFile::parse(text, {});
    timeline = again.timeline();
    timeline.lanes[1].service = QStringLiteral("c");
    timeline.markers[0].name = QStringLiteral("n");
    const QByteArray renamed = again.textFor(timeline);
    QVERIFY2(renamed.contains(R"({"service": "c", "x_color": "red", "muted": true})") &&
                 renamed.contains(R"({"at_seconds": 2, "name": "n", "x_y": null})"),
             renamed.constData());
}

void TestTimelineFile::emptyTimelineGrows()
{
    const TimelineFile file;
    Timeline timeline = file.timeline();
    timeline.name = QStringLiteral("New");
    timeline.markers.append({5s, QStringLiteral("m"), {}});
    timeline.lanes.append({QStringLiteral("auth"), false, true, false});
    timeline.variables.insert(QStringLiteral("a"), QStringLiteral("b"));
    for (int i = 0; i < 3; ++i) {
        Incident incident;
        incident.id = TimelineFile::makeId();
        incident.delay = std::chrono::seconds(i);
        incident.scenarioId = QStringLiteral("pod_crash_loop");
        timeline.incidents.append(incident);
    }
    const QByteArray text = file.textFor(timeline);
    QCOMPARE(withoutMadeUpIds(parsed(text)), withoutMadeUpIds(timeline));
    QVERIFY2(text.contains("  \"incidents\": [\n    {\n      \"delay_seconds\": 0,\n"),
             text.constData());
}

void TestTimelineFile::randomEditsSurviveTheFile()
{
    QRandomGenerator random(7);
    TimelineFile file = *TimelineFile::parse(Annotated, {});
    for (int round = 0; round < 400; ++round) {
        Timeline timeline = file.timeline();
        for (int k = random.bounded(1, 6); k > 0; --k) {
            QList<Incident> &incidents = timeline.incidents;
            const qsizetype at = incidents.isEmpty() ? -1 : random.bounded(incidents.size());
            switch (at < 0 ? 0 : random.bounded(9)) {
            case 0: {
                Incident incident;
                incident.id = TimelineFile::makeId();
                incident.type = IncidentType::LlmGenerated;
                incident.prompt = QStringLiteral("line\n\"quoted\" // {{x}} %1").arg(round);
                incidents.insert(incidents.isEmpty() ? 0 : random.bounded(incidents.size() + 1),
                                 incident);
                break;
            }
            case 1:
                incidents.removeAt(at);
                break;
            case 2:
                incidents.move(at, random.bounded(incidents.size()));
                break;
            case 3:
                incidents[at].delay = std::chrono::milliseconds(random.bounded(100000));
                break;
            case 4:
                incidents[at].hold = !incidents[at].hold;
                break;
            case 5:
                incidents[at].comment = random.bounded(2) ? QStringLiteral("c/*") : QString();
                break;
            case 6:
                incidents[at].serviceName =
                    random.bounded(2) ? std::optional(QStringLiteral("svc")) : std::nullopt;
                break;
            case 7:
                timeline.markers =
                    QList<Marker>(random.bounded(3), Marker{3s, QStringLiteral("m"), {}});
                break;
            default:
                timeline.variables.insert(QString::number(random.bounded(3)), QStringLiteral("v"));
                break;
            }
        }
        const QByteArray text = file.textFor(timeline);
        const Result<TimelineFile> read = TimelineFile::parse(text, {});
        QVERIFY2(read.has_value(), text.constData());
        QCOMPARE(withoutMadeUpIds(read->timeline()), withoutMadeUpIds(timeline));
        QCOMPARE(file.textFor(file.timeline()), file.text());
        QVERIFY(text.startsWith("// The morning, as it really was.\n") &&
                text.contains("\"pager\": 1.50e1"));
        file = *read;
    }
}

void TestTimelineFile::savesAtomically()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a.json"));
    const TimelineFile file = *TimelineFile::parse(Annotated, {});
    Timeline timeline = file.timeline();
    timeline.description = QStringLiteral("changed");
    QVERIFY(TimelineFile::write(path, file.textFor(timeline)).has_value());
    QCOMPARE(TimelineFile::load(path)->timeline().description, QStringLiteral("changed"));
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
}

void TestTimelineFile::readOnlyFolderKeepsTheOldFile()
{
    // A full device stands in for every failing write: it also stops root, whom no mode stops.
    const Result<void> result = TimelineFile::write(QStringLiteral("/dev/full/x.json"), Annotated);
    QVERIFY(!result.has_value());
    QVERIFY(result.error().message.contains(QStringLiteral("/dev/full/x.json")));
}

QTEST_GUILESS_MAIN(TestTimelineFile)
#include "tst_timelinefile.moc"
