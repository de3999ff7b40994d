// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/metricwords.h"

#include "app/base/numbers.h"
#include "app/model/metricnames.h"

#include <QCoreApplication>
#include <QHash>

#include <array>
#include <cmath>

namespace {

constexpr QChar NarrowSpace(0x202F);
constexpr QChar MinusSign(0x2212);

/** The context of these words for translators. */
struct PlainWords
{
    Q_DECLARE_TR_FUNCTIONS(MetricWords)
};

struct Known
{
    const char *name;
    const char *words;
};

// Percentiles stand apart: "…_p95" is looked up without it.
constexpr std::array KnownMetrics{
    Known{"accounts_locked_total", QT_TRANSLATE_NOOP("MetricWords", "Accounts locked")},
    Known{"active_sessions", QT_TRANSLATE_NOOP("MetricWords", "Active sessions")},
    Known{"alert_transitions_total", QT_TRANSLATE_NOOP("MetricWords", "Alerts on and off")},
    Known{"alerts_firing", QT_TRANSLATE_NOOP("MetricWords", "Alerts firing")},
    Known{"api_requests_by_key_total", QT_TRANSLATE_NOOP("MetricWords", "Requests by one key")},
    Known{"apiserver_request_duration_seconds",
          QT_TRANSLATE_NOOP("MetricWords", "Cluster answers in")},
    Known{"apiserver_requests_per_second", QT_TRANSLATE_NOOP("MetricWords", "Cluster requests")},
    Known{"authentication_failures_total", QT_TRANSLATE_NOOP("MetricWords", "Failed sign-ins")},
    Known{"authorization_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Access refused")},
    Known{"batch_rows_per_second", QT_TRANSLATE_NOOP("MetricWords", "Batch rows")},
    Known{"cache_connection_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Cache not reached")},
    Known{"cache_evictions_total", QT_TRANSLATE_NOOP("MetricWords", "Cache evictions")},
    Known{"cache_hit_ratio", QT_TRANSLATE_NOOP("MetricWords", "Found in cache")},
    Known{"cache_misses_total", QT_TRANSLATE_NOOP("MetricWords", "Missing in cache")},
    Known{"circuit_breaker_open", QT_TRANSLATE_NOOP("MetricWords", "Calls cut off")},
    Known{"clock_offset_seconds", QT_TRANSLATE_NOOP("MetricWords", "Clock is off by")},
    Known{"connection_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Connections last")},
    Known{"connection_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Connection errors")},
    Known{"connection_timeouts_total", QT_TRANSLATE_NOOP("MetricWords", "Connections timed out")},
    Known{"consumer_lag_messages", QT_TRANSLATE_NOOP("MetricWords", "Messages waiting")},
    Known{"container_oom_kills_total", QT_TRANSLATE_NOOP("MetricWords", "Out of memory")},
    Known{"conversion_rate_percent", QT_TRANSLATE_NOOP("MetricWords", "Visitors who buy")},
    Known{"cpu_steal_percent", QT_TRANSLATE_NOOP("MetricWords", "CPU taken away")},
    Known{"cpu_throttled_ratio", QT_TRANSLATE_NOOP("MetricWords", "CPU held back")},
    Known{"cpu_usage_percent", QT_TRANSLATE_NOOP("MetricWords", "CPU use")},
    Known{"data_egress_bytes", QT_TRANSLATE_NOOP("MetricWords", "Data going out")},
    Known{"database_connection_errors_total",
          QT_TRANSLATE_NOOP("MetricWords", "Database not reached")},
    Known{"database_connection_wait_seconds",
          QT_TRANSLATE_NOOP("MetricWords", "Wait for database")},
    Known{"database_connections_active", QT_TRANSLATE_NOOP("MetricWords", "Database connections")},
    Known{"database_deadlocks_total", QT_TRANSLATE_NOOP("MetricWords", "Database deadlocks")},
    Known{"database_lock_wait_seconds", QT_TRANSLATE_NOOP("MetricWords", "Wait for locks")},
    Known{"database_queries_per_second", QT_TRANSLATE_NOOP("MetricWords", "Database queries")},
    Known{"database_query_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Query time")},
    Known{"database_query_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Failed queries")},
    Known{"database_replication_lag_seconds", QT_TRANSLATE_NOOP("MetricWords", "Copy lags by")},
    Known{"database_rows_read_per_second", QT_TRANSLATE_NOOP("MetricWords", "Rows read")},
    Known{"database_syntax_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Malformed queries")},
    Known{"database_timeouts_total", QT_TRANSLATE_NOOP("MetricWords", "Database time-outs")},
    Known{"database_transactions_total", QT_TRANSLATE_NOOP("MetricWords", "Transactions")},
    Known{"database_wal_bytes", QT_TRANSLATE_NOOP("MetricWords", "Database journal")},
    Known{"database_write_latency_seconds", QT_TRANSLATE_NOOP("MetricWords", "Database writes in")},
    Known{"dead_letter_queue_size", QT_TRANSLATE_NOOP("MetricWords", "Messages set aside")},
    Known{"delivery_queue_size", QT_TRANSLATE_NOOP("MetricWords", "Waiting for delivery")},
    Known{"disk_io_operations_per_second", QT_TRANSLATE_NOOP("MetricWords", "Disk operations")},
    Known{"disk_io_wait_percent", QT_TRANSLATE_NOOP("MetricWords", "Waiting for disk")},
    Known{"disk_queue_depth", QT_TRANSLATE_NOOP("MetricWords", "Disk queue")},
    Known{"disk_usage_bytes", QT_TRANSLATE_NOOP("MetricWords", "Disk used")},
    Known{"disk_usage_percent", QT_TRANSLATE_NOOP("MetricWords", "Disk used")},
    Known{"disk_write_latency_seconds", QT_TRANSLATE_NOOP("MetricWords", "Disk writes in")},
    Known{"distinct_client_addresses", QT_TRANSLATE_NOOP("MetricWords", "Client addresses")},
    Known{"dns_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Names not found")},
    Known{"dns_lookup_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Name look-up")},
    Known{"etcd_disk_write_duration_seconds",
          QT_TRANSLATE_NOOP("MetricWords", "Cluster writes in")},
    Known{"external_api_call_duration_seconds",
          QT_TRANSLATE_NOOP("MetricWords", "Partner answers in")},
    Known{"external_api_calls_total", QT_TRANSLATE_NOOP("MetricWords", "Calls to partner")},
    Known{"external_api_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Partner errors")},
    Known{"feature_calls_total", QT_TRANSLATE_NOOP("MetricWords", "Uses of the feature")},
    Known{"garbage_collection_pause_seconds", QT_TRANSLATE_NOOP("MetricWords", "Clean-up pause")},
    Known{"garbage_collection_seconds", QT_TRANSLATE_NOOP("MetricWords", "Memory clean-up")},
    Known{"garbage_collection_time_ratio", QT_TRANSLATE_NOOP("MetricWords", "Time cleaning up")},
    Known{"garbage_collections_total", QT_TRANSLATE_NOOP("MetricWords", "Memory clean-ups")},
    Known{"heap_allocations_total", QT_TRANSLATE_NOOP("MetricWords", "Memory requests")},
    Known{"heap_usage_percent", QT_TRANSLATE_NOOP("MetricWords", "Heap use")},
    Known{"heartbeats_missed_total", QT_TRANSLATE_NOOP("MetricWords", "Missed heartbeats")},
    Known{"http_error_ratio", QT_TRANSLATE_NOOP("MetricWords", "Failed requests")},
    Known{"http_request_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Response time")},
    Known{"http_requests_in_flight", QT_TRANSLATE_NOOP("MetricWords", "Open requests")},
    Known{"http_requests_per_second", QT_TRANSLATE_NOOP("MetricWords", "Requests")},
    Known{"http_requests_total", QT_TRANSLATE_NOOP("MetricWords", "Requests")},
    Known{"http_response_status_500_total", QT_TRANSLATE_NOOP("MetricWords", "Errors (500)")},
    Known{"http_response_status_502_total", QT_TRANSLATE_NOOP("MetricWords", "Bad answers (502)")},
    Known{"http_response_status_503_total", QT_TRANSLATE_NOOP("MetricWords", "Unavailable (503)")},
    Known{"http_response_status_504_total", QT_TRANSLATE_NOOP("MetricWords", "Timed out (504)")},
    Known{"image_pull_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Images not loaded")},
    Known{"job_last_success_age_seconds", QT_TRANSLATE_NOOP("MetricWords", "Since last success")},
    Known{"job_missed_runs_total", QT_TRANSLATE_NOOP("MetricWords", "Missed jobs")},
    Known{"log_ingest_lag_seconds", QT_TRANSLATE_NOOP("MetricWords", "Logs lag by")},
    Known{"log_queue_size", QT_TRANSLATE_NOOP("MetricWords", "Logs waiting")},
    Known{"log_write_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Logs not written")},
    Known{"login_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Sign-in time")},
    Known{"logins_total", QT_TRANSLATE_NOOP("MetricWords", "Sign-ins")},
    Known{"memory_ecc_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Memory faults")},
    Known{"memory_usage_bytes", QT_TRANSLATE_NOOP("MetricWords", "Memory use")},
    Known{"memory_usage_percent", QT_TRANSLATE_NOOP("MetricWords", "Memory use")},
    Known{"message_age_seconds", QT_TRANSLATE_NOOP("MetricWords", "Oldest message")},
    Known{"message_deserialization_errors_total",
          QT_TRANSLATE_NOOP("MetricWords", "Unreadable messages")},
    Known{"message_publish_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Publishing takes")},
    Known{"message_publish_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Messages not sent")},
    Known{"messages_delivered_total", QT_TRANSLATE_NOOP("MetricWords", "Messages delivered")},
    Known{"messages_processed_per_second", QT_TRANSLATE_NOOP("MetricWords", "Messages handled")},
    Known{"messages_published_total", QT_TRANSLATE_NOOP("MetricWords", "Messages sent")},
    Known{"metrics_age_seconds", QT_TRANSLATE_NOOP("MetricWords", "Metrics are old")},
    Known{"metrics_received_per_second", QT_TRANSLATE_NOOP("MetricWords", "Metrics received")},
    Known{"monitoring_active_series", QT_TRANSLATE_NOOP("MetricWords", "Metrics watched")},
    Known{"monitoring_query_duration_seconds",
          QT_TRANSLATE_NOOP("MetricWords", "Monitoring answers")},
    Known{"network_bandwidth_percent", QT_TRANSLATE_NOOP("MetricWords", "Network use")},
    Known{"network_connections_denied_total",
          QT_TRANSLATE_NOOP("MetricWords", "Connections refused")},
    Known{"network_egress_bytes", QT_TRANSLATE_NOOP("MetricWords", "Data going out")},
    Known{"network_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Network errors")},
    Known{"network_latency_seconds", QT_TRANSLATE_NOOP("MetricWords", "Network delay")},
    Known{"network_packet_loss_percent", QT_TRANSLATE_NOOP("MetricWords", "Packets lost")},
    Known{"network_retransmits_total", QT_TRANSLATE_NOOP("MetricWords", "Packets sent again")},
    Known{"object_storage_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Storage errors")},
    Known{"object_storage_request_duration_seconds",
          QT_TRANSLATE_NOOP("MetricWords", "Storage answers in")},
    Known{"orders_completed_total", QT_TRANSLATE_NOOP("MetricWords", "Orders completed")},
    Known{"outbox_queue_size", QT_TRANSLATE_NOOP("MetricWords", "Outbox waiting")},
    Known{"pod_evictions_total", QT_TRANSLATE_NOOP("MetricWords", "Pods evicted")},
    Known{"pod_pending_count", QT_TRANSLATE_NOOP("MetricWords", "Pods waiting")},
    Known{"pod_ready_count", QT_TRANSLATE_NOOP("MetricWords", "Pods ready")},
    Known{"pod_restarts_total", QT_TRANSLATE_NOOP("MetricWords", "Pod restarts")},
    Known{"pod_scheduling_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Finding a place")},
    Known{"pod_start_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Pods start in")},
    Known{"process_open_descriptors", QT_TRANSLATE_NOOP("MetricWords", "Open files")},
    Known{"provider_rejected_total", QT_TRANSLATE_NOOP("MetricWords", "Refused by provider")},
    Known{"replication_conflicts_total", QT_TRANSLATE_NOOP("MetricWords", "Copies in conflict")},
    Known{"responses_empty_total", QT_TRANSLATE_NOOP("MetricWords", "Empty answers")},
    Known{"samples_dropped_total", QT_TRANSLATE_NOOP("MetricWords", "Samples lost")},
    Known{"scrape_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Metrics not read")},
    Known{"search_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Failed searches")},
    Known{"search_query_duration_seconds", QT_TRANSLATE_NOOP("MetricWords", "Search time")},
    Known{"search_unassigned_shards", QT_TRANSLATE_NOOP("MetricWords", "Search parts missing")},
    Known{"stale_reads_total", QT_TRANSLATE_NOOP("MetricWords", "Outdated answers")},
    Known{"suspicious_logins_total", QT_TRANSLATE_NOOP("MetricWords", "Suspicious sign-ins")},
    Known{"thread_pool_active_count", QT_TRANSLATE_NOOP("MetricWords", "Busy workers")},
    Known{"thread_pool_queue_size", QT_TRANSLATE_NOOP("MetricWords", "Requests queued")},
    Known{"tls_handshake_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Failed handshakes")},
    Known{"token_validation_errors_total", QT_TRANSLATE_NOOP("MetricWords", "Tokens refused")},
    Known{"transaction_retries_total", QT_TRANSLATE_NOOP("MetricWords", "Transactions retried")},
    Known{"unknown_connections", QT_TRANSLATE_NOOP("MetricWords", "Unknown connections")},
    Known{"unprocessed_records", QT_TRANSLATE_NOOP("MetricWords", "Records waiting")},
    Known{"upload_queue_size", QT_TRANSLATE_NOOP("MetricWords", "Uploads waiting")},
    Known{"web_firewall_blocks_total", QT_TRANSLATE_NOOP("MetricWords", "Blocked requests")},
};

/** nullptr where the table does not have it. */
const char *wordsOf(const QString &name)
{
    static const QHash<QString, const char *> words = [] {
        QHash<QString, const char *> made;
        for (const Known &known : KnownMetrics) {
            made.insert(QLatin1String(known.name), known.words);
        }
        return made;
    }();
    return words.value(name);
}

/** "queue_wait_seconds" → "Queue wait". */
QString spelledOut(QString name)
{
    static const std::array endings{QLatin1String("_total"), QLatin1String("_seconds"),
                                    QLatin1String("_bytes"), QLatin1String("_percent"),
                                    QLatin1String("_ratio"), QLatin1String("_per_second"),
                                    QLatin1String("_count")};
    for (bool again = true; again;) {
        again = false;
        for (const QLatin1String ending : endings) {
            if (name.endsWith(ending) && name.size() > ending.size()) {
                name.chop(ending.size());
                again = true;
            }
        }
    }
    static const QStringList abbreviations{
        QStringLiteral("cpu"),  QStringLiteral("http"), QStringLiteral("dns"),
        QStringLiteral("api"),  QStringLiteral("tls"),  QStringLiteral("tcp"),
        QStringLiteral("io"),   QStringLiteral("db"),   QStringLiteral("jvm"),
        QStringLiteral("gc"),   QStringLiteral("ssl"),  QStringLiteral("url"),
        QStringLiteral("grpc"), QStringLiteral("sql"),  QStringLiteral("gpu")};
    QStringList words = name.split(u'_', Qt::SkipEmptyParts);
    for (QString &word : words) {
        if (abbreviations.contains(word)) {
            word = word.toUpper();
        }
    }
    QString text = words.join(u' ');
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

bool isShare(const Metric &metric)
{
    return isRatioMetric(metric) &&
           std::max(std::abs(metric.value), std::abs(metric.baseline)) <= 1;
}

/** How a metric's numbers are written at every moment. */
struct Notation
{
    double factor = 1;
    int decimals = 0;
    QString prefix;
};

Notation notationOf(const Metric &metric)
{
    Notation notation;
    double size = std::max(std::abs(metric.value), std::abs(metric.baseline));
    if (isShare(metric)) {
        notation.factor = 100;
        size *= 100;
    }
    static const std::array prefixes{QString(), QStringLiteral("k"), QStringLiteral("M"),
                                     QStringLiteral("G"), QStringLiteral("T")};
    const bool isBytes = isSameUnit(metric.unit, QStringLiteral("bytes"));
    if (size >= (isBytes ? 1000 : 100000)) {
        size_t step = 0;
        while (size >= 1000 && step + 1 < prefixes.size()) {
            size /= 1000;
            notation.factor /= 1000;
            ++step;
        }
        notation.prefix = prefixes[step];
    }
    const bool isWhole = isCountMetric(metric) && notation.prefix.isEmpty();
    notation.decimals = isWhole || size >= 20 ? 0 : size >= 2 ? 1 : size >= 0.2 ? 2 : 3;
    return notation;
}

} // namespace

bool MetricWords::isKnown(const QString &name)
{
    const auto percentile = percentileOf(name);
    return wordsOf(percentile ? percentile->stem : name) != nullptr;
}

QString MetricWords::name(const Metric &metric)
{
    const auto percentile = percentileOf(metric.name);
    const QString stem = percentile ? percentile->stem : metric.name;
    const char *known = wordsOf(stem);
    const QString words = known ? PlainWords::tr(known) : spelledOut(stem);
    return percentile ? PlainWords::tr("%1, p%2", "a metric and its percentile")
                            .arg(words, QString::number(percentile->percentile, 'g', 4))
                      : words;
}

QString MetricWords::unit(const Metric &metric)
{
    const QString prefix = notationOf(metric).prefix;
    if (isPercentMetric(metric) || isShare(metric)) {
        return QStringLiteral("%");
    }
    if (isSameUnit(metric.unit, QStringLiteral("seconds"))) {
        return prefix + PlainWords::tr("s", "seconds");
    }
    if (isSameUnit(metric.unit, QStringLiteral("bytes"))) {
        return prefix + PlainWords::tr("B", "bytes");
    }
    if (isBooleanMetric(metric)) {
        return {};
    }
    const QString unit = metric.unit.trimmed().toLower();
    if (metric.name.endsWith(u"_per_second") || unit == u"rps" || unit == u"qps" ||
        unit.endsWith(u"/s") || unit.endsWith(u"/sec") || unit.endsWith(u"/second") ||
        unit.endsWith(u"per second")) {
        return (prefix.isEmpty() ? QString() : prefix + NarrowSpace) + PlainWords::tr("per s");
    }
    if (unit.endsWith(u"/min") || unit.endsWith(u"/minute") || unit.endsWith(u"per minute")) {
        return (prefix.isEmpty() ? QString() : prefix + NarrowSpace) + PlainWords::tr("per min");
    }
    if (isSameUnit(metric.unit, QStringLiteral("count")) || isRatioMetric(metric)) {
        return prefix;
    }
    return prefix.isEmpty() ? metric.unit : QString(prefix + NarrowSpace + metric.unit);
}

QString MetricWords::number(double value, const Metric &metric)
{
    if (isBooleanMetric(metric)) {
        return value >= 0.5 ? PlainWords::tr("yes") : PlainWords::tr("no");
    }
    const Notation notation = notationOf(metric);
    QString digits = roundedText(std::abs(value) * notation.factor, notation.decimals);
    const qsizetype point = digits.indexOf(u'.');
    for (qsizetype at = (point < 0 ? digits.size() : point) - 3; at > 0; at -= 3) {
        digits.insert(at, NarrowSpace);
    }
    const bool isZero = digits.count(u'0') + (point < 0 ? 0 : 1) == digits.size();
    return value < 0 && !isZero ? MinusSign + digits : digits;
}

QString MetricWords::technical(double value, const Metric &metric)
{
    const QString digits = number(value, metric);
    const bool isPlain =
        isBooleanMetric(metric) || isSameUnit(metric.unit, QStringLiteral("count"));
    const bool isOwnUnit = isPercentMetric(metric) || isShare(metric) ||
                           isSameUnit(metric.unit, QStringLiteral("seconds")) ||
                           isSameUnit(metric.unit, QStringLiteral("bytes"));
    const QString prefix = notationOf(metric).prefix;
    const QString unit = isOwnUnit ? MetricWords::unit(metric)
                         : isPlain ? prefix
                                   : QString(prefix + metric.unit);
    return unit.isEmpty() ? digits : QString(digits + NarrowSpace + unit);
}
