// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

/** A {{variable}} in a prompt, with its braces. */
struct PromptVariable
{
    qsizetype begin = 0;
    qsizetype length = 0;
    QString name;
};

/** Returns the variables of a prompt, in the order of the text. */
QList<PromptVariable> promptVariables(const QString &prompt);
