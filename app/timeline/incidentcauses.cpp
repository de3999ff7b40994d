// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/incidentcauses.h"

#include "app/timeline/pinsfile.h"
#include "app/timeline/timelinefile.h"

#include <QSet>

#include <algorithm>

namespace {

bool hasCauses(const QList<Incident> &incidents)
{
    return std::any_of(incidents.begin(), incidents.end(),
                       [](const Incident &incident) { return !incident.causedBy.isEmpty(); });
}

} // namespace

namespace IncidentCauses {

void rename(QList<Incident> &incidents, const QHash<QString, QString> &idNow)
{
    if (!hasCauses(incidents)) {
        return; // a list that is shared stays shared
    }
    for (Incident &incident : incidents) {
        if (!incident.causedBy.isEmpty()) {
            incident.causedBy = idNow.value(incident.causedBy, incident.causedBy);
        }
    }
}

void dropGone(Timeline &after, const Timeline &before)
{
    if (!hasCauses(after.incidents)) {
        return;
    }
    QSet<QString> gone;
    for (const Incident &incident : before.incidents) {
        gone.insert(incident.id);
    }
    for (const Incident &incident : std::as_const(after.incidents)) {
        gone.remove(incident.id);
    }
    for (Incident &incident : after.incidents) {
        if (gone.contains(incident.causedBy)) {
            incident.causedBy.clear();
        }
    }
}

Timeline withWrittenIds(const Timeline &timeline)
{
    QHash<QString, QString> idNow;
    for (const Incident &incident : timeline.incidents) {
        if (TimelineFile::isMadeId(incident.causedBy)) {
            idNow.insert(incident.causedBy, PinsFile::writtenId(incident.causedBy));
        }
    }
    if (idNow.isEmpty()) {
        return timeline;
    }
    Timeline named = timeline;
    rename(named.incidents, idNow);
    for (Incident &incident : named.incidents) {
        incident.id = idNow.value(incident.id, incident.id);
    }
    return named;
}

} // namespace IncidentCauses
