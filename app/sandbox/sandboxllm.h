// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/offlinegenerator.h"
#include "app/sandbox/faultplan.h"
#include "app/sandbox/sandboxhttp.h"

#include <memory>

/**
 * What the sandbox's "language model" answers, in the three dialects, streaming or not: scenarios
 * of the offline generator, or what a fault makes of them. Without sockets and waits.
 */
class SandboxLlm
{
public:
    enum class Dialect {
        OpenAi,    ///< POST /v1/chat/completions
        Anthropic, ///< POST /v1/messages
        Ollama,    ///< POST /api/chat
    };

    /** An empty key means any, or none. */
    explicit SandboxLlm(const QByteArray &key);
    ~SandboxLlm();

    static std::optional<Dialect> dialectOf(const SandboxRequest &request);
    /** GET /v1/models and GET /api/tags. */
    static std::optional<SandboxAnswer> models(const SandboxRequest &request);

    struct Reply
    {
        /** The answer; without a body if it streams. */
        SandboxAnswer answer;
        /** The pieces of the body in their order, if it streams. */
        QList<QByteArray> pieces;
        /** The last piece comes again and again until the client leaves. */
        bool isEndless = false;
        /** The connection closes in the middle. */
        bool isCut = false;
        /** Nothing is ever answered. */
        bool isSilent = false;
    };
    Reply reply(const SandboxRequest &request, Fault fault) const;
    /** Returns whether a fault has to do with this request, and is used up by it. */
    static bool concerns(Fault fault, const SandboxRequest &request);

private:
    QByteArray m_key;
    mutable std::unique_ptr<OfflineGenerator> m_generator; // made for the first request
};
