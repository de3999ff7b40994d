// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmprobe.h"

#include "app/generation/llmfailures.h"

#include <algorithm>

namespace {

constexpr int ProbeTokens = 16; // the least that all endpoints take
constexpr auto LongestProbe = std::chrono::milliseconds(30000);
constexpr qsizetype MostModelsNamed = 8;

QString listed(const QStringList &models)
{
    QStringList some = models.first(std::min(models.size(), MostModelsNamed));
    if (some.size() < models.size()) {
        some.append(QStringLiteral("…"));
    }
    return some.join(QStringLiteral(", "));
}

} // namespace

LlmProbe::LlmProbe(LlmEndpoint &endpoint, const Continuation<ConnectionReport> &done,
                   QObject *parent)
    : QObject(parent)
    , m_endpoint(endpoint)
    , m_exchange(endpoint)
    , m_shape(endpoint.shape())
    , m_done(done)
{
    m_shape.stream = false;
    QMetaObject::invokeMethod(this, &LlmProbe::ask, Qt::QueuedConnection);
}

void LlmProbe::ask()
{
    if (const QString why = m_endpoint.obstacle(); !why.isEmpty()) {
        m_report.failure = GenerationFailure::Kind::Misused;
        m_report.sentence = why;
        report();
        return;
    }
    LlmAsk wanted;
    wanted.model = m_endpoint.profile.model;
    wanted.prompt.messages = {{LlmMessage::Role::User, QStringLiteral("Answer with the word ok.")}};
    wanted.maximumTokens = ProbeTokens;
    m_exchange.post(wanted, m_shape, [this](const LlmOutcome &outcome) { meet(outcome); });
}

void LlmProbe::meet(const LlmOutcome &outcome)
{
    m_report.roundTrip =
        std::chrono::duration_cast<std::chrono::milliseconds>(outcome.reply.roundTrip);
    if (m_endpoint.budget) {
        m_endpoint.budget->spend(m_endpoint.profile, outcome.answer.tokens);
    }
    if (outcome.error) {
        if (const auto next = m_endpoint.dialect->adapted(m_shape, *outcome.error)) {
            m_shape = *next;
            ask();
            return;
        }
    }
    if (outcome.isAnswered() && outcome.answer.isOwnForm) {
        m_report.works = true;
        m_report.sentence =
            tr("%1 answers with the model \"%2\" in %3 ms.")
                .arg(m_endpoint.place(), outcome.answer.model.isEmpty() ? m_endpoint.profile.model
                                                                        : outcome.answer.model)
                .arg(m_report.roundTrip.count());
        report();
        return;
    }
    const GenerationFailure failure = failureOf(m_endpoint, outcome);
    m_report.failure = failure.kind;
    m_report.sentence = failure.message;
    const bool isAnswer = outcome.reply.kind == HttpReply::Kind::Answered;
    if (isAnswer && failure.kind == GenerationFailure::Kind::Misused) {
        lookForModels(m_endpoint.profile.base, Address::Given);
    } else {
        report();
    }
}

void LlmProbe::lookForModels(const QUrl &base, Address address)
{
    HttpRequest request;
    request.url = m_endpoint.dialect->modelsUrl(base);
    request.headers = m_endpoint.dialect->headers(m_endpoint.profile.key);
    request.deadline = std::min(m_endpoint.profile.deadline, LongestProbe);
    m_endpoint.http.send(
        request, {this, [this, address](const HttpReply &reply) { meetModels(reply, address); }});
}

void LlmProbe::meetModels(const HttpReply &reply, Address address)
{
    const bool isList = reply.kind == HttpReply::Kind::Answered && reply.status == 200;
    const QStringList models = isList ? m_endpoint.dialect->models(reply.body) : QStringList();
    const QUrl &base = m_endpoint.profile.base;
    if (!models.isEmpty() && address == Address::Guessed) {
        m_report.sentence = tr("The API of %1 is found at %2; use that as the address.")
                                .arg(m_endpoint.place(), base.toString(QUrl::StripTrailingSlash) +
                                                             QStringLiteral("/v1"));
    } else if (!models.isEmpty() && !models.contains(m_endpoint.profile.model)) {
        m_report.sentence = tr("%1 has no model \"%2\"; it has %3.")
                                .arg(m_endpoint.place(), m_endpoint.profile.model,
                                     m_endpoint.scrubbed(listed(models)));
    } else if (models.isEmpty() && address == Address::Given &&
               m_endpoint.profile.kind == GeneratorProfile::Kind::OpenAi &&
               !base.path().contains(QLatin1String("/v1"))) {
        QUrl guess = base;
        guess.setPath(base.path().endsWith(u'/') ? base.path() + QStringLiteral("v1")
                                                 : base.path() + QStringLiteral("/v1"));
        lookForModels(guess, Address::Guessed);
        return;
    }
    report();
}

void LlmProbe::report()
{
    m_report.sentence = m_endpoint.scrubbed(m_report.sentence);
    m_done(m_report);
    deleteLater();
}
