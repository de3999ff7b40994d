// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>

/** A time of a timeline: "3:05", "1:02:03"; with milliseconds only where there are any. */
QString clockText(std::chrono::milliseconds time);
