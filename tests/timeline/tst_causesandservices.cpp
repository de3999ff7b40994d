// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariolibrary.h"
#include "app/timeline/timelineedits.h"
#include "app/timeline/timelinemerge.h"
#include "timelinetexts.h"

#include <QTest>

using namespace std::chrono_literals;

/**
 * When incidents end and what causes them, the services and the names of metrics: read, written
 * where they differ, and carried through edits.
 */
class TestCausesAndServices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesReadBack();
    void readsEveryKey();
    void takesDefaults();
    void refuses_data();
    void refuses();
    void writesWhatDiffers();
    void takesOutWhatIsADefault();
    void listsAreEditedFromWithin();
    void newServicesAreWritten();
    void causesGetIdsThatAreWritten();
    void idsOfThatFormStayInTheText();
    void copiesAreCausedByCopies();
    void whatIsPastedFindsItsCause();
    void deletedCausesAreForgotten();
    void mergesTakeBothSides();
};

namespace {

const QByteArray Text = R"({
  "name": "N", "description": "D", "duration_minutes": 10,
  // who calls whom
  "services": [
    { "name": "shop", "depends_on": ["payment", "stock"], "tier": "tier-1", "owner": "Ann", "x_wiki": 7 },
    { "name": "payment", "depends_on": [] } // alone
  ],
  "telemetry": { "names": "prometheus", "map": { "error_rate": "errors_ratio" }, "x_port": 9464 },
  "incidents": [
    { "id": "leak", "delay_seconds": 0, "type": "predefined", "scenario_id": "x",
      "ends": "responder", "recovery_seconds": 0.5, "shape": "detectable", "duration_seconds": 30 },
    { "id": "slow", "delay_seconds": 60, "type": "predefined", "scenario_id": "x", "caused_by": "leak" },
    { "id": "calm", "delay_seconds": 90, "type": "predefined", "scenario_id": "x", "control": true, "ends": "never" }
  ]
}
)";

QByteArray changed(const QByteArray &text, const std::function<void(Timeline &)> &change)
{
    const TimelineFile file = *TimelineFile::parse(text, {});
    Timeline timeline = file.timeline();
    change(timeline);
    return file.textFor(timeline);
}

} // namespace

void TestCausesAndServices::namesReadBack()
{
    for (const auto end :
         {IncidentEnd::AfterDuration, IncidentEnd::ByResponder, IncidentEnd::Never}) {
        QVERIFY(incidentEndFromString(toString(end)) == end);
    }
    for (const auto naming : {MetricNaming::Raw, MetricNaming::Prometheus, MetricNaming::Airra}) {
        QVERIFY(metricNamingFromString(toString(naming)) == naming);
    }
    QCOMPARE(toString(IncidentEnd::ByResponder), QStringLiteral("responder"));
    QCOMPARE(toString(MetricNaming::Airra), QStringLiteral("airra"));
    QCOMPARE(toString(IncidentShape::Detectable), QStringLiteral("detectable"));
    QVERIFY(!incidentEndFromString(QStringLiteral("Never")));
}

void TestCausesAndServices::readsEveryKey()
{
    const Timeline timeline = parsed(Text);
    QVERIFY(
        (timeline.services == QList<Service>{{QStringLiteral("shop"),
                                              {QStringLiteral("payment"), QStringLiteral("stock")},
                                              QStringLiteral("tier-1"),
                                              QStringLiteral("Ann")},
                                             {QStringLiteral("payment"), {}, {}, {}}}));
    QVERIFY(timeline.metricNames.naming == MetricNaming::Prometheus);
    QCOMPARE(timeline.metricNames.map.value(QStringLiteral("error_rate")),
             QStringLiteral("errors_ratio"));
    const Incident &leak = timeline.incidents[0];
    QVERIFY(leak.ends == IncidentEnd::ByResponder && leak.shape == IncidentShape::Detectable);
    QCOMPARE(leak.recovery, std::optional<std::chrono::milliseconds>(500ms));
    QCOMPARE(timeline.incidents[1].causedBy, QStringLiteral("leak"));
    QVERIFY(!timeline.incidents[1].control && timeline.incidents[2].control);
    QVERIFY(timeline.incidents[2].ends == IncidentEnd::Never);
}

void TestCausesAndServices::takesDefaults()
{
    const Timeline timeline =
        parsed(timelineWith(R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x"})"));
    const Incident &incident = timeline.incidents[0];
    QVERIFY(incident.ends == IncidentEnd::AfterDuration && !incident.control);
    QVERIFY(!incident.recovery && !incident.shape && incident.causedBy.isEmpty());
    QVERIFY(timeline.services.isEmpty() && timeline.metricNames == MetricNames());
}

void TestCausesAndServices::refuses_data()
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
    incident("unknown end", R"("ends": "later")", "\"later\"");
    incident("end in capitals", R"("ends": "NEVER")", "\"duration\", \"responder\" or \"never\"");
    incident("end of another type", R"("ends": 5)", "text, but it is a number");
    incident("control of another type", R"("control": 1)", "true or false");
    incident("unknown shape", R"("shape": "round")", "or be left out");
    incident("negative recovery", R"("recovery_seconds": -1)", "it cannot be negative");
    incident("endless recovery", R"("recovery_seconds": 1e9)", "366 days");
    const auto timeline = [](const char *name, const QByteArray &member, const char *pointer,
                             const char *says) {
        QTest::newRow(name) << QByteArray(R"({"incidents": [], )") + member + "}"
                            << QString::fromLatin1(pointer) << QString::fromLatin1(says);
    };
    timeline("service no object", R"("services": ["a"])", "/services/0", "object");
    timeline("service without a name", R"("services": [{"tier": "1"}])", "/services/0", "no name");
    timeline("name of another type", R"("services": [{"name": 1}])", "/services/0/name", "text");
    timeline("unknown naming", R"("telemetry": {"names": "otel"})", "/telemetry/names",
             "\"prometheus\"");
}

void TestCausesAndServices::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const Result<TimelineFile> file = TimelineFile::parse(text, {});
    QVERIFY(!file);
    QTEST(file.error().pointer, "pointer");
    QVERIFY(file.error().line == 1 && file.error().column > 1);
    QVERIFY2(file.error().message.contains(says), qPrintable(file.error().message));
}

void TestCausesAndServices::writesWhatDiffers()
{
    QByteArray expected = Text;
    expected.replace("\"ends\": \"responder\"", "\"ends\": \"never\"");
    expected.replace("\"recovery_seconds\": 0.5", "\"recovery_seconds\": 90");
    expected.replace("\"caused_by\": \"leak\"", "\"caused_by\": \"calm\"");
    expected.replace("\"tier\": \"tier-1\"", "\"tier\": \"tier-2\"");
    expected.replace("\"names\": \"prometheus\"", "\"names\": \"airra\"");
    expected.replace("\"errors_ratio\"", "\"e\"");
    QCOMPARE(changed(Text,
                     [](Timeline &timeline) {
                         timeline.incidents[0].ends = IncidentEnd::Never;
                         timeline.incidents[0].recovery = 90s;
                         timeline.incidents[1].causedBy = QStringLiteral("calm");
                         timeline.services[0].tier = QStringLiteral("tier-2");
                         timeline.metricNames.naming = MetricNaming::Airra;
                         timeline.metricNames.map[QStringLiteral("error_rate")] =
                             QStringLiteral("e");
                     }),
             expected);
}

void TestCausesAndServices::takesOutWhatIsADefault()
{
    QByteArray expected = Text;
    expected.replace(R"("ends": "responder", "recovery_seconds": 0.5, "shape": "detectable", )",
                     "");
    expected.replace(R"(, "caused_by": "leak")", "");
    expected.replace(R"(, "control": true)", "");
    expected.replace(R"("names": "prometheus", "map": { "error_rate": "errors_ratio" }, )", "");
    const auto reset = [](Timeline &timeline) {
        timeline.incidents[0].ends = IncidentEnd::AfterDuration;
        timeline.incidents[0].recovery.reset();
        timeline.incidents[0].shape.reset();
        timeline.incidents[1].causedBy.clear();
        timeline.incidents[2].control = false;
        timeline.metricNames = {};
    };
    QCOMPARE(changed(Text, reset), expected);
    // Without a key of others, no empty object stays.
    const QByteArray ours =
        R"({"telemetry": {"names": "airra", "map": {"a": "b"}}, "incidents": []})";
    QCOMPARE(changed(ours, [](Timeline &timeline) { timeline.metricNames = {}; }),
             QByteArray(R"({"incidents": []})"));
}

void TestCausesAndServices::listsAreEditedFromWithin()
{
    const QByteArray text =
        R"({"services": [{"name": "shop", "depends_on": ["a", 7, /* slow */ "b", null]}], "incidents": []})";
    const auto with = [&text](const QStringList &names) {
        const QByteArray after =
            changed(text, [&names](Timeline &timeline) { timeline.services[0].dependsOn = names; });
        const Timeline read = parsed(after);
        return read.services.value(0).dependsOn == names ? after : QByteArray("read otherwise");
    };
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    QByteArray expected = text;
    QCOMPARE(with({a, b, QStringLiteral("c")}),
             QByteArray(expected).replace("\"b\", null", "\"b\", null, \"c\""));
    QCOMPARE(with({b}),
             QByteArray(expected).replace("\"a\", 7, /* slow */ \"b\"", "7, /* slow */ \"b\""));
    // What is not ours stays, even by itself; what is ours goes with its key.
    const QByteArray none = with({});
    QVERIFY2(none.contains("7") && none.contains("null") && !none.contains("\"a\""),
             none.constData());
    const QByteArray ours =
        R"({"services": [{"name": "shop", "depends_on": ["a"]}], "incidents": []})";
    QCOMPARE(changed(ours, [](Timeline &timeline) { timeline.services[0].dependsOn.clear(); }),
             QByteArray(R"({"services": [{"name": "shop"}], "incidents": []})"));
}

void TestCausesAndServices::newServicesAreWritten()
{
    const TimelineFile file;
    Timeline timeline = file.timeline();
    timeline.services = {
        {QStringLiteral("shop"), {QStringLiteral("payment")}, {}, QStringLiteral("Ann")}};
    timeline.metricNames.map.insert(QStringLiteral("a"), QStringLiteral("b"));
    const QByteArray text = file.textFor(timeline);
    QVERIFY2(text.contains("  \"services\": [\n    { \"name\": \"shop\", \"depends_on\": "
                           "[\"payment\"], \"owner\": \"Ann\" }\n  ]") &&
                 text.contains("  \"telemetry\": { \"map\": { \"a\": \"b\" } }"),
             text.constData());
    QCOMPARE(parsed(text), timeline);

    // Under a new name it is the same service, and a service that moves takes its keys along.
    QByteArray expected = Text;
    expected.replace("\"name\": \"shop\"", "\"name\": \"store\"");
    QCOMPARE(changed(Text,
                     [](Timeline &renamed) { renamed.services[0].name = QStringLiteral("store"); }),
             expected);
    const QByteArray moved =
        changed(Text, [](Timeline &swapped) { swapped.services.swapItemsAt(0, 1); });
    QVERIFY2(moved.contains("\"x_wiki\": 7 }") &&
                 moved.indexOf("\"payment\", \"depends_on\"") < moved.indexOf("x_wiki"),
             moved.constData());
}

void TestCausesAndServices::causesGetIdsThatAreWritten()
{
    const TimelineFile file = *TimelineFile::parse(
        timelineWith(R"({"delay_seconds": 1, "type": "predefined", "scenario_id": "x"},
        {"delay_seconds": 2, "type": "predefined", "scenario_id": "x"})"),
        {});
    Timeline timeline = file.timeline();
    timeline.incidents[1].causedBy = timeline.incidents[0].id;
    const Timeline read = parsed(file.textFor(timeline));
    QVERIFY(!TimelineFile::isSessionId(read.incidents[0].id));
    QVERIFY(TimelineFile::isSessionId(read.incidents[1].id)); // nothing refers to it
    QCOMPARE(read.incidents[1].causedBy, read.incidents[0].id);

    // A session that goes on under its own ids has written the same.
    TimelineFile again = *TimelineFile::parse(file.textFor(timeline), {});
    again.setIds({timeline.incidents[0].id, timeline.incidents[1].id});
    QCOMPARE(again.timeline(), timeline);
    timeline.incidents[0].hold = true;
    QCOMPARE(again.textFor(timeline).count("\"hold\": true"), 1);
    QCOMPARE(again.textFor(timeline).count("\"caused_by\""), 1);
    QCOMPARE(parsed(again.textFor(timeline)).incidents[1].causedBy, read.incidents[0].id);
}

void TestCausesAndServices::idsOfThatFormStayInTheText()
{
    const QByteArray text = timelineWith(
        R"({"id": "~a", "delay_seconds": 1, "type": "predefined", "scenario_id": "x"},
        {"id": "b", "caused_by": "~a", "delay_seconds": 2, "type": "predefined", "scenario_id": "x"})");
    QByteArray expected = text;
    expected.replace("\"delay_seconds\": 2", "\"delay_seconds\": 3");
    QCOMPARE(changed(text, [](Timeline &timeline) { timeline.incidents[1].delay = 3s; }), expected);
}

void TestCausesAndServices::copiesAreCausedByCopies()
{
    const Timeline timeline = parsed(Text);
    const Insertion both = repeated(timeline, {0, 1}, 2, 100s);
    QList<Incident> slow;
    for (const Incident &incident : both.timeline.incidents) {
        if (!incident.causedBy.isEmpty()) {
            slow.append(incident);
        }
    }
    QCOMPARE(slow.size(), 3);
    for (int copy = 0; copy < 3; ++copy) {
        const int cause = both.timeline.indexOf(slow[copy].causedBy);
        QVERIFY(cause >= 0);
        QCOMPARE(slow[copy].delay - both.timeline.incidents[cause].delay, 60s);
    }
    // Alone, the copy has the cause that is there.
    const Insertion alone = duplicated(timeline, {1}, 10s);
    QCOMPARE(alone.timeline.incidents[2].causedBy, QStringLiteral("leak"));
}

void TestCausesAndServices::whatIsPastedFindsItsCause()
{
    const Timeline timeline = parsed(Text);
    const ScenarioLibrary library;
    const TimelineFragment both = *parseFragment(toJson(fragmentOf(timeline, {0, 1})));
    QCOMPARE(both.incidents[1].causedBy, both.incidents[0].id);
    const Timeline pasted = inserted(timeline, both, 200s, {}, library).timeline;
    QCOMPARE(pasted.incidents[4].causedBy, pasted.incidents[3].id);
    QVERIFY(pasted.incidents[3].id != timeline.incidents[0].id);

    const TimelineFragment alone = *parseFragment(toJson(fragmentOf(timeline, {1})));
    QCOMPARE(inserted(timeline, alone, 200s, {}, library).timeline.incidents[3].causedBy,
             QStringLiteral("leak"));
    // So it does where the session has made the id of the cause, which a text has without its "~".
    Timeline made = timeline;
    made.incidents[0].id = TimelineFile::makeId();
    made.incidents[1].causedBy = made.incidents[0].id;
    const TimelineFragment effect = *parseFragment(toJson(fragmentOf(made, {1})));
    QCOMPARE(inserted(made, effect, 200s, {}, library).timeline.incidents[3].causedBy,
             made.incidents[0].id);
    // In a timeline that has no such incident, nothing has caused it.
    QVERIFY(inserted({}, alone, 0s, {}, library).timeline.incidents[0].causedBy.isEmpty());

    const Timeline twice = appended(timeline, timeline, 300s).timeline;
    QCOMPARE(twice.incidents[4].causedBy, twice.incidents[3].id);
    QCOMPARE(twice.services, timeline.services);
}

void TestCausesAndServices::deletedCausesAreForgotten()
{
    Timeline timeline = parsed(Text);
    timeline.incidents[2].causedBy = QStringLiteral("nobody"); // was so before
    const Timeline after = without(timeline, {0});
    QVERIFY(after.incidents[0].causedBy.isEmpty());
    QCOMPARE(after.incidents[1].causedBy, QStringLiteral("nobody"));
    QVERIFY(timeCut(timeline, 0s, 30s).incidents[0].causedBy.isEmpty());
    QVERIFY(split(timeline, 30s).second.incidents[0].causedBy.isEmpty());
    QCOMPARE(without(timeline, {2}).incidents[1].causedBy, QStringLiteral("leak"));
}

void TestCausesAndServices::mergesTakeBothSides()
{
    const Timeline base = parsed(Text);
    Timeline mine = base;
    mine.incidents[0].ends = IncidentEnd::Never;
    mine.services[0].owner = QStringLiteral("Bob");
    Timeline theirs = base;
    theirs.incidents[0].recovery = 5s;
    theirs.incidents[0].control = true;
    theirs.metricNames.naming = MetricNaming::Raw;
    const std::optional<Timeline> merged = mergedTimeline(base, mine, theirs);
    QVERIFY(merged.has_value());
    QVERIFY(merged->incidents[0].ends == IncidentEnd::Never && merged->incidents[0].control);
    QVERIFY(merged->incidents[0].recovery == 5s);
    QCOMPARE(merged->services, mine.services);
    QVERIFY(merged->metricNames == theirs.metricNames);
    theirs.incidents[0].ends = IncidentEnd::AfterDuration;
    QVERIFY(!mergedTimeline(base, mine, theirs));
}

QTEST_GUILESS_MAIN(TestCausesAndServices)
#include "tst_causesandservices.moc"
