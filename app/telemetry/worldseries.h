// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"
#include "app/telemetry/metriceffect.h"
#include "app/telemetry/twosidedsum.h"
#include "app/telemetry/worldnoise.h"

#include <QList>

#include <array>
#include <optional>

/**
 * One metric of one service over the whole timeline: its usual noise and season, plus what every
 * incident does to it. Values are in the metric's unit, one for each whole second; a counter's
 * value is its rate. What cannot be is never shown: shares stay within 0 and 1 (or 100 %), and
 * what cannot be negative stays above 0. Remembers sums, so it is for one thread.
 */
class WorldSeries
{
public:
    /** What all metrics of a service have in common: the load that moves them together. */
    struct Service
    {
        quint64 seed = 0;
        /** The season is a slow wave of that period, in seconds, and of that phase, in turns. */
        double period = 1200;
        double phase = 0;
    };

    /**
     * The metric's baseline is what is usual; its value and deviation say how wide the noise is and
     * which way it goes with the load. Effects are in any order.
     */
    WorldSeries(const Metric &metric, const Service &service, const QList<MetricEffect> &effects);

    const Metric &metric() const { return m_metric; }
    /** σ of a usual day, for bands; the noise is narrower if this is above 15 % of the baseline. */
    double sigma() const { return m_sigma; }

    double valueAt(qint64 second) const;
    /** Returns the value without noise and season. */
    double levelAt(qint64 second) const { return levelAt(second, m_effects); }
    /**
     * Returns the sum of the values of all seconds before this one since the start of the timeline,
     * divided by how many seconds their unit's time has: what a counter has counted since then.
     * Negative before the start.
     */
    double countedUpTo(qint64 second) const;
    /** Returns how much the metric's value adds to a count within a second: 1, or 1/60. */
    double perSecond() const { return m_perSecond; }

private:
    enum class Noise { None, Relative, Limited, Free };

    double levelAt(qint64 second, const QList<MetricEffect> &effects) const;
    double withNoise(qint64 second, double level, double shared, double own) const;
    double seasonAt(qint64 second) const;
    /** Sums of the values before each second of a stretch, and of them all. */
    using Running = std::array<double, size_t(WorldNoise::Stretch) + 1>;
    const Running &runningOver(qint64 stretch) const;

    Metric m_metric;
    Service m_service;
    QList<MetricEffect> m_effects; // by their begin
    quint64 m_seed = 0;
    double m_sigma = 0;
    double m_spread = 0; ///< of the noise at the baseline, in the metric's unit
    double m_season = 0; ///< the largest part of the baseline that the season adds
    double m_minimum = 0;
    double m_maximum = 0;
    double m_direction = 1; ///< with the load or against it
    double m_perSecond = 1;
    qint64 m_lag = 0;
    Noise m_noise = Noise::Relative;
    bool m_isWhole = false;
    bool m_isBoolean = false;

    mutable TwoSidedSum<double> m_sums; // by stretches
    /** The stretch that was computed last. */
    struct Remembered
    {
        qint64 stretch = 0;
        Running sums{};
    };
    mutable std::optional<Remembered> m_last;
};
