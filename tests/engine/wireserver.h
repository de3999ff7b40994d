// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/incident/airraapi.h"
#include "countingserver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

/** A real server behind real sockets, which counts by itself; in another thread or process. */
class WireServer : public CountingServer
{
public:
    /** `count` asks it how often each token was delivered. */
    WireServer(const QUrl &base, Clock &clock, std::function<QHash<QString, int>()> count)
        : m_clock(clock)
        , m_count(std::move(count))
    {
        m_target.base = base;
    }

    std::unique_ptr<IncidentApi> connect() override
    {
        auto client = std::make_unique<AirraApi>(m_target, m_clock);
        m_client = client.get();
        return client;
    }

    /** The network has a time of its own: what is on its way is waited for. */
    void settle() override
    {
        constexpr int Patience = 5000; // ms
        QElapsedTimer elapsed;
        elapsed.start();
        while (m_client && m_client->http().callsUnderWay() > 0 && elapsed.elapsed() < Patience) {
            QCoreApplication::processEvents();
            QThread::usleep(100);
        }
        QCoreApplication::processEvents();
    }

    QHash<QString, int> deliveries() const override { return m_count(); }

private:
    Clock &m_clock;
    std::function<QHash<QString, int>()> m_count;
    Target m_target;
    QPointer<AirraApi> m_client;
};
