// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/faultplan.h"
#include "app/sandbox/sandboxhttp.h"
#include "app/sandbox/sandboxllm.h"

#include <QJsonObject>
#include <QList>
#include <QString>

/** What the answers of a language model look like on the wire, in each dialect. */
namespace SandboxSpeech {

using Dialect = SandboxLlm::Dialect;

/** Characters that are counted as one token. */
inline constexpr qsizetype TokenSize = 4;

/** How the answer is asked to look. */
enum class Shape { Schema, Tool, AnyJson, Plain };

/** Everything that the answer to one request is made of. */
struct Speech
{
    Dialect dialect = Dialect::OpenAi;
    Shape shape = Shape::Plain;
    QString model;
    QString text;
    QString refusal; ///< OpenAi only
    QString stop;
    qint64 promptTokens = 0;
    bool isUsageWanted = true;

    qint64 completionTokens() const { return text.size() / TokenSize + 1; }
};

/** Returns an error in the words of a provider. */
SandboxAnswer errorAnswer(Dialect dialect, int status, const char *type, const QString &message);
/** Returns the answer to faults that answer with an error; its status is 0 for all others. */
SandboxAnswer errorOf(Fault fault, Dialect dialect);
/** Returns why the model stopped, in the words of a dialect. */
QString stopWord(Dialect dialect, Fault fault);
/** Returns the body of an answer that does not stream. */
QJsonObject wholeAnswer(const Speech &speech);

/** Returns the pieces of a stream before its text. */
QList<QByteArray> beginOf(const Speech &speech);
/** Returns the piece of a stream that adds to its text. */
QByteArray deltaOf(const Speech &speech, const QString &piece);
/** Returns the pieces of a stream after its text. */
QList<QByteArray> endOf(const Speech &speech);

} // namespace SandboxSpeech
