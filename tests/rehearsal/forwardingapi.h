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
    void send(const IncidentRequest &request, const Continuation<SendOutcome> &done) override
    {
        m_target.send(request, done);
    }
    void reconcile(const IncidentRequest &request, const QDateTime &sentAt,
                   const QSet<QString> &taken, const Continuation<ReconcileOutcome> &done) override
    {
        m_target.reconcile(request, sentAt, taken, done);
    }
    void fetchIncident(const QString &id, const Continuation<Result<QJsonObject>> &done) override
    {
        m_target.fetchIncident(id, done);
    }
    void checkHealth(const Continuation<HealthReport> &done) override
    {
        m_target.checkHealth(done);
    }
    void listScenarios(const Continuation<Result<QList<Scenario>>> &done) override
    {
        m_target.listScenarios(done);
    }
    void setServerScenarios(const QSet<QString> &ids) override { m_target.setServerScenarios(ids); }
    void abortAll() override { m_target.abortAll(); }

protected:
    IncidentApi &m_target;
};
