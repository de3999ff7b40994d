// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/promptfilling.h"

#include "app/timeline/incidentfacts.h"
#include "app/timeline/promptvariables.h"

#include <QCryptographicHash>

QString filledPrompt(const Incident &incident, const Timeline &timeline)
{
    const QString &prompt = incident.prompt;
    QString out;
    qsizetype at = 0;
    for (const PromptVariable &variable : promptVariables(prompt)) {
        const QString &name = variable.name;
        out += QStringView(prompt).mid(at, variable.begin - at);
        at = variable.begin + variable.length;
        if (const auto own = incident.variables.constFind(name);
            own != incident.variables.constEnd()) {
            out += *own;
        } else if (const auto shared = timeline.variables.constFind(name);
                   shared != timeline.variables.constEnd()) {
            out += *shared;
        } else if (name == u"service") {
            out += effectiveService(incident, nullptr);
        } else if (name == u"severity") {
            out += toString(effectiveSeverity(incident, nullptr));
        } else {
            out += QStringView(prompt).mid(variable.begin, variable.length);
        }
    }
    return out + QStringView(prompt).mid(at);
}

QString promptSha256(const QString &filledPrompt)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(filledPrompt.toUtf8(), QCryptographicHash::Sha256).toHex());
}

bool isStale(const Incident &incident, const Timeline &timeline)
{
    return !incident.pinned.isEmpty() &&
           incident.pinned.promptSha256().compare(promptSha256(filledPrompt(incident, timeline)),
                                                  Qt::CaseInsensitive) != 0;
}
