// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/worldnoise.h"

#include <QByteArray>

#include <algorithm>
#include <bit>
#include <cmath>

namespace WorldNoise {

namespace {

constexpr double Inertia = 0.9; ///< what lasts of the noise after InertiaSeconds
constexpr double InertiaSeconds = 15;
/** Seconds from one draw that depends on no other to the next: there, 0.9^136 is nothing. */
constexpr qint64 Block = 2048;

/** Spreads every bit of a number over all of another one (the finaliser of SplitMix64). */
quint64 scrambled(quint64 value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

/** The sum of four uniform draws: close to the normal distribution, and without its far tails. */
double draw(quint64 seed, qint64 second)
{
    const quint64 bits = scrambled(seed ^ scrambled(quint64(second)));
    const quint64 sum =
        (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48);
    constexpr double Mean = 2 * 65535.0;
    static const double deviation = 65535 / std::sqrt(3.0);
    return (double(sum) - Mean) / deviation;
}

/** How the middle of a span follows from its ends, if the noise decays by Inertia. */
struct Bridge
{
    double ends = 0; ///< weight of each end
    double own = 0;  ///< weight of the middle's own draw
};

/** By the exponent of the span's length in seconds, a power of 2. */
const Bridge &bridgeOver(qint64 span)
{
    static const std::array<Bridge, 12> bridges = [] {
        std::array<Bridge, 12> all;
        for (size_t i = 0; i < all.size(); ++i) {
            const double half = std::ldexp(0.5, int(i));
            const double rho = std::pow(Inertia, half / InertiaSeconds);
            all[i] = {rho / (1 + rho * rho), std::sqrt((1 - rho * rho) / (1 + rho * rho))};
        }
        return all;
    }();
    return bridges[size_t(std::countr_zero(quint64(span)))];
}

struct Span
{
    qint64 first = 0;
    qint64 length = Block;
    double left = 0;
    double right = 0;
};

double middleOf(quint64 seed, const Span &span)
{
    const Bridge &bridge = bridgeOver(span.length);
    return (span.left + span.right) * bridge.ends +
           draw(seed, span.first + span.length / 2) * bridge.own;
}

/** Halves the block around a second until the span is so short or begins at that second. */
Span narrowed(quint64 seed, qint64 second, qint64 length)
{
    const qint64 block = second >= 0 ? second / Block : -((-second + Block - 1) / Block);
    Span span{block * Block, Block, draw(seed, block * Block), draw(seed, (block + 1) * Block)};
    while (span.length > length && (length > 1 || span.first != second)) {
        const double middle = middleOf(seed, span);
        span.length /= 2;
        if (second < span.first + span.length) {
            span.right = middle;
        } else {
            span.first += span.length;
            span.left = middle;
        }
    }
    return span;
}

void fillInside(quint64 seed, const Span &span, double *values)
{
    values[0] = span.left;
    if (span.length == 1) {
        return;
    }
    const double middle = middleOf(seed, span);
    const qint64 half = span.length / 2;
    fillInside(seed, {span.first, half, span.left, middle}, values);
    fillInside(seed, {span.first + half, half, middle, span.right}, values + half);
}

} // namespace

quint64 hashOf(const QString &text, quint64 start)
{
    quint64 hash = scrambled(start) ^ 0xCBF29CE484222325ULL;
    const QByteArray bytes = text.toUtf8();
    for (const char c : bytes) {
        hash = (hash ^ quint8(c)) * 0x100000001B3ULL;
    }
    return scrambled(hash);
}

double uniform(quint64 hash)
{
    return (double(scrambled(hash) >> 11) + 0.5) / double(1ULL << 53);
}

double at(quint64 seed, qint64 second)
{
    return narrowed(seed, second, 1).left;
}

std::array<double, Stretch> fill(quint64 seed, qint64 stretch)
{
    std::array<double, Stretch> values;
    fillInside(seed, narrowed(seed, stretch * Stretch, Stretch), values.data());
    return values;
}

} // namespace WorldNoise
