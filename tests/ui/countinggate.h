// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

/**
 * Stands before a server and lets everything through, and counts by itself what was posted. Shut,
 * it is as a server that is down: nothing listens, and what was connected is gone.
 */
class CountingGate : public QTcpServer
{
public:
    explicit CountingGate(const QUrl &server)
        : m_server(server)
    {
        listen(QHostAddress::LocalHost);
        m_port = serverPort();
    }

    QUrl url() const
    {
        QUrl url = m_server;
        url.setPort(m_port);
        return url;
    }
    /** How often something was posted. */
    int posts() const { return m_posts; }
    /** How many different incidents that were, by the tokens in their texts. */
    int incidents() const { return int(m_tokens.size()); }

    void shut()
    {
        close();
        for (QTcpSocket *socket : findChildren<QTcpSocket *>()) {
            socket->abort();
        }
    }
    bool reopen() { return listen(QHostAddress::LocalHost, m_port); }

protected:
    void incomingConnection(qintptr handle) override
    {
        auto *client = new QTcpSocket(this);
        auto *server = new QTcpSocket(this);
        client->setSocketDescriptor(handle);
        connect(client, &QTcpSocket::readyRead, server, [this, client, server] {
            const QByteArray bytes = client->readAll();
            count(client, bytes);
            server->write(bytes);
        });
        connect(server, &QTcpSocket::readyRead, client,
                [client, server] { client->write(server->readAll()); });
        connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        for (QTcpSocket *socket : {client, server}) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
        server->connectToHost(m_server.host(), quint16(m_server.port()));
    }

private:
    void count(const QTcpSocket *client, const QByteArray &bytes)
    {
        QByteArray &tail = m_tails[client];
        const QByteArray seen = tail + bytes;
        static const QByteArray Post("POST /api/");
        for (qsizetype at = seen.indexOf(Post); at >= 0; at = seen.indexOf(Post, at + 1)) {
            ++m_posts;
        }
        static const QRegularExpression token(QStringLiteral("\\[ref:([^\\]]+)\\]"));
        auto match = token.globalMatch(QString::fromUtf8(seen));
        while (match.hasNext()) {
            m_tokens.insert(match.next().captured(1));
        }
        tail = seen.right(Post.size() - 1); // of a post that came in two parts
    }

    QUrl m_server;
    quint16 m_port = 0;
    int m_posts = 0;
    QSet<QString> m_tokens;
    QHash<const QTcpSocket *, QByteArray> m_tails;
};
