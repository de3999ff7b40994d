// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

/** What is asked of a generator for one incident, while it is being written. */
struct PromptDraft
{
    QString prompt;
    QString service;
    Severity severity = Severity::Medium;
    /** The incident's own; they hide those of the timeline. */
    QMap<QString, QString> variables;
    /** Absent: another one each time. */
    std::optional<qint64> seed;

    bool operator==(const PromptDraft &) const = default;

    /** `service` is the one that it is sent for. */
    static PromptDraft of(const Incident &incident, const QString &service)
    {
        return {incident.prompt, service, incident.expectedSeverity.value_or(Severity::Medium),
                incident.variables, incident.seed};
    }
    /** `incident` with what differs from the draft that it came with. */
    Incident appliedTo(Incident incident, const PromptDraft &before) const
    {
        incident.prompt = prompt;
        if (service != before.service) {
            incident.serviceName = service;
        }
        if (severity != before.severity) {
            incident.expectedSeverity = severity;
        }
        incident.variables = variables;
        incident.seed = seed;
        return incident;
    }
};
