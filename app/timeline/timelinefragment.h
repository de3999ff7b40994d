// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/model/timeline.h"

#include <QStringList>

/**
 * Incidents and markers on their way from one place to another: copied, dragged, dropped from the
 * library. Times count from the fragment's own start.
 */
struct TimelineFragment
{
    /** What a user calls it: a scenario's name, a collection's, or empty. */
    QString name;
    QList<Incident> incidents;
    QList<Marker> markers;
    /** What was repaired or left out of the text it was read from, a sentence each. */
    QStringList remarks = {};

    bool isEmpty() const { return incidents.isEmpty() && markers.isEmpty(); }
};

/** Its mime type while it is dragged or on the clipboard; the same bytes go as plain text. */
inline constexpr auto FragmentMimeType = "application/x-timeline-orchestrator-fragment+json";

/** The text of a timeline file that holds nothing else, so it can be pasted into any editor. */
QByteArray toJson(const TimelineFragment &fragment);

/**
 * Reads the text of a timeline, of one incident, or of several, as people copy it: also out of
 * prose and code fences, with comments, and with slips that leave no doubt about what was meant.
 * What could mean something else is refused, and so is more than TimelineFile::MaximumBytes. An
 * error is that of the reading that fits the text, with its place in it if there is one. Every
 * incident gets an id of its own.
 */
Result<TimelineFragment> parseFragment(const QByteArray &bytes);

/** Returns it with the first incident or marker at 0. */
TimelineFragment fromStart(TimelineFragment fragment);
