// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

/*
 * Functions for every second of every metric, close enough for noise and onsets. Those of the C
 * library differ in their last bits between processors, and are several times as slow after a
 * regular expression has left the processor in the AVX state.
 */

/** Returns e^x for x within ±1, by Padé's approximation: above 0, and within 0.1 %. */
inline double nearExp(double x)
{
    return (12 + 6 * x + x * x) / (12 - 6 * x + x * x);
}

/** Returns what falls like e^-x from 1 at 0 towards 0; x is not negative. */
inline double nearDecay(double x)
{
    return 1 / (1 + x * (1 + x * (0.5 + x * (1 / 6.0 + x / 24))));
}

/** Returns a wave like the sine, of two parabolas: 0 at whole turns, 1 at a quarter of one. */
inline double nearSine(double turns)
{
    const double part = turns - std::floor(turns);
    const double half = part < 0.5 ? part : part - 0.5;
    return (part < 0.5 ? 16 : -16) * half * (0.5 - half);
}
