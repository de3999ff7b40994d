// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxhttp.h"
#include "app/sandbox/sandboxstore.h"

#include <chrono>
#include <deque>
#include <functional>

/**
 * What the incident API answers to a request, without sockets, waits or faults. It makes the same
 * checks in the same order as the backend: the route, the JSON, the key, the rate limit, the
 * fields.
 */
class SandboxApi
{
public:
    struct Limits
    {
        QByteArray key; ///< empty: any, or none
        int sends = 0;  ///< 0: as many as they like
        std::chrono::milliseconds window{60000};
    };

    SandboxApi(SandboxStore &store, Clock &clock, Limits limits);

    /** An answer that is there at once, or an incident that takes its time to be made. */
    struct Decision
    {
        SandboxAnswer answer;
        /** If set, makes the incident and then says what to answer. */
        std::function<SandboxAnswer()> create;
    };
    Decision decide(const SandboxRequest &request);

    /** True for the posts that create incidents, to which faults and counts apply. */
    static bool creates(const SandboxRequest &request);
    /** The scenario of a simulator start; empty for all other requests. */
    static QString startedScenario(const SandboxRequest &request);
    /** The client's token in a quick-incident; empty if it carries none. */
    static QString clientToken(const SandboxRequest &request);

private:
    struct Route;

    std::optional<SandboxAnswer> checkKey(const SandboxRequest &request) const;
    std::optional<SandboxAnswer> takeSlot();
    Decision scenarios(const SandboxRequest &request) const;
    Decision scenario(const QString &id) const;
    Decision start(const QString &id, const QJsonValue &body);
    Decision simulations() const;
    Decision simulation(const QString &id) const;
    Decision stopSimulation(const QString &id) const;
    Decision quickIncident(const QJsonValue &body);
    Decision incidents(const SandboxRequest &request) const;
    Decision incident(const QString &id) const;

    SandboxStore &m_store;
    Clock &m_clock;
    Limits m_limits;
    std::deque<Instant> m_slots;
};
