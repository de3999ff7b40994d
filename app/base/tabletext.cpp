// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/tabletext.h"

QString markdownText(const QString &text)
{
    QString escaped;
    for (const QChar c : text.simplified()) {
        if (QStringLiteral("\\`*_{}[]<>#|").contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QString csvCell(const QString &text)
{
    QString safe = text;
    if (!safe.isEmpty() && QStringLiteral("=+-@\t\r").contains(safe[0]))
        safe.prepend(u'\'');
    if (safe.contains(u'"') || safe.contains(u',') || safe.contains(u'\n') || safe.contains(u'\r'))
        return u'"' + safe.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return safe;
}
