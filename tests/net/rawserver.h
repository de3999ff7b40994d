// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>

/** Does what a test tells it with each request's bytes. */
class RawServer : public QTcpServer
{
public:
    using Answer = std::function<void(QTcpSocket *, const QByteArray &)>;

    explicit RawServer(Answer answer)
        : m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                ++connections;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                    const QByteArray bytes = socket->readAll();
                    received += bytes;
                    requests += int(bytes.count(" HTTP/1.1\r\n"));
                    m_answer(socket, bytes);
                });
            }
        });
    }
    QUrl url(const QString &path = QStringLiteral("/x")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
    }

    QByteArray received;
    int connections = 0;
    int requests = 0;

private:
    Answer m_answer;
};
