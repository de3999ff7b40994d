// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/generation/llmexchange.h"
#include "app/generation/llmgenerator.h"

/**
 * Tries an endpoint with a call of a few tokens. If that fails for a reason that its list of
 * models could tell, it looks there as well. Deletes itself after it has reported.
 */
class LlmProbe : public QObject
{
    Q_OBJECT

public:
    LlmProbe(LlmEndpoint &endpoint, const Continuation<ConnectionReport> &done, QObject *parent);

private:
    void ask();
    void meet(const LlmOutcome &outcome);
    /** Whether an address is the profile's or one that it may have meant. */
    enum class Address { Given, Guessed };
    void meetModels(const HttpReply &reply, Address address);
    void lookForModels(const QUrl &base, Address address);
    void report();

    LlmEndpoint &m_endpoint;
    LlmExchange m_exchange;
    LlmShape m_shape;
    Continuation<ConnectionReport> m_done;
    ConnectionReport m_report;
};
