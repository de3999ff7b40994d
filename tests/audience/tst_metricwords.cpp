// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/archetype.h"
#include "app/library/scenariolibrary.h"
#include "app/model/metricnames.h"
#include "ui/charts/metricwords.h"

#include <QFont>
#include <QFontMetricsF>
#include <QSet>
#include <QTest>

/** Metrics in words that people know, for every metric that the program brings with it. */
class TestMetricWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsAllShipped();
    void writes_data();
    void writes();
    void neverJumps();

private:
    static Metric metric(const QString &name, const QString &unit, double value, double baseline)
    {
        return {name, value, baseline, 5, MetricPattern::Step, unit};
    }
};

void TestMetricWords::knowsAllShipped()
{
    QSet<QString> names;
    const ScenarioLibrary library =
        ScenarioLibrary::fromFolders({QStringLiteral(PROJECT_SOURCE_DIR "/scenarios")}, {});
    for (const Scenario &scenario : library.scenarios()) {
        for (const Metric &metric : scenario.metrics) {
            names.insert(metric.name);
        }
    }
    QList<BrokenFile> broken;
    const auto archetypes =
        readArchetypes(QStringLiteral(PROJECT_SOURCE_DIR "/scenarios/archetypes"), broken);
    for (const Archetype &archetype : archetypes) {
        for (const ArchetypeMetric &metric : archetype.metrics) {
            names.insert(metric.name);
        }
    }
    QVERIFY(names.size() > 100);
    QFont font;
    font.setPixelSize(28);
    font.setBold(true);
    for (const QString &name : std::as_const(names)) {
        QVERIFY2(MetricWords::isKnown(name), qPrintable(name));
        const QString words = MetricWords::name(metric(name, QStringLiteral("count"), 2, 1));
        QVERIFY2(!words.contains(u'_') && words.size() <= 26, qPrintable(words));
    }
}

void TestMetricWords::writes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("metricUnit");
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("baseline");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("unit");
    const auto row = [](const char *name, const char *metricUnit, double value, double baseline,
                        const char *words, const char *number, const char *unit) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(metricUnit) << value
                            << baseline << QString::fromUtf8(words) << QString::fromUtf8(number)
                            << QString::fromUtf8(unit);
    };
    row("cpu_usage_percent", "%", 91.2, 45, "CPU use", "91", "%");
    row("http_requests_per_second", "req/s", 3440, 800, "Requests", "3\u202F440", "per s");
    row("http_request_duration_seconds_p95", "seconds", 4.04, 0.3, "Response time, p95", "4.0",
        "s");
    row("memory_usage_bytes", "bytes", 8.59e9, 2e9, "Memory use", "8.6", "GB");
    row("cache_hit_ratio", "ratio", 0.354, 0.92, "Found in cache", "35", "%");
    row("circuit_breaker_open", "boolean", 1, 0, "Calls cut off", "yes", "");
    row("network_errors_total", "count", 440, 6, "Network errors", "440", "");
    // Nobody's metric, made up by a model.
    row("payment_gateway_queue_wait_seconds_p99", "seconds", 0.25, 0.02,
        "Payment gateway queue wait, p99", "0.25", "s");
    row("http_tls_renegotiations_total", "count", 15000000, 200, "HTTP TLS renegotiations", "15.0",
        "M");
    row("sessions", "sessions", 12, 10, "Sessions", "12.0", "sessions");
}

void TestMetricWords::writes()
{
    QFETCH(QString, name);
    QFETCH(QString, metricUnit);
    QFETCH(double, value);
    QFETCH(double, baseline);
    const Metric what = metric(name, metricUnit, value, baseline);
    QTEST(MetricWords::name(what), "words");
    QTEST(MetricWords::number(value, what), "number");
    QTEST(MetricWords::unit(what), "unit");
}

void TestMetricWords::neverJumps()
{
    const Metric time = metric(QStringLiteral("http_request_duration_seconds_p95"),
                               QStringLiteral("seconds"), 4, 0.3);
    QCOMPARE(MetricWords::number(4, time), QStringLiteral("4.0"));
    QCOMPARE(MetricWords::number(3.98, time), QStringLiteral("4.0"));
    QCOMPARE(MetricWords::number(0.31, time), QStringLiteral("0.3"));
    QCOMPARE(MetricWords::number(-0.01, time), QStringLiteral("0.0")); // and no minus before zero
    const Metric requests =
        metric(QStringLiteral("http_requests_total"), QStringLiteral("req/s"), 37, 800);
    QCOMPARE(MetricWords::technical(37.2, requests), QStringLiteral("37\u202Freq/s"));
}

QTEST_MAIN(TestMetricWords)
#include "tst_metricwords.moc"
