// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/timeline/timelineedits.h"

#include <QTest>

using std::chrono::milliseconds;
using namespace std::chrono_literals;

class TestTimelineEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesTogetherUpToTheStart();
    void growsWithItsIncidents();
    void placesAndStarts();
    void distributesEvenly();
    void spacesByTime();
    void scalesASelection();
    void scalesTheWhole();
    void keepsWholeSeconds();
    void insertsAndCutsTime();
    void deletesAndClosesTheGap();
    void insertsAFragmentIntoALane();
    void repeats();
    void appendsAnotherTimeline();
    void splitsIntoTwo();
    void convertsToAPromptAndBack();
    void changesALaneInPlace();
    void renamesALaneWithItsIncidents();

private:
    static Timeline at(const QList<milliseconds> &times);
    static QList<milliseconds> times(const Timeline &timeline);
    static ScenarioLibrary library();
};

Timeline TestTimelineEdits::at(const QList<milliseconds> &times)
{
    Timeline timeline;
    timeline.durationMinutes = 10;
    for (qsizetype i = 0; i < times.size(); ++i) {
        Incident incident;
        incident.id = QString::number(i);
        incident.type = IncidentType::LlmGenerated;
        incident.prompt = QStringLiteral("prompt");
        incident.delay = times[i];
        timeline.incidents.append(incident);
    }
    return timeline;
}

QList<milliseconds> TestTimelineEdits::times(const Timeline &timeline)
{
    QList<milliseconds> times;
    for (const Incident &incident : timeline.incidents) {
        times << incident.delay;
    }
    return times;
}

ScenarioLibrary TestTimelineEdits::library()
{
    return ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
}

void TestTimelineEdits::movesTogetherUpToTheStart()
{
    const Timeline timeline = at({60s, 10s, 30s});
    QCOMPARE(times(movedBy(timeline, {0, 1}, 5s)), (QList<milliseconds>{65s, 15s, 30s}));
    QCOMPARE(times(movedBy(timeline, {0, 1}, -1h)), (QList<milliseconds>{50s, 0s, 30s}));
    QCOMPARE(times(movedBy(timeline, {0, 1}, MaximumDelay)),
             (QList<milliseconds>{MaximumDelay, MaximumDelay - 50s, 30s}));
    QVERIFY(movedBy(timeline, {}, 5s) == timeline);
}

void TestTimelineEdits::growsWithItsIncidents()
{
    const Timeline timeline = at({60s});
    QCOMPARE(movedBy(timeline, {0}, 5min).durationMinutes, 10.0);
    QCOMPARE(movedBy(timeline, {0}, 9min + 1ms).durationMinutes, 11.0);
}

void TestTimelineEdits::placesAndStarts()
{
    const Timeline timeline = at({60s, 10s, 30s});
    QCOMPARE(times(placedAt(timeline, {0, 2}, 5s)), (QList<milliseconds>{5s, 10s, 5s}));
    QCOMPARE(times(placedAt(timeline, {0}, -5s)), (QList<milliseconds>{0s, 10s, 30s}));
    QCOMPARE(times(startedAt(timeline, {0, 2}, 5s)), (QList<milliseconds>{35s, 10s, 5s}));
}

void TestTimelineEdits::distributesEvenly()
{
    const Timeline timeline = at({0s, 1s, 90s, 2s});
    QCOMPARE(times(distributed(timeline, {0, 1, 2, 3})), (QList<milliseconds>{0s, 30s, 90s, 60s}));
    QVERIFY(distributed(timeline, {0, 2}) == timeline);
}

void TestTimelineEdits::spacesByTime()
{
    QCOMPARE(times(spaced(at({40s, 10s, 99s}), {0, 1, 2}, 20s)),
             (QList<milliseconds>{30s, 10s, 50s}));
    QCOMPARE(times(spaced(at({40s, 10s}), {0, 1}, 0s)), (QList<milliseconds>{10s, 10s}));
}

void TestTimelineEdits::scalesASelection()
{
    const Timeline timeline = at({100s, 110s, 120s, 500s});
    QCOMPARE(times(scaledTo(timeline, {0, 1, 2}, 60s)),
             (QList<milliseconds>{100s, 130s, 160s, 500s}));
    QVERIFY(scaledTo(timeline, Rows{3}, 60s) == timeline);
    QVERIFY(scaledTo(at({5s, 5s}), {0, 1}, 60s) == at({5s, 5s}));
}

void TestTimelineEdits::scalesTheWhole()
{
    Timeline timeline = at({60s, 9min});
    timeline.durationMinutes = 30;
    timeline.markers = {{15min, QStringLiteral("half"), {}}};
    const Timeline after = scaledTo(timeline, 10min);
    QCOMPARE(times(after), (QList<milliseconds>{20s, 3min}));
    QCOMPARE(after.durationMinutes, 10.0);
    QVERIFY(after.markers[0].at == 5min);
}

void TestTimelineEdits::keepsWholeSeconds()
{
    QCOMPARE(times(scaledTo(at({0s, 10s, 20s}), {0, 1, 2}, 7s)), (QList<milliseconds>{0s, 4s, 7s}));
    // No room for whole seconds, or none there before.
    QCOMPARE(times(scaledTo(at({0s, 10s, 20s}), {0, 1, 2}, 1s)),
             (QList<milliseconds>{0s, 500ms, 1s}));
    QCOMPARE(times(scaledTo(at({0s, 1500ms, 20s}), {0, 1, 2}, 10s)),
             (QList<milliseconds>{0s, 750ms, 10s}));
}

void TestTimelineEdits::insertsAndCutsTime()
{
    Timeline timeline = at({0s, 60s, 120s});
    timeline.markers = {{60s, QStringLiteral("m"), {}}};
    const Timeline longer = timeInserted(timeline, 60s, 30s);
    QCOMPARE(times(longer), (QList<milliseconds>{0s, 90s, 150s}));
    QVERIFY(longer.markers[0].at == 90s);
    QCOMPARE(longer.durationMinutes, 10.5);
    const Timeline shorter = timeCut(timeline, 30s, 90s);
    QCOMPARE(times(shorter), (QList<milliseconds>{0s, 60s}));
    QVERIFY(shorter.markers.isEmpty());
    QCOMPARE(shorter.durationMinutes, 9.0);
    QVERIFY(timeCut(timeline, 90s, 90s) == timeline);
}

void TestTimelineEdits::deletesAndClosesTheGap()
{
    Timeline timeline = at({0s, 10s, 30s, 60s, 100s});
    timeline.markers = {{20s, QStringLiteral("in"), {}}, {70s, QStringLiteral("behind"), {}}};
    QCOMPARE(times(without(timeline, {1, 3})), (QList<milliseconds>{0s, 30s, 100s}));
    const Timeline closed = withoutClosingGap(timeline, {1, 3});
    QCOMPARE(times(closed), (QList<milliseconds>{0s, 10s, 40s}));
    QVERIFY(closed.markers[0].at == 20s);
    QVERIFY(closed.markers[1].at == 50s);
    QCOMPARE(times(withoutClosingGap(timeline, {4})), (QList<milliseconds>{0s, 10s, 30s, 60s}));
    QVERIFY(withoutClosingGap(timeline, {0, 1, 2, 3, 4}).incidents.isEmpty());
}

void TestTimelineEdits::insertsAFragmentIntoALane()
{
    const ScenarioLibrary scenarios = library();
    const Scenario *scenario = scenarios.find(QStringLiteral("pod_crash_loop"));
    QVERIFY(scenario);
    TimelineFragment fragment;
    Incident incident;
    incident.scenarioId = scenario->id;
    incident.delay = 90s;
    fragment.incidents = {incident, incident};
    fragment.incidents[1].delay = 100s;
    const Insertion own = inserted(at({5s}), fragment, 60s, scenario->service, scenarios);
    QCOMPARE(times(own.timeline), (QList<milliseconds>{5s, 60s, 70s}));
    QVERIFY(!own.timeline.incidents[1].serviceName); // the scenario's own service is not repeated
    QCOMPARE(own.ids.size(), 2);
    QCOMPARE(own.timeline.incidents[2].id, own.ids[1]);
    QVERIFY(own.ids[0] != own.ids[1]);
    const Insertion other =
        inserted(at({}), fragment, 0s, QStringLiteral("auth-service"), scenarios);
    QCOMPARE(*other.timeline.incidents[0].serviceName, QStringLiteral("auth-service"));
    const Timeline back = inLane(other.timeline, {0}, scenario->service, scenarios);
    QVERIFY(!back.incidents[0].serviceName);
}

void TestTimelineEdits::repeats()
{
    const Insertion result = repeated(at({10s, 20s}), {0}, 3, 60s);
    QCOMPARE(times(result.timeline), (QList<milliseconds>{10s, 70s, 130s, 190s, 20s}));
    QCOMPARE(result.ids.size(), 3);
    QCOMPARE(duplicated(at({10s}), {0}, 5s).timeline.incidents.size(), 2);
}

void TestTimelineEdits::appendsAnotherTimeline()
{
    Timeline other = at({0s, 60s});
    other.markers = {{30s, QStringLiteral("m"), {}}};
    other.lanes = {{QStringLiteral("db"), true, false, false}};
    other.variables = {{QStringLiteral("a"), QStringLiteral("theirs")}};
    Timeline timeline = at({5s});
    timeline.variables = other.variables;
    timeline.variables[QStringLiteral("a")] = QStringLiteral("ours");
    const Insertion result = appended(timeline, other, 5min);
    QCOMPARE(times(result.timeline), (QList<milliseconds>{5s, 5min, 6min}));
    QVERIFY(result.timeline.markers[0].at == 330s);
    QCOMPARE(result.timeline.durationMinutes, 15.0);
    QCOMPARE(result.timeline.lanes.size(), 1);
    QCOMPARE(result.timeline.variables.value(QStringLiteral("a")), QStringLiteral("ours"));
}

void TestTimelineEdits::splitsIntoTwo()
{
    Timeline timeline = at({0s, 60s, 120s});
    timeline.markers = {{60s, QStringLiteral("m"), {}}};
    const auto [first, second] = split(timeline, 60s);
    QCOMPARE(times(first), (QList<milliseconds>{0s}));
    QCOMPARE(times(second), (QList<milliseconds>{0s, 60s}));
    QVERIFY(first.markers.isEmpty());
    QVERIFY(second.markers[0].at == 0s);
    QCOMPARE(first.durationMinutes, 1.0);
    QCOMPARE(second.durationMinutes, 9.0);
}

void TestTimelineEdits::convertsToAPromptAndBack()
{
    const ScenarioLibrary scenarios = library();
    Timeline timeline = at({5s});
    timeline.incidents[0].type = IncidentType::Predefined;
    timeline.incidents[0].prompt.clear();
    timeline.incidents[0].scenarioId = QStringLiteral("pod_crash_loop");
    const Scenario *scenario = scenarios.find(QStringLiteral("pod_crash_loop"));
    const Timeline prompts = asPrompts(timeline, {0}, scenarios);
    const Incident &prompt = prompts.incidents[0];
    QVERIFY(prompt.type == IncidentType::LlmGenerated);
    QVERIFY(prompt.prompt.contains(scenario->name));
    QVERIFY(prompt.expectedSeverity == scenario->severity);
    const Timeline back = asScenarios(prompts, {0}, {}, scenarios);
    Incident incident = back.incidents[0];
    incident.prompt.clear(); // kept, for who changes their mind
    QVERIFY(incident == timeline.incidents[0]);
}

void TestTimelineEdits::changesALaneInPlace()
{
    const QStringList shown{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    const Timeline muted = withLane(at({}), {QStringLiteral("b"), true, false, false}, shown);
    QCOMPARE(muted.lanes.size(), 3);
    QVERIFY(muted.lanes[1].muted && muted.lanes[1].service == u"b");
    const Timeline moved = laneMoved(muted, QStringLiteral("c"), 0, shown);
    QCOMPARE(moved.lanes[0].service, QStringLiteral("c"));
    QVERIFY(moved.lanes[2].muted);
    QCOMPARE(laneRemoved(moved, QStringLiteral("c")).lanes.size(), 2);
}

void TestTimelineEdits::renamesALaneWithItsIncidents()
{
    Timeline timeline = at({0s, 5s});
    timeline.incidents[0].serviceName = QStringLiteral("db");
    const QStringList shown{QStringLiteral("db"), QStringLiteral("payment-service")};
    const Timeline renamed =
        laneRenamed(timeline, QStringLiteral("db"), QStringLiteral("store"), shown, {});
    QCOMPARE(*renamed.incidents[0].serviceName, QStringLiteral("store"));
    QVERIFY(!renamed.incidents[1].serviceName);
    QVERIFY(renamed.lanes.isEmpty()); // it stands where it stood, without being listed
    timeline.lanes = {{QStringLiteral("payment-service"), false, false, false},
                      {QStringLiteral("db"), true, false, false}};
    const Timeline listed =
        laneRenamed(timeline, QStringLiteral("db"), QStringLiteral("store"), shown, {});
    QCOMPARE(listed.lanes[1].service, QStringLiteral("store"));
    QVERIFY(listed.lanes[1].muted);
    const Timeline merged =
        laneRenamed(timeline, QStringLiteral("db"), QStringLiteral("payment-service"), shown, {});
    QCOMPARE(merged.lanes.size(), 1);
    QVERIFY(!merged.incidents[1].serviceName);
}

QTEST_GUILESS_MAIN(TestTimelineEdits)
#include "tst_timelineedits.moc"
