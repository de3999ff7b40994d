// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/** "98 %", "1.1 s", "8.59 GB", "850": at most three digits that count. */
QString metricValueText(double value, const QString &unit);
/** Returns the value without a unit, for the axis of a chart: "8.59 G". */
QString metricNumberText(double value, const QString &unit);
/** "+6.4σ". */
QString sigmaText(double sigma);
