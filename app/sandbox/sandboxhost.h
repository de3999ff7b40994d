// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/sandbox/faultplan.h"
#include "app/scenario/scenario.h"

#include <QThread>
#include <QUrl>
#include <memory>

class SandboxServer;

/** How the sandbox behaves; by default without limit, without latency, and with any key. */
struct SandboxOptions
{
    quint16 port = 0; ///< 0 picks a free one
    std::chrono::milliseconds latency{0};
    /** At most this many posts in the window; 0 means no limit. */
    int rateSends = 0;
    std::chrono::milliseconds rateWindow{60000};
    /** How long the language model thinks before its answer begins. */
    std::chrono::milliseconds llmLatency{0};
    FaultPlan faults;
    /** Known to its simulator besides those that the program knows. */
    QList<Scenario> scenarios;
    /** Empty: any key, or none, will do. */
    QByteArray key;
    /** The language model's; empty: any, or none, will do. */
    QByteArray llmKey;
};

/** A SandboxServer in a thread of its own, so that it is as alive as a real backend is. */
class SandboxHost
{
public:
    /** Listening on loopback when this returns. */
    static Result<std::unique_ptr<SandboxHost>> start(const SandboxOptions &options);
    ~SandboxHost();

    /** With /api/v1. */
    QUrl baseUrl() const { return m_baseUrl; }
    /** Where /v1/chat/completions, /v1/messages and /api/chat are. */
    QUrl origin() const { return m_baseUrl.resolved(QUrl(QStringLiteral("/"))); }

private:
    SandboxHost() = default;

    SystemClock m_clock;
    QThread m_thread;
    SandboxServer *m_server = nullptr; // lives in m_thread
    QUrl m_baseUrl;
};
