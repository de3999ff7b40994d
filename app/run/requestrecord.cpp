// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/run/requestrecord.h"

#include "app/model/timeline.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr auto StartRoute = QLatin1String("simulator_start");
constexpr auto QuickRoute = QLatin1String("quick_incident");
constexpr qsizetype TokenDigits = 32;

/** The context of this file's words for translators. */
struct RequestWords
{
    Q_DECLARE_TR_FUNCTIONS(RunJournal)
};

bool isToken(const QString &text)
{
    return text.size() == TokenDigits && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

bool isTextOrAbsent(const QJsonValue &value)
{
    return value.isUndefined() || value.isString();
}

bool isQuickIncidentBody(const QJsonObject &body)
{
    const QJsonValue metrics = body.value(u"metrics_snapshot");
    const QJsonObject all = metrics.toObject();
    return isValidServiceName(body.value(u"service_name").toString()) &&
           body.value(u"description").isString() &&
           severityFromString(body.value(u"severity").toString()) &&
           body.value(u"context").isObject() && isTextOrAbsent(body.value(u"title")) &&
           (metrics.isUndefined() || metrics.isObject()) &&
           std::all_of(all.begin(), all.end(),
                       [](const QJsonValue &metric) { return metric.isObject(); });
}

bool isStartBody(const QJsonObject &body)
{
    return body.value(u"auto_analyze").isBool() && isTextOrAbsent(body.value(u"execution_mode"));
}

} // namespace

QJsonObject requestJson(const IncidentRequest &request)
{
    QJsonObject json{
        {QStringLiteral("route"),
         request.route == IncidentRequest::Route::SimulatorStart ? StartRoute : QuickRoute},
        {QStringLiteral("scenario_id"), request.scenarioId},
        {QStringLiteral("path"), request.path()},
        {QStringLiteral("body"), QJsonDocument::fromJson(request.body).object()}};
    if (!request.service.isEmpty()) {
        json.insert(QStringLiteral("service"), request.service);
    }
    return json;
}

Result<IncidentRequest> requestIn(const Prepared &prepared)
{
    const QJsonObject &json = prepared.request;
    const QString route = json.value(u"route").toString();
    const QJsonObject body = json.value(u"body").toObject();
    IncidentRequest request;
    request.scenarioId = json.value(u"scenario_id").toString();
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    request.token = prepared.token;
    request.service = json.value(u"service").toString();
    if (route == StartRoute) {
        request.route = IncidentRequest::Route::SimulatorStart;
    } else if (route != QuickRoute) {
        return fail(RequestWords::tr("The journal names a way to send it that this program does "
                                     "not know (“%1”), so it is not sent.")
                        .arg(route.left(40)));
    }
    const bool isStart = request.route == IncidentRequest::Route::SimulatorStart;
    if (isStart && !IncidentRequest::canBeStarted(request.scenarioId)) {
        return fail(RequestWords::tr("The journal names a scenario whose id no simulator can have "
                                     "(“%1”), so it is not sent.")
                        .arg(request.scenarioId.left(40)));
    }
    // A new token takes the place of the old one wherever that stands in the body.
    const bool isTokenGood =
        request.token.isEmpty()
            ? isStart
            : isToken(request.token) && request.body.contains(request.token.toLatin1());
    const bool isServiceGood = request.service.isEmpty() || isValidServiceName(request.service);
    if (!isTokenGood || !isServiceGood ||
        !(isStart ? isStartBody(body) : isQuickIncidentBody(body))) {
        return fail(RequestWords::tr("The request that the journal holds is not one that this "
                                     "program writes, so it is not sent."));
    }
    return request;
}

bool isSearchable(const Prepared &prepared)
{
    return prepared.request.value(u"route").toString() == QuickRoute;
}

QString scenarioIn(const Prepared &prepared)
{
    return prepared.request.value(u"scenario_id").toString();
}

QByteArray digestible(const Prepared &prepared)
{
    const QJsonObject &request = prepared.request;
    QJsonObject body = request.value(u"body").toObject();
    QJsonObject context = body.value(u"context").toObject();
    if (context.contains(u"generated_at")) {
        context.remove(QStringLiteral("generated_at"));
        body.insert(QStringLiteral("context"), context);
    }
    // A start has its token in a place that said "demo" alone in journals of old.
    const QString &token = prepared.token;
    if (!token.isEmpty() && body.value(u"execution_mode").toString() == executionMode(token)) {
        body.insert(QStringLiteral("execution_mode"), QStringLiteral("demo"));
    }
    QByteArray line = request.value(u"path").toString().toUtf8() + '\n' +
                      QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n';
    if (!token.isEmpty()) {
        line.replace(token.toUtf8(), QByteArray());
    }
    return line;
}
