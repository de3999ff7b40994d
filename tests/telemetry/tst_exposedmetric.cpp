// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/exposedmetric.h"

#include <QTest>

#include <cmath>

/** How metrics are called towards other tools: one table. */
class TestExposedMetric : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void styles();
};

void TestExposedMetric::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("prometheus");
    QTest::addColumn<double>("factor"); // of the prometheus style
    QTest::addColumn<bool>("counts");   // in the prometheus style
    QTest::addColumn<QString>("airra");
    const auto row = [](const char *name, const char *unit, const char *raw, const char *prometheus,
                        double factor, bool counts, const char *airra = "") {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(unit)
                            << QString::fromLatin1(raw) << QString::fromLatin1(prometheus) << factor
                            << counts << QString::fromLatin1(airra);
    };
    row("http_requests_total", "req/s", "http_requests_total", "http_requests_total", 1, true,
        "airra_demo_request_rate");
    row("http_requests_per_second", "req/s", "http_requests_per_second", "http_requests_total", 1,
        true);
    row("http_response_status_500_total", "count", "http_response_status_500_total",
        "http_response_status_500_total", 1, true, "airra_demo_error_rate");
    row("http_request_duration_seconds_p95", "seconds", "http_request_duration_seconds_p95",
        "http_request_duration_p95_seconds", 1, false, "airra_demo_latency_p95");
    row("http_request_duration_p99_seconds", "seconds", "http_request_duration_p99_seconds",
        "http_request_duration_p99_seconds", 1, false);
    row("api_latency_ms", "ms", "api_latency_ms", "api_latency_seconds", 0.001, false);
    row("api_latency_p999", "milliseconds", "api_latency_p999", "api_latency_p999_seconds", 0.001,
        false);
    row("cpu_usage_percent", "%", "cpu_usage_percent", "cpu_usage_ratio", 0.01, false,
        "airra_demo_cpu_usage");
    row("packet_loss", "percent", "packet_loss", "packet_loss_ratio", 0.01, false);
    row("cache_hit_ratio", "ratio", "cache_hit_ratio", "cache_hit_ratio", 1, false);
    row("memory_usage_bytes", "bytes", "memory_usage_bytes", "memory_usage_bytes", 1, false,
        "airra_demo_memory_bytes");
    row("heap_used", "MiB", "heap_used", "heap_used_bytes", 1048576, false);
    row("network_egress_bytes_total", "bytes", "network_egress_bytes_total",
        "network_egress_bytes_total", 1, true);
    row("garbage_collection_seconds_total", "seconds", "garbage_collection_seconds_total",
        "garbage_collection_seconds_total", 1, true);
    row("pod_ready_count", "count", "pod_ready_count", "pod_ready", 1, false);
    row("circuit_breaker_open", "boolean", "circuit_breaker_open", "circuit_breaker_open", 1,
        false);
    row("database_rows_read_per_second", "count", "database_rows_read_per_second",
        "database_rows_read_total", 1, true);
    row("queueDepth", "count", "queueDepth", "queue_depth", 1, false);
    row("orders_total_count", "count", "orders_total_count", "orders", 1, false);
    row("failed_total_percent", "%", "failed_total_percent", "failed_ratio", 0.01, false);
    row("_count", "count", "_count", "_", 1, false);
    row("_total", "count", "__total", "__total", 1, true);
    row("5xx errors", "count", "_5xx_errors", "_5xx_errors", 1, false);
}

void TestExposedMetric::names()
{
    QFETCH(QString, name);
    QFETCH(QString, unit);
    QFETCH(QString, airra);
    const Metric metric{name, 2, 1, 3, MetricPattern::Step, unit};
    const auto raw = exposedMetric(metric, MetricNaming::Raw);
    QTEST(raw->name, "raw");
    QCOMPARE(raw->factor, 1.0);
    const auto prometheus = exposedMetric(metric, MetricNaming::Prometheus);
    QTEST(prometheus->name, "prometheus");
    QTEST(prometheus->factor, "factor");
    QTEST(prometheus->reading == ExposedMetric::Reading::Total, "counts");
    QVERIFY(prometheus->help.endsWith(u'.'));
    const auto gauge = exposedMetric(metric, MetricNaming::Airra);
    QCOMPARE(gauge ? gauge->name : QString(), airra);
    QVERIFY(!gauge || gauge->reading != ExposedMetric::Reading::Total);
}

void TestExposedMetric::styles()
{
    for (const MetricNaming style :
         {MetricNaming::Raw, MetricNaming::Prometheus, MetricNaming::Airra}) {
        QVERIFY(metricNamingFromString(toString(style)) == style);
    }
    QVERIFY(!metricNamingFromString(QStringLiteral("Raw")));
    QVERIFY(histogramName(MetricNaming::Airra).isEmpty());
    // Requests that come by the minute are a rate by the second.
    const auto rate = exposedMetric({QStringLiteral("http_requests_total"), 60, 60, 3,
                                     MetricPattern::Step, QStringLiteral("count")},
                                    MetricNaming::Airra);
    QVERIFY(std::abs(rate->factor - 1 / 60.0) < 1e-12);
    const auto cpu = exposedMetric(
        {QStringLiteral("cpu_usage_percent"), 60, 60, 3, MetricPattern::Step, QStringLiteral("%")},
        MetricNaming::Airra);
    QCOMPARE(cpu->factor, 0.01);
}

QTEST_GUILESS_MAIN(TestExposedMetric)
#include "tst_exposedmetric.moc"
