// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxhttp.h"
#include "tests/fuzz/fuzz.h"

namespace {

/** What a reader made of a connection. */
struct Heard
{
    QByteArrayList requests;
    SandboxHttpReader::State state = SandboxHttpReader::State::Head;
    int refusal = 0;

    bool operator==(const Heard &) const = default;
};

Heard hear(const QByteArray &bytes, qsizetype step)
{
    using State = SandboxHttpReader::State;
    SandboxHttpReader reader;
    Heard heard;
    for (qsizetype at = 0; at < bytes.size() && reader.state() != State::Refused; at += step) {
        reader.feed(bytes.mid(at, step));
        while (reader.state() == State::Complete) {
            const SandboxRequest request = reader.take();
            require(request.body.size() <= SandboxHttpReader::MaximumBody,
                    "no body is larger than it may be");
            heard.requests.append(request.method + ' ' + request.rawPath + ' ' + request.body +
                                  (request.keepAlive ? "+" : "-"));
        }
        if (reader.state() == State::Body) {
            require(reader.missing() > 0, "a body that is awaited has bytes to come");
        }
    }
    heard.state = reader.state();
    if (heard.state == State::Refused) {
        heard.refusal = reader.refusal().status;
        require(heard.refusal >= 400, "a refusal has its status");
        require(!reader.refusal().serialised(false).isEmpty(), "a refusal can be sent");
    }
    return heard;
}

} // namespace

/** Whatever a client sends: it is read alike, however the network cuts it. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    const Heard whole = hear(bytes, qMax(bytes.size(), qsizetype(1)));
    require(hear(bytes, 7) == whole, "seven bytes at a time say the same");
    if (bytes.size() <= 2048) {
        require(hear(bytes, 1) == whole, "one byte at a time says the same");
    }
    return 0;
}
