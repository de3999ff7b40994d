// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmexchange.h"

#include "app/net/retrypolicy.h"
#include "app/net/webaddress.h"

#include <QCoreApplication>
#include <QHash>
#include <QLoggingCategory>
#include <QMutex>

#include <algorithm>

Q_LOGGING_CATEGORY(generationLog, "orchestrator.generation", QtWarningMsg)

namespace {

/** The context of this file's words for translators. */
struct EndpointWords
{
    Q_DECLARE_TR_FUNCTIONS(LlmEndpoint)
};

/** What endpoints have taken, for all generators, which may live in several threads. */
struct KnownShapes
{
    QMutex mutex;
    QHash<QString, LlmShape> shapes;
};

KnownShapes &knownShapes()
{
    static KnownShapes known;
    return known;
}

QString shapeKey(const GeneratorProfile &profile)
{
    return profile.base.toString() + u'\n' + profile.model + u'\n' + toString(profile.kind);
}

std::optional<int> remainingRequests(const HttpReply &reply)
{
    for (const char *name :
         {"x-ratelimit-remaining-requests", "anthropic-ratelimit-requests-remaining"}) {
        bool isNumber = false;
        const int left = reply.hints.value(name).toInt(&isNumber);
        if (isNumber) {
            return left;
        }
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> waitAskedFor(const HttpReply &reply,
                                                      const QDateTime &nowUtc)
{
    bool isNumber = false;
    const double exact = reply.hints.value("retry-after-ms").toDouble(&isNumber);
    if (isNumber && exact >= 0) {
        constexpr double Longest = 600'000; // as of the header in seconds
        return std::chrono::milliseconds(qint64(std::min(exact, Longest)));
    }
    return parseRetryAfter(reply.retryAfter, nowUtc);
}

} // namespace

LlmEndpoint::LlmEndpoint(const GeneratorProfile &itsProfile, Clock &itsClock,
                         GenerationBudget *itsBudget)
    : profile(itsProfile)
    , dialect(LlmDialect::of(itsProfile.kind))
    , clock(itsClock)
    , budget(itsBudget)
    , http(itsClock)
{
    profile.key = profile.key.trimmed();
}

LlmShape LlmEndpoint::shape() const
{
    const QMutexLocker lock(&knownShapes().mutex);
    return knownShapes().shapes.value(shapeKey(profile));
}

void LlmEndpoint::remember(const LlmShape &shape) const
{
    const QMutexLocker lock(&knownShapes().mutex);
    knownShapes().shapes.insert(shapeKey(profile), shape);
}

QString LlmEndpoint::obstacle() const
{
    const QString scheme = profile.base.scheme();
    if (!dialect || profile.base.host().isEmpty() ||
        (scheme != QLatin1String("https") && scheme != QLatin1String("http"))) {
        return EndpointWords::tr("The generator \"%1\" has no address that can be asked; give it "
                                 "one that begins with https:// or http://.")
            .arg(profile.name);
    }
    if (profile.model.isEmpty()) {
        return EndpointWords::tr("The generator \"%1\" names no model.").arg(profile.name);
    }
    if (std::any_of(profile.key.begin(), profile.key.end(),
                    [](char c) { return c <= ' ' || c > '~'; })) {
        return EndpointWords::tr("The key of the generator \"%1\" holds a space, a line break or "
                                 "another sign that no key has. Enter it again.")
            .arg(profile.name);
    }
    if (!profile.key.isEmpty() && scheme == QLatin1String("http") &&
        !isThisMachine(profile.base.host()) && !profile.allowPlainHttp) {
        return EndpointWords::tr("The key would cross the network to %1 in the clear, so nothing "
                                 "was sent. Use https, or allow plain HTTP for this generator.")
            .arg(place());
    }
    return {};
}

QString LlmEndpoint::place() const
{
    return webPlace(profile.base);
}

QString LlmEndpoint::scrubbed(const QString &text) const
{
    constexpr qsizetype ShortestSecret = 4;
    QString clean = text;
    if (profile.key.size() >= ShortestSecret) {
        clean.replace(QString::fromUtf8(profile.key), QStringLiteral("…"));
    }
    return clean;
}

LlmExchange::LlmExchange(LlmEndpoint &endpoint, QObject *parent)
    : QObject(parent)
    , m_endpoint(endpoint)
{}

LlmExchange::~LlmExchange()
{
    m_done = nullptr;
    abort();
}

void LlmExchange::post(const LlmAsk &ask, const LlmShape &shape,
                       std::function<void(const LlmOutcome &)> done)
{
    HttpRequest request;
    request.verb = HttpRequest::Verb::Post;
    request.url = m_endpoint.dialect->url(m_endpoint.profile.base);
    request.headers = m_endpoint.dialect->headers(m_endpoint.profile.key);
    request.headers.emplaceBack("Content-Type", "application/json");
    request.body = m_endpoint.dialect->body(ask, shape);
    request.deadline = m_endpoint.profile.deadline;
    request.maximumBody = MaximumAnswer;
    request.received = [this](const QByteArray &chunk) {
        const qsizetype before = m_stream->answer().text.size();
        m_stream->feed(chunk);
        if (m_stream->answer().text.size() != before) {
            Q_EMIT textReceived(m_stream->answer().text);
        }
    };
    m_stream = m_endpoint.dialect->stream();
    m_done = std::move(done);
    m_call =
        m_endpoint.http.send(request, {this, [this](const HttpReply &reply) { finish(reply); }});
}

void LlmExchange::abort()
{
    if (m_call != 0) {
        m_endpoint.http.abort(m_call);
    }
}

void LlmExchange::finish(const HttpReply &reply)
{
    m_call = 0;
    const qsizetype before = m_stream->answer().text.size();
    m_stream->end();
    LlmOutcome outcome;
    outcome.reply = reply;
    outcome.answer = m_stream->answer();
    outcome.error = outcome.answer.error;
    if (reply.kind == HttpReply::Kind::Answered && (reply.status < 200 || reply.status > 299)) {
        outcome.error = LlmDialect::errorFrom(reply.status, reply.body);
    }
    if (outcome.error) {
        outcome.error->message = m_endpoint.scrubbed(outcome.error->message);
    }
    outcome.answer.refusal = m_endpoint.scrubbed(outcome.answer.refusal);
    outcome.retryAfter = waitAskedFor(reply, m_endpoint.clock.wall());
    if (const auto left = remainingRequests(reply)) {
        m_endpoint.requestsLeft = left;
    }
    qCDebug(generationLog) << m_endpoint.place() << reply.status << "request"
                           << reply.hints.value("x-request-id", reply.hints.value("request-id"));
    if (m_done && outcome.answer.text.size() != before) {
        Q_EMIT textReceived(outcome.answer.text);
    }
    // By a copy, since what follows may post again.
    if (const auto done = std::exchange(m_done, nullptr)) {
        done(outcome);
    }
}
