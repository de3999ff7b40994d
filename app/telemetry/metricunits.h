// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

/** Returns the largest value that is possible: 100 for %, 1 for ratios and booleans, or infinity.
 */
double greatestOf(const Metric &metric);

/**
 * Returns how much one of the metric's value adds to a count within a second: 1 for "req/s", 1/60
 * for "req/min", and 1/60 for a counter whose unit is no rate, since scenarios give those by the
 * minute.
 */
double countPerSecond(const Metric &metric);

/**
 * Returns what metrics that say the same in two ways have in common, and so move as one: the
 * percentiles of a duration, and the bytes and the percentage of a memory. Else it is the name.
 */
QString factOf(const QString &name);

/** Returns the number that turns a value of one metric into the unit of the other. */
double unitFactor(const Metric &from, const Metric &to);
