// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incident/incidentapi.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <optional>

/** Looks for the incident of one request in what an AIRRA backend lists. Sends nothing itself. */
class AirraSearch
{
public:
    /** `sentAt` is by the server's clock; `taken` are the ids of incidents that belong to others.
     */
    AirraSearch(const IncidentRequest &request, const QDateTime &sentAt,
                const QSet<QString> &taken);

    /** Returns the query of the page of incidents that is looked through now. */
    QList<std::pair<QString, QString>> listQuery() const;
    /** Returns the incident among those of a page; empty if it isn't there. */
    QJsonObject foundAmong(const QJsonArray &incidents) const;
    /** Turns to the next page; false if this was the last one. */
    bool turnPage(const QJsonArray &incidents);

    /** Returns whether simulations are looked through as well: starts of old had no token. */
    bool wantsSimulations() const { return m_request.token.isEmpty(); }
    /** Returns the id of the incident that one of the simulations has made. */
    std::optional<QString> startedAmong(const QJsonArray &simulations) const;

private:
    bool isSought(const QJsonObject &incident) const;

    IncidentRequest m_request;
    QDateTime m_listedFrom; // by the server's clock
    QDateTime m_notBefore;  // the same; of a start without a token
    QSet<QString> m_taken;
    int m_page = 1;
};
