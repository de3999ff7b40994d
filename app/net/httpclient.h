// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/continuation.h"
#include "app/net/connectionpool.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QNetworkReply>
#include <QObject>
#include <QUrl>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

class QNetworkAccessManager;

/** One call, as a value. Header names and values go out as they are. */
struct HttpRequest
{
    enum class Verb { Get, Post };

    Verb verb = Verb::Get;
    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers;
    /** Post only. */
    QByteArray body;
    /** The time from the call to the last byte of the answer, the wait for a connection included.
     */
    std::chrono::milliseconds deadline{60000};
    /** The largest body, in bytes; an answer that grows beyond it, packed or unpacked, is cut off.
     */
    qint64 maximumBody = 8LL * 1024 * 1024;
    /**
     * If set, gets the body of a 2xx answer as it comes in, and the reply has none then. What
     * is not taken yet stays with the peer, so that no answer fills the memory. It may end the
     * call, but must not destroy the client.
     */
    std::function<void(const QByteArray &chunk)> received;
};

/** What a call came to; exactly one for each call. */
struct HttpReply
{
    enum class Kind {
        Answered,   ///< the whole answer is here, whatever its status
        NotReached, ///< certainly nothing was delivered; for a GET, any failure
        Uncertain,  ///< the peer may have acted upon it
    };
    enum class Cause {
        None,
        Refused,
        HostNotFound,
        Tls,
        Proxy,
        TimedOut,
        TooLarge,
        Closed,   ///< reset, closed or cut off half-way
        Interim,  ///< only an interim answer (1xx) could be read
        Encoding, ///< the body is compressed in a way that can't be unpacked
        Aborted,
        Other,
    };

    Kind kind = Kind::Uncertain;
    Cause cause = Cause::None;
    /** 0 if none came; it may be known although the rest was cut off. */
    int status = 0;
    /** Unpacked, should it have come compressed. */
    QByteArray body;
    QByteArray contentType;
    QByteArray date;
    QByteArray location;
    QByteArray retryAfter;
    /** Request ids and rate limits, by their names in lower case; the last one of a name. */
    QHash<QByteArray, QByteArray> hints;
    Duration roundTrip{0};
    /** A sentence if nothing was answered in full. It never holds a header or a query. */
    QString error;
};

/**
 * HTTP/1.1 on pools of network managers. A POST is delivered at most once, and on a connection that
 * carried nothing before and carries nothing afterwards, whatever the peer says of it; redirects
 * are reported, never followed. Lives in its caller's thread. Calls in progress when it is
 * destroyed get no answer.
 */
class HttpClient : public QObject
{
    Q_OBJECT

public:
    explicit HttpClient(Clock &clock, QObject *parent = nullptr);
    ~HttpClient() override;

    /**
     * Answers in this thread and never before it returned. Returns the call's number, which is
     * never 0.
     */
    quint64 send(const HttpRequest &request, const Continuation<HttpReply> &done);
    /**
     * Ends the one call that send() gave this number, as abortAll() does: its answer comes before
     * this returns. Does nothing if it has been answered.
     */
    void abort(quint64 call);
    /**
     * Opens connections so that this many posts to the origin find one each. What is open and
     * unused counts; many are opened in steps, between other events.
     */
    void warm(const QUrl &origin, int posts);
    /**
     * No call that begins from now on goes over a connection that is open already: after a change
     * of network, or a sleep, nobody may be at its other end. Requests in flight are not affected.
     */
    void forgetConnections();
    /**
     * Ends all calls; those that were handed to the network come out as uncertain. Their answers
     * must not destroy this client.
     */
    void abortAll();

    /**
     * Returns how many posts may be on their way at once, if that is fewer than usual because the
     * system lets this process open so few files; nothing otherwise.
     */
    static std::optional<int> scarcePosts();

    int callsUnderWay() const { return int(m_calls.size()); }

    /**
     * Numbers calls for a rehearsal, which must know where each call is, and in which order answers
     * come: every request says its number in that header, no connection is opened ahead or kept,
     * and calls are answered by answerNext() alone.
     */
    void numberCalls(const QByteArray &header)
    {
        m_numberHeader = header;
        m_posts.pool.endInOrder();
    }
    /** Answers the call of the lowest number among those that have ended; false if none has. */
    bool answerNext();
    /** The numbers of those that were handed to the network and have not ended. */
    QList<quint64> callsOnTheWire() const;

private:
    struct Call;
    /** Posts have a pool of their own, so that no GET takes a connection warmed for them. */
    struct Lane
    {
        ConnectionPool pool;
        std::deque<quint64> waiting;
    };

    Lane &laneOf(HttpRequest::Verb verb);
    void release(const Call &call, const HttpReply &reply);
    void start(Call &call, QNetworkAccessManager &manager);
    void startWaiting(Lane &lane);
    void readBody(quint64 id);
    HttpReply::Cause takeBody(quint64 id);
    /** Unpacks the chunk; None, or why the answer cannot be read on. */
    static HttpReply::Cause unpack(Call &call, QByteArray &chunk);
    void stop(quint64 id, HttpReply::Cause cause);
    void finish(quint64 id);
    static void classify(const Call &call, HttpReply &reply);
    static void explain(const Call &call, HttpReply &reply);

    Clock &m_clock;
    Lane m_posts{ConnectionPool(ConnectionPool::Use::Once, this), {}};
    Lane m_gets{ConnectionPool(ConnectionPool::Use::Kept, this), {}};
    std::unordered_map<quint64, std::unique_ptr<Call>> m_calls;
    quint64 m_nextId = 1;
    QByteArray m_numberHeader;
    std::map<quint64, std::function<void()>> m_ended; // of a rehearsal
};
