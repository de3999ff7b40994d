// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QMutex>
#include <QThread>
#include <QUrl>
#include <memory>
#include <optional>

/** How an UnkindServer answers: all of it is allowed by HTTP, and none of it is what most do. */
struct Manners
{
    enum class End {
        Length, ///< Content-Length
        Chunks, ///< chunks of seven bytes, with extensions and a trailer
        Close,  ///< neither: the end of the connection
    };

    /**
     * That many milliseconds after it answered a request with "Connection: close", which it never
     * repeats, it closes; never if there is no value.
     */
    std::optional<int> closesAfter = 0;
    /** Closes its own direction alone, and waits for the client to close the other. */
    bool halfCloses = false;
    bool isHttp10 = false;
    End end = End::Length;
    /** gzip, deflate, raw-deflate (called deflate), or a name that nobody knows. */
    QByteArray encoding;
    /** To a post, an interim answer of that status comes first, and the final one 50 ms later. */
    int interim = 0;
    bool mixesCase = false;
    /** Writes the answer in pieces of that many bytes, one a millisecond; 0: at once. */
    int pieces = 0;
    /** From the request to its answer, in milliseconds. */
    int latency = 0;
    /** The ids of incidents are numbers from this on, written as they stand. */
    QByteArray firstId;
};

/** What happens to a post instead of its being answered as usual. */
struct Mischief
{
    /** Answered with it, and no incident is made; 0: made, and closed without an answer. */
    int status = 0;
    QByteArray headers; ///< whole lines
    QByteArray body = "{\"detail\":\"no\"}";
};

/**
 * A small incident API of its own, which shares no code with the sandbox, in a thread of its own.
 * It counts what arrives: how often each client token, and which requests came over a connection
 * that must carry no more. All of it may be called from any thread.
 */
class UnkindServer
{
public:
    struct Tls
    {
        QString certificateFile; ///< PEM
        QString keyFile;         ///< PEM
    };

    explicit UnkindServer(const Manners &manners = {}, const std::optional<Tls> &tls = {});
    ~UnkindServer();

    /** Every manner that a run must come through with all of its incidents, by its name. */
    static QList<std::pair<QByteArray, Manners>> bearable();

    /** With /api/v1. */
    QUrl baseUrl(const QString &host = QStringLiteral("127.0.0.1")) const;

    /** For the next posts that would make an incident, in their order. */
    void plan(const QList<Mischief> &mischief);

    int connections() const;
    /** Posts that would make an incident. */
    int posts() const;
    /** Posts over a connection that had carried a request, and requests after one that closes. */
    int reuses() const;
    /** How often each client token came, of both kinds of posts. */
    QMap<QString, int> deliveries() const;
    /** The targets of the requests, as they stood in their first lines. */
    QList<QByteArray> targets() const;
    /** Newest first, as the list shows them. */
    QList<QJsonObject> incidents() const;

private:
    class Worker;

    QThread m_thread;
    Worker *m_worker;
};
