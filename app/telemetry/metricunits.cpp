// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/metricunits.h"

#include "app/model/metricnames.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>

namespace {

/** Returns the seconds in the time that a rate is for. */
double secondsOfRate(const QString &unit)
{
    static const QRegularExpression time(QStringLiteral("(?:/\\s*|\\bper[ _])(s|m|h|d)|^(?:rpm)$"),
                                         QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = time.match(unit.trimmed());
    if (!match.hasMatch()) {
        return 1; // rps, qps and the like
    }
    const QString letter = match.captured(1).toLower();
    return letter == u"s" ? 1 : letter == u"h" ? 3600 : letter == u"d" ? 86400 : 60;
}

double factorToBase(const Metric &metric)
{
    Metric one = metric;
    one.value = 1;
    const auto base = inBaseUnits(one);
    return base ? base->value : 1;
}

} // namespace

double greatestOf(const Metric &metric)
{
    constexpr double Unbounded = std::numeric_limits<double>::infinity();
    const double whole = isPercentMetric(metric)                            ? 100
                         : isRatioMetric(metric) || isBooleanMetric(metric) ? 1
                                                                            : Unbounded;
    // What is beyond the whole at some time is no share of it: 350 % CPU on four cores.
    return std::max(metric.value, metric.baseline) > whole ? Unbounded : whole;
}

double countPerSecond(const Metric &metric)
{
    if (isRateUnit(metric.unit)) {
        return 1 / secondsOfRate(metric.unit);
    }
    // A name says what a unit leaves open.
    const bool isByMinute = metric.name.endsWith(u"_per_minute") &&
                            (metric.unit.trimmed().isEmpty() || isCountMetric(metric));
    return isCounter(metric) || isByMinute ? 1.0 / 60 : 1;
}

QString factOf(const QString &name)
{
    if (const auto percentile = percentileOf(name)) {
        return percentile->stem;
    }
    static const QRegularExpression unit(QStringLiteral("_(?:percent|bytes|ratio)$"));
    QString fact = name;
    return fact.remove(unit);
}

double unitFactor(const Metric &from, const Metric &to)
{
    if (isCounter(from) || isCounter(to) || isRateUnit(from.unit) || isRateUnit(to.unit)) {
        return countPerSecond(from) / countPerSecond(to);
    }
    return factorToBase(from) / factorToBase(to);
}
