// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QString>

/** What the program remembers for its user; the one place that opens such a file. */
namespace SettingsFile {

/**
 * $XDG_CONFIG_HOME/timeline-orchestrator/NAME, as "window.ini"; read and written by nobody but the
 * user. Where it can't be made, it is read as empty.
 */
QSettings open(const QString &name);

/**
 * At the start of a program: what earlier versions let others read, they can't any more. Concerns
 * settings, journals, generations and unsaved timelines.
 */
void protectOwnFolders();

} // namespace SettingsFile
