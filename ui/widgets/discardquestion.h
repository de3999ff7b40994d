// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

/** Asks whether to discard what was changed in a dialog; returns true if the user wants that. */
bool mayDiscardChanges(QWidget *dialog);
