// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

/** How fast a run may play, as a multiple of the timeline's own pace. */
inline constexpr double MinimumSpeed = 0.1;
inline constexpr double MaximumSpeed = 1000;

/** Late incidents never go out in a burst: so far apart at least, in real time. */
inline constexpr std::chrono::milliseconds LateSpacing{100};
