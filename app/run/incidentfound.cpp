// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/incidentfound.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace {

/** The context of this file's words for translators. */
struct FoundWords
{
    Q_DECLARE_TR_FUNCTIONS(Dispatcher)
};

} // namespace

void addFacts(QJsonObject &record, const QJsonObject &facts)
{
    for (auto it = facts.constBegin(); it != facts.constEnd(); ++it) {
        record.insert(it.key(), it.value());
    }
}

QJsonObject createdFacts(const SendOutcome &outcome)
{
    QJsonObject facts{{QStringLiteral("incident_id"), outcome.incidentId},
                      {QStringLiteral("analysis"), outcome.analysis}};
    if (outcome.hypotheses) {
        facts.insert(QStringLiteral("hypotheses"), *outcome.hypotheses);
    }
    if (outcome.actions) {
        facts.insert(QStringLiteral("actions"), *outcome.actions);
    }
    if (!outcome.error.isEmpty()) {
        facts.insert(QStringLiteral("error"), outcome.error);
    }
    return facts;
}

QJsonObject fetchedFacts(const Result<QJsonObject> &incident)
{
    if (!incident) {
        return {{QStringLiteral("not_fetched"), incident.error().message}};
    }
    QJsonObject facts{{QStringLiteral("incident"), *incident}};
    // A simulator start says "completed" of an analysis that failed; the incident knows.
    if (incident->value(u"status").toString() == u"failed") {
        const QString why = incident->value(u"context")[u"error"].toString();
        facts.insert(QStringLiteral("analysis"), QStringLiteral("failed"));
        facts.insert(QStringLiteral("error"),
                     why.isEmpty() ? FoundWords::tr("The target's analysis failed.")
                                   : FoundWords::tr("The target's analysis failed: %1.").arg(why));
    }
    for (const char *list : {"hypotheses", "actions"}) {
        const QJsonValue value = incident->value(QLatin1String(list));
        if (value.isArray()) {
            facts.insert(QLatin1String(list), value.toArray().size());
        }
    }
    return facts;
}
