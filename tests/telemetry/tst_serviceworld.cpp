// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "worldplans.h"

#include "app/library/scenariolibrary.h"
#include "app/model/metricnames.h"
#include "app/model/timeline.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>

using namespace WorldPlans;
using std::chrono::seconds;

/** One value per service, metric and second: the same however it is asked for, and possible. */
class TestServiceWorld : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAPureFunction();
    void differsBySeed();
    void hasGoldenSignalsBeforeAnything();
    void noiseIsCorrelatedAndNarrow();
    void metricsMoveTogether();
    void patternsLeadToThePlateau_data();
    void patternsLeadToThePlateau();
    void recoversAfterItsEnd();
    void neverEnds();
    void controlsChangeNothing();
    void phasesTurnIt();
    void twoIncidentsAddUp();
    void twoSpellingsAreOneFact();
    void staysPossible();
    void nothingIsFlatOnZero();
    void countersGrowByTheirValue_data();
    void countersGrowByTheirValue();
    void countersNeverFall();
    void sumsNeedLittleMemory();
    void quantilesAgreeWithTheGauges();
    void meanBearsAFarP99_data();
    void meanBearsAFarP99();
    void isQuick();
    void readsATimeline();
    void readsHowIncidentsEnd();
    void bearsWhatIsDegenerate();

private:
    ScenarioLibrary m_shipped =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    WorldPlan shippedPlan() const;
};

namespace {

const QLatin1String Latency = LatencyP95Metric;

WorldPlan slowPlan()
{
    return planOf({incident(
        600, {metric(Latency, 8, 0.4, QStringLiteral("seconds")),
              metric(QStringLiteral("http_requests_total"), 450, 800, QStringLiteral("req/s"))})});
}

} // namespace

/** All shipped scenarios on their service, one a minute, each of which lasts as long as it does. */
WorldPlan TestServiceWorld::shippedPlan() const
{
    WorldPlan plan;
    for (const Scenario &scenario : m_shipped.scenarios()) {
        WorldIncident entry = incident(60 * plan.incidents.size(), scenario.metrics);
        entry.length = seconds(scenario.durationSeconds);
        plan.incidents.append(entry);
    }
    return plan;
}

void TestServiceWorld::isAPureFunction()
{
    const WorldPlan plan = shippedPlan();
    const ServiceWorld forwards(plan, 42);
    const ServiceWorld backwards(plan, 42);
    QHash<std::pair<qsizetype, int>, double> values;
    QHash<std::pair<qsizetype, int>, double> totals;
    for (int second = -100; second < 1000; second += 7) {
        for (qsizetype signal = 0; signal < forwards.count(); ++signal) {
            values[{signal, second}] = forwards.valueAt(signal, at(second));
            totals[{signal, second}] = forwards.totalAt(signal, at(second));
        }
    }
    for (int second = 999 - 999 % 7 - 100 % 7 + 7; second >= -100; --second) {
        for (qsizetype signal = backwards.count() - 1; signal >= 0; --signal) {
            if (values.contains({signal, second})) {
                QCOMPARE(backwards.totalAt(signal, at(second)), totals.value({signal, second}));
                QCOMPARE(backwards.valueAt(signal, at(second)), values.value({signal, second}));
            }
        }
    }
    // Incidents in another order are the same world.
    WorldPlan turned = plan;
    std::reverse(turned.incidents.begin(), turned.incidents.end());
    const ServiceWorld again(turned, 42);
    const qsizetype one = signalOf(again, Latency);
    QCOMPARE(again.valueAt(one, at(200)), forwards.valueAt(signalOf(forwards, Latency), at(200)));
    // One second has one value.
    QCOMPARE(again.valueAt(one, at(200) + std::chrono::milliseconds(999)),
             again.valueAt(one, at(200)));
}

void TestServiceWorld::differsBySeed()
{
    const ServiceWorld one(slowPlan(), 1);
    const ServiceWorld two(slowPlan(), 2);
    QVERIFY(one.valueAt(signalOf(one, Latency), at(50)) !=
            two.valueAt(signalOf(two, Latency), at(50)));
}

void TestServiceWorld::hasGoldenSignalsBeforeAnything()
{
    WorldPlan plan;
    plan.services = {{QStringLiteral("shop"), {QStringLiteral("store")}}};
    const ServiceWorld world(plan, 3);
    QCOMPARE(world.services(), QStringList({QStringLiteral("shop"), QStringLiteral("store")}));
    for (const QString &service : world.services()) {
        for (const QLatin1String name :
             {RequestsMetric, ErrorsMetric, LatencyP50Metric, LatencyP95Metric, LatencyP99Metric,
              CpuMetric, MemoryBytesMetric, MemoryPercentMetric}) {
            const qsizetype signal = signalOf(world, name, service);
            for (const int second : {-3000, 0, 1, 5000}) {
                QVERIFY2(world.valueAt(signal, at(second)) > 0, name.data());
            }
            QCOMPARE(world.services()[world.serviceOf(signal)], service);
        }
    }
    // A service is usual in its own way, and the same for every seed.
    const ServiceWorld other(plan, 4);
    QCOMPARE(other.metric(signalOf(other, RequestsMetric)).baseline,
             world.metric(signalOf(world, RequestsMetric)).baseline);
    QVERIFY(world.metric(signalOf(world, RequestsMetric)).baseline !=
            world.metric(signalOf(world, RequestsMetric, QStringLiteral("store"))).baseline);
    // What an incident names has the baseline that it says, and what belongs to it follows.
    const ServiceWorld named(slowPlan(), 3);
    QCOMPARE(named.metric(signalOf(named, RequestsMetric)).baseline, 800.0);
    QVERIFY(named.metric(signalOf(named, LatencyP99Metric)).baseline > 0.4);
    QVERIFY(named.metric(signalOf(named, LatencyP50Metric)).baseline < 0.4);
}

void TestServiceWorld::noiseIsCorrelatedAndNarrow()
{
    double products = 0;
    double squares = 0;
    int count = 0;
    const WorldPlan plan = planOf({incident(900000, {metric(QStringLiteral("queue_wait_seconds"),
                                                            60, 10, QStringLiteral("seconds"))})});
    for (int seed = 0; seed < 10; ++seed) {
        const ServiceWorld world(plan, seed);
        const qsizetype signal =
            world.find(QStringLiteral("shop"), QStringLiteral("queue_wait_seconds"));
        for (int second = 0; second < 30000; second += 15, ++count) {
            const double here = std::log(world.valueAt(signal, at(second)) / 10);
            const double next = std::log(world.valueAt(signal, at(second + 15)) / 10);
            products += here * next;
            squares += here * here;
        }
    }
    const double correlation = products / squares;
    QVERIFY2(std::abs(correlation - 0.9) < 0.03, qPrintable(QString::number(correlation)));
    // σ would be 8.3, but 15 % of the baseline is less.
    const double deviation = std::sqrt(squares / count);
    QVERIFY2(std::abs(deviation - 0.15) < 0.02, qPrintable(QString::number(deviation)));
}

void TestServiceWorld::metricsMoveTogether()
{
    double together = 0;
    double one = 0;
    double two = 0;
    for (int seed = 0; seed < 20; ++seed) {
        WorldPlan plan;
        plan.services = {{QStringLiteral("shop"), {}}};
        const ServiceWorld world(plan, seed);
        const auto relative = [&](QLatin1String name, int second) {
            const qsizetype signal = signalOf(world, name);
            return world.valueAt(signal, at(second)) / world.metric(signal).baseline - 1;
        };
        for (int second = 0; second < 3000; second += 5) {
            const double a = relative(RequestsMetric, second);
            const double b = relative(CpuMetric, second);
            together += a * b;
            one += a * a;
            two += b * b;
        }
    }
    const double correlation = together / std::sqrt(one * two);
    QVERIFY2(correlation > 0.2 && correlation < 0.8, qPrintable(QString::number(correlation)));
}

void TestServiceWorld::patternsLeadToThePlateau_data()
{
    QTest::addColumn<MetricPattern>("pattern");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<bool>("isUpAtItsEnd");
    QTest::newRow("constant") << MetricPattern::Constant << 620 << 890 << true;
    QTest::newRow("step") << MetricPattern::Step << 630 << 890 << true;
    QTest::newRow("linear") << MetricPattern::Linear << 885 << 895 << true;
    QTest::newRow("spike") << MetricPattern::Spike << 655 << 715 << false;
}

void TestServiceWorld::patternsLeadToThePlateau()
{
    QFETCH(MetricPattern, pattern);
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(bool, isUpAtItsEnd);
    const WorldPlan plan =
        planOf({incident(600, {metric(Latency, 8, 0.4, QStringLiteral("seconds"), pattern)})});
    const double plateau = meanOf(plan, Latency, from, to);
    QVERIFY2(std::abs(plateau - 8) < 0.4, qPrintable(QString::number(plateau)));
    const double before = meanOf(plan, Latency, 500, 600);
    QVERIFY2(std::abs(before - 0.4) < 0.02, qPrintable(QString::number(before)));
    QCOMPARE(meanOf(plan, Latency, 890, 899) > 6, isUpAtItsEnd);
}

void TestServiceWorld::recoversAfterItsEnd()
{
    const WorldPlan plan = slowPlan();
    QVERIFY(meanOf(plan, Latency, 895, 899) > 7);
    const double half = meanOf(plan, Latency, 928, 933);
    QVERIFY2(half > 2.5 && half < 6, qPrintable(QString::number(half)));
    QVERIFY(std::abs(meanOf(plan, Latency, 961, 1100) - 0.4) < 0.02);
    QVERIFY(std::abs(meanOf(plan, RequestsMetric, 961, 1100) - 800) < 25);
    QCOMPARE(ServiceWorld(plan, 1).end(), at(960));
    // Without a recovery it is usual again at once.
    WorldPlan abrupt = plan;
    abrupt.incidents[0].recovery = Duration(0);
    QVERIFY(meanOf(abrupt, Latency, 898, 900) > 7);
    QVERIFY(meanOf(abrupt, Latency, 900, 902) < 0.6);
}

void TestServiceWorld::neverEnds()
{
    WorldPlan plan = slowPlan();
    plan.incidents[0].ending = WorldIncident::Ending::Never;
    QVERIFY(std::abs(meanOf(plan, Latency, 5000, 5100) - 8) < 0.5);
    QCOMPARE(ServiceWorld(plan, 1).end(), at(900));
}

void TestServiceWorld::controlsChangeNothing()
{
    WorldPlan plan = slowPlan();
    plan.incidents[0].isControl = true;
    QVERIFY(std::abs(meanOf(plan, Latency, 630, 890) - 0.4) < 0.02);
    QCOMPARE(ServiceWorld(plan, 1).metric(signalOf(ServiceWorld(plan, 1), Latency)).baseline, 0.4);
}

void TestServiceWorld::phasesTurnIt()
{
    WorldPlan plan = slowPlan();
    plan.incidents[0].phases = {
        {{}, seconds(200), {}, {}, {{Latency, 2}, {QStringLiteral("nobody_knows"), 9}}},
        {{}, seconds(100), {}, {}, {{Latency, 20}, {CpuMetric, 95}}},
    };
    QVERIFY(std::abs(meanOf(plan, Latency, 660, 698) - 8) < 0.5);
    QVERIFY(std::abs(meanOf(plan, Latency, 725, 798) - 20) < 1);
    QVERIFY(std::abs(meanOf(plan, Latency, 825, 890) - 2) < 0.2);
    QVERIFY(meanOf(plan, CpuMetric, 650, 698) < 60);
    QVERIFY(meanOf(plan, CpuMetric, 730, 890) > 93);
    // A neighbour that is the service itself has its own metrics, but the phases only once.
    plan.incidents[0].phases = {{{}, seconds(100), {}, {}, {{Latency, 20}}}};
    plan.incidents[0].neighbours = {
        {QStringLiteral("shop"), {metric(Latency, 1.4, 0.4, QStringLiteral("seconds"))}}};
    QVERIFY(std::abs(meanOf(plan, Latency, 725, 890) - 21) < 1);
}

void TestServiceWorld::twoIncidentsAddUp()
{
    WorldPlan plan =
        planOf({incident(600, {metric(Latency, 3, 0.4, QStringLiteral("seconds")),
                               metric(RequestsMetric, 600, 800, QStringLiteral("req/s")),
                               metric(CpuMetric, 70, 40, QStringLiteral("%"))}),
                incident(700, {metric(Latency, 2, 0.4, QStringLiteral("seconds")),
                               metric(RequestsMetric, 700, 800, QStringLiteral("req/s")),
                               metric(CpuMetric, 50, 40, QStringLiteral("%"))})});
    QVERIFY(std::abs(meanOf(plan, Latency, 640, 698) - 3) < 0.2);
    QVERIFY(std::abs(meanOf(plan, Latency, 740, 890) - 4.6) < 0.3);
    QVERIFY(std::abs(meanOf(plan, RequestsMetric, 740, 890) - 500) < 25);
    QVERIFY(std::abs(meanOf(plan, CpuMetric, 740, 890) - 80) < 2);
    QVERIFY(std::abs(meanOf(plan, Latency, 965, 998) - 2) < 0.2);
    // What would be more than all, or less than nothing, comes close to it.
    plan.incidents[0].metrics[2].value = 95;
    plan.incidents[1].metrics[2].value = 90;
    plan.incidents[0].metrics[1].value = 200;
    plan.incidents[1].metrics[1].value = 300;
    const double cpu = meanOf(plan, CpuMetric, 740, 890);
    QVERIFY2(cpu > 95 && cpu < 100, qPrintable(QString::number(cpu)));
    const double requests = meanOf(plan, RequestsMetric, 740, 890);
    QVERIFY2(requests > 0 && requests < 100, qPrintable(QString::number(requests)));
}

void TestServiceWorld::twoSpellingsAreOneFact()
{
    const WorldPlan plan =
        planOf({incident(600, {metric(QStringLiteral("http_requests_per_second"), 3500, 800,
                                      QStringLiteral("req/s"))}),
                incident(640, {metric(RequestsMetric, 1600, 800, QStringLiteral("req/s"))}),
                incident(680, {metric(RequestsMetric, 6000, 48000, QStringLiteral("count"))})});
    const ServiceWorld world(plan, 5);
    const qsizetype gauge =
        world.find(QStringLiteral("shop"), QStringLiteral("http_requests_per_second"));
    const qsizetype counter = signalOf(world, RequestsMetric);
    QVERIFY(gauge >= 0 && gauge != counter);
    for (int second = 0; second < 1200; second += 11) {
        QCOMPARE(world.valueAt(gauge, at(second)), world.valueAt(counter, at(second)));
    }
    // 800 and 2700 and 800 more, and 700 less of it.
    const double all = meanOf(plan, RequestsMetric, 720, 880);
    QVERIFY2(std::abs(all - 3600) < 200, qPrintable(QString::number(all)));
    // Percentiles and the two sides of a memory never cross.
    const ServiceWorld slow(slowPlan(), 9);
    for (int second = 590; second < 1000; ++second) {
        const double p50 = slow.valueAt(signalOf(slow, LatencyP50Metric), at(second));
        const double p95 = slow.valueAt(signalOf(slow, LatencyP95Metric), at(second));
        const double p99 = slow.valueAt(signalOf(slow, LatencyP99Metric), at(second));
        QVERIFY(p50 < p95 && p95 < p99);
    }
}

void TestServiceWorld::staysPossible()
{
    QList<WorldPlan> plans{shippedPlan()};
    WorldPlan piled; // all of them together, again and again
    for (int i = 0; i < 5; ++i) {
        for (WorldIncident entry : plans[0].incidents) {
            entry.start = at(100 + 20 * i);
            piled.incidents.append(entry);
        }
    }
    plans.append(piled);
    for (const WorldPlan &plan : std::as_const(plans)) {
        for (int seed = 0; seed < 3; ++seed) {
            const ServiceWorld world(plan, seed);
            for (qsizetype signal = 0; signal < world.count(); ++signal) {
                const Metric &metric = world.metric(signal);
                for (int second = -50; second < 1000; second += 3) {
                    const double value = world.valueAt(signal, at(second));
                    QVERIFY2(std::isfinite(value) && value >= 0, qPrintable(metric.name));
                    QVERIFY(!isPercentMetric(metric) || value <= 100);
                    QVERIFY(!isBooleanMetric(metric) || value == 0 || value == 1);
                    QVERIFY(!isRatioMetric(metric) || value <= 1);
                    QVERIFY(!metric.name.startsWith(u"pod_ready") || value == std::round(value));
                }
            }
        }
    }
    // Where a metric lives below zero, nothing is cut.
    const WorldPlan cold = planOf({incident(
        100, {metric(QStringLiteral("outside_temperature"), -40, 4, QStringLiteral("celsius"))})});
    QVERIFY(meanOf(cold, QLatin1String("outside_temperature"), 150, 300) < -35);
}

void TestServiceWorld::nothingIsFlatOnZero()
{
    // σ is 40 times the baseline.
    const WorldPlan plan =
        planOf({incident(2000, {metric(QStringLiteral("network_errors_total"), 400, 3,
                                       QStringLiteral("count"), MetricPattern::Step, 3)})});
    for (int seed = 0; seed < 10; ++seed) {
        const ServiceWorld world(plan, seed);
        const qsizetype signal = signalOf(world, QLatin1String("network_errors_total"));
        double before = 0;
        for (int second = 0; second < 2000; ++second) {
            const double value = world.valueAt(signal, at(second));
            QVERIFY(value > 1 && value < 7);
            QVERIFY(value != before);
            before = value;
        }
    }
}

void TestServiceWorld::countersGrowByTheirValue_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<QString>("name");
    const QString total = QStringLiteral("orders_completed_total");
    const QString byMinute = QStringLiteral("orders_per_minute");
    QTest::newRow("a rate") << QStringLiteral("req/s") << 1.0 << total;
    QTest::newRow("a rate by the minute") << QStringLiteral("req/min") << 1 / 60.0 << total;
    QTest::newRow("per second") << QStringLiteral("per second") << 1.0 << total;
    QTest::newRow("rps") << QStringLiteral("rps") << 1.0 << total;
    QTest::newRow("count") << QStringLiteral("count") << 1 / 60.0 << total;
    QTest::newRow("no unit") << QString() << 1 / 60.0 << total;
    QTest::newRow("by the minute, count") << QStringLiteral("count") << 1 / 60.0 << byMinute;
    QTest::newRow("by the minute, no unit") << QString() << 1 / 60.0 << byMinute;
    QTest::newRow("by the minute, but a rate") << QStringLiteral("req/s") << 1.0 << byMinute;
}

void TestServiceWorld::countersGrowByTheirValue()
{
    QFETCH(QString, unit);
    QFETCH(double, perSecond);
    QFETCH(QString, name);
    const ServiceWorld world(planOf({incident(300, {metric(name, 900, 100, unit)})}), 8);
    const qsizetype signal = world.find(QStringLiteral("shop"), name);
    for (const auto &[from, to] : {std::pair(0, 60), {-120, -60}, {-64, 64}, {250, 1250}}) {
        double sum = 0;
        for (int second = from; second < to; ++second) {
            sum += world.valueAt(signal, at(second)) * perSecond;
        }
        const double grown = world.totalAt(signal, at(to)) - world.totalAt(signal, at(from));
        QVERIFY2(std::abs(grown - sum) < 1e-6 * sum,
                 qPrintable(QStringLiteral("%1 instead of %2").arg(grown).arg(sum)));
    }
}

void TestServiceWorld::countersNeverFall()
{
    const ServiceWorld world(shippedPlan(), 1);
    for (qsizetype signal = 0; signal < world.count(); ++signal) {
        double before = 0;
        for (int second = -9000; second < 1500; second += 13) {
            const double total = world.totalAt(signal, at(second));
            QVERIFY(total >= before);
            before = total;
        }
    }
    LatencyHistogram::Counts before;
    for (int second = -9000; second < 1500; ++second) {
        const LatencyHistogram::Counts counts = world.latencyAt(0, at(second));
        for (size_t i = 0; i < counts.upTo.size(); ++i) {
            QVERIFY(counts.upTo[i] >= before.upTo[i]);
            QVERIFY(i == 0 || counts.upTo[i] >= counts.upTo[i - 1]);
        }
        QVERIFY(counts.seconds >= before.seconds);
        before = counts;
    }
    const double all = world.totalAt(signalOf(world, RequestsMetric), at(1499));
    QVERIFY(std::abs(before.upTo.back() - all) < 1e-6 * all);
}

void TestServiceWorld::sumsNeedLittleMemory()
{
    constexpr qint64 Farthest = 200'000;
    const auto ofSlot = [](qint64 slot) { return 1.0 / double(3 + std::abs(slot)); };
    std::vector<double> after{0};
    std::vector<double> before{0};
    for (qint64 slot = 0; slot < Farthest; ++slot) {
        after.push_back(after.back() + ofSlot(slot));
        before.push_back(before.back() - ofSlot(-slot - 1));
    }
    // Forwards, backwards and anywhere, each sum is the same to the last bit.
    TwoSidedSum<double> sums;
    for (const qint64 slot : {0, 1, 4095, 4096, 4097, 4127, 4128, 4129, 199'999, 199'998, 70'001,
                              70'031, 70'032, 12, 0, 199'999, 5000}) {
        QVERIFY(sums.upTo(slot, ofSlot) == after[size_t(slot)]);
        QVERIFY(sums.upTo(-slot, ofSlot) == (slot > 0 ? before : after)[size_t(slot)]);
    }
    QVERIFY2(sums.size() < 25'000, qPrintable(QString::number(sums.size())));
}

void TestServiceWorld::quantilesAgreeWithTheGauges()
{
    const ServiceWorld world(slowPlan(), 6);
    constexpr auto &Bounds = LatencyHistogram::Bounds;
    const auto quantile = [&](double part, int from, int to) {
        LatencyHistogram::Counts counts = world.latencyAt(0, at(to));
        counts -= world.latencyAt(0, at(from));
        for (size_t i = 0; i < Bounds.size(); ++i) {
            if (counts.upTo[i] >= part * counts.upTo.back()) {
                const double below = i == 0 ? 0 : counts.upTo[i - 1];
                const double low = i == 0 ? 0 : Bounds[i - 1];
                return low + (Bounds[i] - low) * (part * counts.upTo.back() - below) /
                                 (counts.upTo[i] - below);
            }
        }
        return Bounds.back();
    };
    const auto bucketOf = [&](double value) {
        return std::lower_bound(Bounds.begin(), Bounds.end(), value) - Bounds.begin();
    };
    for (const auto &[from, to] : {std::pair(0, 300), {650, 890}}) {
        LatencyHistogram::Counts spent = world.latencyAt(0, at(to));
        spent -= world.latencyAt(0, at(from));
        const double mean = spent.seconds / spent.upTo.back();
        QVERIFY(mean > world.valueAt(signalOf(world, LatencyP50Metric), at((from + to) / 2)));
        QVERIFY(mean < world.valueAt(signalOf(world, LatencyP95Metric), at((from + to) / 2)));
        for (const auto &[part, name] : {std::pair(0.5, LatencyP50Metric),
                                         {0.95, LatencyP95Metric},
                                         {0.99, LatencyP99Metric}}) {
            const double gauge = world.valueAt(signalOf(world, name), at((from + to) / 2));
            const double found = quantile(part, from, to);
            QVERIFY2(std::abs(bucketOf(found) - bucketOf(gauge)) <= 1,
                     qPrintable(QStringLiteral("%1 instead of %2").arg(found).arg(gauge)));
        }
    }
}

void TestServiceWorld::meanBearsAFarP99_data()
{
    QTest::addColumn<double>("p99");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    // At most 95 % as slow as the p95 and 5 % twice as slow as the p99, and the noise of both.
    QTest::newRow("near") << 0.5 << 0.12 << 0.3;
    QTest::newRow("ten times the p95") << 3.0 << 0.2 << 0.7;
    QTest::newRow("a hundred times the p95") << 30.0 << 0.5 << 4.0;
    QTest::newRow("a million times the p95") << 3e5 << 1e3 << 4e4;
}

void TestServiceWorld::meanBearsAFarP99()
{
    QFETCH(double, p99);
    QFETCH(double, least);
    QFETCH(double, most);
    const QString unit = QStringLiteral("seconds");
    const ServiceWorld world(
        planOf({incident(600, {metric(LatencyP50Metric, 0.13, 0.12, unit),
                               metric(LatencyP95Metric, 0.33, 0.3, unit),
                               metric(LatencyP99Metric, 1.1 * p99, p99, unit)})}),
        1);
    LatencyHistogram::Counts spent = world.latencyAt(0, at(300));
    spent -= world.latencyAt(0, at(0));
    const double mean = spent.seconds / spent.upTo.back();
    QVERIFY2(mean > least && mean < most, qPrintable(QString::number(mean)));
}

void TestServiceWorld::isQuick()
{
    // 200 incidents on 20 services, in 40 minutes.
    WorldPlan plan;
    const QList<Scenario> &scenarios = m_shipped.scenarios();
    for (int i = 0; i < 200; ++i) {
        WorldIncident entry = incident(i * 12, scenarios[i % scenarios.size()].metrics);
        entry.service = QStringLiteral("service-%1").arg(i * 7 % 20);
        plan.incidents.append(entry);
    }
    for (int i = 0; i < 19; ++i) {
        plan.services.append(
            {QStringLiteral("service-%1").arg(i), {QStringLiteral("service-%1").arg(i + 1)}});
    }
    QElapsedTimer timer;
    timer.start();
    const ServiceWorld world(plan, 1);
    const double built = double(timer.nsecsElapsed()) / 1e6;
    double sum = 0;
    const auto snapshot = [&](qint64 second) {
        timer.start();
        for (qsizetype signal = 0; signal < world.count(); ++signal) {
            sum += world.valueAt(signal, at(second));
        }
        return double(timer.nsecsElapsed()) / 1e6;
    };
    const auto totals = [&](qint64 second) {
        timer.start();
        for (qsizetype signal = 0; signal < world.count(); ++signal) {
            sum += world.totalAt(signal, at(second));
        }
        for (qsizetype service = 0; service < world.services().size(); ++service) {
            sum += world.latencyAt(service, at(second)).seconds;
        }
        return double(timer.nsecsElapsed()) / 1e6;
    };
    QList<double> anywhere;
    for (int i = 0; i < 99; ++i) {
        anywhere.append(snapshot(i * 7919 % 2400));
    }
    const double first = totals(2000);
    QList<double> next;
    for (int i = 1; i < 100; ++i) {
        next.append(totals(2000 + i));
    }
    std::sort(anywhere.begin(), anywhere.end());
    std::sort(next.begin(), next.end());
    // How fast the machine is, and how busy.
    timer.start();
    for (int i = 0; i < 100'000; ++i) {
        sum += std::exp(-double(i));
    }
    const double reference = double(timer.nsecsElapsed()) / 1e6;
    qInfo("%lld signals: built in %.2f ms; all values at any instant %.3f ms; all totals %.1f ms "
          "at first, then %.3f ms a second (median); 100000 exponentials take %.3f ms",
          qlonglong(world.count()), built, anywhere[49], first, next[49], reference);
    QVERIFY(sum > 0);
    // All signals together take less than what one may; the machine may be busy.
    QVERIFY(anywhere[49] < 10);
    QVERIFY(next[49] < 10);
}

void TestServiceWorld::readsATimeline()
{
    Timeline timeline;
    timeline.lanes = {{QStringLiteral("idle-service")}, {QStringLiteral("quiet-service"), true}};
    Incident known;
    known.scenarioId = QStringLiteral("latency_spike_database");
    known.delay = seconds(90);
    Incident off = known;
    off.enabled = false;
    Incident muted = known;
    muted.serviceName = QStringLiteral("quiet-service");
    Incident prompt;
    prompt.type = IncidentType::LlmGenerated;
    prompt.expectedSeverity = Severity::High;
    prompt.serviceName = QStringLiteral("auth-service");
    prompt.duration = seconds(45);
    Incident pinned = prompt;
    PinnedScenario pin;
    pin.scenario = *m_shipped.find(QStringLiteral("memory_leak_gradual"));
    pinned.pinned = pin;
    pinned.duration.reset();
    timeline.incidents = {known, off, muted, prompt, pinned};
    const WorldPlan plan = worldPlanOf(timeline, m_shipped);
    QCOMPARE(plan.services.size(), 2);
    QCOMPARE(plan.incidents.size(), 3);
    QCOMPARE(plan.incidents[0].service, QStringLiteral("payment-service"));
    QCOMPARE(plan.incidents[0].start, at(90));
    QCOMPARE(plan.incidents[0].length, Duration(seconds(240)));
    QCOMPARE(plan.incidents[0].metrics.size(), 5);
    QCOMPARE(plan.incidents[1].service, QStringLiteral("auth-service"));
    QCOMPARE(plan.incidents[1].length, Duration(seconds(45)));
    QVERIFY(plan.incidents[1].metrics.isEmpty());
    QCOMPARE(plan.incidents[2].metrics, pin.scenario.metrics);
    QCOMPARE(plan.incidents[2].length, Duration(seconds(pin.scenario.durationSeconds)));
    // A prompt of which nothing is known yet shows by its severity.
    const double errors = meanOf(plan, ErrorsMetric, 20, 44, QStringLiteral("auth-service"));
    const double usual = meanOf(plan, ErrorsMetric, -100, 0, QStringLiteral("auth-service"));
    QVERIFY(errors > 20 * usual);
}

void TestServiceWorld::readsHowIncidentsEnd()
{
    Timeline timeline;
    timeline.services = {{QStringLiteral("web"), {QStringLiteral("payment-service")}, {}, {}}};
    Incident known;
    known.scenarioId = QStringLiteral("latency_spike_database");
    Incident slow = known;
    slow.recovery = seconds(240);
    Incident open = known;
    open.ends = IncidentEnd::Never;
    Incident control = known;
    control.control = true;
    Incident pinned = known;
    pinned.type = IncidentType::LlmGenerated;
    PinnedScenario pin;
    pin.scenario = *m_shipped.find(QStringLiteral("memory_leak_gradual"));
    pin.scenario.recovery = seconds(15);
    pin.scenario.phases = {
        {QStringLiteral("worse"), seconds(60), {}, {}, {{pin.scenario.metrics.first().name, 9}}}};
    pin.scenario.neighbours = {{QStringLiteral("web"), {}}};
    pinned.pinned = pin;
    timeline.incidents = {known, slow, open, control, pinned};
    const WorldPlan plan = worldPlanOf(timeline, m_shipped);
    QCOMPARE(plan.services.size(), 1);
    QCOMPARE(plan.services[0].dependsOn, QStringList(QStringLiteral("payment-service")));
    QCOMPARE(plan.incidents.size(), 5);
    QCOMPARE(plan.incidents[0].recovery, Duration(DefaultRecovery));
    QVERIFY(plan.incidents[0].ending == WorldIncident::Ending::AfterItsLength);
    QVERIFY(!plan.incidents[0].isControl);
    QCOMPARE(plan.incidents[1].recovery, Duration(seconds(240)));
    QVERIFY(plan.incidents[2].ending == WorldIncident::Ending::Never);
    QVERIFY(plan.incidents[3].isControl);
    QCOMPARE(plan.incidents[4].recovery, Duration(seconds(15)));
    QCOMPARE(plan.incidents[4].phases, pin.scenario.phases);
    QCOMPARE(plan.incidents[4].neighbours, pin.scenario.neighbours);
}

void TestServiceWorld::bearsWhatIsDegenerate()
{
    const ServiceWorld nothing(WorldPlan(), 0);
    QCOMPARE(nothing.count(), 0);
    QCOMPARE(nothing.end(), TimelinePosition());
    QCOMPARE(nothing.find(QStringLiteral("shop"), Latency), -1);
    WorldIncident odd = incident(0, {metric(QStringLiteral("m"), 0, 0, QString()),
                                     metric(RequestsMetric, 0, 0, QStringLiteral("req/s")),
                                     metric(Latency, 1, 0, QStringLiteral("seconds")),
                                     metric(CpuMetric, 350, 100, QStringLiteral("%")),
                                     metric(MemoryBytesMetric, 0, 0, QStringLiteral("bytes"))});
    odd.length = Duration(0);
    odd.recovery = Duration(0);
    WorldIncident long_ = odd;
    long_.length = std::chrono::hours(24 * 366);
    long_.start = at(100);
    const ServiceWorld world(planOf({odd, long_}), 1);
    for (qsizetype signal = 0; signal < world.count(); ++signal) {
        for (const int second : {-5, 0, 1, 90, 5000}) {
            QVERIFY(std::isfinite(world.valueAt(signal, at(second))));
            QVERIFY(std::isfinite(world.totalAt(signal, at(second))));
        }
    }
    QVERIFY(std::isfinite(world.latencyAt(0, at(500)).seconds));
}

QTEST_GUILESS_MAIN(TestServiceWorld)
#include "tst_serviceworld.moc"
