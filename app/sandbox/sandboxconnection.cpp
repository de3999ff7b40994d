// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxconnection.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <sys/socket.h>

SandboxConnection::SandboxConnection(QTcpSocket *socket, std::chrono::milliseconds patience,
                                     QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &SandboxConnection::giveUp);
    m_patience.start();
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &SandboxConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    // What came before the connects would never be announced.
    if (m_socket->bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &SandboxConnection::read, Qt::QueuedConnection);
    }
}

QHostAddress SandboxConnection::localAddress() const
{
    return m_socket->localAddress();
}

void SandboxConnection::read()
{
    if (m_unwanted > 0) {
        m_unwanted -= m_socket->readAll().size();
        if (m_unwanted <= 0) {
            m_socket->disconnectFromHost();
        }
        return;
    }
    if (m_closing) {
        return;
    }
    const QByteArray bytes = m_socket->readAll();
    if (m_reader.feed(bytes) == SandboxHttpReader::State::Body) {
        m_patience.start(); // the body may take its time, as long as it comes
    }
    follow();
}

void SandboxConnection::giveUp()
{
    if (!m_closing && !m_reader.isUntouched()) {
        m_socket->write(
            SandboxAnswer::detail(408, tr("The request was not sent to its end in time."))
                .serialised(SandboxAnswer::Connection::Closes));
    }
    m_closing = true;
    m_unwanted = 0;
    m_socket->disconnectFromHost();
}

void SandboxConnection::follow()
{
    if (m_busy || m_closing) {
        return;
    }
    const SandboxHttpReader::State state = m_reader.state();
    if (state == SandboxHttpReader::State::Refused) {
        m_closing = true;
        m_socket->write(m_reader.refusal().serialised(SandboxAnswer::Connection::Closes));
        m_socket->disconnectFromHost();
        return;
    }
    if (state == SandboxHttpReader::State::Head) {
        return;
    }
    if (!m_headSeen) {
        m_headSeen = true;
        Q_EMIT headRead();
    }
    if (state == SandboxHttpReader::State::Complete && !m_closing) {
        m_patience.stop();
        m_busy = true;
        m_awaitsAnswer = true;
        Q_EMIT requestRead();
    }
}

void SandboxConnection::answer(const SandboxAnswer &answer)
{
    if (m_closing) {
        return;
    }
    const bool keepAlive = m_reader.take().keepAlive;
    m_busy = false;
    m_headSeen = false;
    m_awaitsAnswer = false;
    m_socket->write(answer.serialised(keepAlive ? SandboxAnswer::Connection::StaysOpen
                                                : SandboxAnswer::Connection::Closes));
    if (keepAlive) {
        m_patience.start();
        // By the loop, so that a client with a thousand requests at once does not go deeper.
        QMetaObject::invokeMethod(this, &SandboxConnection::follow, Qt::QueuedConnection);
    } else {
        m_closing = true;
        m_socket->disconnectFromHost();
    }
}

void SandboxConnection::refuse(const SandboxAnswer &answer)
{
    m_closing = true;
    m_socket->write(answer.serialised(SandboxAnswer::Connection::Closes));
    // Closed with bytes unread, the connection would be reset, and the answer lost with it.
    m_unwanted = m_reader.state() == SandboxHttpReader::State::Body ? m_reader.missing() : 0;
    if (m_unwanted <= 0) {
        m_socket->disconnectFromHost();
    }
}

void SandboxConnection::answerHalf(const SandboxAnswer &answer)
{
    if (m_closing) {
        return;
    }
    m_closing = true;
    m_awaitsAnswer = false;
    m_socket->write(
        answer.serialised(SandboxAnswer::Connection::Closes).chopped(answer.body.size() / 2));
    m_socket->disconnectFromHost();
}

void SandboxConnection::drip(const SandboxAnswer &answer, Clock &clock)
{
    if (m_closing) {
        return;
    }
    m_closing = true;
    m_drops = answer.serialised(SandboxAnswer::Connection::Closes);
    dripNext(clock);
}

void SandboxConnection::dripNext(Clock &clock)
{
    if (m_drops.isEmpty()) {
        m_socket->disconnectFromHost();
        return;
    }
    m_socket->write(m_drops.left(1));
    m_drops.remove(0, 1);
    m_awaitsAnswer = !m_drops.isEmpty();
    clock.callAfter(std::chrono::seconds(1), {this, [this, &clock] { dripNext(clock); }});
}

void SandboxConnection::stream(const SandboxAnswer &head, const QList<QByteArray> &pieces,
                               bool isEndless, Clock &clock)
{
    if (m_closing) {
        return;
    }
    m_closing = true;
    m_awaitsAnswer = false;
    m_pieces = pieces;
    m_isEndless = isEndless;
    // The end of the connection is the end of the body.
    m_socket->write(head.serialisedHead());
    streamNext(clock);
}

void SandboxConnection::streamNext(Clock &clock)
{
    constexpr qint64 MostUnread = 2'000'000; // a client that does not read is not written to
    constexpr auto Breath = std::chrono::milliseconds(1);
    constexpr int PiecesABreath = 6;
    if (m_socket->state() != QAbstractSocket::ConnectedState) {
        return; // the client has had enough
    }
    int written = 0;
    while (!m_pieces.isEmpty() && m_socket->bytesToWrite() < MostUnread) {
        const bool isLast = m_pieces.size() == 1;
        m_socket->write(m_pieces.first());
        if (!isLast || !m_isEndless) {
            m_pieces.removeFirst();
        }
        if (!isLast && ++written == PiecesABreath) {
            break;
        }
    }
    if (m_pieces.isEmpty()) {
        m_socket->disconnectFromHost();
        return;
    }
    clock.callAfter(Breath, {this, [this, &clock] { streamNext(clock); }});
}

void SandboxConnection::reset()
{
    m_closing = true;
    m_awaitsAnswer = false;
    // Without lingering the kernel says RST where it would else say that all was well.
    const linger now{1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket->abort();
}
