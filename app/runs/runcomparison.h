// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QList>
#include <optional>

/** Sends closer than that, in real time, are at the same moment for whoever looks on. */
inline constexpr std::chrono::milliseconds SameMoment{50};

/**
 * Two runs of a timeline side by side, incident by incident. Incidents are matched by their ids,
 * which an edit keeps, and where a file has none by their place.
 */
class RunComparison
{
public:
    struct Row
    {
        /** In the run's incidents; -1 where that run has no such incident. */
        int left = -1;
        int right = -1;
        bool statesDiffer = false;
        /** Other content was sent, or sent by another way; tokens, ids and times do not count. */
        bool requestsDiffer = false;
        /**
         * Right minus left; absent unless both were sent. When on the timeline's clock, so that a
         * run at another speed compares; the others in real time.
         */
        std::optional<Duration> when;
        std::optional<Duration> late;
        std::optional<Duration> latency;

        bool differs() const { return left < 0 || right < 0 || statesDiffer || requestsDiffer; }
    };

    RunComparison() = default;
    RunComparison(const RunRecord &left, const RunRecord &right);

    /** In the left run's order; what only the right one has comes last. */
    const QList<Row> &rows() const { return m_rows; }
    /** The two runs asked for the same, whatever came of it. */
    bool hasSameRequests() const { return m_hasSameRequests; }
    /** Rows whose outcome or content differs. */
    int differences() const;

private:
    QList<Row> m_rows;
    bool m_hasSameRequests = false;
};
