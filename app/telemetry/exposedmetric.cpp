// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/exposedmetric.h"

#include "app/model/metricnames.h"
#include "app/telemetry/goldensignals.h"
#include "app/telemetry/metricunits.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace {

using Reading = ExposedMetric::Reading;

/** The context of this file's words for translators. */
struct NamingWords
{
    Q_DECLARE_TR_FUNCTIONS(MetricNaming)
};

/** What of a name Prometheus takes: every other character becomes _. */
QString taken(const QString &name)
{
    QString out;
    for (const QChar c : name) {
        const bool isTaken = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_');
        if (c.isDigit() && out.isEmpty()) {
            out += u'_';
        }
        out += isTaken ? c : QChar(u'_');
    }
    return out.isEmpty() ? QStringLiteral("_") : out;
}

/** "fooBar" as "foo_bar". */
QString snakeCase(const QString &name)
{
    QString out;
    for (const QChar c : name) {
        if (c.isUpper() && !out.isEmpty() && out.back().isLower()) {
            out += u'_';
        }
        out += c.toLower();
    }
    return out;
}

bool chop(QString &name, QLatin1String suffix)
{
    if (!name.endsWith(suffix)) {
        return false;
    }
    name.chop(suffix.size());
    return true;
}

QString helpFor(const Metric &metric)
{
    struct Known
    {
        QLatin1String name;
        const char *help;
    };
    static constexpr std::array Helps{
        Known{RequestsMetric, QT_TRANSLATE_NOOP("MetricNaming", "HTTP requests, all of them.")},
        Known{ErrorsMetric,
              QT_TRANSLATE_NOOP("MetricNaming", "HTTP requests answered with status 500.")},
        Known{LatencyP50Metric,
              QT_TRANSLATE_NOOP("MetricNaming", "Median duration of HTTP requests.")},
        Known{
            LatencyP95Metric,
            QT_TRANSLATE_NOOP("MetricNaming", "95th percentile of the duration of HTTP requests.")},
        Known{
            LatencyP99Metric,
            QT_TRANSLATE_NOOP("MetricNaming", "99th percentile of the duration of HTTP requests.")},
        Known{CpuMetric, QT_TRANSLATE_NOOP("MetricNaming", "CPU that is used, of all it may use.")},
        Known{MemoryBytesMetric, QT_TRANSLATE_NOOP("MetricNaming", "Memory that is used.")},
        Known{MemoryPercentMetric,
              QT_TRANSLATE_NOOP("MetricNaming", "Memory that is used, of all it may use.")},
    };
    for (const Known &known : Helps) {
        if (metric.name == known.name) {
            return NamingWords::tr(known.help);
        }
    }
    QString words = metric.name;
    words.replace(u'_', u' ');
    return NamingWords::tr("Simulated: %1.").arg(words.trimmed());
}

ExposedMetric inRawStyle(const Metric &metric)
{
    ExposedMetric exposed;
    exposed.name = taken(metric.name);
    if (exposed.name == u"_total") {
        exposed.name.prepend(u'_'); // OpenMetrics would leave nothing of it
    }
    exposed.reading = isCounter(metric) ? Reading::Total : Reading::Value;
    exposed.isWhole = isCounter(metric) && (isCountMetric(metric) || isRateUnit(metric.unit));
    exposed.help = helpFor(metric);
    return exposed;
}

/** By the rules of prometheus.io/docs/practices/naming, which promtool checks. */
ExposedMetric inPrometheusStyle(const Metric &metric)
{
    ExposedMetric exposed;
    exposed.help = helpFor(metric);
    Metric based = metric;
    if (const auto base = inBaseUnits(metric)) {
        Metric one = metric;
        one.value = 1;
        exposed.factor = inBaseUnits(one)->value;
        based = *base;
    }
    QString name = snakeCase(taken(based.name));
    // The unit stands last, behind the percentile.
    static const QRegularExpression percentileWithin(QStringLiteral("_p\\d{2,4}(?=_|$)"));
    QString percentile;
    if (const auto match = percentileWithin.match(name); match.hasMatch()) {
        percentile = match.captured();
        name.remove(match.capturedStart(), match.capturedLength());
    }
    bool counts = chop(name, QLatin1String("_total"));
    const bool isRate = chop(name, QLatin1String("_per_second")) ||
                        (!counts && chop(name, QLatin1String("_per_minute")));
    if (isRate && !counts) {
        // Prometheus counts, and whoever asks computes the rate.
        counts = true;
        exposed.isWhole = true;
    }
    if (counts) {
        exposed.reading = Reading::Total;
        exposed.isWhole = exposed.isWhole || isCountMetric(metric) || isRateUnit(metric.unit);
    }
    QString unit;
    if (isPercentMetric(based)) {
        chop(name, QLatin1String("_percent"));
        exposed.factor *= 0.01;
        unit = QStringLiteral("_ratio");
    } else if (isRatioMetric(based)) {
        chop(name, QLatin1String("_ratio"));
        unit = QStringLiteral("_ratio");
    } else if (chop(name, QLatin1String("_seconds")) ||
               isSameUnit(based.unit, QStringLiteral("seconds"))) {
        unit = QStringLiteral("_seconds");
    } else if (chop(name, QLatin1String("_bytes")) ||
               isSameUnit(based.unit, QStringLiteral("bytes"))) {
        unit = QStringLiteral("_bytes");
    }
    if (!counts) {
        // The endings of histograms and counters are theirs alone.
        while (chop(name, QLatin1String("_count")) || chop(name, QLatin1String("_sum")) ||
               chop(name, QLatin1String("_bucket")) || chop(name, QLatin1String("_info")) ||
               chop(name, QLatin1String("_total"))) {
        }
    }
    name += percentile + unit;
    if (name.isEmpty()) {
        name = QStringLiteral("_"); // all of it was an ending
    }
    exposed.name = name + (counts ? QStringLiteral("_total") : QString());
    return exposed;
}

std::optional<ExposedMetric> inAirraStyle(const Metric &metric)
{
    ExposedMetric exposed;
    exposed.help = helpFor(metric);
    const auto named = [&](const char *name, double factor) {
        exposed.name = QLatin1String("airra_demo_") + QLatin1String(name);
        exposed.factor = factor;
        return exposed;
    };
    if (metric.name == RequestsMetric) {
        exposed.help = NamingWords::tr("HTTP requests per second.");
        return named("request_rate", countPerSecond(metric));
    }
    if (metric.name == ErrorsMetric) {
        exposed.help = NamingWords::tr("The part of HTTP requests that failed, 0 to 1.");
        exposed.reading = Reading::FailedPart;
        return named("error_rate", 1);
    }
    if (metric.name == LatencyP95Metric) {
        const auto base = inBaseUnits(Metric{metric.name, 1, 0, 0, metric.pattern, metric.unit});
        return named("latency_p95", base ? base->value : 1);
    }
    if (metric.name == CpuMetric) {
        exposed.help = NamingWords::tr("CPU that is used, 0 to 1.");
        return named("cpu_usage", 0.01);
    }
    if (metric.name == MemoryBytesMetric) {
        const auto base = inBaseUnits(Metric{metric.name, 1, 0, 0, metric.pattern, metric.unit});
        return named("memory_bytes", base ? base->value : 1);
    }
    return std::nullopt;
}

} // namespace

std::optional<ExposedMetric> exposedMetric(const Metric &metric, MetricNaming naming)
{
    switch (naming) {
    case MetricNaming::Raw:
        return inRawStyle(metric);
    case MetricNaming::Prometheus:
        return inPrometheusStyle(metric);
    case MetricNaming::Airra:
        return inAirraStyle(metric);
    }
    return std::nullopt;
}

QString histogramName(MetricNaming naming)
{
    return naming == MetricNaming::Airra ? QString()
                                         : QStringLiteral("http_request_duration_seconds");
}

QString histogramHelp()
{
    return NamingWords::tr("How long HTTP requests took.");
}
