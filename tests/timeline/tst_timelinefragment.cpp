// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelinefile.h"
#include "app/timeline/timelinefragment.h"

#include <QTest>

using std::chrono::seconds;

class TestTimelineFragment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughTextUnharmed();
    void readsOneIncidentAndSeveral();
    void refusesWhatHoldsNoIncident();
    void startsAtItsFirst();
};

static TimelineFragment sample()
{
    TimelineFragment fragment;
    fragment.name = QStringLiteral("Two of a kind");
    Incident prompt;
    prompt.type = IncidentType::LlmGenerated;
    prompt.prompt = QStringLiteral("The disk of {{service}} fills to 98 %");
    prompt.serviceName = QStringLiteral("db");
    prompt.delay = seconds(30);
    prompt.hold = true;
    prompt.notes = QStringLiteral("Ask “why?”");
    Incident scenario;
    scenario.scenarioId = QStringLiteral("pod_crash_loop");
    scenario.delay = seconds(90);
    fragment.incidents = {prompt, scenario};
    fragment.markers = {{seconds(60), QStringLiteral("Half"), {}}};
    return fragment;
}

void TestTimelineFragment::goesThroughTextUnharmed()
{
    const TimelineFragment before = sample();
    const auto after = parseFragment(toJson(before));
    QVERIFY(after.has_value());
    QCOMPARE(after->name, before.name);
    QVERIFY(after->markers == before.markers);
    QCOMPARE(after->incidents.size(), 2);
    for (int i = 0; i < 2; ++i) {
        Incident read = after->incidents[i];
        QVERIFY(TimelineFile::isMadeUp(read.id));
        read.id.clear();
        QVERIFY(read == before.incidents[i]);
    }
}

void TestTimelineFragment::readsOneIncidentAndSeveral()
{
    const QByteArray one =
        "{\"delay_seconds\": 5, \"type\": \"predefined\", \"scenario_id\": \"a\"}";
    QCOMPARE(parseFragment(one)->incidents.size(), 1);
    QCOMPARE(parseFragment("[" + one + "," + one + "]")->incidents.size(), 2);
    const auto two = parseFragment("[" + one + "," + one + "]");
    QVERIFY(two->incidents[0].id != two->incidents[1].id);
}

void TestTimelineFragment::refusesWhatHoldsNoIncident()
{
    for (const char *text : {"", "   ", "hello", "42", "{\"a\": 1}", "[1]", "{\"incidents\": 3}"}) {
        const auto read = parseFragment(text);
        QVERIFY2(!read.has_value(), text);
        QVERIFY(!read.error().message.isEmpty());
    }
}

void TestTimelineFragment::startsAtItsFirst()
{
    const TimelineFragment moved = fromStart(sample());
    QVERIFY(moved.incidents[0].delay == seconds(0));
    QVERIFY(moved.incidents[1].delay == seconds(60));
    QVERIFY(moved.markers[0].at == seconds(30));
    QVERIFY(fromStart({}).isEmpty());
}

QTEST_GUILESS_MAIN(TestTimelineFragment)
#include "tst_timelinefragment.moc"
