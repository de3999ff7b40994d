// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>

/** An incident API whose every answer to a POST is the one that the test has set. */
class ScriptedTarget : public QTcpServer
{
public:
    ScriptedTarget()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        listen(QHostAddress::LocalHost);
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1/api/v1").arg(serverPort()); }

    int status = 422;
    QByteArray contentType = "application/json";
    QByteArray body;

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &data = m_data[socket];
        data += socket->readAll();
        const qsizetype head = data.indexOf("\r\n\r\n");
        static const QRegularExpression length(QStringLiteral("content-length: *(\\d+)"),
                                               QRegularExpression::CaseInsensitiveOption);
        const QString heads = QString::fromLatin1(data.left(head));
        if (head < 0 || data.size() < head + 4 + length.match(heads).captured(1).toLongLong()) {
            return;
        }
        const bool isPost = data.startsWith("POST");
        QByteArray answer = "[]";
        if (isPost) {
            answer = body;
        } else if (data.contains("/health")) {
            answer = R"({"status": "healthy"})";
        } else if (data.contains("incidents?")) {
            answer = R"({"items": [], "total": 0})";
        }
        m_data.remove(socket);
        QByteArray reply = "HTTP/1.1 " + QByteArray::number(isPost ? status : 200);
        reply += " X\r\nContent-Type: " + (isPost ? contentType : QByteArray("application/json"));
        reply += "\r\nContent-Length: " + QByteArray::number(answer.size());
        reply += "\r\nConnection: close\r\n\r\n" + answer;
        socket->write(reply);
        socket->disconnectFromHost();
    }

    QHash<QTcpSocket *, QByteArray> m_data;
};
