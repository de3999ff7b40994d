// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/readiness/runhealth.h"

#include "app/readiness/targetpast.h"

#include <algorithm>
#include <cmath>
#include <vector>

int RunHealth::sentInWindow(const QDateTime &now, const RateLimit &limit) const
{
    const QDateTime begin = now.addMSecs(-limit.window.count());
    return int(sends.end() - std::upper_bound(sends.begin(), sends.end(), begin));
}

RunHealth runHealth(const RunRecord &record)
{
    RunHealth health;
    health.isActive = record.state() != RunState::Idle && record.state() != RunState::Finished &&
                      record.state() != RunState::Stopped;
    std::vector<Duration> late;
    // A limit is not taken to end, nor a send to leave it, before that is so.
    const auto wallOf = [&](RunAge age) {
        return record.wallAt(std::chrono::ceil<std::chrono::milliseconds>(age));
    };
    for (const IncidentRun &run : record.incidents()) {
        if (const auto by = run.late()) {
            late.push_back(*by);
        }
        health.refusals += run.refusals;
        if (run.waitsForRateLimit() && run.waitingUntil) {
            if (const auto limit = statedLimit(run.error)) {
                health.statedLimit = limit;
            }
            const QDateTime until = wallOf(*run.waitingUntil);
            if (!health.closedUntil.isValid() || until > health.closedUntil) {
                health.closedUntil = until;
            }
        }
        // What the limit sent back, or what did not arrive, takes none of it.
        const bool counts = run.state == IncidentState::Sending ||
                            run.state == IncidentState::Created ||
                            run.state == IncidentState::Uncertain ||
                            (run.state == IncidentState::Failed && run.httpStatus > 0);
        if (counts && run.lastSent) {
            health.sends.append(wallOf(*run.lastSent));
        }
        const bool isUnmade =
            run.state == IncidentState::Scheduled || run.state == IncidentState::Preparing;
        if (isUnmade && run.sends && run.type == IncidentType::LlmGenerated) {
            ++health.unmade;
        }
    }
    std::sort(health.sends.begin(), health.sends.end());
    if (!late.empty()) {
        const auto middle = late.begin() + std::ptrdiff_t((late.size() - 1) / 2);
        std::nth_element(late.begin(), middle, late.end());
        health.medianLate = *middle;
        health.worstLate = *std::max_element(late.begin(), late.end());
    }
    return health;
}
