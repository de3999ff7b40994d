// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxhttp.h"

#include <QDateTime>
#include <QLocale>
#include <QUrl>
#include <QUrlQuery>
#include <algorithm>

namespace {

bool isHttpToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Unknown";
    }
}

/** As a web form encodes it: a raw + is a space. */
QString formDecoded(QByteArray text)
{
    text.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text));
}

} // namespace

SandboxAnswer SandboxAnswer::json(int status, const QJsonDocument &document)
{
    SandboxAnswer answer;
    answer.status = status;
    answer.body = document.toJson(QJsonDocument::Compact);
    return answer;
}

SandboxAnswer SandboxAnswer::detail(int status, const QString &text)
{
    return json(status, QJsonDocument(QJsonObject{{QStringLiteral("detail"), text}}));
}

QByteArray SandboxAnswer::openHead() const
{
    const QByteArray date = QLocale::c()
                                .toString(QDateTime::currentDateTimeUtc(),
                                          QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                                .toLatin1();
    QByteArray out = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) +
                     "\r\ndate: " + date + "\r\nserver: timeline-orchestrator-sandbox\r\n";
    for (const auto &[name, value] : headers) {
        out += name + ": " + value + "\r\n";
    }
    if (!contentType.isEmpty()) {
        out += "content-type: " + contentType + "\r\n";
    }
    return out;
}

QByteArray SandboxAnswer::serialisedHead() const
{
    return openHead() + "connection: close\r\n\r\n";
}

QByteArray SandboxAnswer::serialised(Connection connection) const
{
    const bool keepAlive = connection == Connection::StaysOpen;
    QByteArray out = openHead();
    out += "content-length: " + QByteArray::number(body.size()) + "\r\n";
    if (!keepAlive) {
        out += "connection: close\r\n";
    }
    return out + "\r\n" + body;
}

SandboxHttpReader::State SandboxHttpReader::feed(const QByteArray &bytes)
{
    m_buffer += bytes;
    if (m_state == State::Head || m_state == State::Body) {
        advance();
    }
    return m_state;
}

SandboxRequest SandboxHttpReader::take()
{
    SandboxRequest request = std::exchange(m_request, {});
    m_state = State::Head;
    advance();
    return request;
}

void SandboxHttpReader::advance()
{
    if (m_state == State::Head) {
        // Old clients end a body with an extra line; anything else before a request is an error.
        while (m_buffer.startsWith("\r\n")) {
            m_buffer.remove(0, 2);
        }
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end > MaximumHead || (end < 0 && m_buffer.size() > MaximumHead)) {
            refuse(431, QStringLiteral("The head of the request is larger than 64 KB."));
            return;
        }
        if (end < 0) {
            return;
        }
        const QByteArray head = m_buffer.left(end);
        m_buffer.remove(0, end + 4);
        if (!readHead(head)) {
            return;
        }
        m_state = State::Body;
    }
    if (m_state == State::Body && m_buffer.size() >= m_bodySize) {
        m_request.body = m_buffer.left(m_bodySize);
        m_buffer.remove(0, m_bodySize);
        m_state = State::Complete;
    }
}

bool SandboxHttpReader::readHead(const QByteArray &head)
{
    const auto bad = [this](const char *why) {
        refuse(400, QString::fromLatin1(why));
        return false;
    };
    m_request = {};
    QList<QByteArray> lines = head.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        // All but the last one lost only their line feed to the split.
        if (i + 1 < lines.size()) {
            if (!lines[i].endsWith('\r')) {
                return bad("A line of the head does not end with CR LF.");
            }
            lines[i].chop(1);
        }
        if (lines[i].contains('\r') || lines[i].contains('\0')) {
            return bad("The head of the request holds a control character.");
        }
    }

    const QList<QByteArray> start = lines.takeFirst().split(' ');
    if (start.size() != 3 || !isHttpToken(start[0]) || !start[1].startsWith('/')) {
        return bad("The request line is not METHOD /target HTTP/1.1.");
    }
    if (start[2] != "HTTP/1.1" && start[2] != "HTTP/1.0") {
        refuse(505, QStringLiteral("Only HTTP/1.0 and HTTP/1.1 are spoken here."));
        return false;
    }
    m_request.method = start[0];
    const qsizetype question = start[1].indexOf('?');
    m_request.rawPath = question < 0 ? start[1] : start[1].left(question);
    m_request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(m_request.rawPath));
    if (question >= 0) {
        for (const QByteArray &pair : start[1].mid(question + 1).split('&')) {
            const qsizetype equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                m_request.query.insert(formDecoded(pair.left(equals < 0 ? pair.size() : equals)),
                                       equals < 0 ? QString() : formDecoded(pair.mid(equals + 1)));
            }
        }
    }

    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || !isHttpToken(line.left(colon))) {
            return bad("A header has no proper name.");
        }
        const QByteArray name = line.left(colon).toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        const auto known = m_request.headers.constFind(name);
        if (known != m_request.headers.constEnd() && *known != value) {
            if (name == "content-length") {
                return bad("Content-Length is given twice.");
            }
            // Who asks decides what is answered, so there must be no doubt about it.
            if (name == "host" || name == "origin" || name == "content-type") {
                return bad("Host, Origin or Content-Type is given twice.");
            }
        }
        m_request.headers.insert(name, value);
    }

    if (m_request.headers.contains("transfer-encoding")) {
        refuse(501, QStringLiteral("A body needs a Content-Length here."));
        return false;
    }
    const QByteArray length = m_request.headers.value("content-length");
    m_bodySize = 0;
    if (!length.isEmpty()) {
        if (!std::all_of(length.begin(), length.end(),
                         [](char c) { return c >= '0' && c <= '9'; })) {
            return bad("Content-Length is no number.");
        }
        if (length.size() > 9 || length.toLongLong() > MaximumBody) {
            refuse(413, QStringLiteral("The body of the request is larger than 8 MB."));
            return false;
        }
        m_bodySize = length.toLongLong();
    }
    const QByteArray connection = m_request.headers.value("connection").toLower();
    m_request.keepAlive =
        start[2] == "HTTP/1.1" ? connection != "close" : connection == "keep-alive";
    return true;
}

void SandboxHttpReader::refuse(int status, const QString &text)
{
    m_state = State::Refused;
    m_buffer.clear();
    m_refusal = SandboxAnswer::detail(status, text);
}
