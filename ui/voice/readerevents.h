// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/**
 * From here on a screen reader is told what it can use:
 *
 * Of the focus from where it is. Qt's item views tell of it whenever their current item changes,
 * hidden ones and those without the focus as well, and several views share one selection here: the
 * reader would believe the last of them. A view that is steered from a field, as a list of matches
 * is, names that field as its focus proxy. A view that gets the focus tells of its current item.
 *
 * Of names and descriptions that have changed, and that can be seen; Qt tells of every call.
 *
 * Of what can be used now and could not before, or the other way round, where it can have the focus
 * and be seen: a form that is locked is some hundred widgets, and a reader that is told of each
 * gives up listening.
 *
 * What passes goes on to whoever was told before, the platform or a test. A second call changes
 * nothing. The application exists by then.
 */
void installReaderEvents();
