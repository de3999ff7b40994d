// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httpclient.h"

#include "app/base/processlimits.h"

#include "app/net/onceonlybody.h"

#include <QHostAddress>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkRequest>
#include <QPointer>
#include <QSslConfiguration>
#include <algorithm>

Q_LOGGING_CATEGORY(netLog, "orchestrator.net", QtWarningMsg)

namespace {

constexpr int ConnectionsPerManager = 6; // Qt's own limit for one host
constexpr size_t MaximumManagers = 32;

/** How many fit, with their threads and connections, into what the system lets be open at once. */
size_t mostManagers()
{
    constexpr int Others = 80;          // files, buses, the window's connections
    constexpr int Pools = 2;            // for posts and for the rest
    constexpr int DescriptorsEach = 14; // two ends of each connection, if the sandbox is our own
    static const auto most =
        size_t(std::clamp((ProcessLimits::descriptorLimit() - Others) / (Pools * DescriptorsEach),
                          1, int(MaximumManagers)));
    return most;
}
constexpr qint64 StreamWindow = 256LL * 1024; // what may have arrived and wait to be taken

/** The system's proxy, but never for this machine itself. */
class ProxyUnlessLoopback : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.peerHostName())) {
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        }
        return systemProxyForQuery(query);
    }
};

QString placeOf(const QUrl &url)
{
    return url.port() < 0 ? url.host()
                          : url.host() + QLatin1Char(':') + QString::number(url.port());
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
           lowerName == "x-request-id" || lowerName.startsWith("x-ratelimit-") ||
           lowerName.startsWith("anthropic-ratelimit-");
}

HttpReply::Cause causeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return HttpReply::Cause::Refused;
    case QNetworkReply::HostNotFoundError:
        return HttpReply::Cause::HostNotFound;
    case QNetworkReply::SslHandshakeFailedError:
        return HttpReply::Cause::Tls;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return HttpReply::Cause::Proxy;
    case QNetworkReply::TimeoutError:
        return HttpReply::Cause::TimedOut;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return HttpReply::Cause::Closed;
    default:
        return HttpReply::Cause::Other;
    }
}

} // namespace

bool isLoopback(const QString &host)
{
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) {
        return true;
    }
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

struct HttpClient::Call
{
    quint64 id = 0;
    HttpRequest request;
    std::function<void(const HttpReply &)> answer; ///< unless the context is gone
    Instant begun;
    Pool *pool = nullptr;
    QNetworkAccessManager *network = nullptr;
    QPointer<QNetworkReply> reply;
    OnceOnlyBody *body = nullptr; // owned by the reply
    std::unique_ptr<ClockTimer> timer;
    QByteArray received;
    /** In bytes, of all that has come in, kept or handed on. */
    qint64 size = 0;
    /** Why this client itself ended the call, if it did. */
    HttpReply::Cause stopped = HttpReply::Cause::None;
};

HttpClient::HttpClient(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{}

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

quint64 HttpClient::send(const HttpRequest &request, QObject *context,
                         std::function<void(const HttpReply &)> done)
{
    auto owned = std::make_unique<Call>();
    Call &call = *owned;
    call.id = m_nextId++;
    call.request = request;
    if (request.received) {
        call.request.received = [guard = QPointer<QObject>(context),
                                 received = request.received](const QByteArray &chunk) {
            if (guard) {
                received(chunk);
            }
        };
    }
    call.answer = [guard = QPointer<QObject>(context),
                   done = std::move(done)](const HttpReply &reply) {
        if (guard) {
            done(reply);
        }
    };
    call.begun = m_clock.now();
    call.pool = &poolOf(request.verb);
    m_calls.emplace(call.id, std::move(owned));

    if (Manager *manager = freeManager(*call.pool)) {
        start(call, *manager);
    } else {
        call.pool->waiting.push_back(call.id);
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
    const bool encrypted = origin.scheme() == QLatin1String("https");
    const auto port = quint16(origin.port(encrypted ? 443 : 80));
    if (!m_numberHeader.isEmpty()) {
        return;
    }
    for (size_t i = 0; posts > 0; ++i) {
        if (i == m_posts.managers.size()) {
            if (usable(m_posts) >= mostManagers()) {
                return;
            }
            addManager(m_posts);
        }
        Manager &manager = m_posts.managers[i];
        // Posts fill the managers in this order, so the connections are opened in it too.
        const int count =
            manager.isSpent ? 0 : std::min(posts, ConnectionsPerManager - manager.busy);
        for (int k = 0; k < count; ++k) {
            if (encrypted) {
                manager.network->connectToHostEncrypted(origin.host(), port);
            } else {
                manager.network->connectToHost(origin.host(), port);
            }
        }
        posts -= std::max(0, count);
    }
}

std::optional<int> HttpClient::scarcePosts()
{
    return mostManagers() < MaximumManagers
               ? std::optional(int(mostManagers()) * ConnectionsPerManager)
               : std::nullopt;
}

void HttpClient::forgetConnections()
{
    for (Pool *pool : {&m_posts, &m_gets}) {
        for (auto manager = pool->managers.begin(); manager != pool->managers.end();) {
            if (manager->busy == 0) {
                letGo(*manager);
                manager = pool->managers.erase(manager);
            } else {
                manager->isSpent = true;
                ++manager;
            }
        }
    }
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

HttpClient::Pool &HttpClient::poolOf(HttpRequest::Verb verb)
{
    return verb == HttpRequest::Verb::Post ? m_posts : m_gets;
}

size_t HttpClient::usable(const Pool &pool)
{
    return static_cast<size_t>(std::count_if(pool.managers.begin(), pool.managers.end(),
                                             [](const Manager &one) { return !one.isSpent; }));
}

HttpClient::Manager *HttpClient::freeManager(Pool &pool)
{
    for (Manager &manager : pool.managers) {
        if (manager.busy < ConnectionsPerManager && !manager.isSpent) {
            return &manager;
        }
    }
    return usable(pool) < mostManagers() ? &addManager(pool) : nullptr;
}

void HttpClient::retire(const Call &call)
{
    for (Manager &manager : call.pool->managers) {
        manager.isSpent = manager.isSpent || manager.network.get() == call.network;
    }
}

void HttpClient::release(Pool &pool, const QNetworkAccessManager *network)
{
    const auto manager =
        std::find_if(pool.managers.begin(), pool.managers.end(),
                     [network](const Manager &one) { return one.network.get() == network; });
    if (manager == pool.managers.end()) {
        return;
    }
    if (--manager->busy == 0 && manager->isSpent) {
        letGo(*manager);
        pool.managers.erase(manager);
    }
}

void HttpClient::letGo(Manager &manager)
{
    QNetworkAccessManager *spent = manager.network.release();
    spent->setParent(this); // a thread that ends deletes no more by itself
    spent->deleteLater();   // not now: it may be the one that calls
}

HttpClient::Manager &HttpClient::addManager(Pool &pool)
{
    Manager &manager = pool.managers.emplace_back();
    manager.network = std::make_unique<QNetworkAccessManager>();
    manager.network->setProxyFactory(new ProxyUnlessLoopback); // which it takes over
    manager.network->setAutoDeleteReplies(false);
    return manager;
}

void HttpClient::start(Call &call, Manager &manager)
{
    const HttpRequest &request = call.request;
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                     QNetworkRequest::ManualRedirectPolicy);
    // Connections that were opened ahead are found only by requests that allow for the same: with
    // TLS those are without HTTP/2, and in the clear Qt opens them as if it were allowed.
    if (request.url.scheme() == QLatin1String("https")) {
        out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    }
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setRawHeader("User-Agent", "timeline-orchestrator/" ORCHESTRATOR_VERSION);
    out.setRawHeader("Accept-Encoding", "identity");
    for (const auto &[name, value] : request.headers) {
        out.setRawHeader(name, value);
    }

    if (!m_numberHeader.isEmpty()) {
        out.setRawHeader(m_numberHeader, QByteArray::number(call.id));
        out.setRawHeader("Connection", "close");
    }

    ++manager.busy;
    call.network = manager.network.get();
    if (request.verb == HttpRequest::Verb::Post) {
        // On a connection that was used before, "closed unread" and "closed after reading" look the
        // same; so no connection carries a second post.
        out.setRawHeader("Connection", "close");
        out.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        out.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        call.body = new OnceOnlyBody(request.body);
        call.reply = manager.network->post(out, call.body);
        call.body->setParent(call.reply);
    } else {
        call.reply = manager.network->get(out);
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

void HttpClient::startWaiting(Pool &pool)
{
    while (!pool.waiting.empty()) {
        const auto found = m_calls.find(pool.waiting.front());
        if (found == m_calls.end()) {
            pool.waiting.pop_front();
            continue;
        }
        Manager *manager = freeManager(pool);
        if (!manager) {
            return;
        }
        pool.waiting.pop_front();
        start(*found->second, *manager);
    }
}

void HttpClient::readBody(quint64 id)
{
    if (!takeBody(id)) {
        stop(id, HttpReply::Cause::TooLarge);
    }
}

/** False where the answer is too large now. The call may be gone when this returns. */
bool HttpClient::takeBody(quint64 id)
{
    const auto found = m_calls.find(id);
    if (found == m_calls.end()) {
        return true;
    }
    Call &call = *found->second;
    const QByteArray chunk = call.reply->readAll();
    call.size += chunk.size();
    if (call.size > call.request.maximumBody) {
        return false;
    }
    const int status = call.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!call.request.received || status < 200 || status > 299) {
        call.received += chunk;
    } else if (!chunk.isEmpty()) {
        // By a copy, since it may end the call that it belongs to.
        const auto received = call.request.received;
        received(chunk);
    }
    return true;
}

void HttpClient::stop(quint64 id, HttpReply::Cause cause)
{
    const auto found = m_calls.find(id);
    if (found == m_calls.end() || found->second->stopped != HttpReply::Cause::None) {
        return;
    }
    Call &call = *found->second;
    call.stopped = cause;
    retire(call);
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
        const bool fits = takeBody(id);
        found = m_calls.find(id);
        if (found == m_calls.end()) {
            return; // ended by whoever got the last of its body
        }
        if (!fits) {
            found->second->stopped = HttpReply::Cause::TooLarge;
        }
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
    release(*call.pool, call.network);
    // A timer that fires this must outlive its own signal.
    if (call.timer) {
        call.timer->disconnect(this);
        call.timer.release()->deleteLater();
    }
    startWaiting(*call.pool);
    if (reply.kind != HttpReply::Kind::Answered) {
        qCDebug(netLog) << placeOf(call.request.url) << call.request.url.path() << reply.error;
    }
    if (m_numberHeader.isEmpty()) {
        call.answer(reply);
    } else {
        m_ended.emplace(id, [answer = std::move(call.answer), reply] { answer(reply); });
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

void HttpClient::classify(const Call &call, HttpReply &out) const
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
        if (call.stopped == HttpReply::Cause::None && out.status > 0 && restatesStatus(error)) {
            bool declared = false;
            const qint64 length = reply->rawHeader("Content-Length").toLongLong(&declared);
            if (!declared || length <= call.size) {
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

    // Where not one byte of a body was asked for, none can have arrived: a connection that is
    // refused may well be the second one, after a first that took everything and was dropped.
    const bool unsent =
        !call.reply || (call.body && !call.body->wasTouched() && !call.request.body.isEmpty());
    const bool harmless = call.request.verb == HttpRequest::Verb::Get;
    out.kind = unsent || harmless ? HttpReply::Kind::NotReached : HttpReply::Kind::Uncertain;

    const QString place = placeOf(call.request.url);
    switch (out.cause) {
    case HttpReply::Cause::Refused:
        out.error = tr("Nothing answers at %1: the connection was refused.").arg(place);
        break;
    case HttpReply::Cause::HostNotFound:
        out.error = tr("There is no host of the name %1.").arg(call.request.url.host());
        break;
    case HttpReply::Cause::Tls:
        out.error = tr("No secure connection to %1 could be made: %2.")
                        .arg(place, call.reply ? call.reply->errorString() : QString());
        break;
    case HttpReply::Cause::Proxy:
        out.error = tr("The proxy on the way to %1 could not be used.").arg(place);
        break;
    case HttpReply::Cause::TimedOut:
        out.error = (unsent ? tr("No connection to %1 was made within %2 s.")
                            : tr("%1 did not answer in full within %2 s."))
                        .arg(place)
                        .arg(call.request.deadline.count() / 1000);
        break;
    case HttpReply::Cause::TooLarge:
        out.error = tr("The answer of %1 is larger than %2 MB and was cut off.")
                        .arg(place)
                        .arg(double(call.request.maximumBody) / (1024 * 1024), 0, 'g', 3);
        out.body.clear();
        break;
    case HttpReply::Cause::Closed:
        out.error = out.status > 0
                        ? tr("%1 closed the connection in the middle of its answer.").arg(place)
                        : tr("%1 closed the connection without an answer.").arg(place);
        break;
    case HttpReply::Cause::Aborted:
        out.error = tr("The call to %1 was cancelled.").arg(place);
        break;
    case HttpReply::Cause::None:
    case HttpReply::Cause::Other:
        out.error = tr("The call to %1 failed: %2.")
                        .arg(place, call.reply ? call.reply->errorString() : QString());
        break;
    }
}
