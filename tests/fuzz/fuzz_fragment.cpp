// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeline/timelinefile.h"
#include "app/timeline/timelinefragment.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

namespace {

/** Returns the row of the incident of that id, as causes name it; -1 if it is none of these. */
qsizetype rowOf(const TimelineFragment &fragment, const QString &id)
{
    const auto found = std::find_if(fragment.incidents.begin(), fragment.incidents.end(),
                                    [&id](const Incident &incident) { return incident.id == id; });
    return found == fragment.incidents.end() ? -1 : found - fragment.incidents.begin();
}

} // namespace

/** Whatever is pasted or dropped: what is taken out of it can be copied and pasted again. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Result<TimelineFragment> fragment = parseFragment(bytesOf(data, size));
    if (!fragment) {
        require(!fragment.error().message.isEmpty(), "an error has a sentence");
        return 0;
    }
    for (const Incident &incident : fragment->incidents) {
        require(!incident.id.isEmpty(), "every incident has an id");
        require(incident.delay >= std::chrono::milliseconds(0) && incident.delay <= MaximumDelay,
                "an incident stands on the timeline");
    }
    if (fragment->isEmpty()) {
        return 0;
    }
    const Result<TimelineFragment> again = parseFragment(toJson(*fragment));
    require(again.has_value(), "a fragment that was copied can be pasted");
    require(again->markers == fragment->markers, "markers stay");
    require(again->incidents.size() == fragment->incidents.size(), "no incident is lost or added");
    for (qsizetype i = 0; i < again->incidents.size(); ++i) {
        Incident incident = again->incidents[i];
        const Incident &before = fragment->incidents[i];
        // Each of them gets an id of its own, and what it causes says that one.
        const qsizetype cause = rowOf(*fragment, before.causedBy);
        require(rowOf(*again, incident.causedBy) == cause, "a cause stays the same incident");
        if (cause >= 0 || TimelineFile::isMadeId(before.causedBy)) {
            incident.causedBy = before.causedBy;
        }
        incident.id = before.id;
        require(incident == before, "an incident is pasted as it was copied");
    }
    const TimelineFragment first = fromStart(*fragment);
    require(first.incidents.size() == fragment->incidents.size(), "none is lost on the way");
    return 0;
}
