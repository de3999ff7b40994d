// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmjob.h"

#include "app/generation/llmfailures.h"
#include "app/generation/scenariorepair.h"

#include <QRandomGenerator>

#include <algorithm>

namespace {

constexpr int MaximumRetries = 2;
constexpr auto LongestWait = std::chrono::milliseconds(60000);
constexpr qint64 CharactersAToken = 4; // of English text, on the average

qint64 tokensOf(const QString &text)
{
    return (text.size() + CharactersAToken - 1) / CharactersAToken;
}

} // namespace

LlmJob::LlmJob(LlmEndpoint &endpoint, const GenerationRequest &request, QObject *parent)
    : GenerationJob(parent)
    , m_endpoint(endpoint)
    , m_request(request)
    , m_exchange(endpoint)
    , m_prompt(PromptBuilder::prompt(request))
    , m_shape(endpoint.shape())
    , m_maximumTokens(std::max(1, endpoint.profile.maximumTokens))
{
    connect(&m_exchange, &LlmExchange::textReceived, this, [this](const QString &text) {
        if (!m_isDone) {
            Q_EMIT textReceived(text);
        }
    });
    QMetaObject::invokeMethod(this, &LlmJob::ask, Qt::QueuedConnection);
}

LlmJob::~LlmJob()
{
    release();
}

void LlmJob::cancel()
{
    if (m_isDone) {
        return;
    }
    // First, so that what comes of the call does not go on with it.
    m_isDone = true;
    m_exchange.abort();
    m_isDone = false;
    GenerationFailure failure;
    failure.kind = GenerationFailure::Kind::Cancelled;
    failure.message = tr("The generation was cancelled.");
    m_best.reset();
    fail(failure);
}

void LlmJob::ask()
{
    if (m_isDone) {
        return;
    }
    GenerationFailure failure;
    if (const QString why = m_endpoint.obstacle(); !why.isEmpty()) {
        failure.kind = GenerationFailure::Kind::Misused;
        failure.message = why;
        fail(failure);
        return;
    }
    m_reserved = {m_prompt.tokensAtMost(), m_maximumTokens};
    if (m_endpoint.budget) {
        // What others have under way is as good as spent.
        TokenCount atMost = m_reserved;
        atMost += m_endpoint.reserved;
        if (const auto admitted = m_endpoint.budget->admits(m_endpoint.profile, atMost);
            !admitted) {
            m_reserved = {};
            failure.kind = GenerationFailure::Kind::OverBudget;
            failure.message = admitted.error().message;
            fail(failure);
            return;
        }
    }
    m_endpoint.reserved += m_reserved;

    LlmAsk wanted;
    wanted.model = m_endpoint.profile.model;
    wanted.prompt = m_prompt;
    wanted.schema = PromptBuilder::schema(m_request.part);
    wanted.maximumTokens = m_maximumTokens;
    wanted.temperature = m_endpoint.profile.temperature;
    wanted.seed = m_request.seed;
    m_exchange.post(wanted, m_shape, [this](const LlmOutcome &outcome) { meet(outcome); });
}

void LlmJob::release()
{
    m_endpoint.reserved.prompt -= m_reserved.prompt;
    m_endpoint.reserved.completion -= m_reserved.completion;
    m_reserved = {};
}

void LlmJob::account(const LlmOutcome &outcome)
{
    release();
    const bool isSuccess = outcome.reply.status >= 200 && outcome.reply.status < 300;
    TokenCount tokens = outcome.answer.tokens;
    if (isSuccess && outcome.answer.isOwnForm) {
        // Who breaks off in the middle, or does not count, has to be guessed.
        if (tokens.prompt <= 0) {
            tokens.prompt = m_prompt.tokensAtMost();
        }
        if (!outcome.answer.isComplete || tokens.completion <= 0) {
            tokens.completion = std::max(tokens.completion, tokensOf(outcome.answer.text));
        }
    }
    m_tokens += tokens;
    if (m_endpoint.budget) {
        m_endpoint.budget->spend(m_endpoint.profile, tokens);
    }
}

void LlmJob::meet(const LlmOutcome &outcome)
{
    account(outcome);
    if (m_isDone) {
        return;
    }
    if (!outcome.isAnswered() || outcome.answer.isRefused || !outcome.answer.isOwnForm) {
        meetFailure(outcome);
        return;
    }
    if (!outcome.answer.isComplete) {
        const Candidate candidate = candidateFrom(outcome.answer.text, outcome.answer.model);
        if (candidate.isGood()) {
            succeed(candidate);
        } else {
            meetFailure(outcome);
        }
        return;
    }
    m_endpoint.remember(m_shape);
    judge(outcome.answer.text, outcome.answer);
}

void LlmJob::meetFailure(const LlmOutcome &outcome)
{
    if (outcome.error && outcome.error->code == QLatin1String("json_validate_failed") &&
        !outcome.error->failedGeneration.isEmpty()) {
        Q_EMIT noted(tr("The endpoint refuses the form of the answer; it is read all the same."));
        if (m_isDone) {
            return;
        }
        judge(outcome.error->failedGeneration, outcome.answer);
        return;
    }
    if (outcome.error && tryOtherShape(*outcome.error)) {
        return;
    }
    if (tryAgainLater(outcome)) {
        return;
    }
    fail(failureOf(m_endpoint, outcome));
}

bool LlmJob::tryOtherShape(const LlmError &error)
{
    const auto next = m_endpoint.dialect->adapted(m_shape, error);
    if (!next) {
        return false;
    }
    QString sentence = tr("%1 does not take a part of the request; it is left out from now on.")
                           .arg(m_endpoint.place());
    if (next->rung != m_shape.rung) {
        sentence = tr("%1 does not take %2; asking for %3.")
                       .arg(m_endpoint.place(), m_endpoint.dialect->rungName(m_shape.rung),
                            m_endpoint.dialect->rungName(next->rung));
    }
    m_shape = *next;
    Q_EMIT noted(sentence);
    ask();
    return true;
}

bool LlmJob::tryAgainLater(const LlmOutcome &outcome)
{
    if (!isWorthRetrying(outcome) || m_retries >= MaximumRetries) {
        return false;
    }
    // Who wants to be left alone for longer is: asking before would only be refused again.
    if (outcome.retryAfter && *outcome.retryAfter > LongestWait) {
        return false;
    }
    // Who says "at once" has not said anything.
    const bool isAsked = outcome.retryAfter && outcome.retryAfter->count() > 0;
    const auto wait = isAsked ? *outcome.retryAfter
                              : backOff(m_retries, QRandomGenerator::global()->generateDouble());
    ++m_retries;
    Q_EMIT noted(tr("%1 Trying again in %2 s.")
                     .arg(failureOf(m_endpoint, outcome).message,
                          QString::number(double(wait.count()) / 1000, 'f', 1)));
    m_endpoint.clock.callAfter(wait, {this, [this] { ask(); }});
    return true;
}

LlmJob::Candidate LlmJob::candidateFrom(const QString &text, const QString &model) const
{
    Candidate candidate;
    candidate.reply = parseReply(text, m_request);
    candidate.model = model.isEmpty() ? m_endpoint.profile.model : model;
    candidate.errors = candidate.reply.faults;
    if (candidate.reply.scenario) {
        const auto problems = checkQuality(*candidate.reply.scenario, ScenarioKind::Generated);
        for (const QualityProblem &problem : problems) {
            if (problem.kind == QualityProblem::Kind::Error) {
                candidate.errors.append(problem.message);
            }
        }
    }
    return candidate;
}

void LlmJob::judge(const QString &text, const LlmAnswer &answer)
{
    const Candidate candidate = candidateFrom(text, answer.model);
    if (candidate.isGood()) {
        succeed(candidate);
        return;
    }
    const bool isBetter =
        !m_best || (candidate.reply.scenario &&
                    (!m_best->reply.scenario || candidate.errors.size() < m_best->errors.size()));
    if (isBetter) {
        m_best = candidate;
    }
    if (m_asks > 1) {
        settle();
    } else {
        askAgain(text, candidate, answer.isCutShort);
    }
}

void LlmJob::askAgain(const QString &text, const Candidate &candidate, bool isCutShort)
{
    ++m_asks;
    m_retries = 0;
    if (isCutShort) {
        m_maximumTokens *= 2;
        Q_EMIT noted(tr("The answer met its limit of length; asking once more for up to %1 "
                        "tokens.")
                         .arg(m_maximumTokens));
    } else {
        m_prompt = PromptBuilder::promptAgain(m_request, text, candidate.errors);
        Q_EMIT noted(tr("Errors in the answer: %1, as in: %2 Asking once more.")
                         .arg(candidate.errors.size())
                         .arg(candidate.errors.value(0)));
    }
    ask();
}

/** The better of two answers, of which none is good; false where neither is a scenario. */
bool LlmJob::offerBest()
{
    if (!m_best || !m_best->reply.scenario || m_best->reply.scenario->metrics.isEmpty()) {
        return false;
    }
    QStringList repairs = m_best->reply.repairs;
    if (const auto whole = repaired(*m_best->reply.scenario, m_request, repairs)) {
        m_best->reply.scenario = whole;
        m_best->reply.repairs = repairs;
    }
    succeed(*m_best);
    return true;
}

void LlmJob::settle()
{
    if (offerBest()) {
        return;
    }
    GenerationFailure failure;
    failure.kind = GenerationFailure::Kind::Unusable;
    failure.message =
        tr("No scenario could be read from what the model \"%1\" answered: %2")
            .arg(m_endpoint.profile.model, m_endpoint.scrubbed(m_best->errors.value(0)));
    fail(failure);
}

void LlmJob::succeed(const Candidate &candidate)
{
    Generation made;
    made.scenario = *candidate.reply.scenario;
    made.generator = m_endpoint.profile.name;
    made.model = candidate.model;
    made.seed = m_request.seed;
    made.attempts = m_asks;
    made.tokens = m_tokens;
    made.generatedAt = m_endpoint.clock.wall();
    made.repairs = candidate.reply.repairs;
    // A part that was generated again does not turn the rest into a model's.
    if (m_request.part == GenerationRequest::Part::All ||
        m_request.part == GenerationRequest::Part::Context) {
        QJsonObject &context = made.scenario.context;
        context.insert(QStringLiteral("generated_by"), QStringLiteral("llm"));
        context.insert(QStringLiteral("generation_prompt"), m_request.prompt);
        context.insert(QStringLiteral("generated_at"),
                       made.generatedAt.toString(Qt::ISODateWithMs));
    }
    end(made);
}

void LlmJob::fail(GenerationFailure failure)
{
    // An answer that is not all well is better than none.
    if (m_best && m_asks > 1 && failure.kind != GenerationFailure::Kind::Unusable) {
        Q_EMIT noted(failure.message);
        if (m_isDone || offerBest()) {
            return;
        }
    }
    failure.attempts = m_asks;
    failure.tokens = m_tokens;
    end(tl::make_unexpected(failure));
}

void LlmJob::end(const GenerationOutcome &outcome)
{
    if (m_isDone) {
        return;
    }
    m_isDone = true;
    Q_EMIT finished(outcome);
    deleteLater();
}
