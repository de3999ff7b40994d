// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/library/scenariolibrary.h"

/** The user's own scenarios on disk: saved, brought in from elsewhere, removed. */
namespace ScenarioStore {

/** True for what may be the id of a new scenario: letters, digits, - and _, 1 to 100 of them. */
bool isValidId(const QString &id);
/** `<id>_custom`, `<id>_custom2` …: the first that no scenario of the library has. */
QString freeId(const ScenarioLibrary &library, const QString &id);
/** Returns the path for a new scenario of that id: a file of that name that does not exist yet. */
QString freePath(const QString &folder, const QString &id);

/**
 * The text that a file of this scenario holds. What scenario.path already holds is kept as it is,
 * with its comments, order and unknown keys, but for what differs.
 */
QByteArray textOf(const Scenario &scenario);
/** JSON as people write it: plain lists on one line, all else a line each. */
QByteArray spelled(const QJsonValue &value);
/** Writes atomically and makes the folder if there is none; the old file stays if anything fails.
 * A scenario whose phases don't fit is refused. */
Result<void> save(const Scenario &scenario, const QString &path);
/** Removes a scenario that the user owns; others are refused. */
Result<void> remove(const Scenario &scenario);

/** A scenario from anywhere; the error says in a sentence why it is none. */
Result<Scenario> read(const QString &path);

} // namespace ScenarioStore
