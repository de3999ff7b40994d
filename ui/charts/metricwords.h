// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

/*
 * Metrics for people who do not know their names: "CPU use", "Response time, p95". A number has
 * as many digits as the metric's size asks for, at every moment the same, so that nothing jumps.
 */
namespace MetricWords {

/** From the table of known names, else made from the name itself. */
QString name(const Metric &metric);
/** Whether the table has that name. */
bool isKnown(const QString &name);
/** "%", "s", "GB", "per s"; empty for plain counts. */
QString unit(const Metric &metric);
/** "91", "3 440", "4.0"; "yes" or "no" for what is only ever one of two. */
QString number(double value, const Metric &metric);
/** With the unit as the metric spells it, for those who do know: "37 req/s". */
QString technical(double value, const Metric &metric);

} // namespace MetricWords
