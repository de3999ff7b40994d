// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <optional>

/** A request as it was read from a connection. */
struct SandboxRequest
{
    QByteArray method;
    /** Percent-decoded, without the query. */
    QString path;
    /** The path as it came, with its encoding. */
    QByteArray rawPath;
    /** Decoded; of a name given twice the last one counts. */
    QHash<QString, QString> query;
    /** Names in lower case. */
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    bool keepAlive = true;
};

/** An answer, before it is written to a connection. */
struct SandboxAnswer
{
    int status = 200;
    QByteArray contentType = "application/json";
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;

    static SandboxAnswer json(int status, const QJsonDocument &document);
    /** {"detail": text}, the shape of most of the backend's refusals. */
    static SandboxAnswer detail(int status, const QString &text);
    enum class Connection { Closes, StaysOpen };
    QByteArray serialised(Connection connection) const;
    /** Returns the head of a body that follows in pieces and ends with the connection. */
    QByteArray serialisedHead() const;

private:
    QByteArray openHead() const;
};

/** A strict reader of HTTP/1.1 requests, fed as the bytes come in. */
class SandboxHttpReader
{
public:
    static constexpr qsizetype MaximumHead = 64LL * 1024;
    static constexpr qsizetype MaximumBody = 8LL * 1024 * 1024;

    enum class State {
        Head,     ///< the head is not complete yet
        Body,     ///< the head is there, the body not yet
        Complete, ///< take() has the request
        Refused,  ///< refusal() has the answer; the connection is of no more use
    };

    State feed(const QByteArray &bytes);
    State state() const { return m_state; }
    /** Valid from State::Body on. */
    const SandboxRequest &request() const { return m_request; }
    /** Returns how many bytes of the body are still to come, in State::Body. */
    qsizetype missing() const { return m_bodySize - m_buffer.size(); }
    /** True when nothing of a request has come since the last one. */
    bool isUntouched() const { return m_state == State::Head && m_buffer.isEmpty(); }
    const SandboxAnswer &refusal() const { return m_refusal; }
    /** Hands out the request and continues with what came after it. */
    SandboxRequest take();

private:
    void advance();
    bool readHead(const QByteArray &head);
    void refuse(int status, const QString &text);

    State m_state = State::Head;
    QByteArray m_buffer;
    SandboxRequest m_request;
    SandboxAnswer m_refusal;
    qsizetype m_bodySize = 0;
};
