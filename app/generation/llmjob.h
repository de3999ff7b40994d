// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/llmexchange.h"
#include "app/generation/replyparser.h"
#include "app/generation/scenariogenerator.h"

/**
 * One scenario from a model: asks, retries, tries another mode, and asks once more where the
 * answer is wrong.
 */
class LlmJob : public GenerationJob
{
    Q_OBJECT

public:
    /** Begins with the next turn of the loop. The endpoint outlives it. */
    LlmJob(LlmEndpoint &endpoint, const GenerationRequest &request, QObject *parent);
    ~LlmJob() override;

    void cancel() override;

private:
    /** An answer that could be read, and how good it is. */
    struct Candidate
    {
        ParsedReply reply;
        QString model;
        /** Faults and broken rules of kind E. */
        QStringList errors;

        bool isGood() const { return reply.scenario && errors.isEmpty(); }
    };

    void ask();
    void release();
    void account(const LlmOutcome &outcome);
    void meet(const LlmOutcome &outcome);
    void meetFailure(const LlmOutcome &outcome);
    bool tryOtherShape(const LlmError &error);
    bool tryAgainLater(const LlmOutcome &outcome);
    Candidate candidateFrom(const QString &text, const QString &model) const;
    void judge(const QString &text, const LlmAnswer &answer);
    void askAgain(const QString &text, const Candidate &candidate, bool isCutShort);
    bool offerBest();
    void settle();
    void succeed(const Candidate &candidate);
    void fail(GenerationFailure failure);
    void end(const GenerationOutcome &outcome);

    LlmEndpoint &m_endpoint;
    GenerationRequest m_request;
    LlmExchange m_exchange;
    LlmPrompt m_prompt;
    LlmShape m_shape;
    int m_maximumTokens;
    int m_retries = 0;
    /** Answers asked for: 1, or 2 after askAgain(). */
    int m_asks = 1;
    TokenCount m_reserved;
    TokenCount m_tokens;
    std::optional<Candidate> m_best;
    bool m_isDone = false;
};
