// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/library/scenariolibrary.h"
#include "app/model/metricseries.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using std::chrono::milliseconds;
using std::chrono::seconds;

/** The course of a metric: the same whenever it is asked for, quiet first, then where it belongs.
 */
class TestMetricSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAPureFunction();
    void differsBySeed();
    void reachesTheValue_data();
    void reachesTheValue();
    void keepsMostOfWhatWas();
    void leadInIsQuiet();
    void staysWithinItsBounds();
    void metricsMoveTogether();
    void survivesWhatIsDegenerate();

private:
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
};

namespace {

Scenario withPattern(MetricPattern pattern)
{
    Scenario scenario;
    scenario.id = QStringLiteral("test");
    scenario.durationSeconds = 300;
    scenario.metrics = {
        {QStringLiteral("latency_seconds"), 100, 20, 8, pattern, QStringLiteral("seconds")}};
    return scenario;
}

double meanBetween(const MetricSeries &series, seconds from, seconds to)
{
    double sum = 0;
    int count = 0;
    for (seconds at = from; at <= to; ++at, ++count) {
        sum += series.valueAt(0, at);
    }
    return sum / count;
}

} // namespace

void TestMetricSeries::isAPureFunction()
{
    const Scenario scenario = *m_shipped.find(QStringLiteral("latency_spike_database"));
    const MetricSeries one(scenario, 42);
    const MetricSeries two(scenario, 42);
    const QList<QPointF> samples = one.samples(2);
    // From behind, and each alone: nothing depends on what was asked before.
    for (qsizetype i = samples.size() - 1; i >= 0; --i) {
        QCOMPARE(two.valueAt(2, milliseconds(qint64(samples[i].x()))), samples[i].y());
    }
    // Another metric beside it changes nothing.
    Scenario fewer = scenario;
    fewer.metrics = {scenario.metrics[2]};
    QCOMPARE(MetricSeries(fewer, 42).valueAt(0, seconds(100)), one.valueAt(2, seconds(100)));
}

void TestMetricSeries::differsBySeed()
{
    const Scenario scenario = withPattern(MetricPattern::Step);
    const MetricSeries one(scenario, 1);
    const MetricSeries two(scenario, 2);
    QVERIFY(one.valueAt(0, seconds(50)) != two.valueAt(0, seconds(50)));
}

void TestMetricSeries::reachesTheValue_data()
{
    QTest::addColumn<MetricPattern>("pattern");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<bool>("staysUp");
    QTest::newRow("constant") << MetricPattern::Constant << 20 << 290 << true;
    QTest::newRow("step") << MetricPattern::Step << 30 << 290 << true;
    QTest::newRow("linear") << MetricPattern::Linear << 285 << 300 << true;
    QTest::newRow("spike") << MetricPattern::Spike << 55 << 115 << false;
}

void TestMetricSeries::reachesTheValue()
{
    QFETCH(MetricPattern, pattern);
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(bool, staysUp);
    double mean = 0;
    double end = 0;
    for (int seed = 0; seed < 20; ++seed) {
        const MetricSeries series(withPattern(pattern), seed);
        mean += meanBetween(series, seconds(from), seconds(to)) / 20;
        end += meanBetween(series, seconds(290), seconds(300)) / 20;
    }
    QVERIFY2(std::abs(mean - 100) < 10, qPrintable(QString::number(mean)));
    QCOMPARE(end > 70, staysUp);
}

void TestMetricSeries::keepsMostOfWhatWas()
{
    // Over many samples: the noise of a metric that stays where it is.
    Scenario scenario = withPattern(MetricPattern::Constant);
    scenario.metrics[0].baseline = 20000; // far from the bound at 0
    scenario.metrics[0].value = 20100;
    double products = 0;
    double squares = 0;
    for (int seed = 0; seed < 10; ++seed) {
        const MetricSeries series(scenario, seed);
        const QList<QPointF> samples = series.samples(0);
        for (qsizetype i = 60; i + 1 < samples.size(); ++i) {
            products += (samples[i].y() - 20100) * (samples[i + 1].y() - 20100);
            squares += (samples[i].y() - 20100) * (samples[i].y() - 20100);
        }
    }
    const double correlation = products / squares;
    QVERIFY2(correlation > 0.8 && correlation < 0.99, qPrintable(QString::number(correlation)));
}

void TestMetricSeries::leadInIsQuiet()
{
    int inside = 0;
    int all = 0;
    for (const Scenario &scenario : m_shipped.scenarios()) {
        const MetricSeries series(scenario, 7);
        QVERIFY(series.begin() < milliseconds(0));
        for (qsizetype metric = 0; metric < series.count(); ++metric) {
            const MetricSeries::Band band = series.band(metric);
            for (milliseconds at = series.begin(); at < milliseconds(0); at += seconds(1), ++all) {
                inside += std::abs(series.valueAt(metric, at) - band.baseline) <= 3 * band.sigma;
            }
        }
    }
    QVERIFY2(inside > all * 0.97, qPrintable(QStringLiteral("%1 of %2").arg(inside).arg(all)));
}

void TestMetricSeries::staysWithinItsBounds()
{
    for (const Scenario &scenario : m_shipped.scenarios()) {
        for (int seed = 0; seed < 5; ++seed) {
            const MetricSeries series(scenario, seed);
            for (qsizetype metric = 0; metric < series.count(); ++metric) {
                const QList<QPointF> samples = series.samples(metric);
                const auto [low, high] = std::minmax_element(
                    samples.begin(), samples.end(),
                    [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); });
                QVERIFY(low->y() >= 0);
                if (scenario.metrics[metric].unit == u"%") {
                    QVERIFY(high->y() <= 100);
                }
                if (scenario.metrics[metric].unit == u"boolean") {
                    QVERIFY(high->y() <= 1);
                }
            }
        }
    }
    // Where a metric lives below zero, nothing is cut.
    Scenario cold = withPattern(MetricPattern::Step);
    cold.metrics[0].value = -40;
    QVERIFY(MetricSeries(cold, 1).valueAt(0, seconds(200)) < 0);
}

void TestMetricSeries::metricsMoveTogether()
{
    Scenario scenario = withPattern(MetricPattern::Constant);
    scenario.metrics[0].baseline = 20000;
    scenario.metrics[0].value = 20100;
    scenario.metrics.append(scenario.metrics[0]);
    scenario.metrics[1].name = QStringLiteral("other_seconds");
    double together = 0;
    double one = 0;
    double two = 0;
    for (int seed = 0; seed < 20; ++seed) {
        const MetricSeries series(scenario, seed);
        const QList<QPointF> a = series.samples(0);
        const QList<QPointF> b = series.samples(1);
        for (qsizetype i = 60; i < a.size(); ++i) {
            together += (a[i].y() - 20100) * (b[i].y() - 20100);
            one += std::pow(a[i].y() - 20100, 2);
            two += std::pow(b[i].y() - 20100, 2);
        }
    }
    const double correlation = together / std::sqrt(one * two);
    QVERIFY2(correlation > 0.1 && correlation < 0.9, qPrintable(QString::number(correlation)));
}

void TestMetricSeries::survivesWhatIsDegenerate()
{
    Scenario flat = withPattern(MetricPattern::Linear);
    flat.metrics[0] = {QStringLiteral("m"), 0, 0, 0, MetricPattern::Linear, {}};
    const MetricSeries series(flat, 0);
    QVERIFY(series.band(0).sigma > 0);
    QVERIFY(std::isfinite(series.valueAt(0, seconds(10))));
    // Far outside of its time it stands still.
    QCOMPARE(series.valueAt(0, std::chrono::hours(1)), series.valueAt(0, series.end()));
    flat.durationSeconds = 1;
    QVERIFY(!MetricSeries(flat, 0).samples(0).isEmpty());
    flat.durationSeconds = 366 * 86400;
    QVERIFY(MetricSeries(flat, 0).samples(0).size() < 400);
    QVERIFY(isDrawnAsRate({QStringLiteral("errors_total"), 1, 0, 3, MetricPattern::Step, {}}));
}

QTEST_GUILESS_MAIN(TestMetricSeries)
#include "tst_metricseries.moc"
