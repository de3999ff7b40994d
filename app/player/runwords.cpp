// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/runwords.h"

#include <QCoreApplication>

QString severityLetter(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return QCoreApplication::translate("Severity", "L", "letter of low");
    case Severity::Medium:
        return QCoreApplication::translate("Severity", "M", "letter of medium");
    case Severity::High:
        return QCoreApplication::translate("Severity", "H", "letter of high");
    case Severity::Critical:
        return QCoreApplication::translate("Severity", "C", "letter of critical");
    }
    return {};
}

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Low:
        return QCoreApplication::translate("Severity", "Low");
    case Severity::Medium:
        return QCoreApplication::translate("Severity", "Medium");
    case Severity::High:
        return QCoreApplication::translate("Severity", "High");
    case Severity::Critical:
        return QCoreApplication::translate("Severity", "Critical");
    }
    return {};
}

QString stateName(IncidentState state)
{
    switch (state) {
    case IncidentState::Scheduled:
        return QCoreApplication::translate("IncidentState", "Scheduled");
    case IncidentState::Preparing:
        return QCoreApplication::translate("IncidentState", "Preparing");
    case IncidentState::Ready:
        return QCoreApplication::translate("IncidentState", "Ready");
    case IncidentState::Waiting:
        return QCoreApplication::translate("IncidentState", "Waiting");
    case IncidentState::Sending:
        return QCoreApplication::translate("IncidentState", "Sending");
    case IncidentState::Created:
        return QCoreApplication::translate("IncidentState", "Created");
    case IncidentState::Failed:
        return QCoreApplication::translate("IncidentState", "Failed");
    case IncidentState::Skipped:
        return QCoreApplication::translate("IncidentState", "Skipped");
    case IncidentState::Uncertain:
        return QCoreApplication::translate("IncidentState", "Uncertain");
    }
    return {};
}
