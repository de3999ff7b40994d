// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/net/hostrule.h"
#include "app/telemetry/exposition.h"

#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class SandboxConnection;

/**
 * Serves the metrics of a world at GET /metrics, for Prometheus and whoever reads what it reads: as
 * OpenMetrics if the client prefers that, else as text 0.0.4. It listens on the loopback device
 * alone, and HostRule says who may ask. Lives no longer than its world.
 */
class TelemetryServer : public QObject
{
    Q_OBJECT

public:
    /** Says where the timeline stands at this moment. */
    using Now = std::function<TimelinePosition()>;

    TelemetryServer(const ExposedWorld &world, const QString &run, Now now,
                    const QStringList &allowedHosts = {}, QObject *parent = nullptr);

    /** Listens on that port, or on any free one if it is 0; returns the port or why it can't. */
    Result<quint16> listen(quint16 port);
    /** The URL of the metrics. */
    QUrl url() const;

    /** Returns the format that a client prefers by its Accept header, which may be empty. */
    static ExpositionFormat formatFor(const QByteArray &accept);

private:
    void accept();
    void boundUnfinished();
    void meetHead(SandboxConnection *connection);
    void meetRequest(SandboxConnection *connection);

    const ExposedWorld &m_world;
    QString m_run;
    Now m_now;
    HostRule m_rule;
    QTcpServer m_server;
};
