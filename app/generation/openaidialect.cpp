// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmdialects.h"
#include "app/generation/promptbuilder.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

/** Some servers write a text as a list of its parts. */
QString openAiText(const QJsonValue &content)
{
    if (content.isString()) {
        return content.toString();
    }
    QString text;
    for (const QJsonValue part : content.toArray()) {
        text += part[QLatin1String("text")].toString();
    }
    return text;
}

/** Reads Chat Completions. */
class OpenAiStream : public LlmStream
{
public:
    OpenAiStream()
        : LlmStream(Framing::ServerSentEvents)
    {}

protected:
    void takePiece(const QJsonObject &piece) override { take(piece, QLatin1String("delta")); }
    void takeWhole(const QJsonObject &whole) override { take(whole, QLatin1String("message")); }
    void takeWord(const QByteArray &word) override
    {
        if (word == "[DONE]") {
            m_answer.isOwnForm = true;
            m_answer.isComplete = true;
        }
    }

private:
    void take(const QJsonObject &object, QLatin1String part)
    {
        if (const QJsonValue error = object.value(QLatin1String("error"));
            !error.isUndefined() && !error.isNull()) {
            m_answer.isOwnForm = true;
            m_answer.error = LlmDialect::errorFrom(500, QJsonDocument(object).toJson());
            const QString all = m_answer.error->everything();
            if (all.contains(QLatin1String("rate_limit"))) {
                m_answer.error->status = 429;
            }
            return;
        }
        if (m_answer.model.isEmpty()) {
            m_answer.model = object.value(QLatin1String("model")).toString().left(200);
        }
        QJsonValue usage = object.value(QLatin1String("usage"));
        if (!usage.isObject()) {
            usage = object.value(QLatin1String("x_groq"))[QLatin1String("usage")];
        }
        if (usage.isObject()) {
            m_answer.tokens.prompt = usage[QLatin1String("prompt_tokens")].toInteger();
            m_answer.tokens.completion = usage[QLatin1String("completion_tokens")].toInteger();
        }
        const QJsonArray choices = object.value(QLatin1String("choices")).toArray();
        if (object.contains(QLatin1String("choices"))) {
            m_answer.isOwnForm = true;
        }
        if (choices.isEmpty()) {
            return;
        }
        const QJsonValue choice = choices.first();
        const QJsonValue message = choice[part];
        m_answer.text += openAiText(message[QLatin1String("content")]);
        m_answer.refusal += message[QLatin1String("refusal")].toString();
        m_answer.isRefused = m_answer.isRefused || !m_answer.refusal.isEmpty();
        const QString reason = choice[QLatin1String("finish_reason")].toString();
        if (!reason.isEmpty()) {
            m_answer.isComplete = true;
            m_answer.isCutShort = reason == QLatin1String("length");
            m_answer.isRefused = m_answer.isRefused || reason == QLatin1String("content_filter");
        }
    }
};

} // namespace

QString OpenAiDialect::rungName(int rung) const
{
    switch (rung) {
    case 0:
        return DialectWords::tr("a strict JSON schema");
    case 1:
        return DialectWords::tr("a JSON schema");
    case 2:
        return DialectWords::tr("JSON of any form");
    default:
        return DialectWords::tr("plain text");
    }
}

QUrl OpenAiDialect::url(const QUrl &base) const
{
    return below(base, QLatin1String("/chat/completions"));
}

QUrl OpenAiDialect::modelsUrl(const QUrl &base) const
{
    return below(base, QLatin1String("/models"));
}

QStringList OpenAiDialect::models(const QByteArray &body) const
{
    return namesIn(body, QLatin1String("data"), QLatin1String("id"));
}

QList<std::pair<QByteArray, QByteArray>> OpenAiDialect::headers(const QByteArray &key) const
{
    return bearer(key);
}

QByteArray OpenAiDialect::body(const LlmAsk &ask, const LlmShape &shape) const
{
    const QJsonArray messages = chatMessages(ask.prompt);
    QJsonObject body{{QStringLiteral("model"), ask.model}, {QStringLiteral("messages"), messages}};
    body.insert(shape.otherLengthCap ? QStringLiteral("max_tokens")
                                     : QStringLiteral("max_completion_tokens"),
                ask.maximumTokens);
    if (shape.stream) {
        body.insert(QStringLiteral("stream"), true);
        if (shape.streamUsage) {
            body.insert(QStringLiteral("stream_options"),
                        QJsonObject{{QStringLiteral("include_usage"), true}});
        }
    }
    if (ask.temperature && shape.temperature) {
        body.insert(QStringLiteral("temperature"), *ask.temperature);
    }
    if (ask.seed != 0 && shape.seed) {
        body.insert(QStringLiteral("seed"), ask.seed);
    }
    if (!ask.schema.isEmpty() && shape.rung < 2) {
        QJsonObject schema{{QStringLiteral("name"), QStringLiteral("incident_scenario")},
                           {QStringLiteral("schema"), ask.schema}};
        if (shape.rung == 0) {
            schema.insert(QStringLiteral("strict"), true);
        }
        body.insert(QStringLiteral("response_format"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("json_schema")},
                                {QStringLiteral("json_schema"), schema}});
    } else if (!ask.schema.isEmpty() && shape.rung == 2) {
        body.insert(QStringLiteral("response_format"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("json_object")}});
    }
    return PromptBuilder::inOrder(QJsonDocument(body).toJson(QJsonDocument::Compact), ask.schema);
}

std::unique_ptr<LlmStream> OpenAiDialect::stream() const
{
    return std::make_unique<OpenAiStream>();
}
