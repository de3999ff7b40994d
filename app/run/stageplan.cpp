// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/stageplan.h"

#include <algorithm>

bool hasBegun(const IncidentRun &run, TimelinePosition position)
{
    if (!run.sends) {
        return false;
    }
    if (run.firstSentPosition) {
        return true;
    }
    if (run.state == IncidentState::Skipped || run.wasSkippedUnsent) {
        return false;
    }
    const TimelinePosition planned(run.delay);
    // While the run stands at its hold, the clock stands exactly at its moment.
    return run.hold ? position > planned : position >= planned;
}

TimelinePosition beganAt(const IncidentRun &run)
{
    const TimelinePosition planned(run.delay);
    const TimelinePosition sent = run.firstSentPosition.value_or(planned);
    // One that was skipped did not begin at its moment, but when it was sent all the same.
    return run.wasSkippedUnsent ? sent : std::min(planned, sent);
}

int onStage(const RunRecord &record, TimelinePosition position)
{
    const TimelinePosition planned = stagePosition(record, position);
    int latest = -1;
    TimelinePosition latestAt;
    for (const IncidentRun &run : record.incidents()) {
        if (!hasBegun(run, planned)) {
            continue;
        }
        const TimelinePosition at = beganAt(run);
        if (latest < 0 || at >= latestAt) {
            latest = run.index;
            latestAt = at;
        }
    }
    return latest;
}

TimelinePosition stagePosition(const RunRecord &record, TimelinePosition position)
{
    switch (record.state()) {
    case RunState::Idle:
    case RunState::Preparing:
        return TimelinePosition(Duration(-1));
    case RunState::Finished:
    case RunState::Stopped:
        return std::min(position, record.positionAt(RunAge()));
    case RunState::Running:
    case RunState::Holding:
    case RunState::Paused:
        break;
    }
    return position;
}
