// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmdialects.h"
#include "app/generation/promptbuilder.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace {

const auto ScenarioTool = QLatin1String("write_scenario");

/** The status that an error would have had, had it come before the stream began. */
int anthropicStatus(const QString &type)
{
    static const std::pair<QLatin1String, int> statuses[]{
        {QLatin1String("invalid_request_error"), 400}, {QLatin1String("authentication_error"), 401},
        {QLatin1String("billing_error"), 402},         {QLatin1String("permission_error"), 403},
        {QLatin1String("not_found_error"), 404},       {QLatin1String("rate_limit_error"), 429},
        {QLatin1String("timeout_error"), 504},         {QLatin1String("overloaded_error"), 529},
    };
    for (const auto &[name, status] : statuses) {
        if (type == name) {
            return status;
        }
    }
    return 500;
}

/** Reads Messages. */
class AnthropicStream : public LlmStream
{
public:
    AnthropicStream()
        : LlmStream(Framing::ServerSentEvents)
    {}

protected:
    void takePiece(const QJsonObject &piece) override
    {
        const QString type = piece.value(QLatin1String("type")).toString();
        if (type == QLatin1String("message_start")) {
            m_answer.isOwnForm = true;
            const QJsonValue message = piece.value(QLatin1String("message"));
            m_answer.model = message[QLatin1String("model")].toString().left(200);
            takeUsage(message[QLatin1String("usage")]);
        } else if (type == QLatin1String("content_block_delta")) {
            m_answer.isOwnForm = true;
            const QJsonValue delta = piece.value(QLatin1String("delta"));
            const QString kind = delta[QLatin1String("type")].toString();
            if (kind == QLatin1String("input_json_delta")) {
                // What is said beside the tool is only talk.
                if (!m_hasTool) {
                    m_hasTool = true;
                    m_answer.text.clear();
                }
                m_answer.text += delta[QLatin1String("partial_json")].toString();
            } else if (kind == QLatin1String("text_delta") && !m_hasTool) {
                m_answer.text += delta[QLatin1String("text")].toString();
            }
        } else if (type == QLatin1String("message_delta")) {
            takeStop(piece.value(QLatin1String("delta"))[QLatin1String("stop_reason")].toString());
            takeUsage(piece.value(QLatin1String("usage")));
        } else if (type == QLatin1String("message_stop")) {
            m_answer.isComplete = true;
        } else if (type == QLatin1String("error")) {
            takeError(piece);
        }
    }

    void takeWhole(const QJsonObject &whole) override
    {
        if (whole.value(QLatin1String("type")).toString() == QLatin1String("error")) {
            takeError(whole);
            return;
        }
        const QJsonValue content = whole.value(QLatin1String("content"));
        if (!content.isArray()) {
            return;
        }
        m_answer.isOwnForm = true;
        m_answer.model = whole.value(QLatin1String("model")).toString().left(200);
        for (const QJsonValue block : content.toArray()) {
            const QString type = block[QLatin1String("type")].toString();
            if (type == QLatin1String("tool_use")) {
                m_hasTool = true;
                m_answer.text =
                    QString::fromUtf8(QJsonDocument(block[QLatin1String("input")].toObject())
                                          .toJson(QJsonDocument::Compact));
            } else if (type == QLatin1String("text") && !m_hasTool) {
                m_answer.text += block[QLatin1String("text")].toString();
            }
        }
        takeStop(whole.value(QLatin1String("stop_reason")).toString());
        takeUsage(whole.value(QLatin1String("usage")));
        m_answer.isComplete = true;
    }

private:
    void takeUsage(const QJsonValue &usage)
    {
        const QJsonValue in = usage[QLatin1String("input_tokens")];
        const QJsonValue out = usage[QLatin1String("output_tokens")];
        if (in.isDouble()) {
            m_answer.tokens.prompt = in.toInteger();
        }
        if (out.isDouble()) {
            m_answer.tokens.completion = out.toInteger();
        }
    }

    void takeStop(const QString &reason)
    {
        m_answer.isCutShort = m_answer.isCutShort || reason == QLatin1String("max_tokens");
        if (reason == QLatin1String("refusal")) {
            m_answer.isRefused = true;
            m_answer.refusal = m_answer.text;
        }
    }

    void takeError(const QJsonObject &piece)
    {
        m_answer.isOwnForm = true;
        LlmError error = LlmDialect::errorFrom(500, QJsonDocument(piece).toJson());
        error.status = anthropicStatus(error.type);
        m_answer.error = error;
    }

    bool m_hasTool = false;
};

/** The base is the bare origin, but people will paste it with the version. */
QUrl withoutVersion(const QUrl &base)
{
    QUrl bare = base;
    QString path = base.path();
    while (path.endsWith(u'/')) {
        path.chop(1);
    }
    if (path.endsWith(QLatin1String("/v1"))) {
        path.chop(3);
    }
    bare.setPath(path);
    return bare;
}

} // namespace

QString AnthropicDialect::rungName(int rung) const
{
    switch (rung) {
    case 0:
        return DialectWords::tr("a JSON schema");
    case 1:
        return DialectWords::tr("a tool with a schema");
    default:
        return DialectWords::tr("plain text");
    }
}

QUrl AnthropicDialect::url(const QUrl &base) const
{
    return below(withoutVersion(base), QLatin1String("/v1/messages"));
}

QUrl AnthropicDialect::modelsUrl(const QUrl &base) const
{
    return below(withoutVersion(base), QLatin1String("/v1/models"));
}

QStringList AnthropicDialect::models(const QByteArray &body) const
{
    return namesIn(body, QLatin1String("data"), QLatin1String("id"));
}

QList<std::pair<QByteArray, QByteArray>> AnthropicDialect::headers(const QByteArray &key) const
{
    QList<std::pair<QByteArray, QByteArray>> headers{{"anthropic-version", "2023-06-01"}};
    if (!key.isEmpty()) {
        headers.emplaceBack("x-api-key", key);
    }
    return headers;
}

QByteArray AnthropicDialect::body(const LlmAsk &ask, const LlmShape &shape) const
{
    QJsonArray messages;
    for (const LlmMessage &message : ask.prompt.messages) {
        messages.append(QJsonObject{{QStringLiteral("role"), message.role == LlmMessage::Role::User
                                                                 ? QStringLiteral("user")
                                                                 : QStringLiteral("assistant")},
                                    {QStringLiteral("content"), message.text}});
    }
    QJsonObject body{{QStringLiteral("model"), ask.model},
                     {QStringLiteral("max_tokens"), ask.maximumTokens},
                     {QStringLiteral("messages"), messages}};
    if (!ask.prompt.system.isEmpty()) {
        body.insert(QStringLiteral("system"), ask.prompt.system);
    }
    if (shape.stream) {
        body.insert(QStringLiteral("stream"), true);
    }
    if (ask.temperature && shape.temperature) {
        body.insert(QStringLiteral("temperature"), *ask.temperature);
    }
    if (!ask.schema.isEmpty() && shape.rung == 0) {
        body.insert(
            QStringLiteral("output_config"),
            QJsonObject{{QStringLiteral("format"),
                         QJsonObject{{QStringLiteral("type"), QStringLiteral("json_schema")},
                                     {QStringLiteral("schema"), ask.schema}}}});
    } else if (!ask.schema.isEmpty() && shape.rung == 1) {
        body.insert(QStringLiteral("tools"),
                    QJsonArray{QJsonObject{{QStringLiteral("name"), ScenarioTool},
                                           {QStringLiteral("description"),
                                            QStringLiteral("Takes the incident scenario.")},
                                           {QStringLiteral("input_schema"), ask.schema}}});
        body.insert(QStringLiteral("tool_choice"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("tool")},
                                {QStringLiteral("name"), ScenarioTool}});
    }
    return PromptBuilder::inOrder(QJsonDocument(body).toJson(QJsonDocument::Compact), ask.schema);
}

std::unique_ptr<LlmStream> AnthropicDialect::stream() const
{
    return std::make_unique<AnthropicStream>();
}
