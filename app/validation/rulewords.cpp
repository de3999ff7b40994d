// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/metricnames.h"
#include "app/model/metrictext.h"
#include "app/validation/scenarioquality.h"

#include <QCoreApplication>

#include <algorithm>

namespace {

/** The context of this file's words for translators. */
struct RuleWords
{
    Q_DECLARE_TR_FUNCTIONS(ScenarioQuality)
};

} // namespace

QString ruleTitle(int rule)
{
    switch (rule) {
    case 1:
        return RuleWords::tr("Names are there, numbers are finite");
    case 2:
        return RuleWords::tr("Each metric stands once");
    case 3:
        return RuleWords::tr("Three to six metrics");
    case 4:
        return RuleWords::tr("Metrics deviate enough to be seen");
    case 5:
        return RuleWords::tr("Signs of value and sigma agree");
    case 6:
        return RuleWords::tr("Deviations are believable");
    case 7:
        return RuleWords::tr("The severity is the one that the backend stores");
    case 8:
        return RuleWords::tr("The worst deviation is upwards");
    case 9:
        return RuleWords::tr("Percentages and ratios stay within their bounds");
    case 10:
        return RuleWords::tr("Percentiles are in order");
    case 11:
        return RuleWords::tr("Counts, bytes and seconds are not negative, counts are whole");
    case 12:
        return RuleWords::tr("Names agree with base units");
    case 13:
        return RuleWords::tr("A counter must not carry a rate unit");
    case 14:
        return RuleWords::tr("A usual day's noise is smaller than the baseline");
    case 15:
        return RuleWords::tr("Bytes and percent imply the same capacity");
    case 16:
        return RuleWords::tr("Parts are not larger than their whole");
    case 17:
        return RuleWords::tr("Two of latency, traffic, errors and saturation are covered");
    case 18:
        return RuleWords::tr("Causes come before, and no instruction to a model inside");
    default:
        return {};
    }
}

QString rulePassed(int rule, const Scenario &scenario)
{
    if (rule == 7 && !scenario.metrics.isEmpty()) {
        const auto largest = std::max_element(
            scenario.metrics.begin(), scenario.metrics.end(),
            [](const Metric &a, const Metric &b) { return a.deviationSigma < b.deviationSigma; });
        return RuleWords::tr("Severity %1 matches the largest sigma, %2")
            .arg(toString(scenario.severity), sigmaText(largest->deviationSigma));
    }
    if (rule == 17) {
        QStringList covered;
        const std::pair<GoldenSignal, QString> all[]{
            {GoldenSignal::Latency, RuleWords::tr("latency")},
            {GoldenSignal::Traffic, RuleWords::tr("traffic")},
            {GoldenSignal::Errors, RuleWords::tr("errors")},
            {GoldenSignal::Saturation, RuleWords::tr("saturation")}};
        for (const auto &[signal, name] : all) {
            const bool isCovered = std::any_of(
                scenario.metrics.begin(), scenario.metrics.end(),
                [wanted = signal](const Metric &m) { return goldenSignalOf(m) == wanted; });
            if (isCovered) {
                covered.append(name);
            }
        }
        return RuleWords::tr("Covered: %1").arg(covered.join(QStringLiteral(", ")));
    }
    return ruleTitle(rule);
}
