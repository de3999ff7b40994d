// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/stageplan.h"

#include <algorithm>

bool hasBegun(const IncidentRun &run, double positionMs)
{
    if (!run.sends) {
        return false;
    }
    if (run.firstSentPositionMs) {
        return true;
    }
    if (run.state == IncidentState::Skipped || run.wasSkippedUnsent) {
        return false;
    }
    const auto planned = double(run.delay.count());
    // While the run stands at its hold, the clock stands exactly at its moment.
    return run.hold ? positionMs > planned : positionMs >= planned;
}

double beganAt(const IncidentRun &run)
{
    const auto planned = double(run.delay.count());
    const double sent = run.firstSentPositionMs.value_or(planned);
    // One that was skipped did not begin at its moment, but when it was sent all the same.
    return run.wasSkippedUnsent ? sent : std::min(planned, sent);
}

int onStage(const RunRecord &record, double positionMs)
{
    const double planMs = stagePosition(record, positionMs);
    int latest = -1;
    double latestAt = 0;
    for (const IncidentRun &run : record.incidents()) {
        if (!hasBegun(run, planMs)) {
            continue;
        }
        const double at = beganAt(run);
        if (latest < 0 || at >= latestAt) {
            latest = run.index;
            latestAt = at;
        }
    }
    return latest;
}

double stagePosition(const RunRecord &record, double positionMs)
{
    switch (record.state()) {
    case RunState::Idle:
    case RunState::Preparing:
        return -1;
    case RunState::Finished:
    case RunState::Stopped:
        return std::min(positionMs, record.positionAt(0));
    case RunState::Running:
    case RunState::Holding:
    case RunState::Paused:
        break;
    }
    return positionMs;
}
