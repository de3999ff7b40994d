// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxspeech.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace SandboxSpeech {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject usage(const Speech &speech)
{
    if (speech.dialect == Dialect::Anthropic) {
        return {{QStringLiteral("input_tokens"), speech.promptTokens},
                {QStringLiteral("output_tokens"), speech.completionTokens()}};
    }
    return {{QStringLiteral("prompt_tokens"), speech.promptTokens},
            {QStringLiteral("completion_tokens"), speech.completionTokens()},
            {QStringLiteral("total_tokens"), speech.promptTokens + speech.completionTokens()}};
}

QByteArray dataLine(const QJsonObject &object)
{
    return "data: " + compact(object) + "\n\n";
}

QByteArray eventLine(const char *event, QJsonObject object)
{
    object.insert(QStringLiteral("type"), QLatin1String(event));
    return QByteArray("event: ") + event + "\ndata: " + compact(object) + "\n\n";
}

} // namespace

SandboxAnswer errorAnswer(Dialect dialect, int status, const char *type, const QString &message)
{
    QJsonObject body;
    if (dialect == Dialect::OpenAi) {
        body = {
            {QStringLiteral("error"), QJsonObject{{QStringLiteral("message"), message},
                                                  {QStringLiteral("type"), QLatin1String(type)},
                                                  {QStringLiteral("param"), QJsonValue()},
                                                  {QStringLiteral("code"), QLatin1String(type)}}}};
    } else if (dialect == Dialect::Anthropic) {
        body = {{QStringLiteral("type"), QStringLiteral("error")},
                {QStringLiteral("error"), QJsonObject{{QStringLiteral("type"), QLatin1String(type)},
                                                      {QStringLiteral("message"), message}}},
                {QStringLiteral("request_id"), QStringLiteral("req_sandbox")}};
    } else {
        body = {{QStringLiteral("error"), message}};
    }
    SandboxAnswer answer = SandboxAnswer::json(status, QJsonDocument(body));
    answer.headers.emplaceBack("x-request-id", "req_sandbox");
    return answer;
}

SandboxAnswer errorOf(Fault fault, Dialect dialect)
{
    SandboxAnswer answer;
    answer.status = 0;
    switch (fault) {
    case Fault::Llm429:
        answer = errorAnswer(dialect, 429, "rate_limit_exceeded",
                             QStringLiteral("Rate limit reached, try again later."));
        answer.headers.emplaceBack("retry-after", "1");
        break;
    case Fault::Llm429Bare:
        answer =
            errorAnswer(dialect, 429, "rate_limit_exceeded", QStringLiteral("Rate limit reached."));
        break;
    case Fault::LlmQuota:
        answer = errorAnswer(dialect, 429, "insufficient_quota",
                             QStringLiteral("You exceeded your current quota."));
        break;
    case Fault::Llm529:
        answer = errorAnswer(dialect, 529, "overloaded_error", QStringLiteral("Overloaded"));
        break;
    case Fault::Llm500:
        answer = errorAnswer(dialect, 500, "server_error", QStringLiteral("Internal error"));
        break;
    case Fault::LlmUnauthorized:
        answer = errorAnswer(dialect, 401, "invalid_api_key",
                             QStringLiteral("Incorrect API key provided."));
        break;
    case Fault::LlmUnknownModel:
        answer = errorAnswer(dialect, 404, "model_not_found",
                             QStringLiteral("The model does not exist."));
        break;
    case Fault::LlmNoSchema:
        answer = errorAnswer(
            dialect, 400, "invalid_request_error",
            dialect == Dialect::OpenAi
                ? QStringLiteral("response_format of type json_schema is not supported")
            : dialect == Dialect::Anthropic ? QStringLiteral("output_config: unknown parameter")
                                            : QStringLiteral("format: a schema is not supported"));
        break;
    default:
        break;
    }
    return answer;
}

QString stopWord(Dialect dialect, Fault fault)
{
    if (fault == Fault::LlmLength) {
        return dialect == Dialect::Anthropic ? QStringLiteral("max_tokens")
                                             : QStringLiteral("length");
    }
    if (fault == Fault::LlmRefusal) {
        return dialect == Dialect::Anthropic ? QStringLiteral("refusal") : QStringLiteral("stop");
    }
    return dialect == Dialect::Anthropic ? QStringLiteral("end_turn") : QStringLiteral("stop");
}

QJsonObject wholeAnswer(const Speech &speech)
{
    switch (speech.dialect) {
    case Dialect::OpenAi: {
        QJsonObject message{{QStringLiteral("role"), QStringLiteral("assistant")},
                            {QStringLiteral("content"),
                             speech.refusal.isEmpty() ? QJsonValue(speech.text) : QJsonValue()}};
        if (!speech.refusal.isEmpty()) {
            message.insert(QStringLiteral("refusal"), speech.refusal);
        }
        return {{QStringLiteral("id"), QStringLiteral("chatcmpl-sandbox")},
                {QStringLiteral("object"), QStringLiteral("chat.completion")},
                {QStringLiteral("model"), speech.model},
                {QStringLiteral("choices"),
                 QJsonArray{QJsonObject{{QStringLiteral("index"), 0},
                                        {QStringLiteral("message"), message},
                                        {QStringLiteral("finish_reason"), speech.stop}}}},
                {QStringLiteral("usage"), usage(speech)}};
    }
    case Dialect::Anthropic: {
        const QJsonObject block =
            speech.shape == Shape::Tool
                ? QJsonObject{{QStringLiteral("type"), QStringLiteral("tool_use")},
                              {QStringLiteral("id"), QStringLiteral("toolu_sandbox")},
                              {QStringLiteral("name"), QStringLiteral("scenario")},
                              {QStringLiteral("input"),
                               QJsonDocument::fromJson(speech.text.toUtf8()).object()}}
                : QJsonObject{{QStringLiteral("type"), QStringLiteral("text")},
                              {QStringLiteral("text"), speech.text}};
        return {{QStringLiteral("id"), QStringLiteral("msg_sandbox")},
                {QStringLiteral("type"), QStringLiteral("message")},
                {QStringLiteral("role"), QStringLiteral("assistant")},
                {QStringLiteral("model"), speech.model},
                {QStringLiteral("content"), QJsonArray{block}},
                {QStringLiteral("stop_reason"), speech.stop},
                {QStringLiteral("usage"), usage(speech)}};
    }
    case Dialect::Ollama:
        break;
    }
    return {{QStringLiteral("model"), speech.model},
            {QStringLiteral("message"),
             QJsonObject{{QStringLiteral("role"), QStringLiteral("assistant")},
                         {QStringLiteral("content"), speech.text}}},
            {QStringLiteral("done"), true},
            {QStringLiteral("done_reason"), speech.stop},
            {QStringLiteral("prompt_eval_count"), speech.promptTokens},
            {QStringLiteral("eval_count"), speech.completionTokens()}};
}

/** A piece of the text as it is streamed. */
QByteArray deltaOf(const Speech &speech, const QString &piece)
{
    switch (speech.dialect) {
    case Dialect::OpenAi:
        return dataLine({{QStringLiteral("object"), QStringLiteral("chat.completion.chunk")},
                         {QStringLiteral("model"), speech.model},
                         {QStringLiteral("choices"),
                          QJsonArray{QJsonObject{
                              {QStringLiteral("index"), 0},
                              {QStringLiteral("delta"),
                               QJsonObject{{speech.refusal.isEmpty() ? QStringLiteral("content")
                                                                     : QStringLiteral("refusal"),
                                            piece}}},
                              {QStringLiteral("finish_reason"), QJsonValue()}}}}});
    case Dialect::Anthropic: {
        const bool isTool = speech.shape == Shape::Tool;
        return eventLine(
            "content_block_delta",
            {{QStringLiteral("index"), 0},
             {QStringLiteral("delta"),
              QJsonObject{
                  {QStringLiteral("type"),
                   isTool ? QStringLiteral("input_json_delta") : QStringLiteral("text_delta")},
                  {isTool ? QStringLiteral("partial_json") : QStringLiteral("text"), piece}}}});
    }
    case Dialect::Ollama:
        break;
    }
    return compact({{QStringLiteral("model"), speech.model},
                    {QStringLiteral("message"),
                     QJsonObject{{QStringLiteral("role"), QStringLiteral("assistant")},
                                 {QStringLiteral("content"), piece}}},
                    {QStringLiteral("done"), false}}) +
           '\n';
}

QList<QByteArray> beginOf(const Speech &speech)
{
    if (speech.dialect != Dialect::Anthropic) {
        return {};
    }
    const QJsonObject block =
        speech.shape == Shape::Tool
            ? QJsonObject{{QStringLiteral("type"), QStringLiteral("tool_use")},
                          {QStringLiteral("id"), QStringLiteral("toolu_sandbox")},
                          {QStringLiteral("name"), QStringLiteral("scenario")},
                          {QStringLiteral("input"), QJsonObject()}}
            : QJsonObject{{QStringLiteral("type"), QStringLiteral("text")},
                          {QStringLiteral("text"), QString()}};
    return {
        eventLine("message_start",
                  {{QStringLiteral("message"),
                    QJsonObject{{QStringLiteral("id"), QStringLiteral("msg_sandbox")},
                                {QStringLiteral("model"), speech.model},
                                {QStringLiteral("usage"),
                                 QJsonObject{{QStringLiteral("input_tokens"), speech.promptTokens},
                                             {QStringLiteral("output_tokens"), 1}}}}}}),
        eventLine("ping", {}),
        eventLine("content_block_start",
                  {{QStringLiteral("index"), 0}, {QStringLiteral("content_block"), block}})};
}

QList<QByteArray> endOf(const Speech &speech)
{
    switch (speech.dialect) {
    case Dialect::OpenAi: {
        QList<QByteArray> lines{
            dataLine({{QStringLiteral("object"), QStringLiteral("chat.completion.chunk")},
                      {QStringLiteral("choices"),
                       QJsonArray{QJsonObject{{QStringLiteral("index"), 0},
                                              {QStringLiteral("delta"), QJsonObject()},
                                              {QStringLiteral("finish_reason"), speech.stop}}}}})};
        if (speech.isUsageWanted) {
            lines.append(dataLine({{QStringLiteral("choices"), QJsonArray()},
                                   {QStringLiteral("usage"), usage(speech)}}));
        }
        lines.append("data: [DONE]\n\n");
        return lines;
    }
    case Dialect::Anthropic:
        return {eventLine("content_block_stop", {{QStringLiteral("index"), 0}}),
                eventLine("message_delta",
                          {{QStringLiteral("delta"),
                            QJsonObject{{QStringLiteral("stop_reason"), speech.stop}}},
                           {QStringLiteral("usage"), QJsonObject{{QStringLiteral("output_tokens"),
                                                                  speech.completionTokens()}}}}),
                eventLine("message_stop", {})};
    case Dialect::Ollama:
        break;
    }
    Speech last = speech;
    last.text.clear();
    QJsonObject end = wholeAnswer(last);
    end.insert(QStringLiteral("eval_count"), speech.completionTokens());
    return {compact(end) + '\n'};
}

} // namespace SandboxSpeech
