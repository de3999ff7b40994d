// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runstates.h"

#include "app/base/enumnames.h"

#include <array>

namespace {

constexpr std::array RunStateNames{"idle",   "preparing", "running", "holding",
                                   "paused", "finished",  "stopped"};
constexpr std::array IncidentStateNames{"scheduled", "preparing", "ready",   "waiting",  "sending",
                                        "created",   "failed",    "skipped", "uncertain"};
constexpr std::array SkipCauseNames{"", "hand", "jump", "stop", "passed"};
constexpr std::array LatePolicyNames{"fire", "skip", "shift"};
constexpr std::array NetworkStateNames{"lost", "back"};

/** How far an incident is on the way to its outcome. */
int rankOf(IncidentState state)
{
    switch (state) {
    case IncidentState::Scheduled:
        return 0;
    case IncidentState::Preparing:
        return 1;
    case IncidentState::Ready:
        return 2;
    case IncidentState::Waiting:
    case IncidentState::Sending:
        return 3;
    case IncidentState::Uncertain:
        return 4;
    case IncidentState::Created:
    case IncidentState::Failed:
    case IncidentState::Skipped:
        break;
    }
    return 5;
}

/** Where a record of that kind takes an incident; nothing for those that leave it where it is. */
std::optional<IncidentState> stateBy(const QString &kind)
{
    return kind == u"prepared" ? IncidentState::Ready : incidentStateFromString(kind);
}

} // namespace

QString toString(RunState state)
{
    return QLatin1String(RunStateNames[static_cast<size_t>(state)]);
}

QString toString(IncidentState state)
{
    return QLatin1String(IncidentStateNames[static_cast<size_t>(state)]);
}

QString toString(SkipCause cause)
{
    return QLatin1String(SkipCauseNames[static_cast<size_t>(cause)]);
}

QString toString(LatePolicy policy)
{
    return QLatin1String(LatePolicyNames[static_cast<size_t>(policy)]);
}

QString toString(NetworkState state)
{
    return QLatin1String(NetworkStateNames[static_cast<size_t>(state)]);
}

std::optional<LatePolicy> latePolicyFromString(const QString &text)
{
    return fromName<LatePolicy>(LatePolicyNames, text);
}

std::optional<NetworkState> networkStateFromString(const QString &text)
{
    return fromName<NetworkState>(NetworkStateNames, text);
}

std::optional<RunState> runStateFromString(const QString &text)
{
    return fromName<RunState>(RunStateNames, text);
}

std::optional<IncidentState> incidentStateFromString(const QString &text)
{
    return fromName<IncidentState>(IncidentStateNames, text);
}

SkipCause skipCauseFromString(const QString &text)
{
    return fromName<SkipCause>(SkipCauseNames, text).value_or(SkipCause::None);
}

bool isFinal(IncidentState state)
{
    return state == IncidentState::Created || state == IncidentState::Failed ||
           state == IncidentState::Skipped || state == IncidentState::Uncertain;
}

bool isUnsent(IncidentState state)
{
    return state == IncidentState::Scheduled || state == IncidentState::Preparing ||
           state == IncidentState::Ready;
}

bool mayFollow(const QString &kind, IncidentState state)
{
    if (kind == u"refired") {
        return state == IncidentState::Failed || state == IncidentState::Skipped ||
               state == IncidentState::Uncertain;
    }
    if (kind == u"taken_back") {
        return state == IncidentState::Skipped;
    }
    const std::optional<IncidentState> next = stateBy(kind);
    const bool isOver = isFinal(state) && state != IncidentState::Uncertain;
    return !next || (!isOver && rankOf(*next) >= rankOf(state));
}
