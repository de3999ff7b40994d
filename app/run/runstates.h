// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

struct RunEvent;

enum class RunState { Idle, Preparing, Running, Holding, Paused, Finished, Stopped };

enum class IncidentState {
    Scheduled,
    Preparing,
    Ready,
    Waiting, ///< refused for now; goes out again by itself at IncidentRun::waitingUntil
    Sending,
    Created,
    Failed,
    Skipped,
    Uncertain, ///< it may exist; it is looked for, and never sent again by itself
};

/** Why an incident was skipped. */
enum class SkipCause {
    None,   ///< it was not skipped, or its plan says so: it is disabled, its lane is muted
    Hand,   ///< the user skipped it
    Jump,   ///< the user turned the clock past it
    Stop,   ///< the run was stopped before it was sent; continuing the run takes it up again
    Passed, ///< its moment passed while nothing could be sent
};

/** What made the clock stand in a pause. */
enum class PauseCause {
    User,
    Suspend,  ///< the computer slept
    Clock,    ///< the computer's clock was set
    Network,  ///< the computer's network changed
    Question, ///< a question about the run is open
};

/** What becomes of incidents whose moment was passed while nothing could be sent. */
enum class LatePolicy {
    SendNow, ///< they go out in order, LateSpacing apart
    Skip,
    Shift, ///< none is: the clock goes on from where it stood, and what follows comes later
};

/** Whether the target can be reached. */
enum class NetworkState { Lost, Back };

QString toString(RunState state);
QString toString(IncidentState state);
/** As journals spell it; empty for None. */
QString toString(SkipCause cause);
/** As journals spell it: "fire", "skip" or "shift". */
QString toString(LatePolicy policy);
/** "lost", "back". */
QString toString(NetworkState state);
std::optional<RunState> runStateFromString(const QString &text);
std::optional<IncidentState> incidentStateFromString(const QString &text);
SkipCause skipCauseFromString(const QString &text);
QString toString(PauseCause cause);
std::optional<PauseCause> pauseCauseFromString(const QString &text);
std::optional<LatePolicy> latePolicyFromString(const QString &text);
std::optional<NetworkState> networkStateFromString(const QString &text);

/** Created, failed, skipped or uncertain: nothing more is sent for it. */
bool isFinal(IncidentState state);
/** It waits for its moment; nothing of it was sent. */
bool isUnsent(IncidentState state);
/**
 * Returns whether that event may be about an incident in that state. This is the rule of states: an
 * incident goes on towards its outcome, whatever stands in a journal; only Refired and TakenBack go
 * back.
 */
bool mayFollow(const RunEvent &event, IncidentState state);
