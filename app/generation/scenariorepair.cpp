// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/scenariorepair.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace {

/** The context of this file's words for translators. */
struct RepairWords
{
    Q_DECLARE_TR_FUNCTIONS(ScenarioRepair)
};

/** In sigma: of every metric at least, and of the one that decides the severity. */
struct DeviationRange
{
    double least;
    double leadLeast;
    double most;
};

DeviationRange deviationRange(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return {2, 2, 2.9};
    case Severity::Medium:
        return {3, 3, 3.9};
    case Severity::High:
        return {3, 4, 4.9};
    case Severity::Critical:
        break;
    }
    return {3, 5, 8};
}

void removeUseless(QList<Metric> &metrics, QStringList &repairs)
{
    QSet<QString> seen;
    const auto before = metrics.size();
    metrics.removeIf([&](const Metric &metric) {
        const bool isUseless = metric.name.trimmed().isEmpty() || metric.value == metric.baseline ||
                               seen.contains(metric.name) || !std::isfinite(metric.value) ||
                               !std::isfinite(metric.baseline);
        seen.insert(metric.name);
        return isUseless;
    });
    if (metrics.size() < before) {
        repairs.append(
            RepairWords::tr("Metrics that stood twice or did not change were left out."));
    }
}

void fitDeviations(QList<Metric> &metrics, Severity severity, QStringList &repairs)
{
    const QList<Metric> before = metrics;
    const DeviationRange range = deviationRange(severity);
    Metric *lead = nullptr;
    for (Metric &metric : metrics) {
        const bool isUp = metric.value > metric.baseline;
        const double size = std::clamp(std::abs(metric.deviationSigma), range.least, range.most);
        metric.deviationSigma = isUp ? size : -size;
        if (isUp && (!lead || size > lead->deviationSigma)) {
            lead = &metric;
        }
    }
    if (lead) {
        lead->deviationSigma = std::max(lead->deviationSigma, range.leadLeast);
    }
    if (metrics != before) {
        repairs.append(RepairWords::tr("Deviations were fitted to the changes and the severity."));
    }
}

} // namespace

std::optional<Scenario> repaired(Scenario scenario, const GenerationRequest &request,
                                 QStringList &repairs)
{
    if (scenario.severity != request.severity) {
        scenario.severity = request.severity;
        repairs.append(RepairWords::tr("The severity is the one that was asked for."));
    }
    removeUseless(scenario.metrics, repairs);
    fitDeviations(scenario.metrics, scenario.severity, repairs);
    constexpr int Rounds = 12;
    for (int round = 0; round < Rounds; ++round) {
        const QList<QualityProblem> problems = checkQuality(scenario, ScenarioKind::Generated);
        const auto error =
            std::find_if(problems.begin(), problems.end(), [](const QualityProblem &problem) {
                return problem.kind == QualityProblem::Kind::Error;
            });
        if (error == problems.end()) {
            return scenario;
        }
        // Bounds and signs have one right answer; anything else would be an invention.
        const bool isPlain = error->rule == 9 || error->rule == 11;
        const auto fix = isPlain ? fixFor(*error, scenario) : std::nullopt;
        if (!fix) {
            return std::nullopt;
        }
        repairs.append(error->message);
        scenario = fix->scenario;
    }
    return std::nullopt;
}
