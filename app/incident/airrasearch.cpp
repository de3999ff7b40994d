// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incident/airrasearch.h"

#include "app/incident/airraanswers.h"

namespace {

/** The tightest page that surely holds what is looked for by its token. */
constexpr int SearchPageSize = 100;
/** How many are looked through where the list cannot be searched by the token. */
constexpr int SearchPages = 20;
constexpr auto SearchMargin = std::chrono::hours(1);
/** How much earlier than it was sent a simulator start may seem to have arrived. */
constexpr auto StartMargin = std::chrono::seconds(5);

QString queryStamp(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ"));
}

} // namespace

AirraSearch::AirraSearch(const IncidentRequest &request, const QDateTime &sentAt,
                         const QSet<QString> &taken)
    : m_request(request)
    , m_listedFrom(sentAt.addMSecs(-std::chrono::milliseconds(SearchMargin).count()))
    , m_notBefore(sentAt.addMSecs(-std::chrono::milliseconds(StartMargin).count()))
    , m_taken(taken)
{}

QList<std::pair<QString, QString>> AirraSearch::listQuery() const
{
    QList<std::pair<QString, QString>> query;
    if (!m_request.token.isEmpty() && m_request.route == IncidentRequest::Route::SimulatorStart) {
        // The list can't be searched by the mode, so each one's is compared here.
        if (!m_request.service.isEmpty()) {
            query.append({QStringLiteral("service"), m_request.service});
        }
    } else {
        query.append({QStringLiteral("search"),
                      m_request.token.isEmpty()
                          ? QStringLiteral("Scenario ID: %1").arg(m_request.scenarioId)
                          : m_request.token});
    }
    query.append({QStringLiteral("start_date"), queryStamp(m_listedFrom)});
    query.append({QStringLiteral("page_size"), QString::number(SearchPageSize)});
    if (m_page > 1) {
        query.append({QStringLiteral("page"), QString::number(m_page)});
    }
    return query;
}

bool AirraSearch::isSought(const QJsonObject &incident) const
{
    const QJsonObject about = incident.value(QLatin1String("context")).toObject();
    const QString token = tokenIn(about);
    if (!m_request.token.isEmpty()) {
        return token == m_request.token;
    }
    return token.isEmpty() && about.value(QLatin1String("scenario_id")) == m_request.scenarioId &&
           AirraAnswers::timeOf(incident.value(QLatin1String("detected_at"))) >= m_notBefore &&
           !m_taken.contains(AirraAnswers::idOf(incident.value(QLatin1String("id"))));
}

QJsonObject AirraSearch::foundAmong(const QJsonArray &incidents) const
{
    // Newest first; the one that is wanted is the earliest since it was sent.
    QJsonObject found;
    for (const QJsonValue value : incidents) {
        if (isSought(value.toObject())) {
            found = value.toObject();
        }
    }
    return found;
}

bool AirraSearch::turnPage(const QJsonArray &incidents)
{
    if (m_request.route != IncidentRequest::Route::SimulatorStart ||
        incidents.size() < SearchPageSize || m_page >= SearchPages) {
        return false;
    }
    ++m_page;
    return true;
}

std::optional<QString> AirraSearch::startedAmong(const QJsonArray &simulations) const
{
    std::optional<QString> found;
    QDateTime earliest;
    for (const QJsonValue value : simulations) {
        const QJsonObject simulation = value.toObject();
        const QDateTime started =
            AirraAnswers::timeOf(simulation.value(QLatin1String("started_at")));
        // One in flight may have no incident yet: then it is not found yet.
        const QString id = AirraAnswers::idOf(simulation.value(QLatin1String("incident_id")));
        if (id.isEmpty() || m_taken.contains(id) || started < m_notBefore ||
            simulation.value(QLatin1String("scenario_id")) != m_request.scenarioId ||
            (earliest.isValid() && started >= earliest)) {
            continue;
        }
        earliest = started;
        found = id;
    }
    return found;
}
