// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QHash>
#include <QHostAddress>
#include <QStringList>

#include <optional>

/**
 * Decides, from the head of a request alone, who may talk to a server of this program. A web page
 * that the user happens to read can reach every server on this machine: by a form or a script, or
 * by a name of its own that it points here. So the Host header must name this machine, an Origin
 * must be this server's own, and a body must be JSON, which no page can send without asking first.
 */
class HostRule
{
    Q_DECLARE_TR_FUNCTIONS(HostRule)

public:
    /** Besides loopback, these host names (or addresses) are taken, without a port. */
    explicit HostRule(const QStringList &allowedHosts = {});

    struct Refusal
    {
        int status = 403; ///< 400, 403 or 415
        QString sentence;
    };
    /**
     * Names of headers in lower case. `local` is the connection's own end: a server that listens
     * on an address of the network may be called by that address.
     */
    std::optional<Refusal> check(const QByteArray &method,
                                 const QHash<QByteArray, QByteArray> &headers,
                                 const QHostAddress &local) const;

    /** The host of "host", "host:port" or "[v6]:port", in lower case; empty if it isn't valid. */
    static QString hostIn(const QByteArray &authority);
    /** True for application/json and for any type that ends with +json, parameters or not. */
    static bool isJson(const QByteArray &contentType);

private:
    bool isAllowed(const QString &host) const;

    QStringList m_allowed;
};
