// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/llmdialect.h"

#include <QCoreApplication>

/** Chat Completions: OpenAI, Groq, llama.cpp, vLLM, LM Studio. */
class OpenAiDialect : public LlmDialect
{
public:
    int rungs() const override { return 4; }
    QString rungName(int rung) const override;
    QUrl url(const QUrl &base) const override;
    QUrl modelsUrl(const QUrl &base) const override;
    QStringList models(const QByteArray &body) const override;
    QList<std::pair<QByteArray, QByteArray>> headers(const QByteArray &key) const override;
    QByteArray body(const LlmAsk &ask, const LlmShape &shape) const override;
    std::unique_ptr<LlmStream> stream() const override;
};

/** Anthropic's Messages. */
class AnthropicDialect : public LlmDialect
{
public:
    int rungs() const override { return 3; }
    QString rungName(int rung) const override;
    QUrl url(const QUrl &base) const override;
    QUrl modelsUrl(const QUrl &base) const override;
    QStringList models(const QByteArray &body) const override;
    QList<std::pair<QByteArray, QByteArray>> headers(const QByteArray &key) const override;
    QByteArray body(const LlmAsk &ask, const LlmShape &shape) const override;
    std::unique_ptr<LlmStream> stream() const override;
};

/** Ollama's own API. */
class OllamaDialect : public LlmDialect
{
public:
    int rungs() const override { return 3; }
    QString rungName(int rung) const override;
    QUrl url(const QUrl &base) const override;
    QUrl modelsUrl(const QUrl &base) const override;
    QStringList models(const QByteArray &body) const override;
    QList<std::pair<QByteArray, QByteArray>> headers(const QByteArray &key) const override;
    QByteArray body(const LlmAsk &ask, const LlmShape &shape) const override;
    std::unique_ptr<LlmStream> stream() const override;
};

/** The words of the dialects' files for translators. */
struct DialectWords
{
    Q_DECLARE_TR_FUNCTIONS(LlmDialect)
};
