// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/timelinevalidator.h"

#include <QMap>

/**
 * Returns what is wrong with causes, by the row of the incident: one that does not exist, or
 * incidents that cause each other, of which the first is told of.
 */
QMap<int, Problem> causeProblems(const Timeline &timeline);
