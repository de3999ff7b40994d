// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/metricnames.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

bool containsAny(const QString &text, std::initializer_list<QLatin1String> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](QLatin1String word) { return text.contains(word); });
}

/** A name without its percentile, whose unit suffix then stands at its end. */
QString withoutPercentile(const QString &name)
{
    const auto percentile = percentileOf(name);
    return percentile ? percentile->stem : name;
}

QString normalUnit(const QString &unit)
{
    const QString lower = unit.trimmed().toLower();
    if (lower == u"s" || lower == u"sec" || lower == u"secs" || lower == u"second") {
        return QStringLiteral("seconds");
    }
    if (lower == u"b" || lower == u"byte") {
        return QStringLiteral("bytes");
    }
    if (lower == u"percent" || lower == u"pct" || lower == u"percentage") {
        return QStringLiteral("%");
    }
    if (lower == u"bool") {
        return QStringLiteral("boolean");
    }
    if (lower == u"counts" || lower == u"number") {
        return QStringLiteral("count");
    }
    return lower;
}

/** A unit that is a multiple of a base unit, with the endings that names give it. */
struct Multiple
{
    const char *unit;
    const char *suffix;
    const char *base;
    double factor;
};
constexpr std::array Multiples{
    Multiple{"ms", "_ms", "seconds", 1e-3},
    Multiple{"millis", "_millis", "seconds", 1e-3},
    Multiple{"milliseconds", "_milliseconds", "seconds", 1e-3},
    Multiple{"us", "_us", "seconds", 1e-6},
    Multiple{"microseconds", "_microseconds", "seconds", 1e-6},
    Multiple{"minutes", "_minutes", "seconds", 60},
    Multiple{"min", "_min", "seconds", 60},
    Multiple{"hours", "_hours", "seconds", 3600},
    Multiple{"kb", "_kb", "bytes", 1e3},
    Multiple{"kilobytes", "_kilobytes", "bytes", 1e3},
    Multiple{"mb", "_mb", "bytes", 1e6},
    Multiple{"megabytes", "_megabytes", "bytes", 1e6},
    Multiple{"gb", "_gb", "bytes", 1e9},
    Multiple{"gigabytes", "_gigabytes", "bytes", 1e9},
    Multiple{"tb", "_tb", "bytes", 1e12},
    Multiple{"kib", "_kib", "bytes", 1024},
    Multiple{"mib", "_mib", "bytes", 1024.0 * 1024},
    Multiple{"gib", "_gib", "bytes", 1024.0 * 1024 * 1024},
};

} // namespace

bool isMetricName(const QString &name)
{
    static const QRegularExpression valid(QStringLiteral("\\A[a-zA-Z_:][a-zA-Z0-9_:]*\\z"));
    return valid.match(name).hasMatch();
}

bool isPercentMetric(const Metric &metric)
{
    return withoutPercentile(metric.name).endsWith(u"_percent") || normalUnit(metric.unit) == u"%";
}

bool isRatioMetric(const Metric &metric)
{
    return withoutPercentile(metric.name).endsWith(u"_ratio") ||
           normalUnit(metric.unit) == u"ratio";
}

bool isBooleanMetric(const Metric &metric)
{
    return normalUnit(metric.unit) == u"boolean";
}

bool isCounter(const Metric &metric)
{
    return metric.name.endsWith(u"_total");
}

bool isCountMetric(const Metric &metric)
{
    const QString unit = normalUnit(metric.unit);
    return unit == u"count" || (isCounter(metric) && unit.isEmpty());
}

bool cannotBeNegative(const Metric &metric)
{
    const QString unit = normalUnit(metric.unit);
    const QString name = withoutPercentile(metric.name);
    return isCounter(metric) || unit == u"bytes" || unit == u"seconds" || unit == u"count" ||
           isRateUnit(unit) || name.endsWith(u"_bytes") || name.endsWith(u"_seconds");
}

bool isRateUnit(const QString &unit)
{
    static const QRegularExpression rate(
        QStringLiteral("/\\s*(s|sec|second|m|min|minute|h|hour|d|day)s?$|"
                       "\\bper[ _]|^(rps|qps|tps|ops|rpm|bps|hz|cps|iops)$"),
        QRegularExpression::CaseInsensitiveOption);
    return rate.match(unit.trimmed()).hasMatch();
}

bool isSameUnit(const QString &a, const QString &b)
{
    return normalUnit(a) == normalUnit(b);
}

std::optional<Percentile> percentileOf(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("^(.*)_p(\\d{2,4})(_.*)?$"));
    const QRegularExpressionMatch match = pattern.match(name);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    double percentile = match.captured(2).toDouble();
    while (percentile > 100) {
        percentile /= 10; // p999 is 99.9 %
    }
    return Percentile{match.captured(1) + match.captured(3), percentile};
}

QString unitOfName(const QString &name)
{
    const QString stem = withoutPercentile(name);
    if (stem.endsWith(u"_percent")) {
        return QStringLiteral("%");
    }
    if (stem.endsWith(u"_seconds")) {
        return QStringLiteral("seconds");
    }
    if (stem.endsWith(u"_bytes") || stem.endsWith(u"_bytes_total")) {
        return QStringLiteral("bytes");
    }
    if (stem.endsWith(u"_seconds_total")) {
        return QStringLiteral("seconds");
    }
    return {};
}

QString suffixMissing(const Metric &metric)
{
    const QString unit = normalUnit(metric.unit);
    const QString stem = withoutPercentile(metric.name);
    if (unit == u"seconds" && !stem.endsWith(u"_seconds") && !stem.endsWith(u"_seconds_total")) {
        return QStringLiteral("_seconds");
    }
    if (unit == u"bytes" && !stem.endsWith(u"_bytes") && !stem.endsWith(u"_bytes_total")) {
        return QStringLiteral("_bytes");
    }
    return {};
}

std::optional<Metric> inBaseUnits(const Metric &metric)
{
    const QString unit = metric.unit.trimmed().toLower();
    for (const Multiple &multiple : Multiples) {
        if (unit != QLatin1String(multiple.unit)) {
            continue;
        }
        Metric base = metric;
        base.unit = QLatin1String(multiple.base);
        base.value *= multiple.factor;
        base.baseline *= multiple.factor;
        const auto percentile = percentileOf(metric.name);
        QString stem = withoutPercentile(metric.name);
        const QString tail = percentile ? metric.name.mid(stem.size()) : QString();
        for (const Multiple &other : Multiples) {
            if (stem.endsWith(QLatin1String(other.suffix))) {
                stem.chop(qsizetype(qstrlen(other.suffix)));
                break;
            }
        }
        const QString suffix = u'_' + base.unit;
        base.name = stem.endsWith(suffix) ? metric.name : stem + suffix + tail;
        return base;
    }
    return std::nullopt;
}

bool impliesTooMuchNoise(const Metric &metric)
{
    if (isCounter(metric) || isBooleanMetric(metric) || metric.deviationSigma == 0) {
        return false;
    }
    constexpr double Rounding = 1.0005; // values are written with three digits or so
    return std::abs(metric.value - metric.baseline) / std::abs(metric.deviationSigma) >
           std::abs(metric.baseline) * Rounding;
}

const Metric *percentBeside(const Metric &bytes, const QList<Metric> &metrics)
{
    if (!bytes.name.endsWith(u"_bytes")) {
        return nullptr;
    }
    const QString wanted = bytes.name.chopped(5) + QStringLiteral("percent");
    const auto found = std::find_if(metrics.begin(), metrics.end(),
                                    [&](const Metric &metric) { return metric.name == wanted; });
    return found == metrics.end() ? nullptr : &*found;
}

const Metric *wholeOf(const Metric &part, const QList<Metric> &metrics)
{
    static const QRegularExpression partName(
        QStringLiteral("^(.*?)_?(active|in_use|used|ready|available|healthy)(_count)?$"));
    static const QRegularExpression wholeName(QStringLiteral(
        "^(.*?)_?(max|maximum|limit|size|pool_size|capacity|count|desired|desired_count)$"));
    const QRegularExpressionMatch match = partName.match(part.name);
    if (!match.hasMatch()) {
        return nullptr;
    }
    const auto sameThing = [](QString name) {
        name.remove(QStringLiteral("_pool"));
        return name.endsWith(u's') ? name.chopped(1) : name;
    };
    const QString stem = sameThing(match.captured(1));
    for (const Metric &metric : metrics) {
        const QRegularExpressionMatch whole = wholeName.match(metric.name);
        if (metric.name != part.name && whole.hasMatch() && !stem.isEmpty() &&
            !partName.match(metric.name).hasMatch() && sameThing(whole.captured(1)) == stem) {
            return &metric;
        }
    }
    return nullptr;
}

GoldenSignal goldenSignalOf(const Metric &metric)
{
    const QString name = metric.name.toLower();
    using L = QLatin1String;
    if (containsAny(name, {L("error"),    L("fail"),
                           L("status_5"), L("status_4"),
                           L("5xx"),      L("4xx"),
                           L("restart"),  L("timeout"),
                           L("reject"),   L("drop"),
                           L("denied"),   L("refused"),
                           L("retries"),  L("retransmi"),
                           L("evict"),    L("oom"),
                           L("deadlock"), L("lost"),
                           L("invalid"),  L("unauthor"),
                           L("abort"),    L("circuit_breaker"),
                           L("mismatch"), L("missing"),
                           L("expired")})) {
        return GoldenSignal::Errors;
    }
    if (containsAny(name, {L("duration"), L("latency"), L("_seconds"), L("wait_time"), L("delay"),
                           L("response_time"), L("_lag")})) {
        return GoldenSignal::Latency;
    }
    if (containsAny(name, {L("percent"),    L("ratio"),     L("usage"),     L("memory"),
                           L("cpu"),        L("disk"),      L("queue"),     L("pool"),
                           L("active"),     L("thread"),    L("pending"),   L("utilization"),
                           L("saturation"), L("heap"),      L("backlog"),   L("load"),
                           L("inflight"),   L("in_flight"), L("open_file"), L("descriptors"),
                           L("garbage"),    L("throttl"),   L("ready"),     L("pods"),
                           L("replicas")})) {
        return GoldenSignal::Saturation;
    }
    if (containsAny(name, {L("request"), L("_per_second"), L("throughput"), L("traffic"),
                           L("connections"), L("queries"), L("messages"), L("transactions"),
                           L("bytes"), L("sessions"), L("logins"), L("packets"), L("calls"),
                           L("_rate"), L("orders"), L("jobs"), L("events")})) {
        return GoldenSignal::Traffic;
    }
    return GoldenSignal::None;
}
