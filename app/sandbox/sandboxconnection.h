// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/sandbox/sandboxhttp.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class QHostAddress;
class QTcpSocket;

/** One client of the sandbox: reads its requests in turn and answers them, well or badly. */
class SandboxConnection : public QObject
{
    Q_OBJECT

public:
    /**
     * Takes the socket over, and deletes itself after the client has left. A head must be whole
     * within `patience` of the connection, or of the answer before it; a body may pause that long.
     * Real time counts, whatever clock the sandbox goes by.
     */
    SandboxConnection(QTcpSocket *socket, std::chrono::milliseconds patience, QObject *parent);

    /** This end of it. */
    QHostAddress localAddress() const;

    /** The request in progress; whole from requestRead() on. */
    const SandboxRequest &request() const { return m_reader.request(); }
    /** No whole request is here, and nothing is being answered. */
    bool isUnfinished() const { return !m_busy && !m_closing; }
    /** True between requests. */
    bool isIdle() const { return !m_busy; }
    /** A whole request is here, and its answer, if one has begun, drips. */
    bool awaitsAnswer() const { return m_awaitsAnswer; }

    void answer(const SandboxAnswer &answer);
    /** Answers at once and ends, for headRead(); what comes of the body is not kept. */
    void refuse(const SandboxAnswer &answer);
    /** The first half of the body, then the end. */
    void answerHalf(const SandboxAnswer &answer);
    /** One byte a second. */
    void drip(const SandboxAnswer &answer, Clock &clock);
    /**
     * Piece after piece, as fast as the client reads but with a breath between them, then the end;
     * the last one for ever if it is endless.
     */
    void stream(const SandboxAnswer &head, const QList<QByteArray> &pieces, bool isEndless,
                Clock &clock);
    /** The client sees its connection reset. */
    void reset();

Q_SIGNALS:
    /** The body may still be on its way. Comes before requestRead(). */
    void headRead();
    /** One of the answers is awaited now; until then nothing more is read. */
    void requestRead();

private:
    void read();
    void follow();
    void giveUp();
    void dripNext(Clock &clock);
    void streamNext(Clock &clock);

    QTcpSocket *m_socket;
    SandboxHttpReader m_reader;
    QTimer m_patience;
    /** How much is still to be thrown away of a body that nobody wants, in bytes. */
    qsizetype m_unwanted = 0;
    QByteArray m_drops;
    QList<QByteArray> m_pieces;
    bool m_isEndless = false;
    bool m_busy = false;
    bool m_headSeen = false;
    bool m_awaitsAnswer = false;
    bool m_closing = false;
};
