// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/promptvariables.h"

#include <QRegularExpression>

QList<PromptVariable> promptVariables(const QString &prompt)
{
    static const QRegularExpression variable(QStringLiteral("\\{\\{\\s*([^{}]*?)\\s*\\}\\}"));
    QList<PromptVariable> found;
    if (!prompt.contains(u"{{")) {
        return found;
    }
    for (auto it = variable.globalMatch(prompt); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        found.append({match.capturedStart(), match.capturedLength(), match.captured(1)});
    }
    return found;
}
