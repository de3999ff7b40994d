// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/incident/incidentapi.h"

/** Hands every call on to the target: a test's own differ from it in one. */
class ForwardingApi : public IncidentApi
{
public:
    explicit ForwardingApi(IncidentApi &target)
        : m_target(target)
    {}

    Result<IncidentRequest> prepare(const IncidentDraft &draft) const override
    {
        return m_target.prepare(draft);
    }
    void warm(int sends) override { m_target.warm(sends); }
    void forgetConnections() override { m_target.forgetConnections(); }
    void send(const IncidentRequest &request, QObject *context,
              std::function<void(const SendOutcome &)> done) override
    {
        m_target.send(request, context, std::move(done));
    }
    void reconcile(const IncidentRequest &request, const QDateTime &sentAt,
                   const QSet<QString> &taken, QObject *context,
                   std::function<void(const ReconcileOutcome &)> done) override
    {
        m_target.reconcile(request, sentAt, taken, context, std::move(done));
    }
    void fetchIncident(const QString &id, QObject *context,
                       std::function<void(const Result<QJsonObject> &)> done) override
    {
        m_target.fetchIncident(id, context, std::move(done));
    }
    void checkHealth(QObject *context, std::function<void(const HealthReport &)> done) override
    {
        m_target.checkHealth(context, std::move(done));
    }
    void listScenarios(QObject *context,
                       std::function<void(const Result<QList<Scenario>> &)> done) override
    {
        m_target.listScenarios(context, std::move(done));
    }
    void setServerScenarios(const QSet<QString> &ids) override { m_target.setServerScenarios(ids); }
    void abortAll() override { m_target.abortAll(); }

protected:
    IncidentApi &m_target;
};
