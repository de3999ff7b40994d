// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "worldplans.h"

#include <cmath>

using namespace WorldPlans;
using std::chrono::seconds;

/** What an incident does to others: over the service map, and to the neighbours that it names. */
class TestWorldSpread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void latencyGoesUpToCallers();
    void errorsGoUpToCallers();
    void loadGoesDown();
    void circlesEnd();
    void neighboursSayThemselves();
};

namespace {

const QString Web = QStringLiteral("web");
const QString Shop = QStringLiteral("shop");
const QString Store = QStringLiteral("store");
const QString Aside = QStringLiteral("aside");

/** web calls shop, and shop calls store. */
WorldPlan mapped(const QList<Metric> &metrics)
{
    WorldPlan plan = planOf({incident(600, metrics)});
    plan.services = {{Web, {Shop}}, {Shop, {Store}}, {Aside, {}}};
    return plan;
}

double growth(const WorldPlan &plan, QLatin1String metric, const QString &service, int from, int to)
{
    return meanOf(plan, metric, from, to, service) / meanOf(plan, metric, 0, 590, service);
}

/** The first second at which the metric is well away from usual. */
int departure(const WorldPlan &plan, QLatin1String metric, const QString &service)
{
    const ServiceWorld world(plan, 1);
    const qsizetype signal = signalOf(world, metric, service);
    for (int second = 600; second < 900; ++second) {
        if (world.valueAt(signal, at(second)) > 2 * world.metric(signal).baseline) {
            return second;
        }
    }
    return -1;
}

} // namespace

void TestWorldSpread::latencyGoesUpToCallers()
{
    const WorldPlan plan = mapped({metric(LatencyP95Metric, 8, 0.4, QStringLiteral("seconds"))});
    const double web = meanOf(plan, LatencyP95Metric, 660, 890, Web);
    QVERIFY2(web > 2 && web < 7, qPrintable(QString::number(web)));
    QVERIFY(growth(plan, LatencyP99Metric, Web, 660, 890) > 3);
    QVERIFY(std::abs(growth(plan, LatencyP95Metric, Store, 660, 890) - 1) < 0.1);
    QVERIFY(std::abs(growth(plan, LatencyP95Metric, Aside, 660, 890) - 1) < 0.1);
    const int own = departure(plan, LatencyP95Metric, Shop);
    const int callers = departure(plan, LatencyP95Metric, Web);
    QVERIFY2(own > 0 && callers >= own + 4, qPrintable(QString::number(callers - own)));
    QVERIFY(std::abs(growth(plan, LatencyP95Metric, Web, 990, 1090) - 1) < 0.1);
    QVERIFY(ServiceWorld(plan, 1).end() > at(960));
}

void TestWorldSpread::errorsGoUpToCallers()
{
    const WorldPlan plan = mapped(
        {metric(QStringLiteral("http_response_status_503_total"), 6000, 5, QStringLiteral("count")),
         metric(RequestsMetric, 750, 800, QStringLiteral("req/s"))});
    QVERIFY(growth(plan, ErrorsMetric, Web, 660, 890) > 20);
    // A few of the callers' own requests fail, and never more than there are.
    const double failed = meanOf(plan, ErrorsMetric, 660, 890, Web) / 60;
    QVERIFY(failed < 0.2 * meanOf(plan, RequestsMetric, 660, 890, Web));
    const WorldPlan all = mapped({metric(QStringLiteral("http_response_status_500_total"), 1e9, 5,
                                         QStringLiteral("count"))});
    QVERIFY(meanOf(all, ErrorsMetric, 660, 890, Web) / 60 <
            0.7 * meanOf(all, RequestsMetric, 660, 890, Web));
}

void TestWorldSpread::loadGoesDown()
{
    const WorldPlan plan = mapped({metric(RequestsMetric, 3200, 800, QStringLiteral("req/s"))});
    const double store = growth(plan, RequestsMetric, Store, 660, 890);
    QVERIFY2(std::abs(store - 2.5) < 0.2, qPrintable(QString::number(store)));
    QVERIFY(growth(plan, CpuMetric, Store, 660, 890) > 1.3);
    QVERIFY(std::abs(growth(plan, RequestsMetric, Web, 660, 890) - 1) < 0.1);
}

void TestWorldSpread::circlesEnd()
{
    WorldPlan plan = mapped({metric(LatencyP95Metric, 8, 0.4, QStringLiteral("seconds")),
                             metric(RequestsMetric, 1600, 800, QStringLiteral("req/s"))});
    plan.services.append({Store, {Web, Store, Shop}});
    QVERIFY(std::abs(meanOf(plan, LatencyP95Metric, 660, 890, Shop) - 8) < 0.5);
    QVERIFY(growth(plan, LatencyP95Metric, Store, 660, 890) > 2);
}

void TestWorldSpread::neighboursSayThemselves()
{
    WorldPlan plan = mapped({metric(LatencyP95Metric, 8, 0.4, QStringLiteral("seconds"))});
    plan.incidents[0].neighbours = {
        {Web, {metric(LatencyP95Metric, 1.5, 0.5, QStringLiteral("seconds"))}},
        {QStringLiteral("cache"), {metric(CpuMetric, 90, 30, QStringLiteral("%"))}}};
    QVERIFY(std::abs(meanOf(plan, LatencyP95Metric, 660, 890, Web) - 1.5) < 0.1);
    QVERIFY(std::abs(meanOf(plan, CpuMetric, 660, 890, QStringLiteral("cache")) - 90) < 2);
}

QTEST_GUILESS_MAIN(TestWorldSpread)
#include "tst_worldspread.moc"
