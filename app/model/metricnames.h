// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <optional>

/*
 * What the name and the unit of a metric say about it, by the customs of Prometheus: base units in
 * the suffix, _total for counters, _p95 for percentiles.
 */

/** Returns whether Prometheus takes the name: letters, digits, _ and :, and no digit first. */
bool isMetricName(const QString &name);
bool isPercentMetric(const Metric &metric);
bool isRatioMetric(const Metric &metric);
bool isBooleanMetric(const Metric &metric);
/** Counts up for ever: its name ends in _total. */
bool isCounter(const Metric &metric);
/** Returns whether it counts whole things: unit "count", or a counter of things. */
bool isCountMetric(const Metric &metric);
/** Bytes, seconds, counts, counters, percentages, ratios. */
bool cannotBeNegative(const Metric &metric);
/** "req/s", "per minute", "rps" … */
bool isRateUnit(const QString &unit);
/** Other spellings of one unit count as the same: "s" and "seconds". */
bool isSameUnit(const QString &a, const QString &b);

/** The name without what stands before and behind its percentile, and that percentile in %. */
struct Percentile
{
    QString stem;
    double percentile = 0;
};
std::optional<Percentile> percentileOf(const QString &name);

/** The unit that the suffix of a name asks for; empty if it asks for none. */
QString unitOfName(const QString &name);
/** "_seconds" or "_bytes" if the unit is that and the name does not say so. */
QString suffixMissing(const Metric &metric);
/** Returns the metric in seconds or bytes, name included; absent if it is in base units already. */
std::optional<Metric> inBaseUnits(const Metric &metric);

/** Returns true if a usual day's σ, which value and deviation imply, is larger than the baseline.
 */
bool impliesTooMuchNoise(const Metric &metric);
/** Returns the X_percent next to X_bytes; nullptr if it has none. Valid as long as the list is. */
const Metric *percentBeside(const Metric &bytes, const QList<Metric> &metrics);
/** The pool beside what is active of it, the pods beside those that are ready; or nullptr. */
const Metric *wholeOf(const Metric &part, const QList<Metric> &metrics);

enum class GoldenSignal { Latency, Traffic, Errors, Saturation, None };
/** What a metric is about, of the four that a service is watched by. */
GoldenSignal goldenSignalOf(const Metric &metric);
