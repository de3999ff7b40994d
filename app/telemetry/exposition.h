// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/telemetry/exposedworld.h"

#include <QByteArray>
#include <QDateTime>

/** The two texts that Prometheus reads. */
enum class ExpositionFormat {
    Text,        ///< text/plain; version=0.0.4
    OpenMetrics, ///< application/openmetrics-text; version=1.0.0
};

/** Returns the media type with its parameters, as a Content-Type. */
QByteArray contentTypeOf(ExpositionFormat format);

/**
 * Returns what a scrape at that position gets: each family with help and type first, its samples
 * labelled with the service and the run, without a time of their own. UTF-8.
 */
QByteArray exposition(const ExposedWorld &world, TimelinePosition position, const QString &run,
                      ExpositionFormat format);

/** A stretch of the timeline that is written down, and when it is said to have been. */
struct ExportSpan
{
    TimelinePosition from;
    /** Included if a step falls on it. */
    TimelinePosition to;
    /** Above 0. */
    Duration step = std::chrono::seconds(15);
    /** The wall time of the timeline's start. */
    QDateTime start;

    qint64 moments() const { return to < from ? 0 : (to - from) / step + 1; }
};

/**
 * Returns the span as OpenMetrics with a time for each sample, as
 * `promtool tsdb create-blocks-from openmetrics` reads it.
 */
QByteArray openMetricsExport(const ExposedWorld &world, const ExportSpan &span, const QString &run);
