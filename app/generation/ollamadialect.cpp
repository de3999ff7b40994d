// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmdialects.h"
#include "app/generation/promptbuilder.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace {

/** Reads /api/chat, where an answer in one piece is a stream of one line. */
class OllamaStream : public LlmStream
{
public:
    OllamaStream()
        : LlmStream(Framing::Lines)
    {}

protected:
    void takePiece(const QJsonObject &piece) override
    {
        if (const QJsonValue error = piece.value(QLatin1String("error"));
            !error.isUndefined() && !error.isNull()) {
            m_answer.isOwnForm = true;
            m_answer.error = LlmDialect::errorFrom(500, QJsonDocument(piece).toJson());
            return;
        }
        const QJsonValue message = piece.value(QLatin1String("message"));
        if (!message.isObject() && !piece.contains(QLatin1String("done"))) {
            return;
        }
        m_answer.isOwnForm = true;
        if (m_answer.model.isEmpty()) {
            m_answer.model = piece.value(QLatin1String("model")).toString().left(200);
        }
        m_answer.text += message[QLatin1String("content")].toString();
        if (piece.value(QLatin1String("done")).toBool()) {
            m_answer.isComplete = true;
            m_answer.isCutShort =
                piece.value(QLatin1String("done_reason")).toString() == QLatin1String("length");
            m_answer.tokens.prompt = piece.value(QLatin1String("prompt_eval_count")).toInteger();
            m_answer.tokens.completion = piece.value(QLatin1String("eval_count")).toInteger();
        }
    }

    void takeWhole(const QJsonObject &whole) override { takePiece(whole); }
};

} // namespace

QString OllamaDialect::rungName(int rung) const
{
    switch (rung) {
    case 0:
        return DialectWords::tr("a JSON schema");
    case 1:
        return DialectWords::tr("JSON of any form");
    default:
        return DialectWords::tr("plain text");
    }
}

QUrl OllamaDialect::url(const QUrl &base) const
{
    return below(base, QLatin1String("/api/chat"));
}

QUrl OllamaDialect::modelsUrl(const QUrl &base) const
{
    return below(base, QLatin1String("/api/tags"));
}

QStringList OllamaDialect::models(const QByteArray &body) const
{
    return namesIn(body, QLatin1String("models"), QLatin1String("name"));
}

QList<std::pair<QByteArray, QByteArray>> OllamaDialect::headers(const QByteArray &key) const
{
    // Itself it knows no keys, but it is often put behind a proxy that does.
    return bearer(key);
}

QByteArray OllamaDialect::body(const LlmAsk &ask, const LlmShape &shape) const
{
    const QJsonArray messages = chatMessages(ask.prompt);
    QJsonObject options{{QStringLiteral("num_predict"), ask.maximumTokens}};
    if (ask.temperature && shape.temperature) {
        options.insert(QStringLiteral("temperature"), *ask.temperature);
    }
    if (ask.seed != 0 && shape.seed) {
        options.insert(QStringLiteral("seed"), ask.seed);
    }
    QJsonObject body{{QStringLiteral("model"), ask.model},
                     {QStringLiteral("messages"), messages},
                     {QStringLiteral("options"), options},
                     // It streams unless it is told not to.
                     {QStringLiteral("stream"), shape.stream}};
    if (!ask.schema.isEmpty() && shape.rung == 0) {
        body.insert(QStringLiteral("format"), ask.schema);
    } else if (!ask.schema.isEmpty() && shape.rung == 1) {
        body.insert(QStringLiteral("format"), QStringLiteral("json"));
    }
    return PromptBuilder::inOrder(QJsonDocument(body).toJson(QJsonDocument::Compact), ask.schema);
}

std::unique_ptr<LlmStream> OllamaDialect::stream() const
{
    return std::make_unique<OllamaStream>();
}
