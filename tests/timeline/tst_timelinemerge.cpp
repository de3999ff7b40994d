// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelinefile.h"
#include "app/timeline/timelinemerge.h"

#include <QJsonObject>
#include <QTest>
#include <functional>

using namespace std::chrono_literals;

/** Two edits of one timeline, made without knowing of each other. */
class TestTimelineMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneSideAlone_data();
    void oneSideAlone();
    void bothSides_data();
    void bothSides();
    void contradictions_data();
    void contradictions();
    void additionsStayWhereTheyWerePut();
    void mixesNoneThatWereOnlyMatched();
};

using Edit = std::function<void(Timeline &)>;
Q_DECLARE_METATYPE(Edit)

static Timeline threeIncidents()
{
    Timeline timeline;
    timeline.name = QStringLiteral("Storm");
    timeline.durationMinutes = 10;
    for (const char *id : {"a", "b", "c"}) {
        Incident incident;
        incident.id = QLatin1String(id);
        incident.scenarioId = QStringLiteral("cpu_spike");
        incident.delay = 60s * (1 + timeline.incidents.size());
        timeline.incidents.append(incident);
    }
    return timeline;
}

static Timeline edited(const Edit &edit)
{
    Timeline timeline = threeIncidents();
    edit(timeline);
    return timeline;
}

static QString order(const Timeline &timeline)
{
    QString ids;
    for (const Incident &incident : timeline.incidents) {
        ids += incident.id;
    }
    return ids;
}

static Incident fresh(const char *id)
{
    Incident incident;
    incident.id = QLatin1String(id);
    incident.delay = 7s;
    return incident;
}

void TestTimelineMerge::oneSideAlone_data()
{
    QTest::addColumn<Edit>("edit");
    const auto incident = [](const char *name, auto set) {
        QTest::newRow(name) << Edit([set](Timeline &t) { set(t.incidents[1]); });
    };
    incident("delay", [](Incident &i) { i.delay = 1s; });
    incident("type", [](Incident &i) { i.type = IncidentType::LlmGenerated; });
    incident("scenario", [](Incident &i) { i.scenarioId = QStringLiteral("disk_full"); });
    incident("prompt", [](Incident &i) { i.prompt = QStringLiteral("Disk"); });
    incident("service", [](Incident &i) { i.serviceName = QStringLiteral("orders"); });
    incident("severity", [](Incident &i) { i.expectedSeverity = Severity::Low; });
    incident("comment", [](Incident &i) { i.comment = QStringLiteral("c"); });
    incident("title", [](Incident &i) { i.title = QStringLiteral("t"); });
    incident("enabled", [](Incident &i) { i.enabled = false; });
    incident("hold", [](Incident &i) { i.hold = true; });
    incident("notes", [](Incident &i) { i.notes = QStringLiteral("n"); });
    incident("narration", [](Incident &i) { i.narration = QStringLiteral("n"); });
    incident("seed", [](Incident &i) { i.seed = 4; });
    incident("variables", [](Incident &i) { i.variables[QStringLiteral("x")] = u'y'; });
    incident("fresh", [](Incident &i) { i.fresh = true; });
    incident("duration", [](Incident &i) { i.duration = 90s; });
    incident("pinned", [](Incident &i) {
        i.pinned = Pin::fromJson({{QStringLiteral("seed"), 1}});
    });
    const auto head = [](const char *name, const Edit &edit) { QTest::newRow(name) << edit; };
    head("name", [](Timeline &t) { t.name = QStringLiteral("Calm"); });
    head("description", [](Timeline &t) { t.description = QStringLiteral("d"); });
    head("length", [](Timeline &t) { t.durationMinutes = 12.5; });
    head("markers", [](Timeline &t) { t.markers.append({5s, QStringLiteral("m"), {}}); });
    head("lanes", [](Timeline &t) { t.lanes.append({QStringLiteral("orders")}); });
    head("timeline variables", [](Timeline &t) { t.variables[QStringLiteral("x")] = u'y'; });
    head("pins file", [](Timeline &t) { t.pinsFile = QStringLiteral("x.pins.json"); });
    head("version", [](Timeline &t) { t.version = 2; });
    head("deleted", [](Timeline &t) { t.incidents.removeAt(1); });
    head("added", [](Timeline &t) { t.incidents.insert(1, fresh("x")); });
    head("moved", [](Timeline &t) { t.incidents.move(0, 2); });
}

/** With everything that the other side can change elsewhere, nothing of either edit is lost. */
void TestTimelineMerge::oneSideAlone()
{
    QFETCH(Edit, edit);
    const Timeline base = threeIncidents();
    const Timeline after = edited(edit);
    QVERIFY(after != base);
    QVERIFY(mergedTimeline(base, after, base) == after);
    QVERIFY(mergedTimeline(base, base, after) == after);
    QVERIFY(mergedTimeline(base, after, after) == after);
    // Beside an edit of another incident and of another key of the same one.
    const Edit other = [](Timeline &timeline) {
        timeline.incidents.last().comment = QStringLiteral("elsewhere");
    };
    Timeline both = after;
    for (Incident &incident : both.incidents) {
        if (incident.id == u"c") {
            incident.comment = QStringLiteral("elsewhere");
        }
    }
    QVERIFY(mergedTimeline(base, after, edited(other)) == both);
    QVERIFY(mergedTimeline(base, edited(other), after) == both);
}

void TestTimelineMerge::bothSides_data()
{
    QTest::addColumn<Edit>("mine");
    QTest::addColumn<Edit>("theirs");
    QTest::addColumn<Edit>("both");
    QTest::newRow("two keys of one incident")
        << Edit([](Timeline &t) { t.incidents[0].title = QStringLiteral("t"); })
        << Edit([](Timeline &t) { t.incidents[0].delay = 5s; }) << Edit([](Timeline &t) {
               t.incidents[0].title = QStringLiteral("t");
               t.incidents[0].delay = 5s;
           });
    QTest::newRow("the same value") << Edit([](Timeline &t) { t.incidents[0].delay = 5s; })
                                    << Edit([](Timeline &t) { t.incidents[0].delay = 5s; })
                                    << Edit([](Timeline &t) { t.incidents[0].delay = 5s; });
    QTest::newRow("edited and deleted elsewhere")
        << Edit([](Timeline &t) { t.incidents[0].hold = true; })
        << Edit([](Timeline &t) { t.incidents.removeAt(2); }) << Edit([](Timeline &t) {
               t.incidents[0].hold = true;
               t.incidents.removeAt(2);
           });
    QTest::newRow("name and markers")
        << Edit([](Timeline &t) { t.name = QStringLiteral("Calm"); }) << Edit([](Timeline &t) {
               t.markers.append({5s, QStringLiteral("m"), {}});
           })
        << Edit([](Timeline &t) {
               t.name = QStringLiteral("Calm");
               t.markers.append({5s, QStringLiteral("m"), {}});
           });
}

void TestTimelineMerge::bothSides()
{
    QFETCH(Edit, mine);
    QFETCH(Edit, theirs);
    QFETCH(Edit, both);
    QVERIFY(mergedTimeline(threeIncidents(), edited(mine), edited(theirs)) == edited(both));
    QVERIFY(mergedTimeline(threeIncidents(), edited(theirs), edited(mine)) == edited(both));
}

void TestTimelineMerge::contradictions_data()
{
    QTest::addColumn<Edit>("mine");
    QTest::addColumn<Edit>("theirs");
    QTest::newRow("one key, two values") << Edit([](Timeline &t) { t.incidents[0].delay = 5s; })
                                         << Edit([](Timeline &t) { t.incidents[0].delay = 6s; });
    QTest::newRow("changed and deleted") << Edit([](Timeline &t) { t.incidents[0].delay = 5s; })
                                         << Edit([](Timeline &t) { t.incidents.removeAt(0); });
    QTest::newRow("two orders") << Edit([](Timeline &t) { t.incidents.move(0, 2); })
                                << Edit([](Timeline &t) { t.incidents.move(0, 1); });
    QTest::newRow("two names") << Edit([](Timeline &t) { t.name = QStringLiteral("x"); })
                               << Edit([](Timeline &t) { t.name = QStringLiteral("y"); });
    QTest::newRow("one id, two incidents")
        << Edit([](Timeline &t) { t.incidents << fresh("x"); }) << Edit([](Timeline &t) {
               t.incidents << fresh("x");
               t.incidents.last().hold = true;
           });
}

void TestTimelineMerge::contradictions()
{
    QFETCH(Edit, mine);
    QFETCH(Edit, theirs);
    QVERIFY(!mergedTimeline(threeIncidents(), edited(mine), edited(theirs)));
    QVERIFY(!mergedTimeline(threeIncidents(), edited(theirs), edited(mine)));
}

void TestTimelineMerge::mixesNoneThatWereOnlyMatched()
{
    for (const bool isNamed : {true, false}) {
        Timeline base = threeIncidents();
        if (!isNamed) {
            base.incidents[0].id = TimelineFile::makeId(); // the file has none
        }
        Timeline mine = base;
        mine.incidents[0].delay = 5s;
        Timeline theirs = base;
        theirs.incidents[0].hold = true;
        QCOMPARE(mergedTimeline(base, mine, theirs).has_value(), isNamed);
        QVERIFY(mergedTimeline(base, mine, base));
    }
}

void TestTimelineMerge::additionsStayWhereTheyWerePut()
{
    const Timeline mine = edited([](Timeline &t) { t.incidents.insert(1, fresh("x")); });
    const Timeline theirs = edited([](Timeline &t) {
        t.incidents.removeAt(1);
        t.incidents.append(fresh("y"));
        t.incidents.prepend(fresh("z"));
    });
    const auto both = mergedTimeline(threeIncidents(), mine, theirs);
    QVERIFY(both.has_value());
    QCOMPARE(order(*both), QStringLiteral("zaxcy"));
}

QTEST_GUILESS_MAIN(TestTimelineMerge)
#include "tst_timelinemerge.moc"
