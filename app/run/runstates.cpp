// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runstates.h"

#include "app/base/enumnames.h"
#include "app/run/runevent.h"

#include <array>

namespace {

constexpr std::array RunStateNames{"idle",   "preparing", "running", "holding",
                                   "paused", "finished",  "stopped"};
constexpr std::array IncidentStateNames{"scheduled", "preparing", "ready",   "waiting",  "sending",
                                        "created",   "failed",    "skipped", "uncertain"};
constexpr std::array SkipCauseNames{"", "hand", "jump", "stop", "passed"};
constexpr std::array PauseCauseNames{"", "suspend", "clock", "network", "question"};
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

/** Says whether an event may be about an incident in that state. */
struct StateRule
    : Ignores<RunBegan, ScenarioKept, PreparationBegan, Noted, FellBack, ClockStarted, Paused,
              Resumed, Held, Released, SpeedChanged, Jumped, Stopped, Armed, NotFound, Fetched,
              Continued, NetworkChanged, ResumedRun, Finished, Named, Judged, Unknown>
{
    explicit StateRule(IncidentState before)
        : state(before)
    {}

    using Ignores::operator();
    void operator()(const GeneratorAsked &) { advanceTo(IncidentState::Preparing); }
    void operator()(const Prepared &) { advanceTo(IncidentState::Ready); }
    void operator()(const Sending &) { advanceTo(IncidentState::Sending); }
    void operator()(const Waiting &) { advanceTo(IncidentState::Waiting); }
    void operator()(const Created &) { advanceTo(IncidentState::Created); }
    void operator()(const Failed &) { advanceTo(IncidentState::Failed); }
    void operator()(const Skipped &) { advanceTo(IncidentState::Skipped); }
    void operator()(const BecameUncertain &) { advanceTo(IncidentState::Uncertain); }
    void operator()(const Refired &)
    {
        isAllowed = state == IncidentState::Failed || state == IncidentState::Skipped ||
                    state == IncidentState::Uncertain;
    }
    void operator()(const TakenBack &) { isAllowed = state == IncidentState::Skipped; }

    IncidentState state;
    bool isAllowed = true;

private:
    void advanceTo(IncidentState next)
    {
        const bool isOver = isFinal(state) && state != IncidentState::Uncertain;
        isAllowed = !isOver && rankOf(next) >= rankOf(state);
    }
};

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

QString toString(PauseCause cause)
{
    return QLatin1String(PauseCauseNames[static_cast<size_t>(cause)]);
}

QString toString(LatePolicy policy)
{
    return QLatin1String(LatePolicyNames[static_cast<size_t>(policy)]);
}

QString toString(NetworkState state)
{
    return QLatin1String(NetworkStateNames[static_cast<size_t>(state)]);
}

std::optional<PauseCause> pauseCauseFromString(const QString &text)
{
    return fromName<PauseCause>(PauseCauseNames, text);
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

bool mayFollow(const RunEvent &event, IncidentState state)
{
    StateRule rule(state);
    std::visit(rule, event.what);
    return rule.isAllowed;
}
