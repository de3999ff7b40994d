// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/**
 * From here on a screen reader hears of the focus from where it is. Qt's item views tell of it
 * whenever their current item changes, hidden ones and those without the focus as well, and several
 * views share one selection here: the reader would believe the last of them. A view that is steered
 * from a field, as a list of matches is, names that field as its focus proxy.
 *
 * What passes goes on to whoever was told before, the platform or a test. A second call changes
 * nothing. The application exists by then.
 */
void installFocusEvents();
