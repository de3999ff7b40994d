// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/bodydecoder.h"

#include <algorithm>
#include <array>
#include <utility>

#include <zlib.h>

namespace {

constexpr int GzipBits = MAX_WBITS + 16;
constexpr int ZlibBits = MAX_WBITS;
constexpr int RawBits = -MAX_WBITS;
constexpr Bytef GzipMark = 0x1f;

QByteArray codingOf(const QByteArray &encoding)
{
    return encoding.trimmed().toLower();
}

} // namespace

struct BodyDecoder::Inflater
{
    z_stream stream{};

    explicit Inflater(int bits) { ::inflateInit2(&stream, bits); }
    ~Inflater() { ::inflateEnd(&stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
};

bool BodyDecoder::isPlain(const QByteArray &encoding)
{
    const QByteArray coding = codingOf(encoding);
    return coding.isEmpty() || coding == "identity";
}

bool BodyDecoder::knows(const QByteArray &encoding)
{
    const QByteArray coding = codingOf(encoding);
    return coding == "gzip" || coding == "x-gzip" || coding == "deflate";
}

BodyDecoder::BodyDecoder(const QByteArray &encoding)
    : m_isGzip(codingOf(encoding) != "deflate")
{}

BodyDecoder::~BodyDecoder() = default;

bool BodyDecoder::begin(const QByteArray &firstBytes)
{
    if (m_isGzip) {
        m_inflater = std::make_unique<Inflater>(GzipBits);
        return true;
    }
    // Both forms are sent under this name: with zlib's two bytes in front, and without.
    m_head += firstBytes;
    if (m_head.size() < 2) {
        return false;
    }
    const auto first = static_cast<unsigned char>(m_head[0]);
    const auto second = static_cast<unsigned char>(m_head[1]);
    const bool isZlib = (first & 0x0fU) == Z_DEFLATED && ((first << 8U) + second) % 31 == 0;
    m_inflater = std::make_unique<Inflater>(isZlib ? ZlibBits : RawBits);
    return true;
}

QByteArray BodyDecoder::decode(const QByteArray &chunk, qint64 room)
{
    if (chunk.isEmpty() || m_state == State::Full || m_state == State::Broken) {
        return {};
    }
    m_hasBegun = true;
    QByteArray input = chunk;
    if (!m_inflater) {
        if (!begin(chunk)) {
            return {};
        }
        if (!m_head.isEmpty()) {
            input = std::exchange(m_head, {});
        }
    }
    z_stream &stream = m_inflater->stream;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    QByteArray out;
    std::array<char, 16384> piece{};
    for (;;) {
        if (m_state == State::Complete) {
            // Several gzip bodies in a row are one; what else stands behind the end is no part.
            if (!m_isGzip || stream.avail_in == 0 || *stream.next_in != GzipMark) {
                break;
            }
            ::inflateReset(&stream);
            m_state = State::Going;
        }
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        const int result = ::inflate(&stream, Z_NO_FLUSH);
        const qint64 made = qint64(piece.size()) - qint64(stream.avail_out);
        const qint64 left = room - out.size();
        out.append(piece.data(), std::min(made, left));
        if (made > left) {
            m_state = State::Full;
            break;
        }
        if (result == Z_STREAM_END) {
            m_state = State::Complete;
            continue;
        }
        if (result != Z_OK && result != Z_BUF_ERROR) {
            m_state = State::Broken;
            break;
        }
        if (stream.avail_out > 0) {
            break; // all that came is unpacked
        }
    }
    return out;
}
