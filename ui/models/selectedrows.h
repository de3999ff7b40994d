// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelineedits.h"

class QItemSelectionModel;

/**
 * The selected rows below `count`, ascending. Rows at and beyond it are those of an edit that the
 * model is still taking over. Quick also where thousands of rows are selected here and there, which
 * QItemSelectionModel::selectedRows() is not.
 */
Rows selectedRows(const QItemSelectionModel &selection, qsizetype count);
