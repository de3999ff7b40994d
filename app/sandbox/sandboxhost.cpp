// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxhost.h"

#include "app/library/scenariolibrary.h"
#include "app/sandbox/sandboxserver.h"

#include <algorithm>

Result<std::unique_ptr<SandboxHost>> SandboxHost::start(const SandboxOptions &options)
{
    std::unique_ptr<SandboxHost> host(new SandboxHost);
    QList<Scenario> scenarios = ScenarioLibrary::standard().scenarios();
    for (const Scenario &more : options.scenarios) {
        const bool isKnown =
            std::any_of(scenarios.begin(), scenarios.end(),
                        [&more](const Scenario &known) { return known.id == more.id; });
        if (!isKnown) {
            scenarios.append(more);
        }
    }
    host->m_server = new SandboxServer(options, scenarios, host->m_clock);
    host->m_server->moveToThread(&host->m_thread);
    QObject::connect(&host->m_thread, &QThread::finished, host->m_server, &QObject::deleteLater);
    host->m_thread.setObjectName(QStringLiteral("sandbox"));
    host->m_thread.start();

    Result<quint16> port = 0;
    QMetaObject::invokeMethod(
        host->m_server, [&port, server = host->m_server] { port = server->listen(); },
        Qt::BlockingQueuedConnection);
    if (!port) {
        return tl::make_unexpected(port.error());
    }
    host->m_baseUrl = host->m_server->baseUrl();
    return host;
}

SandboxHost::~SandboxHost()
{
    m_thread.quit();
    m_thread.wait();
}
