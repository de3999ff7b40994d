// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/libraryfragments.h"

#include "app/timeline/timelinefile.h"

#include <algorithm>

TimelineFragment toFragment(const Scenario &scenario)
{
    Incident incident;
    incident.id = TimelineFile::makeId();
    incident.scenarioId = scenario.id;
    return {scenario.name, {incident}, {}};
}

TimelineFragment toFragment(const CollectionPrompt &prompt)
{
    Incident incident;
    incident.id = TimelineFile::makeId();
    incident.type = IncidentType::LlmGenerated;
    incident.prompt = prompt.prompt;
    incident.serviceName = prompt.service;
    incident.expectedSeverity = prompt.severity;
    incident.comment = prompt.comment;
    incident.title = prompt.title;
    incident.notes = prompt.notes;
    return {prompt.title, {incident}, {}};
}

TimelineFragment toFragment(const PromptCollection &collection, std::chrono::seconds interval)
{
    TimelineFragment fragment;
    fragment.name = collection.name;
    std::chrono::milliseconds delay{0};
    for (const CollectionPrompt &prompt : collection.prompts) {
        Incident incident = toFragment(prompt).incidents.constFirst();
        incident.delay = std::min(delay, MaximumDelay);
        fragment.incidents.append(incident);
        delay += interval;
    }
    return fragment;
}
