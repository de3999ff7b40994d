// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/hostrule.h"
#include "app/sandbox/sandboxapi.h"
#include "app/sandbox/sandboxhost.h"
#include "app/sandbox/sandboxllm.h"

#include <QMap>
#include <QObject>
#include <QPointer>
#include <QTcpServer>

#include <map>

class SandboxConnection;

/** What becomes of one post: how it is answered, and how long its incident takes to be made. */
struct ScriptedResponse
{
    Fault fault = Fault::None;
    std::chrono::milliseconds latency{0};
};

/**
 * An incident API and a language model that speak their contracts, and misbehave when they are
 * told to. It counts what reaches it: GET /sandbox/deliveries and /sandbox/arrivals, at the
 * origin, say how often each token and scenario came, and when (CLOCK_MONOTONIC, in ns). Who may
 * talk to it at all, HostRule says.
 */
class SandboxServer : public QObject
{
    Q_OBJECT

public:
    /** The port in the options counts only for listen(). */
    SandboxServer(const SandboxOptions &options, const QList<Scenario> &scenarios, Clock &clock,
                  QObject *parent = nullptr);
    ~SandboxServer() override;

    /** Listens at the address of the options, and returns the port or why it can't. */
    Result<quint16> listen();
    /** The base URL with /api/v1; on loopback if it listens everywhere. */
    QUrl baseUrl() const;

    /** False while it refuses by its fault plan. */
    bool isListening() const { return m_server.isListening(); }
    /** Posts for incidents whose body was read whole, whatever came of them. */
    int posts() const { return int(m_arrivals.size()); }
    int deliveries(const QString &token) const { return m_deliveries.value(token); }
    int starts(const QString &scenarioId) const { return m_starts.value(scenarioId); }
    /** Posts to the language model, whatever came of them. */
    int llmPosts() const { return m_llmPosts; }
    /** Connections that were ever accepted. */
    int connections() const { return m_connections; }
    SandboxStore &store() { return m_store; }
    void addFaults(const FaultPlan &faults);

    using Conduct =
        std::function<ScriptedResponse(const QString &token, const QString &scenarioId)>;
    /**
     * From now on every request that is there whole waits for meetNext(), so that the order in
     * which they happen to arrive decides nothing; the client numbers them in that header. Posts
     * are met as `conduct` says instead of by the fault plan and the latency of the options.
     */
    void rehearse(const QByteArray &numberHeader, Conduct conduct);
    /** Meets the waiting request of the lowest number; false if none waits. */
    bool meetNext();
    /** The numbers of the requests that wait, or that wait for the clock to be answered. */
    QSet<quint64> unanswered() const;
    /** Incidents that come into being when the clock has moved on, whoever is still there. */
    int incidentsInTheMaking() const { return m_inTheMaking; }
    /** Refuses connections, and with `resetsOpen` ends all there are, as a lost network does. */
    void goAway(bool resetsOpen);
    /** Listens again on its port, which nobody else could take meanwhile. */
    void comeBack();

private:
    struct Arrival
    {
        QString token;
        QString scenarioId;
        Instant at;
    };

    void accept();
    void boundUnfinished();
    void meetHead(SandboxConnection *connection);
    void takeRequest(SandboxConnection *connection);
    void meetRequest(SandboxConnection *connection);
    ScriptedResponse conductOf(const QString &token, const QString &scenarioId);
    void meetPost(SandboxConnection *connection);
    void respond(SandboxConnection *connection, const SandboxAnswer &answer, Fault fault);
    void meetLlm(SandboxConnection *connection);
    /** Returns the refusal of a call outside the API; none if the key is right or not asked for. */
    std::optional<SandboxAnswer> keyRefusal(const SandboxRequest &request) const;
    bool answerCounts(SandboxConnection *connection);
    void refuseSoon();
    void refuseNow();
    quint64 numberOf(const SandboxConnection *connection) const;
    quint16 reservePort();

    SandboxOptions m_options;
    HostRule m_rule;
    Clock &m_clock;
    SandboxStore m_store;
    SandboxApi m_api;
    SandboxLlm m_llm;
    FaultPlan m_faults;
    FaultPlan m_llmFaults;
    QTcpServer m_server;
    quint16 m_port = 0;
    QMap<QString, int> m_deliveries;
    QMap<QString, int> m_starts;
    QList<Arrival> m_arrivals;
    int m_connections = 0;
    int m_llmPosts = 0;
    quint64 m_requests = 0;
    int m_inTheMaking = 0;
    /** Bound to the port as long as this lives, so that nobody takes it while it refuses. */
    int m_reservation = -1;
    QByteArray m_numberHeader; // empty if it does not rehearse
    Conduct m_conduct;
    std::multimap<quint64, QPointer<SandboxConnection>> m_waiting;
};
