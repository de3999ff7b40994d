// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QHash>

/** Keeps Incident::causedBy true when incidents get other ids, or go. */
namespace IncidentCauses {

/** Says of each incident by which id its cause is called now; causes not in `idNow` stay. */
void rename(QList<Incident> &incidents, const QHash<QString, QString> &idNow);
/**
 * Takes out the causes that `after` no longer has and `before` had. A cause that neither has is a
 * mistake of the file's author, and stays to be told of.
 */
void dropGone(Timeline &after, const Timeline &before);
/**
 * Returns the timeline with ids that can be written for all incidents that cause others: a session
 * id isn't written, so nothing in a file could refer to it.
 */
Timeline withWrittenIds(const Timeline &timeline);

} // namespace IncidentCauses
