// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

/** "1st", "12th", "21st". */
QString ordinalText(int number);

/** The middle one; of an even number the mean of the two in the middle. */
std::optional<double> medianOf(QList<double> values);
