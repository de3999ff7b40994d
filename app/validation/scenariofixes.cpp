// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/metricnames.h"
#include "app/model/timeline.h"
#include "app/validation/scenarioquality.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace {

constexpr double HighestBelievable = 8;

/** The context of this file's words for translators. */
struct ScenarioFixWords
{
    Q_DECLARE_TR_FUNCTIONS(ScenarioFixes)
};

QString fixNumber(double number)
{
    return QString::number(number, 'g', 4);
}

double &numberAt(Metric &metric, const QString &pointer)
{
    return pointer.endsWith(u"/baseline") ? metric.baseline : metric.value;
}

/** What the button says; empty where there is no fix. The metric is changed in place. */
using Label = QString;

Label fixOfText(Scenario &scenario, const QualityProblem &problem)
{
    if (problem.pointer != u"/name" || scenario.name.size() <= LongestTitle) {
        return {};
    }
    scenario.name = scenario.name.left(LongestTitle);
    return ScenarioFixWords::tr("Cut to 255");
}

Label fixOfSign(Metric &metric)
{
    if (metric.value == metric.baseline) {
        metric.deviationSigma = 0;
        return ScenarioFixWords::tr("Use 0σ");
    }
    if (metric.deviationSigma == 0) {
        return {};
    }
    metric.deviationSigma = std::copysign(metric.deviationSigma, metric.value - metric.baseline);
    return ScenarioFixWords::tr("Use %1σ").arg(fixNumber(metric.deviationSigma));
}

Label fixOfUnit(Metric &metric)
{
    if (const auto base = inBaseUnits(metric)) {
        metric = *base;
        return ScenarioFixWords::tr("Convert to %1").arg(base->unit);
    }
    if (const QString unit = unitOfName(metric.name); !unit.isEmpty()) {
        metric.unit = unit;
        return ScenarioFixWords::tr("Use “%1”").arg(unit);
    }
    const QString suffix = suffixMissing(metric);
    if (suffix.isEmpty()) {
        return {};
    }
    const auto percentile = percentileOf(metric.name);
    const qsizetype at = percentile ? percentile->stem.size() : metric.name.size();
    metric.name.insert(at, suffix);
    return ScenarioFixWords::tr("Rename to “%1”").arg(metric.name);
}

/** A baseline around which the noise that is implied can swing. */
Label fixOfNoise(Metric &metric)
{
    const double sigma = std::abs(metric.deviationSigma);
    if (metric.value <= metric.baseline || metric.value <= 0) {
        return {};
    }
    // (value − b) / σ ≤ b, rounded up so that it holds.
    const double needed = metric.value / (1 + sigma);
    const double step = std::pow(10, std::floor(std::log10(needed)) - 2);
    const double baseline =
        isCountMetric(metric) ? std::ceil(needed) : std::ceil(needed / step) * step;
    if (baseline >= metric.value) {
        return {};
    }
    metric.baseline = baseline;
    return ScenarioFixWords::tr("Use baseline %1").arg(fixNumber(metric.baseline));
}

Label fixOfCapacity(const Scenario &scenario, Metric &bytes)
{
    const Metric *percent = percentBeside(bytes, scenario.metrics);
    if (!percent || percent->value <= 0) {
        return {};
    }
    const double capacity = bytes.value / percent->value;
    bytes.baseline = std::round(capacity * percent->baseline);
    return ScenarioFixWords::tr("Use baseline %1").arg(fixNumber(bytes.baseline));
}

Label fixOfPart(const Scenario &scenario, Metric &metric, const QString &pointer)
{
    double &number = numberAt(metric, pointer);
    if (isBooleanMetric(metric)) {
        number = number >= 0.5 ? 1 : 0;
        return ScenarioFixWords::tr("Use %1").arg(number);
    }
    const Metric *whole = wholeOf(metric, scenario.metrics);
    if (!whole) {
        return {};
    }
    number = pointer.endsWith(u"/baseline") ? whole->baseline : whole->value;
    return ScenarioFixWords::tr("Use %1").arg(fixNumber(number));
}

} // namespace

std::optional<QualityFix> fixFor(const QualityProblem &problem, const Scenario &scenario)
{
    Scenario repaired = scenario;
    const bool isOfMetric = problem.metric >= 0 && problem.metric < repaired.metrics.size();
    Metric none;
    Metric &metric = isOfMetric ? repaired.metrics[problem.metric] : none;
    Label label;
    if (problem.rule == 1) {
        label = fixOfText(repaired, problem);
    } else if (problem.rule == 7) {
        repaired.severity = storedSeverity(scenario.metrics);
        label = ScenarioFixWords::tr("Use “%1”").arg(toString(repaired.severity));
    } else if (!isOfMetric) {
        return {};
    }
    switch (problem.rule) {
    case 2:
        repaired.metrics.removeAt(problem.metric);
        label = ScenarioFixWords::tr("Remove the second");
        break;
    case 5:
        label = fixOfSign(metric);
        break;
    case 6:
        if (std::abs(metric.deviationSigma) > HighestBelievable) {
            metric.deviationSigma = std::copysign(HighestBelievable, metric.deviationSigma);
            label = ScenarioFixWords::tr("Use %1σ").arg(metric.deviationSigma);
        }
        break;
    case 9: {
        double &number = numberAt(metric, problem.pointer);
        number = std::clamp(number, 0.0, isPercentMetric(metric) ? 100.0 : 1.0);
        label = ScenarioFixWords::tr("Use %1").arg(number);
        break;
    }
    case 11: {
        double &number = numberAt(metric, problem.pointer);
        number = std::max(0.0, std::round(number));
        label = ScenarioFixWords::tr("Use %1").arg(fixNumber(number));
        break;
    }
    case 12:
        label = fixOfUnit(metric);
        break;
    case 13:
        metric.unit = QStringLiteral("count");
        label = ScenarioFixWords::tr("Use “count”");
        break;
    case 14:
        label = fixOfNoise(metric);
        break;
    case 15:
        label = fixOfCapacity(repaired, metric);
        break;
    case 16:
        label = fixOfPart(repaired, metric, problem.pointer);
        break;
    default:
        break;
    }
    return label.isEmpty() ? std::optional<QualityFix>() : QualityFix{label, repaired};
}
