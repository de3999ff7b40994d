// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/runplan.h"
#include "app/library/scenariolibrary.h"
#include "app/run/runeventcodec.h"
#include "app/runs/recordedtimeline.h"
#include "app/runs/runcomparison.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QJsonObject incident(int index, const QString &id, double delay)
{
    return {{QStringLiteral("index"), index},
            {QStringLiteral("id"), id},
            {QStringLiteral("title"), QStringLiteral("Incident %1").arg(index + 1)},
            {QStringLiteral("delay_seconds"), delay},
            {QStringLiteral("type"), QStringLiteral("predefined")},
            {QStringLiteral("scenario_id"), QStringLiteral("pod_crash_loop")},
            {QStringLiteral("service_name"), QStringLiteral("payment-service")},
            {QStringLiteral("severity"), QStringLiteral("high")}};
}

RunRecord runOf(const QJsonArray &incidents, double speed = 1)
{
    RunRecord record;
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                   {QStringLiteral("timeline"), QStringLiteral("Two")},
                                   {QStringLiteral("target"), QStringLiteral("sandbox")},
                                   {QStringLiteral("speed"), speed},
                                   {QStringLiteral("incidents"), incidents}}));
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("started")},
                                   {QStringLiteral("at_ms"), 0},
                                   {QStringLiteral("position_ms"), 0},
                                   {QStringLiteral("speed"), speed}}));
    return record;
}

void prepare(RunRecord &record, int index, const QString &title, const QString &token)
{
    record.apply(
        runEventFromJson({{QStringLiteral("record"), QStringLiteral("prepared")},
                          {QStringLiteral("index"), index},
                          {QStringLiteral("token"), token},
                          {QStringLiteral("request"),
                           QJsonObject{{QStringLiteral("path"), QStringLiteral("/quick-incident")},
                                       {QStringLiteral("body"),
                                        QJsonObject{{QStringLiteral("title"), title},
                                                    {QStringLiteral("description"), token}}}}}}));
}

void send(RunRecord &record, int index, double at, double latency)
{
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")},
                                   {QStringLiteral("at_ms"), at},
                                   {QStringLiteral("due_ms"), at},
                                   {QStringLiteral("index"), index}}));
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("created")},
                                   {QStringLiteral("at_ms"), at + latency},
                                   {QStringLiteral("latency_ms"), latency},
                                   {QStringLiteral("index"), index}}));
}

} // namespace

class TestRunComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNoDifferenceAtAnotherSpeed();
    void saysWhatDiffers();
    void matchesById();
    void matchesWhatIsTheSameAtAnotherMoment();
    void rebuildsThePlayedTimeline();
};

void TestRunComparison::findsNoDifferenceAtAnotherSpeed()
{
    const QJsonArray incidents{incident(0, QStringLiteral("a"), 0),
                               incident(1, QStringLiteral("b"), 60)};
    RunRecord slow = runOf(incidents);
    RunRecord fast = runOf(incidents, 60);
    for (auto [record, speed] : {std::pair(&slow, 1.0), std::pair(&fast, 60.0)}) {
        for (int i = 0; i < 2; ++i) {
            // Tokens differ from run to run, and are no difference.
            prepare(*record, i, QStringLiteral("Same"), QStringLiteral("t%1").arg(speed * 10 + i));
            send(*record, i, 60000.0 * i / speed, 5);
        }
    }
    const RunComparison comparison(slow, fast);
    QVERIFY(comparison.hasSameRequests());
    QCOMPARE(comparison.differences(), 0);
    QCOMPARE(comparison.rows().size(), 2);
    QVERIFY(std::chrono::abs(*comparison.rows()[1].when) <= Duration(1));
}

void TestRunComparison::saysWhatDiffers()
{
    const QJsonArray incidents{incident(0, QStringLiteral("a"), 0),
                               incident(1, QStringLiteral("b"), 60)};
    RunRecord left = runOf(incidents);
    RunRecord right = runOf(incidents);
    prepare(left, 0, QStringLiteral("One"), QStringLiteral("t1"));
    prepare(right, 0, QStringLiteral("Other"), QStringLiteral("t2"));
    send(left, 0, 0, 5);
    send(right, 0, 7000, 25);
    right.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("failed")},
                                  {QStringLiteral("index"), 1},
                                  {QStringLiteral("error"), QStringLiteral("no")}}));
    const RunComparison comparison(left, right);
    QVERIFY(!comparison.hasSameRequests());
    QCOMPARE(comparison.differences(), 2);
    const RunComparison::Row &first = comparison.rows()[0];
    QVERIFY(first.requestsDiffer && !first.statesDiffer);
    QCOMPARE(*first.when, Duration(7s));
    QCOMPARE(*first.latency, Duration(20ms));
    QVERIFY(comparison.rows()[1].statesDiffer);
    QVERIFY(!comparison.rows()[1].when);
}

void TestRunComparison::matchesById()
{
    const RunRecord left =
        runOf({incident(0, QStringLiteral("a"), 0), incident(1, QStringLiteral("b"), 60)});
    // One was put before the others, and one was taken out.
    const RunRecord right =
        runOf({incident(0, QStringLiteral("new"), 0), incident(1, QStringLiteral("a"), 30)});
    const RunComparison comparison(left, right);
    QCOMPARE(comparison.rows().size(), 3);
    QCOMPARE(comparison.rows()[0].right, 1);
    QCOMPARE(comparison.rows()[1].right, -1);
    QCOMPARE(comparison.rows()[2].left, -1);
    QCOMPARE(comparison.rows()[2].right, 0);
    // Made-up ids: by place, where that is the same moment.
    const RunRecord other =
        runOf({incident(0, QStringLiteral("x"), 0), incident(1, QStringLiteral("y"), 60)});
    QCOMPARE(RunComparison(left, other).rows().size(), 2);
}

void TestRunComparison::matchesWhatIsTheSameAtAnotherMoment()
{
    RunRecord run =
        runOf({incident(0, QStringLiteral("a"), 0), incident(1, QStringLiteral("b"), 60)});
    // As in a replay of what was fired early, with ids that were made up.
    RunRecord again =
        runOf({incident(0, QStringLiteral("x"), 0), incident(1, QStringLiteral("y"), 3)});
    for (RunRecord *record : {&run, &again}) {
        prepare(*record, 0, QStringLiteral("One"), QStringLiteral("t1"));
        prepare(*record, 1, QStringLiteral("Two"), QStringLiteral("t2"));
        send(*record, 0, 0, 5);
    }
    send(run, 1, 60000, 5);
    send(again, 1, 3000, 5);
    const RunComparison comparison(run, again);
    QCOMPARE(comparison.rows().size(), 2);
    QCOMPARE(comparison.differences(), 0);
    QCOMPARE(*comparison.rows()[1].when, Duration(-57s));
}

void TestRunComparison::rebuildsThePlayedTimeline()
{
    const RunRecord record =
        runOf({incident(0, QStringLiteral("a"), 0), incident(1, QStringLiteral("b"), 60)});
    const Timeline timeline = recordedTimeline(record);
    QCOMPARE(timeline.name, QStringLiteral("Two"));
    QCOMPARE(timeline.incidents.size(), 2);
    QCOMPARE(timeline.incidents[1].id, QStringLiteral("b"));
    QCOMPARE(timeline.incidents[1].delay, std::chrono::seconds(60));
    QVERIFY(isRunOf(record, timeline));
    const auto library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    QVERIFY(planRun(timeline, library));

    Timeline moved = timeline;
    moved.incidents[1].delay += std::chrono::seconds(1);
    QVERIFY(!isRunOf(record, moved));
}

QTEST_GUILESS_MAIN(TestRunComparison)
#include "tst_runcomparison.moc"
