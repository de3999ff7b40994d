// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QHash>

/**
 * Pinned scenarios next to a timeline's file, in one named by its pins_file: an object "pins" with
 * each pin under its incident's id. Whoever reads timelines by eye or by diff then has only the
 * schedule before them.
 */
namespace PinsFile {

/** Returns whether it is a plain name ending in .json: a timeline from elsewhere must not make us
 * write elsewhere. */
bool isValidName(const QString &name);
/** Returns "busy_day.pins.json" for "busy_day.json". */
QString nameFor(const QString &timelinePath);
/** Returns the file in which a timeline of that path keeps its pins; empty if it keeps them itself.
 */
QString pathFor(const Timeline &timeline, const QString &timelinePath);

/** Reads the pins by the ids of their incidents; none if there is no such file. */
Result<QHash<QString, Pin>> read(const QString &path);
/**
 * Changes only the pins that differ; those of incidents that this timeline does not have, other
 * keys and comments stay. The old file stays if it fails.
 */
Result<void> write(const QString &path, const Timeline &timeline);

/** Returns the id under which an incident is written, even if it has a session id. */
QString writtenId(const QString &id);

} // namespace PinsFile
