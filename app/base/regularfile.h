// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

/**
 * Reads the whole of a regular file. Everything else is refused without waiting and without reading
 * from it: a folder, a pipe, a socket, a device, and links to them. This is the one way in which
 * the program reads files.
 *
 * `cap` is the largest size in bytes; it holds while reading as well, so a file that grows
 * meanwhile is refused, too. The error is a sentence that starts with `subject`, for example "The
 * journal “x.jsonl”"; if it is empty, with the path in quotation marks.
 */
Result<QByteArray> readRegularFile(const QString &path, qint64 cap, const QString &subject = {});

/**
 * A descriptor of a regular file, which the caller closes. `flags` are those of open(2), for
 * example O_RDWR | O_APPEND; the file is not made if it is missing. Refuses what readRegularFile()
 * refuses.
 */
Result<int> openRegularFile(const QString &path, int flags, const QString &subject = {});
