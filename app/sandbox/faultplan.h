// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QList>
#include <QStringList>

/** What the sandbox does to a post instead of answering it properly. */
enum class Fault {
    None,
    /**
     * Nothing listens, so that connects are refused. Nobody can count what nobody hears; so the
     * listener goes after the first answer that leaves it idle, and stays away for 2^K - 1 seconds:
     * a client that waits 2, 4, 8, 16 s between its tries is refused K times.
     */
    Refuse,
    Hang,           ///< read, never answered; nothing is created
    ResetBefore,    ///< reset before the body is read; nothing is created
    ResetAfter,     ///< reset after reading; the incident is created
    Drip,           ///< created, and answered one byte a second
    Truncate,       ///< created, and the answer is cut off in the middle
    WrongJson,      ///< created, and answered with what is no JSON
    AnalysisFailed, ///< created and answered with 201, but its analysis failed
    Created500,     ///< created, and answered with 500
    Error500,       ///< nothing is created, as with those below
    Error502,
    Error503,
    Error504,
    Limit429, ///< with Retry-After: 60

    // Of the language model's posts, which create nothing.
    Llm429,     ///< with Retry-After: 1
    Llm429Bare, ///< without
    LlmQuota,   ///< 429 that means an exhausted account
    Llm529,     ///< overloaded
    Llm500,
    LlmUnauthorized, ///< 401
    LlmUnknownModel, ///< 404
    LlmNoSchema,     ///< 400 for a request that asks for a schema
    LlmRefusal,      ///< the model declines
    LlmInvalidJson,  ///< prose
    LlmWrongSchema,  ///< JSON of another shape
    LlmRuleError,    ///< a scenario with a sigma of the wrong sign
    LlmLength,       ///< cut by the length cap
    LlmCut,          ///< the connection closes in the middle
    LlmSilence,      ///< nothing is ever answered
    LlmEndless,      ///< a stream without end
    LlmHuge,         ///< a stream of 200 MB
};

/** Returns whether it is one of the language model's. */
inline bool isLlmFault(Fault fault)
{
    return fault >= Fault::Llm429;
}

/** Returns it as FaultPlan::parse() takes it and a report names it; "none" if there is none. */
QString faultName(Fault fault);

/** A list of faults, each for a number of posts; afterwards all goes well. */
class FaultPlan
{
public:
    struct Step
    {
        Fault fault = Fault::None;
        int posts = 1;
    };

    /** The names that parse() takes. */
    static QStringList names();
    /** "NAME:K", the first K posts; "NAME" alone means one. Case, - and _ do not matter. */
    static Result<FaultPlan> parse(const QString &text);

    /** Appends steps after those that are there. */
    void append(const FaultPlan &other) { m_steps += other.m_steps; }
    void append(Fault fault, int posts = 1) { m_steps.append({fault, posts}); }
    bool isEmpty() const { return m_steps.isEmpty(); }
    /** Whom a fault is about. */
    enum class Of { IncidentApi, LanguageModel };
    /** Returns the faults of one of the two; each has its own order. */
    FaultPlan only(Of whom) const;

    Fault current() const { return m_steps.isEmpty() ? Fault::None : m_steps.first().fault; }
    /** The fault for the next post, which it uses up. */
    Fault take();
    /** The whole first step, which it uses up. */
    Step takeStep();

private:
    QList<Step> m_steps;
};
