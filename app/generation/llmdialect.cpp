// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmdialect.h"

#include "app/base/visibletext.h"
#include "app/generation/llmdialects.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr qsizetype LongestServerText = 500;

bool holdsAny(const QString &text, std::initializer_list<QLatin1String> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&text](QLatin1String word) { return text.contains(word); });
}

/** The messages of a FastAPI refusal, with the parameters that they are about. */
QString detailText(const QJsonValue &detail)
{
    if (detail.isString()) {
        return detail.toString();
    }
    QStringList texts;
    for (const QJsonValue entry : detail.toArray()) {
        QStringList place;
        for (const QJsonValue part : entry[QLatin1String("loc")].toArray()) {
            place.append(part.toVariant().toString());
        }
        texts.append(place.join(u'.') + QStringLiteral(": ") +
                     entry[QLatin1String("msg")].toString());
    }
    return texts.join(QStringLiteral("; "));
}

} // namespace

bool LlmError::meansQuota() const
{
    using L = QLatin1String;
    // Providers name their billing pages in the message of an ordinary rate limit, too.
    return status == 402 || holdsAny(QString(code + u' ' + type).toLower(), {L("billing")}) ||
           holdsAny(everything(), {L("insufficient_quota"), L("credit balance"),
                                   L("exceeded your current quota")});
}

bool LlmError::meansUnknownModel() const
{
    using L = QLatin1String;
    const QString all = everything();
    if (holdsAny(all, {L("model_not_found"), L("model not found"), L("unknown model")})) {
        return true;
    }
    return all.contains(L("model")) && holdsAny(all, {L("not found"), L("does not exist"),
                                                      L("not_found_error"), L("no such model")});
}

QString LlmError::everything() const
{
    return QString(code + u' ' + type + u' ' + param + u' ' + message).toLower();
}

void LlmStream::feed(const QByteArray &bytes)
{
    m_buffer += bytes;
    if (!m_isBegun) {
        const auto first = std::find_if(m_buffer.cbegin(), m_buffer.cend(), [](char c) {
            return c != ' ' && c != '\n' && c != '\r' && c != '\t';
        });
        if (first == m_buffer.cend()) {
            return;
        }
        m_isBegun = true;
        // A server that does not stream answers with an object, and a stream of events has none.
        m_isWhole = m_framing == Framing::ServerSentEvents && *first == '{';
    }
    if (m_isWhole) {
        return;
    }
    qsizetype begin = 0;
    for (qsizetype line = m_buffer.indexOf('\n', m_scanned); line >= 0 && !m_isWhole;
         line = m_buffer.indexOf('\n', begin)) {
        takeLine(QByteArrayView(m_buffer).sliced(begin, line - begin));
        if (m_isWhole) {
            break;
        }
        begin = line + 1;
    }
    m_buffer.remove(0, begin);
    m_scanned = m_buffer.size();
}

void LlmStream::end()
{
    if (!m_isWhole && !m_buffer.isEmpty()) {
        const QByteArray last = std::exchange(m_buffer, {});
        takeLine(last);
        if (m_isWhole) {
            m_buffer = last;
        }
    }
    if (m_isWhole) {
        const QJsonDocument whole = QJsonDocument::fromJson(m_buffer);
        if (whole.isObject()) {
            takeWhole(whole.object());
        }
    } else {
        takeData();
    }
    m_buffer.clear();
}

void LlmStream::takeLine(QByteArrayView line)
{
    if (line.endsWith('\r')) {
        line.chop(1);
    }
    if (m_framing == Framing::Lines) {
        if (line.trimmed().isEmpty()) {
            return;
        }
        // Without a copy: a line may be as long as all of an answer may be.
        const QJsonDocument document =
            QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()));
        if (document.isObject()) {
            takePiece(document.object());
        } else if (!m_answer.isOwnForm) {
            m_isWhole = true; // one object over many lines
        }
        return;
    }
    if (line.isEmpty()) {
        takeData();
    } else if (line.startsWith("data:")) {
        // More than one line of data for an event are joined by line feeds.
        if (!m_data.isEmpty()) {
            m_data += '\n';
        }
        m_data += line.sliced(5).trimmed();
    }
}

void LlmStream::takeData()
{
    if (m_data.isEmpty()) {
        return;
    }
    const QByteArray data = std::exchange(m_data, {});
    const QJsonDocument document = QJsonDocument::fromJson(data);
    if (document.isObject()) {
        takePiece(document.object());
    } else {
        takeWord(data);
    }
}

const LlmDialect *LlmDialect::of(GeneratorProfile::Kind kind)
{
    static const OpenAiDialect openAi;
    static const AnthropicDialect anthropic;
    static const OllamaDialect ollama;
    switch (kind) {
    case GeneratorProfile::Kind::OpenAi:
        return &openAi;
    case GeneratorProfile::Kind::Anthropic:
        return &anthropic;
    case GeneratorProfile::Kind::Ollama:
        return &ollama;
    case GeneratorProfile::Kind::Offline:
    case GeneratorProfile::Kind::Backend:
        break;
    }
    return nullptr;
}

QJsonArray LlmDialect::chatMessages(const LlmPrompt &prompt)
{
    QJsonArray messages;
    const auto say = [&messages](const char *role, const QString &text) {
        if (!text.isEmpty()) {
            messages.append(QJsonObject{{QStringLiteral("role"), QLatin1String(role)},
                                        {QStringLiteral("content"), text}});
        }
    };
    say("system", prompt.system);
    for (const LlmMessage &message : prompt.messages) {
        say(message.role == LlmMessage::Role::User ? "user" : "assistant", message.text);
    }
    return messages;
}

QList<std::pair<QByteArray, QByteArray>> LlmDialect::bearer(const QByteArray &key)
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!key.isEmpty()) {
        headers.emplaceBack("Authorization", "Bearer " + key);
    }
    return headers;
}

QStringList LlmDialect::namesIn(const QByteArray &body, QLatin1String list, QLatin1String name)
{
    QStringList names;
    const QJsonArray entries = QJsonDocument::fromJson(body).object().value(list).toArray();
    for (const QJsonValue entry : entries) {
        names.append(entry[name].toString());
    }
    return names;
}

LlmError LlmDialect::errorFrom(int status, const QByteArray &body)
{
    LlmError error;
    error.status = status;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonObject object =
        document.isArray() ? document.array().first().toObject() : document.object();
    const QJsonValue inner = object.value(QLatin1String("error"));
    if (inner.isObject()) {
        error.isOwnForm = true;
        error.message = inner[QLatin1String("message")].toString();
        error.code = inner[QLatin1String("code")].toVariant().toString();
        error.type = inner[QLatin1String("type")].toString();
        error.param = inner[QLatin1String("param")].toString();
        error.failedGeneration = inner[QLatin1String("failed_generation")].toString();
    } else if (inner.isString()) {
        error.isOwnForm = true;
        error.message = inner.toString();
    } else if (object.contains(QLatin1String("detail"))) {
        error.message = detailText(object.value(QLatin1String("detail")));
    } else if (object.contains(QLatin1String("message"))) {
        error.message = object.value(QLatin1String("message")).toString();
        error.type = object.value(QLatin1String("type")).toString();
    } else if (!body.trimmed().startsWith('<')) {
        error.message = QString::fromUtf8(body.left(LongestServerText));
    }
    error.message = cutText(oneLine(error.message.simplified()), LongestServerText);
    return error;
}

std::optional<LlmShape> LlmDialect::adapted(const LlmShape &shape, const LlmError &error) const
{
    using L = QLatin1String;
    const bool mayBeForm = error.status == 400 || error.status == 404 || error.status == 422;
    if (!mayBeForm || error.meansUnknownModel() || error.meansQuota()) {
        return std::nullopt;
    }
    const QString all = error.everything();
    LlmShape next = shape;
    if (holdsAny(all, {L("max_completion_tokens"), L("max_tokens")}) && !shape.otherLengthCap) {
        next.otherLengthCap = true;
    } else if (all.contains(L("stream_options")) && shape.streamUsage) {
        next.streamUsage = false;
    } else if (all.contains(L("temperature")) && shape.temperature) {
        next.temperature = false;
    } else if (all.contains(L("seed")) && shape.seed) {
        next.seed = false;
    } else if (holdsAny(all, {L("response_format"), L("json_schema"), L("json_object"), L("schema"),
                              L("output_config"), L("output_format"), L("tool"), L("format"),
                              L("strict"), L("structured"), L("grammar")}) &&
               shape.rung + 1 < rungs()) {
        ++next.rung;
    } else if (all.contains(L("stream")) && shape.stream) {
        next.stream = false;
    } else {
        return std::nullopt;
    }
    return next;
}

QUrl LlmDialect::below(const QUrl &base, QLatin1String path)
{
    QUrl url = base;
    QString whole = base.path();
    while (whole.endsWith(u'/')) {
        whole.chop(1);
    }
    url.setPath(whole + path);
    url.setQuery(QString());
    url.setFragment(QString());
    return url;
}
