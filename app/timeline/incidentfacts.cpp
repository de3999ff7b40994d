// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/incidentfacts.h"

#include "app/library/scenariolibrary.h"

#include <QCoreApplication>

using std::chrono::milliseconds;

namespace {

/** The context of this file's words for translators. */
struct FactWords
{
    Q_DECLARE_TR_FUNCTIONS(IncidentFacts)
};

QString firstWords(const QString &text, int most)
{
    const QString plain = text.simplified();
    if (plain.size() <= most) {
        return plain;
    }
    const qsizetype space = plain.lastIndexOf(u' ', most - 1);
    return plain.left(space > most / 2 ? space : most - 1) + u'…';
}

} // namespace

const Scenario *scenarioOf(const Incident &incident, const ScenarioLibrary &scenarios)
{
    return incident.type == IncidentType::Predefined ? scenarios.find(incident.scenarioId)
                                                     : nullptr;
}

QString displayTitle(const Incident &incident, const Scenario *scenario)
{
    if (!incident.title.isEmpty()) {
        return incident.title;
    }
    if (scenario) {
        return scenario->name;
    }
    if (!incident.comment.isEmpty()) {
        return incident.comment;
    }
    const QString text = incident.type == IncidentType::LlmGenerated
                             ? firstWords(incident.prompt, 60)
                             : incident.scenarioId;
    return text.isEmpty() ? FactWords::tr("Not written yet") : text;
}

QString effectiveService(const Incident &incident, const Scenario *scenario)
{
    return incident.serviceName ? *incident.serviceName
           : scenario           ? scenario->service
                                : QString(QLatin1String(DefaultServiceName));
}

Severity effectiveSeverity(const Incident &incident, const Scenario *scenario)
{
    return scenario ? scenario->severity : incident.expectedSeverity.value_or(Severity::Medium);
}

QString effectiveNarration(const Incident &incident, const Scenario *scenario)
{
    if (!incident.narration.isEmpty()) {
        return incident.narration;
    }
    return scenario && !scenario->narration.isEmpty() ? scenario->narration : incident.comment;
}

milliseconds effectiveDuration(const Incident &incident, const Scenario *scenario)
{
    return incident.duration.value_or(
        std::chrono::seconds(scenario ? scenario->durationSeconds : 300));
}
