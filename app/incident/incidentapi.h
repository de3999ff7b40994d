// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/base/result.h"
#include "app/model/scenario.h"

#include <QDateTime>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

/** Where incidents are sent, and how. The key is secret: it is never logged, shown or stored. */
struct Target
{
    /** The API's address, with /api/v1 and without a trailing slash. */
    QUrl base;
    QByteArray key;
    /** The user's word that a key may cross a network in the clear. Loopback never needs it. */
    bool allowPlainHttp = false;
    /** Send predefined scenarios through quick-incident too: they then carry a token. */
    bool preferQuickIncident = false;
    /** The embedded sandbox, which is shown as "sandbox" and not by its port. */
    bool isSandbox = false;
};

/**
 * A target's base URL as a user writes it: http or https, with a host; a missing path means
 * /api/v1, and a slash at the end does not count. Credentials in it are refused: they would be
 * shown.
 */
Result<QUrl> parseTargetUrl(const QString &text);

/** What is to be made known as an incident, whatever it was made from. */
struct IncidentDraft
{
    QString scenarioId; ///< empty if it comes from a prompt
    QString title;
    QString description;
    QString serviceName;
    Severity severity = Severity::Medium;
    QList<Metric> metrics;
    QJsonObject context;
    /** False: the service or the content differ from the scenario, so its id alone would not do. */
    bool mayUseSimulator = false;
    /** What it was made from; nothing if only a prompt is sent. For the journal, never sent. */
    std::shared_ptr<const Scenario> scenario;
    /** The seed of the curves that the scenario's metrics take. */
    qint64 seed = 1;
};

/** A request, ready to be sent at its moment: nothing is left to compute but the sending. */
struct IncidentRequest
{
    enum class Route { SimulatorStart, QuickIncident };

    Route route = Route::QuickIncident;
    QString scenarioId;
    QByteArray body;
    /**
     * Random hex by which its incident is found again: in description and context, or in the
     * execution mode of a simulator start. Empty for such starts in journals of old.
     */
    QString token;
    /** Whose incident a simulator start makes; empty if that is not known any more. */
    QString service;

    /**
     * Below the target's base, with a leading slash: follows from the route and the scenario, so
     * that no file can say where a request goes.
     */
    QString path() const;
    /** Returns whether a simulator can know a scenario by that id: it stands in a path, as one
     * part. */
    static bool canBeStarted(const QString &scenarioId);

    /** Another token in all places of the old one, so that a new sending is told from the first. */
    void renewToken();
};

/** 128 random bits as hex. */
QString newIncidentToken();
/** Returns what a simulator start with that token says as its execution mode. */
QString executionMode(const QString &token);
/** The token of the incident with that context, whichever way it was sent; empty if it has none. */
QString tokenIn(const QJsonObject &context);

/** What one attempt came to. */
struct SendOutcome
{
    enum class Kind {
        Created,     ///< an incident exists; incidentId says which
        NotReached,  ///< refused, DNS, TLS: nothing can have been created
        RateLimited, ///< 429, or 503 with Retry-After: nothing was created, try again later
        Rejected,    ///< any other clear no: nothing was created, trying again is useless
        Uncertain,   ///< an incident may exist; never send again by itself
    };

    Kind kind = Kind::Uncertain;
    int httpStatus = 0; ///< 0 if there was no answer
    QString incidentId;
    /** "completed", "failed", or the incident's status; empty where unknown. */
    QString analysis;
    std::optional<int> hypotheses;
    std::optional<int> actions;
    /** RateLimited: as the server asks, capped at ten minutes; absent if it does not say. */
    std::optional<std::chrono::milliseconds> retryAfter;
    /** One sentence for the user: what happened, and whether something may have been created. */
    QString error;
    /** The whole incident, if the answer held it. */
    QJsonObject incident;
};

struct ReconcileOutcome
{
    enum class Kind { Found, NotFound, NotReached };

    Kind kind = Kind::NotFound;
    SendOutcome found; ///< of kind Created
    QString error;     ///< NotReached: why
};

/** The server's answer to "are you there, and do you take this key?" */
struct HealthReport
{
    /** A run starts only if this is true; otherwise `error` says why it does not. */
    bool mayStart() const { return reachable && keyAccepted; }

    bool reachable = false;
    /** It says of itself that it is healthy. One that does not may take incidents all the same. */
    bool healthy = false;
    /** Why it is not, if it answered: a sentence with the server's own words. */
    QString healthError;
    /** It answered a call with the key as an incident API does; false also if that failed. */
    bool keyAccepted = false;
    QString version;
    QString environment;
    std::chrono::microseconds roundTrip{0};
    /** The status of the call that tried the key; 0 if it was not answered. */
    int keyStatus = 0;
    /** The target's clock minus ours, within a second or so; absent if it does not say. */
    std::optional<std::chrono::milliseconds> clockAhead;
    QString error; ///< a sentence; empty if all is well
};

/**
 * A backend that takes incidents. All calls are asynchronous and answer in the thread of this
 * object, once each, and never before they have returned.
 */
class IncidentApi : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /** Returns the request, or an error if the target could never take it: bad service name, title
     * too long, NaN. */
    virtual Result<IncidentRequest> prepare(const IncidentDraft &draft) const = 0;
    /** Opens connections ahead, so that this many sends at once need none. */
    virtual void warm(int sends) = 0;
    /** Nothing goes over a connection any more that was opened before: nobody may be at its end. */
    virtual void forgetConnections() = 0;
    /** Delivers the request at most once. */
    virtual void send(const IncidentRequest &request, const Continuation<SendOutcome> &done) = 0;
    /**
     * Looks for the incident of a request whose outcome is uncertain. One look; the caller repeats.
     * Starts without a token match by scenario and time, and never an id in `taken`.
     */
    virtual void reconcile(const IncidentRequest &request, const QDateTime &sentAt,
                           const QSet<QString> &taken,
                           const Continuation<ReconcileOutcome> &done) = 0;
    virtual void fetchIncident(const QString &incidentId,
                               const Continuation<Result<QJsonObject>> &done) = 0;
    virtual void checkHealth(const Continuation<HealthReport> &done) = 0;
    virtual void listScenarios(const Continuation<Result<QList<Scenario>>> &done) = 0;
    /** Sets what the simulator of the target knows by itself, as listScenarios() last said. */
    virtual void setServerScenarios(const QSet<QString> &ids) = 0;
    /** Ends all calls; sends that were in flight come out as uncertain. */
    virtual void abortAll() = 0;
};
