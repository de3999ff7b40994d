// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/incident/incidentapi.h"

#include <QObject>
#include <QSet>
#include <map>
#include <memory>

/**
 * Looks at the target for incidents whose sends had no clear outcome, with growing pauses, until
 * each is found or its time is up. Sends nothing.
 */
class Reconciler : public QObject
{
    Q_OBJECT

public:
    Reconciler(Clock &clock, IncidentApi &api, QObject *parent = nullptr);

    /** Says that an incident belongs to a send of this run, so that no look for another takes it.
     */
    void claim(const QString &incidentId) { m_claimed.insert(incidentId); }
    /**
     * Begins to look for an incident, at least once. If the request is empty, there is nothing to
     * tell it by, and notFound() follows.
     */
    void look(int index, const IncidentRequest &request, const QDateTime &sentAt, Duration howLong);
    /**
     * Ends the search for an incident that is sent once more. If a look that is in progress still
     * finds it, foundEarlier() says so.
     */
    void forget(int index);
    /** Ends all searches but for the looks in progress, which are the last. */
    void end();

Q_SIGNALS:
    void found(int index, const SendOutcome &incident);
    /** Nothing was found in the time that there was. */
    void notFound(int index, Duration looked);
    /** The send before the one that the user asked for has created an incident as well. */
    void foundEarlier(int index, const QString &incidentId);

private:
    struct Search
    {
        IncidentRequest request;
        QDateTime sentAt;
        Instant since;
        Instant until;
        std::chrono::milliseconds pause{0};
        std::unique_ptr<ClockTimer> timer;
        /** Counts the searches for this incident: an answer to an earlier one comes too late. */
        int round = 0;
    };

    void lookAgain(int index);
    void ask(int index);
    void take(int index, const ReconcileOutcome &outcome);
    void takeLate(int index, const ReconcileOutcome &outcome);
    void giveUp(int index);

    Clock &m_clock;
    IncidentApi &m_api;
    std::map<int, Search> m_searches;
    QSet<QString> m_claimed;
};
