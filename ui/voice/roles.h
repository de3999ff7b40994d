// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/**
 * Has a plain widget that is a window of its own be one to a screen reader, too; Qt takes it for a
 * part of some other. A second call changes nothing.
 */
void installSpokenRoles();
