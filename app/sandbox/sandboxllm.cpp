// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxllm.h"

#include "app/sandbox/sandboxspeech.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <algorithm>

namespace {

using SandboxSpeech::errorAnswer;
using SandboxSpeech::Shape;
using SandboxSpeech::Speech;
using SandboxSpeech::TokenSize;

using Dialect = SandboxLlm::Dialect;

constexpr qsizetype PieceSize = 12; // characters; about three tokens
constexpr qint64 HugeAnswer = 200'000'000;
constexpr auto ModelName = "sandbox-model";

Shape shapeOf(Dialect dialect, const QJsonObject &body)
{
    if (dialect == Dialect::OpenAi) {
        const QString type = body.value(u"response_format").toObject().value(u"type").toString();
        return type == u"json_schema"   ? Shape::Schema
               : type == u"json_object" ? Shape::AnyJson
                                        : Shape::Plain;
    }
    if (dialect == Dialect::Anthropic) {
        return body.contains(u"output_config") ? Shape::Schema
               : body.contains(u"tools")       ? Shape::Tool
                                               : Shape::Plain;
    }
    const QJsonValue format = body.value(u"format");
    return format.isObject() ? Shape::Schema : format.isString() ? Shape::AnyJson : Shape::Plain;
}

QString textOfContent(const QJsonValue &content)
{
    if (content.isString()) {
        return content.toString();
    }
    QString text;
    const QJsonArray parts = content.toArray();
    for (const QJsonValue part : parts) {
        text += part.toObject().value(u"text").toString();
    }
    return text;
}

/** Service, severity, seed and prompt as they stand in the first message that has them. */
GenerationRequest generationRequestIn(const QJsonObject &body)
{
    static const QRegularExpression service(QStringLiteral("^Service:\\s*(\\S+)"),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression severity(QStringLiteral("^Severity:\\s*(\\w+)"),
                                             QRegularExpression::MultilineOption);
    static const QRegularExpression seed(QStringLiteral("^Seed:\\s*(-?\\d+)"),
                                         QRegularExpression::MultilineOption);
    static const QRegularExpression prompt(QStringLiteral("^Incident:\\s*\"\"\"\\n(.*?)\\n\"\"\""),
                                           QRegularExpression::MultilineOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    GenerationRequest request;
    QString whole;
    const QJsonArray messages = body.value(u"messages").toArray();
    for (const QJsonValue message : messages) {
        const QJsonObject object = message.toObject();
        const QString text = textOfContent(object.value(u"content"));
        if (object.value(u"role").toString() != u"user") {
            continue;
        }
        whole += text;
        const QRegularExpressionMatch found = prompt.match(text);
        if (found.hasMatch()) {
            request.prompt = found.captured(1);
            const QString named = service.match(text).captured(1);
            request.service = isValidServiceName(named) ? named : request.service;
            request.severity = severityFromString(severity.match(text).captured(1).toLower())
                                   .value_or(Severity::Medium);
            request.seed = seed.match(text).captured(1).toLongLong();
            return request;
        }
    }
    request.prompt = whole;
    return request;
}

QJsonObject contentOfScenario(const Scenario &scenario, bool hasListContext)
{
    QJsonObject context = scenario.context;
    context.remove(QStringLiteral("generated_by"));
    context.remove(QStringLiteral("generation_prompt"));
    QJsonArray list;
    for (auto it = context.begin(); it != context.end(); ++it) {
        const QString text =
            it->isString() ? it->toString()
            : it->isArray()
                ? QString::fromUtf8(QJsonDocument(it->toArray()).toJson(QJsonDocument::Compact))
                : QString::fromUtf8(QJsonDocument(it->toObject()).toJson(QJsonDocument::Compact));
        list.append(
            QJsonObject{{QStringLiteral("key"), it.key()}, {QStringLiteral("value"), text}});
    }
    QString name = scenario.name;
    name.remove(QStringLiteral("[Offline] "));
    QJsonObject content = generatedContent(scenario);
    content.insert(QStringLiteral("name"), name);
    content.insert(QStringLiteral("context"),
                   hasListContext ? QJsonValue(list) : QJsonValue(context));
    return content;
}

/** What a fault makes of a good answer. */
QString textWith(Fault fault, const QJsonObject &content, Shape shape)
{
    QJsonObject object = content;
    if (fault == Fault::LlmInvalidJson) {
        return QStringLiteral("I am afraid that incidents are a complex topic. Let me explain in "
                              "general terms what could happen to a service like this one.");
    }
    if (fault == Fault::LlmWrongSchema) {
        return QStringLiteral("{\"incident\": {\"title\": \"Something broke\", \"graphs\": []}}");
    }
    if (fault == Fault::LlmRuleError) {
        QJsonArray metrics = object.value(u"metrics").toArray();
        QJsonObject first = metrics.first().toObject();
        first.insert(QStringLiteral("deviation_sigma"),
                     -first.value(u"deviation_sigma").toDouble());
        metrics[0] = first;
        object.insert(QStringLiteral("metrics"), metrics);
    }
    const QString json = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented));
    if (fault == Fault::LlmLength) {
        return json.left(json.size() * 2 / 3);
    }
    return shape == Shape::Plain ? QString(u"Here is the scenario you asked for:\n\n```json\n" +
                                           json + u"```\nTell me if it needs changes.")
                                 : json;
}

} // namespace

SandboxLlm::SandboxLlm(const QByteArray &key)
    : m_key(key)
{}

SandboxLlm::~SandboxLlm() = default;

std::optional<SandboxLlm::Dialect> SandboxLlm::dialectOf(const SandboxRequest &request)
{
    if (request.method != "POST") {
        return std::nullopt;
    }
    if (request.path == u"/v1/chat/completions") {
        return Dialect::OpenAi;
    }
    if (request.path == u"/v1/messages") {
        return Dialect::Anthropic;
    }
    if (request.path == u"/api/chat") {
        return Dialect::Ollama;
    }
    return std::nullopt;
}

std::optional<SandboxAnswer> SandboxLlm::models(const SandboxRequest &request)
{
    if (request.method != "GET") {
        return std::nullopt;
    }
    const QString name = QString::fromLatin1(ModelName);
    if (request.path == u"/v1/models") {
        return SandboxAnswer::json(
            200,
            QJsonDocument(QJsonObject{
                {QStringLiteral("data"), QJsonArray{QJsonObject{{QStringLiteral("id"), name}}}}}));
    }
    if (request.path == u"/api/tags") {
        return SandboxAnswer::json(
            200,
            QJsonDocument(QJsonObject{{QStringLiteral("models"),
                                       QJsonArray{QJsonObject{{QStringLiteral("name"), name}}}}}));
    }
    return std::nullopt;
}

bool SandboxLlm::concerns(Fault fault, const SandboxRequest &request)
{
    if (fault != Fault::LlmNoSchema) {
        return fault != Fault::None;
    }
    const auto dialect = dialectOf(request);
    return dialect &&
           shapeOf(*dialect, QJsonDocument::fromJson(request.body).object()) == Shape::Schema;
}

SandboxLlm::Reply SandboxLlm::reply(const SandboxRequest &request, Fault fault) const
{
    Reply reply;
    const Dialect dialect = *dialectOf(request);
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (fault == Fault::LlmSilence) {
        reply.isSilent = true;
        return reply;
    }
    const QByteArray given = dialect == Dialect::Anthropic ? request.headers.value("x-api-key")
                                                           : request.headers.value("authorization");
    const QByteArray wanted = dialect == Dialect::Anthropic ? m_key : "Bearer " + m_key;
    if (!m_key.isEmpty() && given != wanted) {
        fault = Fault::LlmUnauthorized;
    }
    reply.answer = SandboxSpeech::errorOf(fault, dialect);
    if (reply.answer.status > 0) {
        return reply;
    }
    if (body.value(u"model").toString().isEmpty() || !body.value(u"messages").isArray() ||
        (dialect == Dialect::Anthropic && !body.value(u"max_tokens").isDouble())) {
        reply.answer = errorAnswer(dialect, 400, "invalid_request_error",
                                   QStringLiteral("model, messages or max_tokens is missing"));
        return reply;
    }
    if (!m_generator) {
        m_generator = std::make_unique<OfflineGenerator>();
    }
    const Result<Generation> made = m_generator->make(generationRequestIn(body));
    if (!made) {
        reply.answer = errorAnswer(dialect, 500, "server_error", made.error().message);
        return reply;
    }
    Speech speech;
    speech.dialect = dialect;
    speech.shape = shapeOf(dialect, body);
    speech.model = body.value(u"model").toString();
    speech.promptTokens = request.body.size() / TokenSize;
    speech.stop = SandboxSpeech::stopWord(dialect, fault);
    speech.text = textWith(fault,
                           contentOfScenario(made->scenario, speech.shape == Shape::Schema ||
                                                                 speech.shape == Shape::Tool),
                           speech.shape);
    speech.isUsageWanted =
        body.value(u"stream_options").toObject().value(u"include_usage").toBool();
    if (fault == Fault::LlmRefusal) {
        speech.text = QStringLiteral("I cannot help with that.");
        speech.refusal = dialect == Dialect::OpenAi ? speech.text : QString();
    }
    // Ollama streams unless it is told not to.
    const bool streams = body.value(u"stream").toBool(dialect == Dialect::Ollama);
    reply.isCut = fault == Fault::LlmCut;
    if (!streams && fault != Fault::LlmEndless && fault != Fault::LlmHuge) {
        reply.answer = SandboxAnswer::json(200, QJsonDocument(SandboxSpeech::wholeAnswer(speech)));
        return reply;
    }
    reply.answer.status = 200;
    reply.answer.contentType =
        dialect == Dialect::Ollama ? "application/x-ndjson" : "text/event-stream";
    reply.pieces = SandboxSpeech::beginOf(speech);
    for (qsizetype at = 0; at < speech.text.size(); at += PieceSize) {
        reply.pieces.append(SandboxSpeech::deltaOf(speech, speech.text.mid(at, PieceSize)));
    }
    if (fault == Fault::LlmEndless) {
        reply.isEndless = true;
        reply.pieces.append(SandboxSpeech::deltaOf(speech, QStringLiteral(" and so on")));
        return reply;
    }
    if (fault == Fault::LlmHuge) {
        constexpr qsizetype HugePiece = 1'000'000;
        const QByteArray piece = SandboxSpeech::deltaOf(speech, QString(HugePiece, u'x'));
        reply.pieces.fill(piece, HugeAnswer / HugePiece); // one text, shared by all
        return reply;
    }
    if (reply.isCut) {
        reply.pieces = reply.pieces.mid(0, reply.pieces.size() / 2);
        return reply;
    }
    reply.pieces += SandboxSpeech::endOf(speech);
    return reply;
}
