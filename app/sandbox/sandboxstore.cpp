// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxstore.h"

#include "app/base/utctime.h"
#include "app/sandbox/sandboxanalysis.h"

#include <QUuid>
#include <algorithm>
#include <utility>

SandboxStore::SandboxStore(QList<Scenario> scenarios, Clock &clock)
    : m_scenarios(std::move(scenarios))
    , m_clock(clock)
{}

const Scenario *SandboxStore::scenario(const QString &id) const
{
    const auto found = std::find_if(m_scenarios.cbegin(), m_scenarios.cend(),
                                    [&id](const Scenario &scenario) { return scenario.id == id; });
    return found == m_scenarios.cend() ? nullptr : &*found;
}

QJsonObject SandboxStore::create(const SandboxDraft &draft)
{
    QList<Metric> metrics;
    for (auto it = draft.metrics.constBegin(); it != draft.metrics.constEnd(); ++it) {
        Metric metric;
        metric.name = it.key();
        // The backend takes a bare number as a value that is 4 sigma off.
        metric.deviationSigma =
            it->isObject() ? it->toObject().value(QLatin1String("deviation")).toDouble() : 4.0;
        metrics.append(metric);
    }
    const QString now = stamp();
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QJsonObject incident{
        {QStringLiteral("id"), id},
        {QStringLiteral("title"),
         draft.title.isEmpty() ? QStringLiteral("Incident in %1").arg(draft.service) : draft.title},
        {QStringLiteral("description"), draft.description},
        {QStringLiteral("severity"), toString(storedSeverity(metrics))},
        {QStringLiteral("affected_service"), draft.service},
        {QStringLiteral("affected_components"), QJsonArray{draft.service}},
        {QStringLiteral("status"), QStringLiteral("detected")},
        {QStringLiteral("detected_at"), now},
        {QStringLiteral("detection_source"), QStringLiteral("airra_monitor")},
        {QStringLiteral("resolved_at"), QJsonValue()},
        {QStringLiteral("resolution_time_seconds"), QJsonValue()},
        {QStringLiteral("resolution_summary"), QJsonValue()},
        {QStringLiteral("assigned_engineer_id"), QJsonValue()},
        {QStringLiteral("metrics_snapshot"), draft.metrics},
        {QStringLiteral("context"), draft.context},
        {QStringLiteral("created_at"), now},
        {QStringLiteral("updated_at"), now},
        {QStringLiteral("hypotheses"), QJsonArray()},
        {QStringLiteral("actions"), QJsonArray()},
    };
    if (draft.analyse && std::exchange(m_failsNextAnalysis, false)) {
        QJsonObject context = draft.context;
        context.insert(QStringLiteral("error"),
                       QStringLiteral("The language model did not answer"));
        incident.insert(QStringLiteral("context"), context);
        incident.insert(QStringLiteral("status"), QStringLiteral("failed"));
    } else if (draft.analyse) {
        const QString scenarioId = draft.context.value(QLatin1String("scenario_id")).toString();
        const SandboxAnalysis analysis = analyse(incident, scenario(scenarioId));
        incident.insert(QStringLiteral("hypotheses"), analysis.hypotheses);
        incident.insert(QStringLiteral("actions"), analysis.actions);
        incident.insert(QStringLiteral("status"), QStringLiteral("pending_approval"));
    }
    m_byId.insert(id, m_incidents.size());
    m_incidents.append(
        {incident, utcFromIso(now),
         (incident.value(QLatin1String("title")).toString() + QLatin1Char('\n') + draft.description)
             .toLower()});
    return incident;
}

std::optional<QJsonObject> SandboxStore::incident(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    if (found == m_byId.constEnd()) {
        return std::nullopt;
    }
    return m_incidents[*found].incident;
}

QList<QJsonObject> SandboxStore::list(const SandboxFilter &filter) const
{
    const auto fits = [](const QJsonObject &incident, QLatin1String key, const QString &wanted) {
        return wanted.isEmpty() || incident.value(key).toString() == wanted;
    };
    QList<QJsonObject> found;
    for (auto it = m_incidents.crbegin(); it != m_incidents.crend(); ++it) {
        if (!fits(it->incident, QLatin1String("status"), filter.status) ||
            !fits(it->incident, QLatin1String("severity"), filter.severity) ||
            !fits(it->incident, QLatin1String("affected_service"), filter.service) ||
            (!filter.search.isEmpty() && !it->searchable.contains(filter.search.toLower())) ||
            (filter.start.isValid() && it->detected < filter.start) ||
            (filter.end.isValid() && it->detected > filter.end)) {
            continue;
        }
        QJsonObject item = it->incident;
        item.remove(QStringLiteral("hypotheses"));
        item.remove(QStringLiteral("actions"));
        found.append(item);
    }
    return found;
}

QString SandboxStore::beginSimulation(const QString &scenarioId, const QString &executionMode)
{
    const QString id =
        QStringLiteral("sim_") + QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    m_simulations.insert(id, {{QStringLiteral("simulation_id"), id},
                              {QStringLiteral("scenario_id"), scenarioId},
                              {QStringLiteral("incident_id"), QJsonValue()},
                              {QStringLiteral("status"), QStringLiteral("running")},
                              {QStringLiteral("started_at"), stamp()},
                              {QStringLiteral("completed_at"), QJsonValue()},
                              {QStringLiteral("error"), QJsonValue()},
                              {QStringLiteral("hypotheses_count"), 0},
                              {QStringLiteral("actions_count"), 0},
                              {QStringLiteral("metrics_injected"), 0}});
    m_modes.insert(id, executionMode);
    m_inFlight.append(id);
    return id;
}

QJsonObject SandboxStore::completeSimulation(const QString &simulationId, bool analyse)
{
    QJsonObject simulation = m_simulations.value(simulationId);
    const QString scenarioId = simulation.value(QLatin1String("scenario_id")).toString();
    const Scenario *known = scenario(scenarioId);
    if (!known) {
        return simulation;
    }

    SandboxDraft draft;
    draft.service = known->service;
    draft.title = known->name;
    draft.description = QStringLiteral("%1\n\nScenario ID: %2").arg(known->description, known->id);
    for (const Metric &metric : known->metrics) {
        draft.metrics.insert(metric.name,
                             QJsonObject{{QStringLiteral("current"), metric.value},
                                         {QStringLiteral("expected"), metric.baseline},
                                         {QStringLiteral("deviation"), metric.deviationSigma}});
    }
    draft.context = known->context;
    draft.context.insert(QStringLiteral("scenario_id"), known->id);
    draft.context.insert(QStringLiteral("simulation_id"), simulationId);
    draft.context.insert(QStringLiteral("execution_mode"), m_modes.value(simulationId));
    draft.analyse = analyse;

    const QJsonObject incident = create(draft);
    simulation.insert(QStringLiteral("incident_id"), incident.value(QLatin1String("id")));
    simulation.insert(QStringLiteral("status"), QStringLiteral("completed"));
    simulation.insert(QStringLiteral("completed_at"), stamp());
    simulation.insert(QStringLiteral("hypotheses_count"),
                      incident.value(QLatin1String("hypotheses")).toArray().size());
    simulation.insert(QStringLiteral("actions_count"),
                      incident.value(QLatin1String("actions")).toArray().size());
    simulation.insert(QStringLiteral("metrics_injected"), known->metrics.size());
    m_simulations.insert(simulationId, simulation);
    m_inFlight.removeOne(simulationId);
    return simulation;
}

QList<QJsonObject> SandboxStore::simulationsInFlight() const
{
    QList<QJsonObject> found;
    for (const QString &id : m_inFlight) {
        found.append(m_simulations.value(id));
    }
    return found;
}

std::optional<QJsonObject> SandboxStore::simulation(const QString &id) const
{
    const auto found = m_simulations.constFind(id);
    if (found == m_simulations.constEnd()) {
        return std::nullopt;
    }
    return *found;
}

QString SandboxStore::stamp() const
{
    return m_clock.wall().toUTC().toString(Qt::ISODateWithMs);
}
