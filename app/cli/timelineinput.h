// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelinefile.h"

/** Timelines as a command line names them: files, pipes, and - for standard input. */
namespace Cli {

/** How a command names standard input; a file of that name is ./- */
inline constexpr QStringView StandardInput = u"-";

/** Whether it is read but once, and nothing can be kept beside it: a pipe, or standard input. */
bool isStream(const QString &path);
/** What sentences call it: "standard input", or the path as it was given. */
QString spokenPath(const QString &path);
/** As a run remembers it: absolute, and empty for what cannot be read again. */
QString recordedPath(const QString &path);

/**
 * Reads the timeline there. Streams are read to their end, to TimelineFile::MaximumBytes at the
 * most; a terminal is told that it is waited for. Devices are refused.
 */
Result<TimelineFile> loadTimeline(const QString &path);

} // namespace Cli
