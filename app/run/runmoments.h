// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runclock.h"

#include <QDateTime>
#include <QList>
#include <optional>

/**
 * When things happened to a run, by the wall clock and on its timeline, folded from its events.
 * Ages count from the zero of the run's clock. That zero is set when the clock starts, and the
 * count stands still while the computer sleeps; so a wall time is taken from the event itself or
 * from the last one before it that knew it. Whatever shows a time asks here.
 */
class RunMoments
{
public:
    /** Reads the next event. */
    void apply(const RunEvent &event);

    /** Returns UTC; invalid if the journal does not say when the run started. */
    QDateTime wallAt(RunAge age) const;
    /** Returns the same for an event that was just read, which may know it itself. */
    QDateTime wallOf(const RunEvent &event) const;
    /** Returns the clock of the timeline as the last event left it. */
    const RunClock &clock() const { return m_clock; }
    /** Returns where an incident stands in the plan. */
    std::optional<TimelinePosition> planned(int index) const;
    /**
     * Returns how much of the timeline lies between that event, which sends an incident, and the
     * incident's moment: somebody fired it. Nothing for other events and for later attempts.
     */
    std::optional<Duration> firedEarlyBy(const RunEvent &event) const;

private:
    struct Anchor
    {
        RunAge at;
        QDateTime wall;
    };

    QList<Anchor> m_anchors;           // by age
    QList<TimelinePosition> m_planned; // by index
    RunClock m_clock;
};
