// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>
#include <optional>

/** Values as the program's JSON output has them: null if there is none. */

/** Rounds to a thousandth: microseconds are as fine as anything here is measured in milliseconds.
 */
QJsonValue orNull(const std::optional<double> &value);
QJsonValue orNull(const std::optional<int> &value);
/** An empty text counts as none. */
QJsonValue orNull(const QString &text);
