// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/airraapi.h"
#include "app/sandbox/sandboxserver.h"

#include <QTest>
#include <optional>

/** What the tests of the incident API have in common: a scenario, a sandbox, and calls that wait.
 */
namespace AirraTest {

inline Scenario leak()
{
    Scenario scenario;
    scenario.id = QStringLiteral("leak");
    scenario.name = QStringLiteral("A leak");
    scenario.description = QStringLiteral("Memory grows");
    scenario.service = QStringLiteral("payment-service");
    scenario.metrics = {{QStringLiteral("memory_usage_percent"), 95, 25, 5.2, MetricPattern::Linear,
                         QStringLiteral("%")}};
    scenario.rootCause = QStringLiteral("memory_leak");
    scenario.expectedActions = {QStringLiteral("restart"), QStringLiteral("scale")};
    return scenario;
}

inline IncidentDraft draftOf(const Scenario &scenario)
{
    IncidentDraft draft;
    draft.scenarioId = scenario.id;
    draft.title = scenario.name;
    draft.description = scenario.description;
    draft.serviceName = scenario.service;
    draft.metrics = scenario.metrics;
    draft.mayUseSimulator = true;
    return draft;
}

/** Calls and waits; the last answer and how many there were. */
template<typename Answer>
struct Waiter
{
    QObject context;
    std::optional<Answer> answer;
    int answers = 0;

    std::function<void(const Answer &)> take()
    {
        return [this](const Answer &value) {
            answer = value;
            ++answers;
        };
    }
    bool wait(int milliseconds = 5000)
    {
        return QTest::qWaitFor([this] { return answers > 0; }, milliseconds);
    }
};

inline SendOutcome send(IncidentApi &api, const IncidentRequest &request)
{
    Waiter<SendOutcome> waiter;
    api.send(request, {&waiter.context, waiter.take()});
    if (!waiter.wait()) {
        qFatal("a send was never answered");
    }
    QTest::qWait(0); // a second answer would come now
    if (waiter.answers != 1) {
        qFatal("a send was answered twice");
    }
    return *waiter.answer;
}

inline ReconcileOutcome reconcile(IncidentApi &api, const IncidentRequest &request,
                                  const QDateTime &sentAt, const QSet<QString> &taken = {})
{
    Waiter<ReconcileOutcome> waiter;
    api.reconcile(request, sentAt, taken, {&waiter.context, waiter.take()});
    if (!waiter.wait()) {
        qFatal("a look was never answered");
    }
    return *waiter.answer;
}

inline HealthReport health(IncidentApi &api)
{
    Waiter<HealthReport> waiter;
    api.checkHealth({&waiter.context, waiter.take()});
    if (!waiter.wait()) {
        qFatal("a health check was never answered");
    }
    return *waiter.answer;
}

} // namespace AirraTest
