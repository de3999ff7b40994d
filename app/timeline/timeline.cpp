// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timeline.h"

#include <algorithm>
#include <array>

namespace {

constexpr std::array SeverityNames{"low", "medium", "high", "critical"};
constexpr std::array IncidentTypeNames{"predefined", "llm_generated"};

template<typename Enum, size_t Size>
std::optional<Enum> fromName(const std::array<const char *, Size> &names, const QString &text)
{
    for (size_t i = 0; i < Size; ++i) {
        if (text == QLatin1String(names[i])) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

} // namespace

QString toString(Severity severity)
{
    return QLatin1String(SeverityNames[static_cast<size_t>(severity)]);
}

std::optional<Severity> severityFromString(const QString &text)
{
    return fromName<Severity>(SeverityNames, text);
}

QString toString(IncidentType type)
{
    return QLatin1String(IncidentTypeNames[static_cast<size_t>(type)]);
}

std::optional<IncidentType> incidentTypeFromString(const QString &text)
{
    return fromName<IncidentType>(IncidentTypeNames, text);
}

bool isValidServiceName(const QString &name)
{
    if (name.isEmpty() || name.size() > 255) {
        return false;
    }
    return std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'_' || c == u'-';
    });
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
