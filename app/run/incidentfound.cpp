// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/incidentfound.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace {

/** The context of this file's words for translators. */
struct FoundWords
{
    Q_DECLARE_TR_FUNCTIONS(Dispatcher)
};

/** The length of a list of the incident; nothing if it is no list. */
std::optional<int> countOf(const QJsonObject &incident, QLatin1String list)
{
    const QJsonValue value = incident.value(list);
    return value.isArray() ? std::optional<int>(static_cast<int>(value.toArray().size()))
                           : std::nullopt;
}

} // namespace

Created createdFrom(int index, const SendOutcome &outcome)
{
    Created created;
    created.index = index;
    created.incidentId = outcome.incidentId;
    created.facts = {outcome.analysis, outcome.hypotheses, outcome.actions};
    if (!outcome.error.isEmpty()) {
        created.result.error = outcome.error;
    }
    return created;
}

Fetched fetchedFrom(int index, const Result<QJsonObject> &incident)
{
    Fetched fetched;
    fetched.index = index;
    if (!incident) {
        fetched.notFetched = incident.error().message;
        return fetched;
    }
    fetched.incident = *incident;
    // A simulator start says "completed" of an analysis that failed; the incident knows.
    if (incident->value(u"status").toString() == u"failed") {
        const QString why = incident->value(u"context")[u"error"].toString();
        fetched.facts.analysis = QStringLiteral("failed");
        fetched.error = why.isEmpty()
                            ? FoundWords::tr("The target's analysis failed.")
                            : FoundWords::tr("The target's analysis failed: %1.").arg(why);
    }
    fetched.facts.hypotheses = countOf(*incident, QLatin1String("hypotheses"));
    fetched.facts.actions = countOf(*incident, QLatin1String("actions"));
    return fetched;
}
