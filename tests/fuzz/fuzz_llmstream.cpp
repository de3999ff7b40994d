// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/generation/llmdialect.h"
#include "tests/fuzz/fuzz.h"

namespace {

LlmAnswer answerTo(const LlmDialect &dialect, const QByteArray &bytes, qsizetype step)
{
    const std::unique_ptr<LlmStream> stream = dialect.stream();
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        stream->feed(bytes.mid(at, step));
    }
    stream->end();
    return stream->answer();
}

bool areSame(const LlmAnswer &one, const LlmAnswer &other)
{
    return one.text == other.text && one.model == other.model && one.isRefused == other.isRefused &&
           one.refusal == other.refusal && one.isCutShort == other.isCutShort &&
           one.isComplete == other.isComplete && one.isOwnForm == other.isOwnForm &&
           one.error.has_value() == other.error.has_value();
}

} // namespace

/** Whatever an endpoint sends, in each dialect: it is read alike, however the network cuts it. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using Kind = GeneratorProfile::Kind;
    const QByteArray bytes = bytesOf(data, size);
    for (const Kind kind : {Kind::OpenAi, Kind::Anthropic, Kind::Ollama}) {
        const LlmDialect &dialect = *LlmDialect::of(kind);
        const LlmAnswer whole = answerTo(dialect, bytes, qMax(bytes.size(), qsizetype(1)));
        require(areSame(answerTo(dialect, bytes, 5), whole), "five bytes at a time say the same");
        require(whole.text.size() <= bytes.size(), "no text comes from nowhere");
        dialect.models(bytes);
    }
    LlmDialect::errorFrom(400, bytes);
    return 0;
}
