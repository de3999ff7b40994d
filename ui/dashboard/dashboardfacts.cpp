// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboardfacts.h"

#include "app/base/numbers.h"
#include "app/run/stageplan.h"

#include <QMap>

#include <algorithm>

namespace {

using std::chrono::milliseconds;

constexpr int MostParts = 30;
constexpr std::array PartSeconds{10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400};

milliseconds partOf(milliseconds whole)
{
    for (const int seconds : PartSeconds) {
        if (whole <= milliseconds(std::chrono::seconds(seconds)) * MostParts) {
            return std::chrono::seconds(seconds);
        }
    }
    return whole / MostParts + milliseconds(1);
}

void countOverTime(const RunRecord &record, DashboardFacts &facts)
{
    milliseconds whole{0};
    for (const IncidentRun &run : record.incidents()) {
        whole = std::max(
            {whole, run.delay, std::chrono::floor<milliseconds>(beganAt(run).time_since_epoch())});
    }
    if (record.incidents().isEmpty()) {
        return;
    }
    facts.part = partOf(whole + milliseconds(1));
    facts.overTime.resize(whole / facts.part + 1);
    for (const IncidentRun &run : record.incidents()) {
        if (run.state == IncidentState::Created) {
            const auto at = qsizetype(beganAt(run).time_since_epoch() / facts.part);
            ++facts.overTime[at][size_t(run.severity)];
        }
    }
}

void readAnswers(const RunRecord &record, DashboardFacts &facts)
{
    QList<const IncidentRun *> created;
    for (const IncidentRun &run : record.incidents()) {
        if (run.state == IncidentState::Created) {
            created.append(&run);
        }
    }
    std::stable_sort(created.begin(), created.end(), [](const auto *a, const auto *b) {
        return a->sent.value_or(RunAge()) < b->sent.value_or(RunAge());
    });
    QMap<QString, int> services;
    QList<Duration> latencies;
    for (const IncidentRun *run : std::as_const(created)) {
        ++facts.bySeverity[size_t(run->severity)];
        ++services[run->service];
        facts.answers.append(
            {run->index, run->latency, run->hypotheses.value_or(0), run->actions.value_or(0)});
        facts.hypotheses += facts.answers.last().hypotheses;
        facts.actions += facts.answers.last().actions;
        if (run->latency) {
            latencies.append(*run->latency);
        }
    }
    facts.created = int(created.size());
    for (auto it = services.cbegin(); it != services.cend(); ++it) {
        facts.byService.append(DashboardFacts::Service{it.key(), it.value()});
    }
    std::stable_sort(facts.byService.begin(), facts.byService.end(),
                     [](const auto &a, const auto &b) { return a.count > b.count; });
    facts.medianLatency = medianOf(latencies);
    if (!latencies.isEmpty()) {
        facts.worstLatency = *std::max_element(latencies.cbegin(), latencies.cend());
    }
}

} // namespace

DashboardFacts dashboardFacts(const RunRecord &record, const DashboardFacts::CostOf &costOf)
{
    DashboardFacts facts;
    readAnswers(record, facts);
    countOverTime(record, facts);
    bool isCostKnown = true;
    double cost = 0;
    for (const IncidentRun &run : record.incidents()) {
        if (run.generator.isEmpty()) {
            continue;
        }
        ++facts.generated;
        facts.tokens += run.tokens;
        if (run.tokens.total() == 0) {
            continue;
        }
        const std::optional<double> part =
            costOf ? costOf(run.generator, run.tokens) : std::nullopt;
        isCostKnown = isCostKnown && part;
        cost += part.value_or(0);
    }
    if (isCostKnown && facts.tokens.total() > 0) {
        facts.cost = cost;
    }
    return facts;
}
