// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>

/*
 * Randomness that belongs to a seed and an index, and not to the order in which it is asked for.
 */
namespace WorldNoise {

/** Returns a hash that is the same in every process, and differs where text or start differ. */
quint64 hashOf(const QString &text, quint64 start);
/** Returns a number from 0 to 1, without both, for a hash. */
double uniform(quint64 hash);

/** How many seconds fill() computes at once. */
inline constexpr qint64 Stretch = 64;

/**
 * Returns the noise at a whole second, before zero as well: mean 0, variance 1, and what lasts of
 * it after 15 s is 0.9. It is hardly ever beyond ±4.
 */
double at(quint64 seed, qint64 second);
/** Computes at() for all seconds of a stretch, stretch · Stretch being the first, faster. */
std::array<double, Stretch> fill(quint64 seed, qint64 stretch);

} // namespace WorldNoise
