// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library/scenariolibrary.h"
#include "app/model/liveseries.h"

#include <QTest>

using namespace std::chrono_literals;

/** A metric that goes on: the same numbers as a chart of the whole, only those that are seen. */
class TestLiveSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheWhole();
    void goesOnBeforeAndAfter();
    void axisStandsStill();
    void hasTwoPointsAPixelAtMost();
    void choosesTheTellingOnes();
    void lastsAsLongAsTheIncident();

private:
    std::shared_ptr<const Scenario> scenario(const char *id) const
    {
        return std::make_shared<const Scenario>(*m_shipped.find(QLatin1String(id)));
    }
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

void TestLiveSeries::agreesWithTheWhole()
{
    const auto surge = scenario("cpu_spike_traffic_surge");
    const MetricSeries whole(*surge, 7);
    LiveSeries live(surge, 7, 0ms);
    // In steps as a clock makes them, and jumps as a user does.
    for (const Duration now : {0ms, 100ms, 240ms, 5000ms, 5033ms, 90000ms, 30000ms, 180000ms}) {
        const MetricCurve curve = live.curve(0, Severity::High, now - 20s, now, 400);
        QCOMPARE(curve.from, toMilliseconds(now - 20s));
        QCOMPARE(curve.points.last().x(), toMilliseconds(now));
        for (const QPointF &point : curve.points) {
            const auto at = std::chrono::milliseconds(std::llround(point.x()));
            if (at >= whole.begin() && at <= whole.end()) {
                QVERIFY(std::abs(point.y() - whole.valueAt(0, at)) < 0.5);
            }
        }
        QCOMPARE(curve.points.last().y(), live.valueAt(0, now));
    }
}

void TestLiveSeries::goesOnBeforeAndAfter()
{
    LiveSeries live(scenario("cpu_spike_traffic_surge"), 7, 0ms);
    const MetricCurve early = live.curve(0, Severity::High, -120s, 0s, 400);
    double least = 1e9;
    double most = -1e9;
    for (const QPointF &point : early.points) {
        least = std::min(least, point.y());
        most = std::max(most, point.y());
        QVERIFY(std::abs(point.y() - 45) < 5 * early.band.sigma);
    }
    QVERIFY(most - least > early.band.sigma); // alive, not a line
    QVERIFY(early.beyond.isEmpty());
    const MetricCurve late = live.curve(0, Severity::High, 600s, 720s, 400);
    QVERIFY(late.points.first().y() != late.points.at(5).y());
}

void TestLiveSeries::axisStandsStill()
{
    LiveSeries live(scenario("cpu_spike_traffic_surge"), 7, 0ms);
    const MetricCurve before = live.curve(1, Severity::High, -120s, 0s, 400);
    QVERIFY(before.range.high > 3500); // there is room for what comes
    const MetricCurve after = live.curve(1, Severity::High, -60s, 60s, 400);
    QVERIFY(after.range.high - before.range.high < 0.2 * before.range.high);
}

void TestLiveSeries::hasTwoPointsAPixelAtMost()
{
    auto brief = std::make_shared<Scenario>(*scenario("cpu_spike_traffic_surge"));
    brief->durationSeconds = 2; // a sample each 10 ms
    LiveSeries live(brief, 7, 0ms);
    const MetricCurve curve = live.curve(0, Severity::High, -300s, 0s, 300);
    QVERIFY(curve.points.size() <= 600);
    QVERIFY(curve.points.size() > 200);
}

void TestLiveSeries::choosesTheTellingOnes()
{
    LiveSeries live(scenario("cpu_spike_traffic_surge"), 7, 0ms);
    QCOMPARE(live.count(), 4);
    QCOMPARE(live.telling(3), (QList<qsizetype>{0, 1, 2}));
    QCOMPARE(live.telling(1), QList<qsizetype>{0});
    QCOMPARE(live.telling(9).size(), 4);
}

void TestLiveSeries::lastsAsLongAsTheIncident()
{
    LiveSeries live(scenario("cpu_spike_traffic_surge"), 7, 60s);
    QCOMPARE(live.scenario().durationSeconds, 60);
}

QTEST_GUILESS_MAIN(TestLiveSeries)
#include "tst_liveseries.moc"
