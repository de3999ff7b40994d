// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/base/clock.h"
#include "app/incident/incidentapi.h"

#include <QHash>
#include <QJsonDocument>
#include <QRandomGenerator>

/** What a suite of crashes needs of a server: a way to it, and the count of what was delivered. */
class CountingServer
{
public:
    CountingServer() = default;
    CountingServer(const CountingServer &) = delete;
    CountingServer &operator=(const CountingServer &) = delete;
    virtual ~CountingServer() = default;

    /** A client of its own, as each process has one; it goes before the server and its clock. */
    virtual std::unique_ptr<IncidentApi> connect() = 0;
    /** Returns when nothing happens any more before the clock moves on. */
    virtual void settle() {}
    /** How often each token was delivered, whatever was answered. */
    virtual QHash<QString, int> deliveries() const = 0;
};

/**
 * A server in memory on a clock that stands still: it loses answers, is never reached, refuses and
 * asks for patience as chance has it.
 */
class MemoryServer : public CountingServer
{
public:
    MemoryServer(Clock &clock, quint32 seed)
        : m_clock(clock)
        , m_random(seed)
    {}

    std::unique_ptr<IncidentApi> connect() override { return std::make_unique<Client>(*this); }
    QHash<QString, int> deliveries() const override { return m_deliveries; }

private:
    class Client : public IncidentApi
    {
    public:
        explicit Client(MemoryServer &server)
            : m_server(server)
        {}

        Result<IncidentRequest> prepare(const IncidentDraft &draft) const override
        {
            IncidentRequest request;
            request.scenarioId = draft.scenarioId;
            request.token = newIncidentToken();
            request.body =
                QJsonDocument(
                    QJsonObject{
                        {QStringLiteral("service_name"), QStringLiteral("billing")},
                        {QStringLiteral("title"), draft.title},
                        {QStringLiteral("description"), QString(u"[ref:" + request.token + u']')},
                        {QStringLiteral("severity"), QStringLiteral("high")},
                        {QStringLiteral("context"), QJsonObject()}})
                    .toJson(QJsonDocument::Compact);
            return request;
        }

        void send(const IncidentRequest &request, const Continuation<SendOutcome> &done) override
        {
            m_server.meet(request, done);
        }

        void reconcile(const IncidentRequest &request, const QDateTime &, const QSet<QString> &,
                       const Continuation<ReconcileOutcome> &done) override
        {
            m_server.m_clock.callAfter(Latency, {done.guard(), [this, token = request.token, done] {
                                                     ReconcileOutcome outcome;
                                                     if (m_server.m_deliveries.contains(token)) {
                                                         outcome.kind =
                                                             ReconcileOutcome::Kind::Found;
                                                         outcome.found = created(token);
                                                     }
                                                     done(outcome);
                                                 }});
        }

        void fetchIncident(const QString &id,
                           const Continuation<Result<QJsonObject>> &done) override
        {
            m_server.m_clock.callAfter(Latency, {done.guard(), [id, done] {
                                                     done(QJsonObject{{QStringLiteral("id"), id}});
                                                 }});
        }

        void warm(int) override {}
        void forgetConnections() override {}
        void checkHealth(const Continuation<HealthReport> &) override {}
        void listScenarios(const Continuation<Result<QList<Scenario>>> &) override {}
        void setServerScenarios(const QSet<QString> &) override {}
        void abortAll() override {}

    private:
        MemoryServer &m_server;
    };

    static constexpr Duration Latency = std::chrono::milliseconds(5);

    static SendOutcome created(const QString &token)
    {
        SendOutcome outcome;
        outcome.kind = SendOutcome::Kind::Created;
        outcome.httpStatus = 201;
        outcome.incidentId = QStringLiteral("incident-") + token;
        return outcome;
    }

    void meet(const IncidentRequest &request, const Continuation<SendOutcome> &done)
    {
        SendOutcome outcome;
        outcome.error = QStringLiteral("So it went.");
        const int chance = m_random.bounded(100);
        const bool arrives = chance < 75;
        if (arrives) {
            ++m_deliveries[request.token];
        }
        if (chance < 60) {
            outcome = created(request.token);
        } else if (chance >= 82 && chance < 92) {
            outcome.kind = SendOutcome::Kind::RateLimited;
            outcome.httpStatus = 429;
            outcome.retryAfter = std::chrono::milliseconds(700);
        } else if (chance >= 92 && chance < 96) {
            outcome.kind = SendOutcome::Kind::NotReached;
        } else if (chance >= 96) {
            outcome.kind = SendOutcome::Kind::Rejected;
            outcome.httpStatus = 422;
        } // else nobody knows, the server excepted
        m_clock.callAfter(std::chrono::milliseconds(5 + m_random.bounded(300)),
                          {done.guard(), [outcome, done] { done(outcome); }});
    }

    Clock &m_clock;
    QRandomGenerator m_random;
    QHash<QString, int> m_deliveries;
};
