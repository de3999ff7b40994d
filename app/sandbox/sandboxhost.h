// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/model/scenario.h"
#include "app/sandbox/faultplan.h"

#include <QHostAddress>
#include <QStringList>
#include <QThread>
#include <QUrl>
#include <memory>

class SandboxServer;

/** How the sandbox behaves; by default without limit, without latency, and with any key. */
struct SandboxOptions
{
    quint16 port = 0; ///< 0 picks a free one
    /** The address it listens at; one that others can reach should have a key. */
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    /** The names by which it may be called besides this machine's own; see HostRule. */
    QStringList allowedHosts;
    /** How long a head may take, and how long a body may pause. */
    std::chrono::milliseconds patience{60000};
    /** So many clients may be in the middle of their requests; of more, the oldest is let go. */
    int unfinished = 1024;
    std::chrono::milliseconds latency{0};
    /** The most posts in the window; 0 means no limit. */
    int rateSends = 0;
    std::chrono::milliseconds rateWindow{60000};
    /** How long the language model thinks before its answer begins. */
    std::chrono::milliseconds llmLatency{0};
    FaultPlan faults;
    /** Known to its simulator besides those that the program knows. */
    QList<Scenario> scenarios;
    /** Empty: any key, or none, will do. Else all but / and /health ask for it. */
    QByteArray key;
    /** The language model's own; empty: as `key` says. */
    QByteArray llmKey;
};

/** A SandboxServer in a thread of its own, so that it is as alive as a real backend is. */
class SandboxHost
{
public:
    /** Listening when this returns. */
    static Result<std::unique_ptr<SandboxHost>> start(const SandboxOptions &options);
    ~SandboxHost();

    /** The base URL with /api/v1; on loopback if it listens everywhere. */
    QUrl baseUrl() const { return m_baseUrl; }
    /** Returns where /v1/chat/completions, /v1/messages and /api/chat are. */
    QUrl origin() const { return m_baseUrl.resolved(QUrl(QStringLiteral("/"))); }

private:
    SandboxHost() = default;

    SystemClock m_clock;
    QThread m_thread;
    SandboxServer *m_server = nullptr; // lives in m_thread
    QUrl m_baseUrl;
};
