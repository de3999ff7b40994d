// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generatorprofile.h"
#include "app/generation/promptbuilder.h"

#include <QByteArray>
#include <QJsonObject>
#include <memory>
#include <optional>

/** What an endpoint is asked, whatever its dialect. */
struct LlmAsk
{
    QString model;
    LlmPrompt prompt;
    /** The schema of the answer. Empty: any text will do, whatever the shape's rung. */
    QJsonObject schema;
    int maximumTokens = 2000;
    std::optional<double> temperature;
    /** 0: the endpoint's own choice. */
    qint64 seed = 0;
};

/** What of a dialect an endpoint takes; what it has refused is left out afterwards. */
struct LlmShape
{
    /** 0 is the strictest way to ask for JSON; each further one asks for less. */
    int rung = 0;
    /** The other of max_completion_tokens and max_tokens. */
    bool otherLengthCap = false;
    bool stream = true;
    bool streamUsage = true;
    bool temperature = true;
    bool seed = true;

    bool operator==(const LlmShape &) const = default;
};

/** What an endpoint said was wrong. */
struct LlmError
{
    /** The HTTP status, or what comes closest to it if the error came in mid-stream. */
    int status = 0;
    QString message;
    QString code;
    QString type;
    QString param;
    /** What the model wrote, if only its form was refused. */
    QString failedGeneration;
    /** The body had the dialect's form, so it is such an API that speaks. */
    bool isOwnForm = false;

    /** The account is exhausted. */
    bool meansQuota() const;
    bool meansUnknownModel() const;
    /** Code, type, parameter and message in lower case. */
    QString everything() const;
};

/** What a model has answered so far. */
struct LlmAnswer
{
    QString text;
    /** The model, as the endpoint calls it. */
    QString model;
    TokenCount tokens;
    bool isRefused = false;
    /** Why the model declines, if it says so. */
    QString refusal;
    /** The length cap was met. */
    bool isCutShort = false;
    /** The endpoint said that this is all. */
    bool isComplete = false;
    /** True if at least one piece had the dialect's form. */
    bool isOwnForm = false;
    std::optional<LlmError> error;
};

/**
 * Reads an answer as its bytes come in, streamed or in one piece. Keeps no more than one line that
 * is not complete, and the text.
 */
class LlmStream
{
public:
    virtual ~LlmStream() = default;

    void feed(const QByteArray &bytes);
    /** Nothing more will come. */
    void end();
    const LlmAnswer &answer() const { return m_answer; }

protected:
    enum class Framing { ServerSentEvents, Lines };

    explicit LlmStream(Framing framing)
        : m_framing(framing)
    {}

    /** One piece of a stream. */
    virtual void takePiece(const QJsonObject &piece) = 0;
    /** An answer that is not streamed. */
    virtual void takeWhole(const QJsonObject &whole) = 0;
    /** A piece that is no JSON, such as "[DONE]". */
    virtual void takeWord(const QByteArray &) {}

    LlmAnswer m_answer;

private:
    void takeLine(QByteArrayView line);
    void takeData();

    Framing m_framing;
    QByteArray m_buffer;
    qsizetype m_scanned = 0;
    QByteArray m_data;
    bool m_isWhole = false;
    bool m_isBegun = false;
};

/** How one kind of endpoint is spoken to. Without state, sockets and clocks. */
class LlmDialect
{
public:
    virtual ~LlmDialect() = default;

    /** nullptr for the kinds that use no network. */
    static const LlmDialect *of(GeneratorProfile::Kind kind);

    virtual int rungs() const = 0;
    /** "JSON schema, strict"; for notes to the user. */
    virtual QString rungName(int rung) const = 0;
    virtual QUrl url(const QUrl &base) const = 0;
    /** Returns the address at which the endpoint lists its models. */
    virtual QUrl modelsUrl(const QUrl &base) const = 0;
    virtual QStringList models(const QByteArray &body) const = 0;
    virtual QList<std::pair<QByteArray, QByteArray>> headers(const QByteArray &key) const = 0;
    virtual QByteArray body(const LlmAsk &ask, const LlmShape &shape) const = 0;
    virtual std::unique_ptr<LlmStream> stream() const = 0;

    /** Reads the body of an answer with a status other than 2xx. */
    static LlmError errorFrom(int status, const QByteArray &body);
    /** Returns the shape to try next; absent if the error is about something else. */
    std::optional<LlmShape> adapted(const LlmShape &shape, const LlmError &error) const;

protected:
    /** `base` with the path appended, and without a slash too many. */
    static QUrl below(const QUrl &base, QLatin1String path);
    /** System and conversation as a list of roles and contents. */
    static QJsonArray chatMessages(const LlmPrompt &prompt);
    /** Returns no header if there is no key: local servers need none. */
    static QList<std::pair<QByteArray, QByteArray>> bearer(const QByteArray &key);
    /** Reads the names from a body {list: [{name: text}]}. */
    static QStringList namesIn(const QByteArray &body, QLatin1String list, QLatin1String name);
};
