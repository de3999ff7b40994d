// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/incident/incidentapi.h"
#include "app/net/httpclient.h"

/** How long the calls may take, from their start to the last byte of the answer. */
struct AirraTimeouts
{
    /** An analysis takes 2 to 10 s and runs inside the POST. */
    std::chrono::milliseconds send{60000};
    std::chrono::milliseconds query{15000};
    std::chrono::milliseconds health{5000};
};

/** The AIRRA backend over HTTP. A send that is in doubt is uncertain. */
class AirraApi : public IncidentApi
{
    Q_OBJECT

public:
    AirraApi(Target target, Clock &clock, QObject *parent = nullptr);
    AirraApi(Target target, Clock &clock, const AirraTimeouts &timeouts, QObject *parent = nullptr);

    /** Returns the address at which a backend with that base says whether it is well, without a
     * key. */
    static QUrl healthUrl(const QUrl &base);

    Result<IncidentRequest> prepare(const IncidentDraft &draft) const override;
    void warm(int sends) override;
    void forgetConnections() override { m_http.forgetConnections(); }
    void send(const IncidentRequest &request, const Continuation<SendOutcome> &done) override;
    void reconcile(const IncidentRequest &request, const QDateTime &sentAt,
                   const QSet<QString> &taken, const Continuation<ReconcileOutcome> &done) override;
    void fetchIncident(const QString &incidentId,
                       const Continuation<Result<QJsonObject>> &done) override;
    void checkHealth(const Continuation<HealthReport> &done) override;
    void listScenarios(const Continuation<Result<QList<Scenario>>> &done) override;
    void setServerScenarios(const QSet<QString> &ids) override { m_serverScenarios = ids; }
    void abortAll() override { m_http.abortAll(); }

    /** For a rehearsal, which must know what is on its way. */
    HttpClient &http() { return m_http; }

private:
    using Reply = std::function<void(const HttpReply &)>;
    struct Look;

    QUrl url(const QString &path, const QList<std::pair<QString, QString>> &query = {}) const;
    /** Whether a call carries the key. */
    enum class Access { WithKey, Open };
    /** What a call that tries the key asks for; a backend without its simulator has no scenarios.
     */
    enum class KeyProof { Scenarios, Incidents };

    /** Sends nothing if the key must not go there. */
    void get(const QUrl &url, std::chrono::milliseconds deadline, Access access, Reply done);
    /** Returns a sentence if nothing may be sent to this target at all; else nothing. */
    QString obstacle() const;
    QString failureOf(const HttpReply &reply) const;
    void checkKey(HealthReport report, KeyProof proof, const Continuation<HealthReport> &done);
    /** Returns the target's clock minus ours, if the reply tells. */
    std::optional<std::chrono::milliseconds> learnTime(const HttpReply &reply);
    void searchList(const std::shared_ptr<Look> &look);
    void searchSimulations(const std::shared_ptr<Look> &look);

    Target m_target;
    Clock &m_clock;
    AirraTimeouts m_timeouts;
    HttpClient m_http;
    QSet<QString> m_serverScenarios;
    /** The server's clock minus ours; 0 until it is known to differ. */
    std::chrono::milliseconds m_serverAhead{0};
};
