// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/stageplan.h"

#include <algorithm>

bool hasBegun(const IncidentRun &run, double positionMs)
{
    if (!run.sends) {
        return false;
    }
    if (run.sentMs) {
        return true; // also after the clock was turned back: what was sent stays sent
    }
    if (run.state == IncidentState::Skipped) {
        return false;
    }
    const auto planned = double(run.delay.count());
    // While the run stands at its hold, the clock stands exactly at its moment.
    return run.hold ? positionMs > planned : positionMs >= planned;
}

double beganAt(const IncidentRun &run)
{
    const auto planned = double(run.delay.count());
    return std::min(planned, run.sentPositionMs.value_or(planned));
}

int onStage(const RunRecord &record, double positionMs)
{
    int latest = -1;
    double latestAt = 0;
    for (const IncidentRun &run : record.incidents()) {
        if (!hasBegun(run, positionMs)) {
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
