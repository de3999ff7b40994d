// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/**
 * Has Shift+F10 open the context menu wherever the Menu key does, which many keyboards lack. For
 * all windows; a second call changes nothing. The application exists by then.
 */
void installMenuKey();
