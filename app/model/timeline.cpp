// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/model/timeline.h"

#include "app/base/enumnames.h"

#include <algorithm>
#include <array>

namespace {

constexpr std::array IncidentTypeNames{"predefined", "llm_generated"};
constexpr std::array IncidentEndNames{"duration", "responder", "never"};
constexpr std::array IncidentShapeNames{"detectable"};

} // namespace

QString toString(IncidentType type)
{
    return QLatin1String(IncidentTypeNames[static_cast<size_t>(type)]);
}

std::optional<IncidentType> incidentTypeFromString(const QString &text)
{
    return fromName<IncidentType>(IncidentTypeNames, text);
}

QString toString(IncidentEnd end)
{
    return QLatin1String(IncidentEndNames[static_cast<size_t>(end)]);
}

std::optional<IncidentEnd> incidentEndFromString(const QString &text)
{
    return fromName<IncidentEnd>(IncidentEndNames, text);
}

QString toString(IncidentShape shape)
{
    return QLatin1String(IncidentShapeNames[static_cast<size_t>(shape)]);
}

std::optional<IncidentShape> incidentShapeFromString(const QString &text)
{
    return fromName<IncidentShape>(IncidentShapeNames, text);
}

std::chrono::milliseconds Timeline::duration() const
{
    return std::chrono::round<std::chrono::milliseconds>(
        std::chrono::duration<double, std::ratio<60>>(durationMinutes));
}

int Timeline::indexOf(const QString &incidentId) const
{
    for (qsizetype i = 0; i < incidents.size(); ++i) {
        if (incidents[i].id == incidentId) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

bool Timeline::isMuted(const QString &service) const
{
    return std::any_of(lanes.begin(), lanes.end(),
                       [&](const Lane &lane) { return lane.muted && lane.service == service; });
}
