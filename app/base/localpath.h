// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

/**
 * The path that somebody means: of a file:// URL, as browsers and file managers copy it, the path
 * in it; anything else is a path as it stands. A URL of another machine, or one that names no path,
 * is an error.
 */
Result<QString> localPath(const QString &named);
