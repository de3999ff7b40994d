// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

/** Who may read a file that is written. */
enum class Readers {
    AsBefore,  ///< the mode of the old file; for a new one, what the user's mask allows
    OwnerOnly, ///< mode 0600, for what is nobody else's business
};

/**
 * Saves a file so that at any moment the old or the new content is whole on disk. This is the one
 * way in which the program writes files of the user.
 *
 * The new file replaces the old one in one step; links and the old file's mode stay. If the folder
 * does not allow that (it is not writable, or the file is mounted by itself) but the file itself is
 * writable, the new content is first kept whole in the state folder's "rescued", and then written
 * over the old content, synced and compared. If that fails, the old content is put back; if even
 * that fails, the error names the copy, which then stays. The error is a sentence with the path,
 * what went wrong, and whether an old file is unchanged. Blocks while it writes.
 */
Result<void> writeWholeFile(const QString &path, const QByteArray &bytes,
                            Readers readers = Readers::AsBefore);
