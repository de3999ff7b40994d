// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelinefile.h"

/** Timelines from texts, for the tests that read them. */

inline QByteArray timelineWith(const QByteArray &incident)
{
    return R"({"name": "n", "description": "", "duration_minutes": 1, "incidents": [)" + incident +
           "]}";
}

inline Timeline parsed(const QByteArray &text)
{
    const Result<TimelineFile> file = TimelineFile::parse(text, {});
    if (!file) {
        qWarning("%s in %s", qPrintable(file.error().toString()), text.constData());
        return {};
    }
    return file->timeline();
}

/** Without the ids that a session makes up, which differ from one reading to the next. */
inline Timeline withoutMadeUpIds(Timeline timeline)
{
    for (Incident &incident : timeline.incidents) {
        if (TimelineFile::isSessionId(incident.id)) {
            incident.id.clear();
        }
    }
    return timeline;
}
