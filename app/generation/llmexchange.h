// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/llmdialect.h"
#include "app/net/httpclient.h"

/** What all that goes to one endpoint has in common. */
struct LlmEndpoint
{
    LlmEndpoint(const GeneratorProfile &itsProfile, Clock &itsClock, GenerationBudget *itsBudget);

    GeneratorProfile profile;
    const LlmDialect *dialect;
    Clock &clock;
    /** nullptr: without limits. */
    GenerationBudget *budget;
    /** What the calls in progress may still take of the budget. */
    TokenCount reserved;
    /** How many requests are left, as the endpoint's headers said last. */
    std::optional<int> requestsLeft;
    HttpClient http;

    /** What worked last with this address and model, in any generator of this process. */
    LlmShape shape() const;
    void remember(const LlmShape &shape) const;
    /** Returns why nothing may be sent there; empty if it may. */
    QString obstacle() const;
    /** "api.openai.com", with the port if there is one. */
    QString place() const;
    /** Returns the text without the key, should the endpoint have quoted it. */
    QString scrubbed(const QString &text) const;
};

/** What one post to a model came to. */
struct LlmOutcome
{
    HttpReply reply;
    /** The answer, as far as it came. */
    LlmAnswer answer;
    /** Set if the endpoint said that something is wrong, by status or in mid-stream. */
    std::optional<LlmError> error;
    std::optional<std::chrono::milliseconds> retryAfter;

    bool isAnswered() const
    {
        return !error && reply.kind == HttpReply::Kind::Answered && reply.status >= 200 &&
               reply.status < 300;
    }
};

/** Posts to a model and reads its answer while it comes; one post at a time. */
class LlmExchange : public QObject
{
    Q_OBJECT

public:
    /** An answer that grows beyond it is cut off. In bytes. */
    static constexpr qint64 MaximumAnswer = 4LL * 1024 * 1024;

    explicit LlmExchange(LlmEndpoint &endpoint, QObject *parent = nullptr);
    ~LlmExchange() override;

    void post(const LlmAsk &ask, const LlmShape &shape,
              std::function<void(const LlmOutcome &)> done);
    /** Ends the post; its outcome comes before this returns. Does nothing if there is none. */
    void abort();

Q_SIGNALS:
    /** All of the text so far. */
    void textReceived(const QString &text);

private:
    void finish(const HttpReply &reply);

    LlmEndpoint &m_endpoint;
    std::unique_ptr<LlmStream> m_stream;
    std::function<void(const LlmOutcome &)> m_done;
    quint64 m_call = 0;
};
