// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

enum class Severity { Low, Medium, High, Critical };

/** "low", "medium", "high", "critical": as the file and the incident API spell them. */
QString toString(Severity severity);
std::optional<Severity> severityFromString(const QString &text);
