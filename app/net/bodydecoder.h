// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <memory>

/**
 * Unpacks the body of an answer while it comes in: proxies compress whatever was asked for. Works
 * no further than the caller has room, so that a small body that unpacks to a huge one costs
 * little.
 */
class BodyDecoder
{
public:
    enum class State {
        Going,    ///< more may come
        Complete, ///< the packed body has come to its end
        Full,     ///< it unpacks to more than there was room for
        Broken,   ///< it is not packed as its header says
    };

    /** Returns whether it knows the Content-Encoding: gzip, x-gzip, deflate, or none. */
    static bool isPlain(const QByteArray &encoding);
    static bool knows(const QByteArray &encoding);

    explicit BodyDecoder(const QByteArray &encoding);
    ~BodyDecoder();
    BodyDecoder(const BodyDecoder &) = delete;
    BodyDecoder &operator=(const BodyDecoder &) = delete;

    /** Returns what the chunk unpacks to, at most `room` bytes; nothing once it is Full or Broken.
     */
    QByteArray decode(const QByteArray &chunk, qint64 room);
    State state() const { return m_state; }
    /** False if the body broke off; one of no bytes at all is whole. */
    bool isWhole() const { return m_state == State::Complete || !m_hasBegun; }

private:
    struct Inflater;

    bool begin(const QByteArray &firstBytes);

    const bool m_isGzip;
    bool m_hasBegun = false;
    QByteArray m_head; // of deflate, until its form is known
    std::unique_ptr<Inflater> m_inflater;
    State m_state = State::Going;
};
