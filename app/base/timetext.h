// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <optional>

/** Returns a time of a timeline: "3:05", "1:02:03"; with milliseconds only if there are any. */
QString clockText(std::chrono::milliseconds time);
/** "2:15", "1:02:15", with `fraction` digits behind the second; "−0:42" before zero. */
QString timeText(std::chrono::milliseconds time, int fraction = 0);
/** "0.2 ms", "4.2 s", "2:05". */
QString latencyText(std::chrono::nanoseconds latency);
/** "1×", "0.5×". */
QString speedText(double speed);

/** A time as a user writes it, and whether it counts from where something is now. */
struct TypedTime
{
    std::chrono::milliseconds time{0};
    /** It began with + or −. */
    bool relative = false;
};

/**
 * From "240", "4:00", "1:02:03.5", "90s", "4m", "1h30m", each with + or − before it. Digits beyond
 * a millisecond, negative parts and times above 366 days are refused.
 */
std::optional<TypedTime> timeFromText(const QString &text);
