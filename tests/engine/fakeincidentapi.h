// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/base/clock.h"
#include "app/incident/incidentapi.h"

#include <QCryptographicHash>
#include <QMap>

/** An incident API whose answers a test decides, on the test's own clock. */
class FakeIncidentApi : public IncidentApi
{
public:
    explicit FakeIncidentApi(Clock &clock)
        : m_clock(clock)
    {}

    struct Sent
    {
        QString title;
        Instant at;
        QString token;
        QByteArray body;
    };
    QList<Sent> sent;
    /** Answers for sends of that title, in order; where none is left, created. */
    QMap<QString, QList<SendOutcome>> answers;
    /** Whether a send at that instant cannot reach it. */
    std::function<bool(Instant)> isAway;
    /** How long a send takes. */
    Duration latency{0};
    /** What each look for an uncertain incident finds; where none is left, nothing. */
    QList<ReconcileOutcome> looks;
    Duration lookLatency{0};
    int looksMade = 0;
    int warmed = 0; // and not forgotten
    int forgets = 0;
    int aborts = 0;

    static SendOutcome created(const QString &id)
    {
        SendOutcome outcome;
        outcome.kind = SendOutcome::Kind::Created;
        outcome.httpStatus = 201;
        outcome.incidentId = id;
        outcome.analysis = QStringLiteral("completed");
        outcome.hypotheses = 3;
        outcome.actions = 2;
        return outcome;
    }

    static SendOutcome refused(SendOutcome::Kind kind, int status = 0)
    {
        SendOutcome outcome;
        outcome.kind = kind;
        outcome.httpStatus = status;
        outcome.error = QStringLiteral("Refused with %1.").arg(status);
        return outcome;
    }

    Result<IncidentRequest> prepare(const IncidentDraft &draft) const override
    {
        if (draft.title == u"impossible") {
            return fail(QStringLiteral("It cannot be sent."));
        }
        IncidentRequest request;
        request.token = QString::fromLatin1(
            QCryptographicHash::hash(draft.title.toUtf8(), QCryptographicHash::Md5).toHex());
        request.scenarioId = draft.title;
        request.body = R"({"service_name":"web","severity":"low","context":{},"description":")" +
                       request.token.toUtf8() + "\"}";
        return request;
    }

    void warm(int sends) override { warmed += sends; }
    void forgetConnections() override
    {
        warmed = 0;
        ++forgets;
    }

    void send(const IncidentRequest &request, const Continuation<SendOutcome> &done) override
    {
        sent.append({request.scenarioId, m_clock.now(), request.token, request.body});
        if (isAway && isAway(m_clock.now())) {
            m_clock.callAfter(Duration(0), {done.guard(), [done] {
                                                done(refused(SendOutcome::Kind::NotReached));
                                            }});
            return;
        }
        QList<SendOutcome> &list = answers[request.scenarioId];
        const SendOutcome outcome =
            list.isEmpty() ? created(request.scenarioId + QStringLiteral("-id")) : list.takeFirst();
        m_clock.callAfter(latency, {done.guard(), [done, outcome] { done(outcome); }});
    }

    void reconcile(const IncidentRequest &, const QDateTime &, const QSet<QString> &taken,
                   const Continuation<ReconcileOutcome> &done) override
    {
        ++looksMade;
        ReconcileOutcome outcome = looks.isEmpty() ? ReconcileOutcome{} : looks.takeFirst();
        if (taken.contains(outcome.found.incidentId)) {
            outcome = {};
        }
        m_clock.callAfter(lookLatency, {done.guard(), [done, outcome] { done(outcome); }});
    }

    void fetchIncident(const QString &id, const Continuation<Result<QJsonObject>> &done) override
    {
        m_clock.callAfter(Duration(0), {done.guard(), [done, id] {
                                            done(QJsonObject{{QStringLiteral("id"), id}});
                                        }});
    }

    void checkHealth(const Continuation<HealthReport> &) override {}
    void listScenarios(const Continuation<Result<QList<Scenario>>> &) override {}
    void setServerScenarios(const QSet<QString> &) override {}
    void abortAll() override { ++aborts; }

private:
    Clock &m_clock;
};
