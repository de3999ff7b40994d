// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httpclient.h"

#include "app/net/bodydecoder.h"
#include "app/net/httpfailure.h"
#include "app/net/onceonlybody.h"
#include "app/net/trustedcertificates.h"
#include "app/net/webaddress.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QPointer>
#include <algorithm>

Q_LOGGING_CATEGORY(netLog, "orchestrator.net", QtWarningMsg)

namespace {

constexpr qint64 StreamWindow = 256LL * 1024; // what may have arrived and wait to be taken

/** Not the final answer; 100 never gets here, and 101 was not asked for. */
bool isInterim(int status)
{
    return status > 0 && status < 200;
}

/** What Qt calls the end of a connection; the second one since the post cannot be sent again. */
bool isClosing(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::RemoteHostClosedError ||
           error == QNetworkReply::ContentReSendError;
}

/** True if nothing but the end of the connection says where the body ends. */
bool endsWithItsConnection(const QNetworkReply &reply)
{
    return !reply.hasRawHeader("Content-Length") &&
           !reply.rawHeader("Transfer-Encoding").toLower().contains("chunked");
}

/** True where the error only restates the status of a complete answer. */
bool restatesStatus(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return true;
    default:
        return error == QNetworkReply::NoError;
    }
}

bool isHint(const QByteArray &lowerName)
{
    return lowerName == "retry-after-ms" || lowerName == "request-id" ||
           lowerName == "x-request-id" || lowerName == "ratelimit-policy" ||
           lowerName.startsWith("x-ratelimit-") || lowerName.startsWith("anthropic-ratelimit-");
}

} // namespace

struct HttpClient::Call
{
    quint64 id = 0;
    HttpRequest request;
    Continuation<HttpReply> answer;
    Instant begun;
    Lane *lane = nullptr;
    QNetworkAccessManager *network = nullptr;
    QPointer<QNetworkReply> reply;
    OnceOnlyBody *body = nullptr; // owned by the reply
    std::unique_ptr<ClockTimer> timer;
    QByteArray received;
    /** In bytes, of all that has come in. */
    qint64 size = 0;
    /** In bytes, of what that was unpacked to; the same if it came as it is. */
    qint64 unpacked = 0;
    std::unique_ptr<BodyDecoder> decoder;
    /** Why this client itself ended the call, if it did. */
    HttpReply::Cause stopped = HttpReply::Cause::None;
};

HttpClient::HttpClient(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_posts.pool.whenThereIsRoom([this] { startWaiting(m_posts); });
}

HttpClient::~HttpClient()
{
    for (auto &[id, call] : m_calls) {
        if (call->reply) {
            call->reply->disconnect(this);
            call->reply->abort();
            call->reply->deleteLater();
        }
    }
}

quint64 HttpClient::send(const HttpRequest &request, const Continuation<HttpReply> &done)
{
    auto owned = std::make_unique<Call>();
    Call &call = *owned;
    call.id = m_nextId++;
    call.request = request;
    if (request.received) {
        call.request.received = [done, received = request.received](const QByteArray &chunk) {
            if (done.isAwaited()) {
                received(chunk);
            }
        };
    }
    call.answer = done;
    call.begun = m_clock.now();
    call.lane = &laneOf(request.verb);
    m_calls.emplace(call.id, std::move(owned));

    if (QNetworkAccessManager *manager = call.lane->pool.take()) {
        start(call, *manager);
    } else {
        call.lane->waiting.push_back(call.id);
    }

    // After the sending, which must not wait for it.
    call.timer = m_clock.createTimer(Clock::Precision::Coarse);
    connect(call.timer.get(), &ClockTimer::timeout, this,
            [this, id = call.id] { stop(id, HttpReply::Cause::TimedOut); });
    call.timer->armAt(call.begun + call.request.deadline);
    return call.id;
}

void HttpClient::abort(quint64 call)
{
    stop(call, HttpReply::Cause::Aborted);
}

void HttpClient::warm(const QUrl &origin, int posts)
{
    if (m_numberHeader.isEmpty()) {
        m_posts.pool.warm(origin, posts);
    }
}

std::optional<int> HttpClient::scarcePosts()
{
    return ConnectionPool::scarceCalls();
}

void HttpClient::forgetConnections()
{
    m_posts.pool.forget();
    m_gets.pool.forget();
}

void HttpClient::abortAll()
{
    std::vector<quint64> ids;
    ids.reserve(m_calls.size());
    for (const auto &[id, call] : m_calls) {
        ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end());
    m_posts.waiting.clear();
    m_gets.waiting.clear();
    for (const quint64 id : ids) {
        stop(id, HttpReply::Cause::Aborted);
    }
}

QList<quint64> HttpClient::callsOnTheWire() const
{
    QList<quint64> numbers;
    for (const auto &[id, call] : m_calls) {
        if (call->reply) {
            numbers.append(id);
        }
    }
    return numbers;
}

HttpClient::Lane &HttpClient::laneOf(HttpRequest::Verb verb)
{
    return verb == HttpRequest::Verb::Post ? m_posts : m_gets;
}

void HttpClient::release(const Call &call, const HttpReply &reply)
{
    if (!call.network) {
        return; // it never started
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        call.begun + call.request.deadline - m_clock.now());
    // Who sent an interim answer is still at work, and may give up if nobody is there any more.
    if (reply.cause == HttpReply::Cause::Interim && call.lane == &m_posts && left.count() > 0) {
        call.lane->pool.releaseAfter(call.network, int(left.count()));
    } else {
        if (reply.cause == HttpReply::Cause::Interim) {
            // The next call on its connection would read the answer that is still to come.
            call.lane->pool.retire(call.network);
        }
        call.lane->pool.release(call.network);
    }
}

void HttpClient::start(Call &call, QNetworkAccessManager &manager)
{
    const HttpRequest &request = call.request;
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                     QNetworkRequest::ManualRedirectPolicy);
    // Connections that were opened ahead are found only by requests that allow for the same: with
    // TLS those are without HTTP/2, and in the clear Qt opens them as if it were allowed.
    if (request.url.scheme() == QLatin1String("https")) {
        out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        out.setSslConfiguration(TrustedCertificates::configuration());
    }
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setRawHeader("User-Agent", "timeline-orchestrator/" ORCHESTRATOR_VERSION);
    // Set by hand, so that Qt does not unpack by itself: that would count neither what comes in nor
    // what is made of it. Proxies compress all the same; see BodyDecoder.
    out.setRawHeader("Accept-Encoding", "identity");
    for (const auto &[name, value] : request.headers) {
        out.setRawHeader(name, value);
    }

    if (!m_numberHeader.isEmpty()) {
        out.setRawHeader(m_numberHeader, QByteArray::number(call.id));
        out.setRawHeader("Connection", "close");
    }

    call.network = &manager;
    if (request.verb == HttpRequest::Verb::Post) {
        // On a connection that was used before, "closed unread" and "closed after reading" look the
        // same, so each post has a connection of its own. The header only tells the peer: Qt goes
        // by whether the answer repeats it, so what keeps to it is the pool.
        out.setRawHeader("Connection", "close");
        out.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        out.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        call.body = new OnceOnlyBody(request.body);
        call.reply = manager.post(out, call.body);
        call.body->setParent(call.reply);
    } else {
        call.reply = manager.get(out);
    }
    if (request.received) {
        // Qt passes the size on to its own thread only once that has begun, so not before this.
        connect(call.reply, &QNetworkReply::requestSent, call.reply,
                [reply = call.reply.data()] { reply->setReadBufferSize(StreamWindow); });
    }
    call.reply->setParent(nullptr); // managers may go before a reply that waits to be deleted
    connect(call.reply, &QNetworkReply::readyRead, this, [this, id = call.id] { readBody(id); });
    connect(
        call.reply, &QNetworkReply::finished, this, [this, id = call.id] { finish(id); },
        call.reply->isFinished() ? Qt::QueuedConnection : Qt::AutoConnection);
}

void HttpClient::startWaiting(Lane &lane)
{
    while (!lane.waiting.empty()) {
        const auto found = m_calls.find(lane.waiting.front());
        if (found == m_calls.end()) {
            lane.waiting.pop_front();
            continue;
        }
        QNetworkAccessManager *manager = lane.pool.take();
        if (!manager) {
            return;
        }
        lane.waiting.pop_front();
        start(*found->second, *manager);
    }
}

void HttpClient::readBody(quint64 id)
{
    const HttpReply::Cause cause = takeBody(id);
    if (cause != HttpReply::Cause::None) {
        stop(id, cause);
    }
}

/** Why the answer cannot be read on; None if it can. The call may be gone when this returns. */
HttpReply::Cause HttpClient::takeBody(quint64 id)
{
    const auto found = m_calls.find(id);
    if (found == m_calls.end()) {
        return HttpReply::Cause::None;
    }
    Call &call = *found->second;
    QByteArray chunk = call.reply->readAll();
    if (const HttpReply::Cause cause = unpack(call, chunk); cause != HttpReply::Cause::None) {
        return cause;
    }
    const int status = call.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!call.request.received || status < 200 || status > 299) {
        call.received += chunk;
    } else if (!chunk.isEmpty()) {
        // By a copy, since it may end the call that it belongs to.
        const auto received = call.request.received;
        received(chunk);
    }
    return HttpReply::Cause::None;
}

HttpReply::Cause HttpClient::unpack(Call &call, QByteArray &chunk)
{
    call.size += chunk.size();
    if (call.size > call.request.maximumBody) {
        return HttpReply::Cause::TooLarge;
    }
    if (chunk.isEmpty()) {
        return HttpReply::Cause::None;
    }
    if (const QByteArray encoding = call.reply->rawHeader("Content-Encoding");
        !BodyDecoder::isPlain(encoding)) {
        if (!BodyDecoder::knows(encoding)) {
            return HttpReply::Cause::Encoding;
        }
        if (!call.decoder) {
            call.decoder = std::make_unique<BodyDecoder>(encoding);
        }
        chunk = call.decoder->decode(chunk, call.request.maximumBody - call.unpacked);
        if (call.decoder->state() == BodyDecoder::State::Full) {
            return HttpReply::Cause::TooLarge;
        }
        if (call.decoder->state() == BodyDecoder::State::Broken) {
            return HttpReply::Cause::Encoding;
        }
    }
    call.unpacked += chunk.size();
    return HttpReply::Cause::None;
}

void HttpClient::stop(quint64 id, HttpReply::Cause cause)
{
    const auto found = m_calls.find(id);
    if (found == m_calls.end() || found->second->stopped != HttpReply::Cause::None) {
        return;
    }
    Call &call = *found->second;
    call.stopped = cause;
    call.lane->pool.retire(call.network);
    if (call.reply && call.reply->isRunning()) {
        call.reply->abort(); // emits finished
    }
    // Directly where it never started or where abort() came too late to say so.
    finish(id);
}

void HttpClient::finish(quint64 id)
{
    auto found = m_calls.find(id);
    if (found == m_calls.end()) {
        return;
    }
    if (found->second->reply && found->second->stopped == HttpReply::Cause::None) {
        const HttpReply::Cause cause = takeBody(id);
        found = m_calls.find(id);
        if (found == m_calls.end()) {
            return; // ended by whoever got the last of its body
        }
        found->second->stopped = cause;
    }
    const std::unique_ptr<Call> owned = std::move(found->second);
    m_calls.erase(found);
    Call &call = *owned;

    HttpReply reply;
    reply.roundTrip = m_clock.now() - call.begun;
    classify(call, reply);
    if (call.reply) {
        call.reply->disconnect(this);
        call.reply->deleteLater();
    }
    release(call, reply);
    // A timer that fires this must outlive its own signal.
    if (call.timer) {
        call.timer->disconnect(this);
        call.timer.release()->deleteLater();
    }
    startWaiting(*call.lane);
    if (reply.kind != HttpReply::Kind::Answered) {
        qCDebug(netLog) << webPlace(call.request.url) << call.request.url.path() << reply.error;
    }
    if (m_numberHeader.isEmpty()) {
        call.answer(reply);
    } else {
        m_ended.emplace(id, [answer = call.answer, reply] { answer(reply); });
    }
}

bool HttpClient::answerNext()
{
    if (m_ended.empty()) {
        return false;
    }
    const auto answer = m_ended.extract(m_ended.begin());
    answer.mapped()();
    return true;
}

void HttpClient::classify(const Call &call, HttpReply &out)
{
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    if (QNetworkReply *reply = call.reply) {
        error = reply->error();
        out.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        out.contentType = reply->rawHeader("Content-Type");
        out.date = reply->rawHeader("Date");
        out.location = reply->rawHeader("Location");
        out.retryAfter = reply->rawHeader("Retry-After");
        out.body = call.received;
        const QList<QNetworkReply::RawHeaderPair> &headers = reply->rawHeaderPairs();
        for (const auto &[name, value] : headers) {
            if (const QByteArray lower = name.toLower(); isHint(lower)) {
                out.hints.insert(lower, value);
            }
        }
        // Qt gives these two up where a body cannot be sent again, although it is not to follow.
        const bool isRedirect =
            error == QNetworkReply::ContentReSendError && (out.status == 307 || out.status == 308);
        if (isRedirect && call.stopped == HttpReply::Cause::None) {
            out.kind = HttpReply::Kind::Answered;
            return;
        }
        const bool isEnd =
            restatesStatus(error) || (isClosing(error) && endsWithItsConnection(*reply));
        if (call.stopped == HttpReply::Cause::None && isInterim(out.status)) {
            out.cause = HttpReply::Cause::Interim;
        } else if (call.stopped == HttpReply::Cause::None && out.status > 0 && isEnd) {
            bool declared = false;
            const qint64 length = reply->rawHeader("Content-Length").toLongLong(&declared);
            if ((!declared || length <= call.size) && (!call.decoder || call.decoder->isWhole())) {
                out.kind = HttpReply::Kind::Answered;
                return;
            }
            out.cause = HttpReply::Cause::Closed;
        }
    }
    if (call.stopped != HttpReply::Cause::None) {
        out.cause = call.stopped;
    } else if (out.cause == HttpReply::Cause::None) {
        out.cause = causeOf(error);
    }
    explain(call, out);
}

/** Whether the peer may have acted upon a call that was not answered in full, and what happened. */
void HttpClient::explain(const Call &call, HttpReply &out)
{
    // Where not one byte of a body was asked for, none can have arrived: a connection that is
    // refused may well be the second one, after a first that took everything and was dropped.
    const bool unsent =
        !call.reply || (call.body && !call.body->wasTouched() && !call.request.body.isEmpty());
    const bool harmless = call.request.verb == HttpRequest::Verb::Get;
    out.kind = unsent || harmless ? HttpReply::Kind::NotReached : HttpReply::Kind::Uncertain;
    out.error = sentenceOf(call.request, out,
                           {unsent, call.reply ? call.reply->errorString() : QString(),
                            call.reply ? call.reply->rawHeader("Content-Encoding") : QByteArray()});
    if (out.cause == HttpReply::Cause::TooLarge || out.cause == HttpReply::Cause::Encoding) {
        out.body.clear();
    }
}
