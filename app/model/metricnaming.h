// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <optional>

/** How metrics are called where tools read them. */
enum class MetricNaming {
    Raw,        ///< as scenarios spell them
    Prometheus, ///< base units and ratios, with suffixes such as _seconds and _total
    Airra,      ///< the five gauges that AIRRA's anomaly monitor asks for
};

/** "raw", "prometheus", "airra". */
QString toString(MetricNaming naming);
std::optional<MetricNaming> metricNamingFromString(const QString &text);

/** The names under which the metrics of a timeline are served and pushed. */
struct MetricNames
{
    MetricNaming naming = MetricNaming::Raw;
    /**
     * Other names than the naming gives, by the metric's name in its scenario. A counter ends in
     * _total under these, too.
     */
    QMap<QString, QString> map;

    bool operator==(const MetricNames &) const = default;
};
