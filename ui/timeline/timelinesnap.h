// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <vector>

/** A moment that holds on to what is dragged past it. */
struct SnapTarget
{
    /** In the order in which they win where several stand at one moment. */
    enum class Kind : quint8 { Marker, Hold, Incident, Playhead, Start, End, Grid, None };

    qint64 time = 0;
    Kind kind = Kind::None;
    int index = -1; ///< of the incident (also for a hold) or of the marker

    bool operator==(const SnapTarget &) const = default;
};

/**
 * Finds where something that is dragged comes to rest. Pure arithmetic; times in milliseconds. It
 * is asked at every move of the pointer, with every incident of the timeline as a target.
 */
class TimelineSnap
{
public:
    struct Result
    {
        qint64 delta = 0;  ///< what everything moves by
        SnapTarget target; ///< None where nothing holds
    };

    void setTargets(std::vector<SnapTarget> targets);
    /** 0 for none. Whatever else holds wins over the grid. */
    void setGrid(qint64 step) { m_grid = step; }

    /**
     * `starts` ascending: each of them may come to rest on a target. Only `grabbed`, the one under
     * the pointer, comes to rest on the grid. Nothing goes below 0.
     */
    Result snap(const std::vector<qint64> &starts, qint64 grabbed, qint64 delta,
                qint64 tolerance) const;
    /** The incident that is nearest to that moment but not at it; of kind None if there is none. */
    SnapTarget neighbour(qint64 time) const;

    /** Where nothing holds, times still are whole: seconds, or parts of them when zoomed in. */
    static qint64 fineStep(double pixelsPerMs);

private:
    std::vector<SnapTarget> m_targets; ///< by time, then by kind
    qint64 m_grid = 0;
};
