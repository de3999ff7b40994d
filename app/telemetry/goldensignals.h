// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QLatin1String>
#include <QList>
#include <QString>

/*
 * What every service is watched by: traffic, errors, latency, and how full it is. A service has
 * these before anything happens and whatever its incidents name, spelled as scenarios spell them.
 */

inline constexpr QLatin1String RequestsMetric{"http_requests_total"};
inline constexpr QLatin1String ErrorsMetric{"http_response_status_500_total"};
inline constexpr QLatin1String LatencyP50Metric{"http_request_duration_seconds_p50"};
inline constexpr QLatin1String LatencyP95Metric{"http_request_duration_seconds_p95"};
inline constexpr QLatin1String LatencyP99Metric{"http_request_duration_seconds_p99"};
inline constexpr QLatin1String CpuMetric{"cpu_usage_percent"};
inline constexpr QLatin1String MemoryBytesMetric{"memory_usage_bytes"};
inline constexpr QLatin1String MemoryPercentMetric{"memory_usage_percent"};

/** Returns whether the metric counts answers of a service that say that it failed: 500 to 599. */
bool countsFailedRequests(const QString &metric);

/**
 * Returns those that `named` lacks. Their baselines depend on the service's name alone, and fit to
 * what is named: a p99 is above the p95, errors are few of the requests.
 */
QList<Metric> goldenSignals(const QString &service, const QList<Metric> &named);
