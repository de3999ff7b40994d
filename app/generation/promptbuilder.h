// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"

#include <QJsonObject>

/** What is said to a model, and by whom. */
struct LlmMessage
{
    enum class Role { User, Assistant };

    Role role = Role::User;
    QString text;
};

/** A conversation that asks for a scenario. */
struct LlmPrompt
{
    QString system;
    QList<LlmMessage> messages;

    /** A guess on the high side, for budgets. */
    qint64 tokensAtMost() const;
};

/**
 * Words the request for a scenario: what a scenario is, how metrics are named, the rules that a
 * generated one must keep, and what the user wants. Models read English best, so none of it is
 * translated.
 */
class PromptBuilder
{
public:
    /** A schema that every strict mode takes; only with what the request's part needs. */
    static QJsonObject schema(GenerationRequest::Part part);
    /**
     * A request's body with the schema in it in the order in which one would write a scenario. Qt
     * sorts keys, and servers that follow a schema's order would have sigma before the name.
     */
    static QByteArray inOrder(QByteArray body, const QJsonObject &schema);
    static LlmPrompt prompt(const GenerationRequest &request);
    /** Returns the messages that ask once more, with the answer that came and what is wrong with
     * it. */
    static LlmPrompt promptAgain(const GenerationRequest &request, const QString &answer,
                                 const QStringList &errors);
};
