// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incident/airraapi.h"

#include "app/base/utctime.h"
#include "app/base/visibletext.h"
#include "app/incident/airraanswers.h"
#include "app/incident/airrasearch.h"
#include "app/model/servicename.h"
#include "app/net/retrypolicy.h"
#include "app/net/webaddress.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

Q_LOGGING_CATEGORY(incidentLog, "orchestrator.incident", QtWarningMsg)

namespace {

constexpr int MaximumTitle = 255;
constexpr int HttpOk = 200;
/** A Date header counts whole seconds, and a call takes its time. */
constexpr auto ClockTolerance = std::chrono::seconds(2);

bool hasOnlyFiniteNumbers(const QJsonValue &value)
{
    if (value.isDouble()) {
        return std::isfinite(value.toDouble());
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::all_of(array.begin(), array.end(),
                           [](const QJsonValue &v) { return hasOnlyFiniteNumbers(v); });
    }
    const QJsonObject object = value.toObject();
    return std::all_of(object.begin(), object.end(),
                       [](const QJsonValue &v) { return hasOnlyFiniteNumbers(v); });
}

bool isSuccess(const HttpReply &reply)
{
    return reply.kind == HttpReply::Kind::Answered && reply.status >= 200 && reply.status < 300;
}

/** Scenarios are a bare array, incidents a page of them. */
enum class ListOf { Scenarios, Incidents };

bool isList(const HttpReply &reply, ListOf what)
{
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    return what == ListOf::Incidents ? document.object().value(QLatin1String("items")).isArray()
                                     : document.isArray();
}

/** A word that a server says of itself, short and on one line. */
QString wordIn(const QJsonObject &object, QLatin1String key)
{
    constexpr qsizetype LongestServerWord = 80;
    return cutText(oneLine(object.value(key).toString().simplified()), LongestServerWord);
}

std::optional<Scenario> listedScenario(const QJsonObject &object)
{
    Scenario scenario;
    scenario.id = object.value(QLatin1String("id")).toString();
    if (scenario.id.isEmpty()) {
        return std::nullopt;
    }
    scenario.name = object.value(QLatin1String("name")).toString(scenario.id);
    scenario.description = object.value(QLatin1String("description")).toString();
    scenario.service =
        object.value(QLatin1String("service")).toString(QString::fromLatin1(DefaultServiceName));
    scenario.severity = severityFromString(object.value(QLatin1String("severity")).toString())
                            .value_or(Severity::Medium);
    scenario.difficulty = difficultyFromString(object.value(QLatin1String("difficulty")).toString())
                              .value_or(Difficulty::Beginner);
    for (const QJsonValue tag : object.value(QLatin1String("tags")).toArray()) {
        scenario.tags.append(tag.toString());
    }
    scenario.durationSeconds =
        object.value(QLatin1String("duration_seconds")).toInt(scenario.durationSeconds);
    scenario.origin = Scenario::Origin::Server;
    return scenario;
}

} // namespace

/** One look for the incident of a request. */
struct AirraApi::Look
{
    AirraSearch search;
    Continuation<ReconcileOutcome> answer;
};

AirraApi::AirraApi(Target target, Clock &clock, QObject *parent)
    : AirraApi(std::move(target), clock, AirraTimeouts{}, parent)
{}

AirraApi::AirraApi(Target target, Clock &clock, const AirraTimeouts &timeouts, QObject *parent)
    : IncidentApi(parent)
    , m_target(std::move(target))
    , m_clock(clock)
    , m_timeouts(timeouts)
    , m_http(clock, this)
{}

Result<IncidentRequest> AirraApi::prepare(const IncidentDraft &draft) const
{
    IncidentRequest request;
    request.scenarioId = draft.scenarioId;
    if (draft.mayUseSimulator && !m_target.preferQuickIncident &&
        m_serverScenarios.contains(draft.scenarioId) &&
        IncidentRequest::canBeStarted(draft.scenarioId)) {
        request.route = IncidentRequest::Route::SimulatorStart;
        request.token = newIncidentToken();
        request.service = draft.serviceName;
        const QJsonObject start{{QStringLiteral("auto_analyze"), true},
                                {QStringLiteral("execution_mode"), executionMode(request.token)}};
        request.body = QJsonDocument(start).toJson(QJsonDocument::Compact);
        return request;
    }

    if (!isValidServiceName(draft.serviceName)) {
        return fail(tr("The service name \"%1\" cannot be sent: only letters, digits, - and _ are "
                       "allowed, 255 at most and at least one.")
                        .arg(draft.serviceName.left(80)));
    }
    if (draft.title.toUcs4().size() > MaximumTitle) {
        return fail(tr("The title \"%1…\" is longer than the 255 characters that the server takes. "
                       "Shorten it.")
                        .arg(draft.title.left(40)));
    }
    QJsonObject metrics;
    for (const Metric &metric : draft.metrics) {
        if (!std::isfinite(metric.value) || !std::isfinite(metric.baseline) ||
            !std::isfinite(metric.deviationSigma)) {
            return fail(tr("The metric \"%1\" holds a number that is not finite, which the server "
                           "does not take.")
                            .arg(metric.name));
        }
        metrics.insert(metric.name,
                       QJsonObject{{QStringLiteral("current"), metric.value},
                                   {QStringLiteral("expected"), metric.baseline},
                                   {QStringLiteral("deviation"), metric.deviationSigma}});
    }
    if (!hasOnlyFiniteNumbers(draft.context)) {
        return fail(tr("The context of the incident holds a number that is not finite, which the "
                       "server does not take."));
    }

    request.route = IncidentRequest::Route::QuickIncident;
    request.token = newIncidentToken();
    QJsonObject context = draft.context;
    context.insert(QStringLiteral("client_token"), request.token);
    if (!draft.scenarioId.isEmpty() && !context.contains(QLatin1String("scenario_id"))) {
        context.insert(QStringLiteral("scenario_id"), draft.scenarioId);
    }
    // The list is searched by description, and a plain word there is what it finds.
    const QString reference = QStringLiteral("[ref:%1]").arg(request.token);
    QJsonObject body{
        {QStringLiteral("service_name"), draft.serviceName},
        {QStringLiteral("description"),
         draft.description.isEmpty() ? reference
                                     : draft.description + QStringLiteral("\n\n") + reference},
        {QStringLiteral("severity"), toString(draft.severity)},
        {QStringLiteral("context"), context},
    };
    if (!draft.title.isEmpty()) {
        body.insert(QStringLiteral("title"), draft.title);
    }
    if (!metrics.isEmpty()) {
        body.insert(QStringLiteral("metrics_snapshot"), metrics);
    }
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return request;
}

void AirraApi::warm(int sends)
{
    if (obstacle().isEmpty()) {
        m_http.warm(m_target.base, sends);
    }
}

void AirraApi::send(const IncidentRequest &request, const Continuation<SendOutcome> &done)
{
    if (const QString why = obstacle(); !why.isEmpty()) {
        SendOutcome outcome;
        outcome.kind = SendOutcome::Kind::Rejected;
        outcome.error = why;
        done.callLater(this, outcome);
        return;
    }
    HttpRequest http;
    http.verb = HttpRequest::Verb::Post;
    http.url = url(request.path());
    http.headers.emplaceBack("Content-Type", "application/json");
    if (!m_target.key.isEmpty()) {
        http.headers.emplaceBack("X-API-Key", m_target.key);
    }
    http.body = request.body;
    http.deadline = m_timeouts.send;
    m_http.send(http,
                {this, [this, request, done](const HttpReply &reply) {
                     const SendOutcome outcome =
                         AirraAnswers::outcomeOf(reply, request, m_target.key, m_clock.wall());
                     if (!outcome.error.isEmpty()) {
                         qCInfo(incidentLog) << request.path() << reply.status << outcome.error;
                     }
                     done(outcome);
                 }});
}

void AirraApi::reconcile(const IncidentRequest &request, const QDateTime &sentAt,
                         const QSet<QString> &taken, const Continuation<ReconcileOutcome> &done)
{
    searchList(std::make_shared<Look>(
        Look{AirraSearch(request, sentAt.addMSecs(m_serverAhead.count()), taken), done}));
}

void AirraApi::searchList(const std::shared_ptr<Look> &look)
{
    get(url(QStringLiteral("/incidents"), look->search.listQuery()), m_timeouts.query,
        Access::WithKey, [this, look](const HttpReply &reply) {
            ReconcileOutcome outcome;
            const QJsonDocument document = AirraAnswers::documentOf(reply.body);
            const QJsonArray items = document.object().value(QLatin1String("items")).toArray();
            if (!isSuccess(reply) || !document.object().value(QLatin1String("items")).isArray()) {
                outcome.kind = ReconcileOutcome::Kind::NotReached;
                outcome.error = failureOf(reply);
                look->answer(outcome);
                return;
            }
            if (const QJsonObject found = look->search.foundAmong(items); !found.isEmpty()) {
                outcome.kind = ReconcileOutcome::Kind::Found;
                outcome.found = AirraAnswers::outcomeOf(
                    AirraAnswers::scrubbed(QJsonValue(found), m_target.key).toObject());
                look->answer(outcome);
            } else if (look->search.wantsSimulations()) {
                searchSimulations(look);
            } else if (look->search.turnPage(items)) {
                searchList(look);
            } else {
                look->answer(outcome);
            }
        });
}

void AirraApi::searchSimulations(const std::shared_ptr<Look> &look)
{
    get(url(QStringLiteral("/simulator/simulations")), m_timeouts.query, Access::WithKey,
        [this, look](const HttpReply &reply) {
            ReconcileOutcome outcome;
            const QJsonDocument document = AirraAnswers::documentOf(reply.body);
            if (!isSuccess(reply) || !document.isArray()) {
                outcome.kind = ReconcileOutcome::Kind::NotReached;
                outcome.error = failureOf(reply);
            } else if (const auto id = look->search.startedAmong(document.array())) {
                outcome.kind = ReconcileOutcome::Kind::Found;
                outcome.found.kind = SendOutcome::Kind::Created;
                outcome.found.incidentId = *id;
            }
            look->answer(outcome);
        });
}

void AirraApi::fetchIncident(const QString &incidentId,
                             const Continuation<Result<QJsonObject>> &done)
{
    const QString path =
        QStringLiteral("/incidents/") + QString::fromLatin1(QUrl::toPercentEncoding(incidentId));
    get(url(path), m_timeouts.query, Access::WithKey, [this, done](const HttpReply &reply) {
        if (!done.isAwaited()) {
            return;
        }
        const QJsonDocument document = AirraAnswers::documentOf(reply.body);
        if (isSuccess(reply) && document.isObject()) {
            done(AirraAnswers::scrubbed(QJsonValue(document.object()), m_target.key).toObject());
        } else {
            done(fail(failureOf(reply)));
        }
    });
}

void AirraApi::checkHealth(const Continuation<HealthReport> &done)
{
    if (const QString why = obstacle(); !why.isEmpty()) {
        HealthReport report;
        report.error = why;
        done.callLater(this, report);
        return;
    }
    get(healthUrl(m_target.base), m_timeouts.health, Access::Open,
        [this, done](const HttpReply &reply) {
            if (!done.isAwaited()) {
                return;
            }
            HealthReport report;
            report.roundTrip =
                std::chrono::duration_cast<std::chrono::microseconds>(reply.roundTrip);
            if (reply.kind != HttpReply::Kind::Answered) {
                report.error = reply.error;
                done(report);
                return;
            }
            report.clockAhead = learnTime(reply);
            report.reachable = true;
            const QJsonObject object = QJsonDocument::fromJson(reply.body).object();
            report.version = wordIn(object, QLatin1String("version"));
            report.environment = wordIn(object, QLatin1String("environment"));
            const QString status = wordIn(object, QLatin1String("status"));
            report.healthy = reply.status == HttpOk && status == QLatin1String("healthy");
            if (!report.healthy && reply.status == HttpOk) {
                report.healthError = status.isEmpty()
                                         ? tr("Its health check does not say that it is healthy.")
                                         : tr("Its health check says “%1”.").arg(status);
            } else if (!report.healthy) {
                report.healthError = tr("Its health check fails. %1").arg(failureOf(reply));
            }
            checkKey(report, KeyProof::Scenarios, done);
        });
}

void AirraApi::checkKey(HealthReport report, KeyProof proof, const Continuation<HealthReport> &done)
{
    const QUrl place = proof == KeyProof::Incidents
                           ? url(QStringLiteral("/incidents"),
                                 {{QStringLiteral("page_size"), QStringLiteral("1")}})
                           : url(QStringLiteral("/simulator/scenarios"));
    get(place, m_timeouts.health, Access::WithKey,
        [this, report, proof, done](const HttpReply &reply) mutable {
            if (!done.isAwaited()) {
                return;
            }
            // A backend without its simulator still has incidents.
            if (proof == KeyProof::Scenarios && reply.status == 404) {
                checkKey(report, KeyProof::Incidents, done);
                return;
            }
            // A server that answers every request with success isn't an incident API.
            report.keyAccepted =
                isSuccess(reply) &&
                isList(reply, proof == KeyProof::Scenarios ? ListOf::Scenarios : ListOf::Incidents);
            report.keyStatus = reply.kind == HttpReply::Kind::Answered ? reply.status : 0;
            if (!report.keyAccepted) {
                report.error = failureOf(reply);
            }
            done(report);
        });
}

void AirraApi::listScenarios(const Continuation<Result<QList<Scenario>>> &done)
{
    get(url(QStringLiteral("/simulator/scenarios")), m_timeouts.query, Access::WithKey,
        [this, done](const HttpReply &reply) {
            if (!done.isAwaited()) {
                return;
            }
            const QJsonDocument document = QJsonDocument::fromJson(reply.body);
            if (!isSuccess(reply) || !document.isArray()) {
                done(fail(failureOf(reply)));
                return;
            }
            QList<Scenario> scenarios;
            for (const QJsonValue value : document.array()) {
                if (const auto scenario = listedScenario(value.toObject())) {
                    scenarios.append(*scenario);
                }
            }
            done(scenarios);
        });
}

QUrl AirraApi::url(const QString &path, const QList<std::pair<QString, QString>> &query) const
{
    QUrl url = m_target.base;
    url.setPath(m_target.base.path(QUrl::FullyEncoded) + path, QUrl::StrictMode);
    QByteArray encoded;
    for (const auto &[name, value] : query) {
        // A raw + would arrive as a space, and QUrlQuery leaves it as it is.
        encoded +=
            (encoded.isEmpty() ? "" : "&") + name.toLatin1() + '=' + QUrl::toPercentEncoding(value);
    }
    if (!encoded.isEmpty()) {
        url.setQuery(QString::fromLatin1(encoded), QUrl::StrictMode);
    }
    return url;
}

QUrl AirraApi::healthUrl(const QUrl &base)
{
    static const auto api = QLatin1String("/api/v1");
    QString path = base.path(QUrl::FullyEncoded);
    if (path.endsWith(api)) {
        path.chop(api.size());
    }
    QUrl url = base;
    url.setPath(path + QStringLiteral("/health"), QUrl::StrictMode);
    return url;
}

void AirraApi::get(const QUrl &url, std::chrono::milliseconds deadline, Access access, Reply done)
{
    const Continuation<HttpReply> answer(this, std::move(done));
    if (const QString why = obstacle(); !why.isEmpty()) {
        HttpReply reply;
        reply.kind = HttpReply::Kind::NotReached;
        reply.error = why;
        answer.callLater(this, reply);
        return;
    }
    HttpRequest http;
    http.url = url;
    http.deadline = deadline;
    http.headers.emplaceBack("Accept", "application/json");
    if (access == Access::WithKey && !m_target.key.isEmpty()) {
        http.headers.emplaceBack("X-API-Key", m_target.key);
    }
    m_http.send(http, answer);
}

QString AirraApi::obstacle() const
{
    const QString scheme = m_target.base.scheme();
    if ((scheme != QLatin1String("http") && scheme != QLatin1String("https")) ||
        m_target.base.host().isEmpty()) {
        return tr("The target is no web address. Give it as in http://localhost:8000/api/v1.");
    }
    if (m_target.key.isEmpty()) {
        return {};
    }
    const bool isPrintable = std::all_of(m_target.key.begin(), m_target.key.end(),
                                         [](char c) { return c > ' ' && c < 127; });
    if (!isPrintable) {
        return tr("The API key holds a space or a character that cannot be sent. Check that it was "
                  "copied whole and alone.");
    }
    if (scheme == QLatin1String("http") && !m_target.allowPlainHttp &&
        !isThisMachine(m_target.base.host())) {
        return tr("Nothing was sent: the API key would cross the network to %1 in the clear. Use "
                  "https, or allow plain http for this target.")
            .arg(webPlace(m_target.base));
    }
    return {};
}

QString AirraApi::failureOf(const HttpReply &reply) const
{
    if (reply.kind != HttpReply::Kind::Answered) {
        return reply.error;
    }
    if (isSuccess(reply)) {
        return tr("The server's answer (%1) is not what an incident API gives. Check that the "
                  "target ends with /api/v1.")
            .arg(reply.status);
    }
    if (reply.status < 500) {
        return AirraAnswers::outcomeOf(reply, {}, m_target.key, m_clock.wall()).error;
    }
    const QString detail = AirraAnswers::detailOf(reply, m_target.key);
    return detail.isEmpty() ? tr("The server failed (%1).").arg(reply.status)
                            : tr("The server failed (%1): %2").arg(reply.status).arg(detail);
}

std::optional<std::chrono::milliseconds> AirraApi::learnTime(const HttpReply &reply)
{
    const QDateTime there = utcFromHttp(reply.date);
    if (!there.isValid()) {
        return std::nullopt;
    }
    const auto halfway = std::chrono::duration_cast<std::chrono::milliseconds>(reply.roundTrip) / 2;
    const std::chrono::milliseconds ahead(m_clock.wall().addMSecs(-halfway.count()).msecsTo(there));
    m_serverAhead =
        ahead > ClockTolerance || ahead < -ClockTolerance ? ahead : std::chrono::milliseconds(0);
    return ahead;
}
