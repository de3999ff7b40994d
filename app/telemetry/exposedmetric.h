// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/metricnaming.h"
#include "app/model/scenario.h"

#include <QString>

#include <optional>

/** What another tool sees of a metric. */
struct ExposedMetric
{
    /** Where its number comes from. */
    enum class Reading {
        Value,      ///< a gauge
        Total,      ///< a counter
        FailedPart, ///< a gauge: failed requests of all requests, 0 … 1
    };

    /** Letters, digits and _ only, and no digit first; a counter ends in _total. */
    QString name;
    Reading reading = Reading::Value;
    /** From the metric's unit to the one that the name says. */
    double factor = 1;
    /** A counter of things has no fraction. */
    bool isWhole = false;
    /** A sentence. */
    QString help;

    bool operator==(const ExposedMetric &) const = default;
};

/** The only place that names metrics for other tools. None if the naming does not show this one. */
std::optional<ExposedMetric> exposedMetric(const Metric &metric, MetricNaming naming);

/** The histogram of request durations; empty if the naming has none. In seconds. */
QString histogramName(MetricNaming naming);
QString histogramHelp();
