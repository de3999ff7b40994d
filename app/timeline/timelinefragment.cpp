// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/timelinefragment.h"

#include "app/timeline/timelinefile.h"

#include <QCoreApplication>
#include <algorithm>

namespace {

struct FragmentWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFragment)
};

} // namespace

QByteArray toJson(const TimelineFragment &fragment)
{
    const TimelineFile empty;
    Timeline timeline = empty.timeline();
    timeline.name = fragment.name;
    timeline.incidents = fragment.incidents;
    timeline.markers = fragment.markers;
    std::chrono::milliseconds last{0};
    for (const Incident &incident : fragment.incidents)
        last = std::max(last, incident.delay);
    timeline.durationMinutes = double(std::chrono::ceil<std::chrono::minutes>(last).count());
    return empty.textFor(timeline);
}

Result<TimelineFragment> parseFragment(const QByteArray &text)
{
    if (text.size() > TimelineFile::MaximumBytes)
        return fail(FragmentWords::tr("This text is larger than 512 MB, so it was not read."));
    const QByteArray trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return fail(FragmentWords::tr("There is no text to read incidents from."));
    Result<TimelineFile> file = TimelineFile::parse(trimmed, {});
    if (!file) {
        // One incident, or several, as they stand in a file.
        const QByteArray list = trimmed.startsWith('[') ? trimmed : "[" + trimmed + "]";
        Result<TimelineFile> wrapped = TimelineFile::parse("{\"incidents\":" + list + "}", {});
        if (!wrapped)
            return tl::make_unexpected(file.error());
        file = std::move(wrapped);
    }
    TimelineFragment fragment;
    fragment.name = file->timeline().name;
    fragment.incidents = file->timeline().incidents;
    fragment.markers = file->timeline().markers;
    for (Incident &incident : fragment.incidents)
        incident.id = TimelineFile::makeId();
    return fragment;
}

TimelineFragment fromStart(TimelineFragment fragment)
{
    if (fragment.isEmpty())
        return fragment;
    std::chrono::milliseconds first = MaximumDelay;
    for (const Incident &incident : fragment.incidents)
        first = std::min(first, incident.delay);
    for (const Marker &marker : fragment.markers)
        first = std::min(first, marker.at);
    for (Incident &incident : fragment.incidents)
        incident.delay -= first;
    for (Marker &marker : fragment.markers)
        marker.at -= first;
    return fragment;
}
