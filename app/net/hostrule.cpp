// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/hostrule.h"

#include <algorithm>

namespace {

constexpr int BadRequest = 400;
constexpr int NotAllowed = 403;
constexpr int UnsupportedType = 415;

/** As names are compared: in lower case, and without the dot that ends a full name. */
QString plainHost(const QString &host)
{
    const QString lower = host.trimmed().toLower();
    return lower.endsWith(u'.') ? lower.chopped(1) : lower;
}

bool isLoopbackName(const QString &host)
{
    QHostAddress address;
    return host == u"localhost" || (address.setAddress(host) && address.isLoopback());
}

bool isPort(const QByteArray &text)
{
    constexpr qsizetype MostDigits = 5;
    return text.size() <= MostDigits &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

} // namespace

HostRule::HostRule(const QStringList &allowedHosts)
{
    for (const QString &host : allowedHosts) {
        m_allowed.append(plainHost(host));
    }
}

QString HostRule::hostIn(const QByteArray &authority)
{
    QByteArray host = authority;
    QByteArray port;
    if (authority.startsWith('[')) {
        const qsizetype end = authority.indexOf(']');
        if (end < 0) {
            return {};
        }
        host = authority.mid(1, end - 1);
        port = authority.mid(end + 1);
        QHostAddress address;
        if (!address.setAddress(QString::fromLatin1(host)) ||
            address.protocol() != QAbstractSocket::IPv6Protocol) {
            return {};
        }
    } else {
        const qsizetype colon = authority.indexOf(':');
        host = colon < 0 ? authority : authority.left(colon);
        port = colon < 0 ? QByteArray() : authority.mid(colon);
        if (!std::all_of(host.begin(), host.end(), isHostCharacter)) {
            return {};
        }
    }
    if (!port.isEmpty() && (!port.startsWith(':') || !isPort(port.mid(1)))) {
        return {};
    }
    return plainHost(QString::fromLatin1(host));
}

bool HostRule::isJson(const QByteArray &contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArray type =
        (semicolon < 0 ? contentType : contentType.left(semicolon)).trimmed().toLower();
    return type == "application/json" ||
           (type.endsWith("+json") && type.count('/') == 1 && !type.startsWith('/'));
}

bool HostRule::isAllowed(const QString &host) const
{
    return m_allowed.contains(host);
}

std::optional<HostRule::Refusal> HostRule::check(const QByteArray &method,
                                                 const QHash<QByteArray, QByteArray> &headers,
                                                 const QHostAddress &local) const
{
    const QByteArray authority = headers.value("host");
    if (authority.isEmpty()) {
        return Refusal{BadRequest, tr("The request has no Host header.")};
    }
    const QString host = hostIn(authority);
    QHostAddress address;
    const bool isOwn = address.setAddress(host) && !local.isNull() &&
                       address.isEqual(local, QHostAddress::TolerantConversion);
    if (host.isEmpty() || (!isLoopbackName(host) && !isOwn && !isAllowed(host))) {
        return Refusal{NotAllowed, tr("The Host header of the request does not name this machine. "
                                      "Use 127.0.0.1 or localhost, or allow the name with "
                                      "--allow-host.")};
    }

    if (const auto origin = headers.constFind("origin"); origin != headers.constEnd()) {
        const qsizetype slashes = origin->indexOf("://");
        const QByteArray from = slashes < 0 ? QByteArray() : origin->mid(slashes + 3);
        const bool isSame = origin->left(std::max<qsizetype>(0, slashes)).toLower() == "http" &&
                            from.toLower() == authority.toLower();
        if (!isSame && (from.isEmpty() || !isAllowed(hostIn(from)))) {
            return Refusal{NotAllowed, tr("Web pages of other places may not use this server. If "
                                          "this one may, allow its host with --allow-host.")};
        }
    }

    const auto type = headers.constFind("content-type");
    const bool hasType = type != headers.constEnd() && !type->isEmpty();
    const bool hasBody = headers.value("content-length").toLongLong() > 0;
    const bool mayHaveBody = method != "GET" && method != "HEAD";
    if ((hasBody || (hasType && mayHaveBody)) && !(hasType && isJson(*type))) {
        return Refusal{UnsupportedType,
                       tr("The body must be JSON: send it with the header Content-Type: "
                          "application/json.")};
    }
    return std::nullopt;
}
