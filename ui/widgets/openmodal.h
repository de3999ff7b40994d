// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QDialog;

/**
 * Opens a dialog that blocks all windows of the program and returns at once, so that no event loop
 * runs inside another: what the answer brings about is connected to the dialog's signals. The
 * dialog deletes itself when it is closed.
 */
void openModal(QDialog *dialog);
