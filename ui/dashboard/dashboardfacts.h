// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <array>
#include <functional>

/** What the dashboard counts of a run: plain numbers, from its record alone. */
struct DashboardFacts
{
    /** What the tokens of a generator cost; absent where its prices are not known. */
    using CostOf =
        std::function<std::optional<double>(const QString &generator, const TokenCount &)>;

    struct Service
    {
        QString name;
        int count = 0;
    };
    /** What one created incident came to. */
    struct Answer
    {
        int index = 0;
        std::optional<Duration> latency;
        int hypotheses = 0;
        int actions = 0;
    };

    /** All of these count created incidents only. */
    int created = 0;
    std::array<int, 4> bySeverity{};
    /** Most first, then by name. */
    QList<Service> byService;
    /** By severity, for equal parts of the timeline from its start on. */
    QList<std::array<int, 4>> overTime;
    std::chrono::milliseconds part{0};
    /** In the order in which they were sent. */
    QList<Answer> answers;
    std::optional<Duration> medianLatency;
    std::optional<Duration> worstLatency;
    int hypotheses = 0;
    int actions = 0;

    /** Incidents whose scenario a model wrote during this run, and what that took. */
    int generated = 0;
    TokenCount tokens;
    /** Absent if a price is unknown; never a part of the sum. */
    std::optional<double> cost;
};

DashboardFacts dashboardFacts(const RunRecord &record, const DashboardFacts::CostOf &costOf);
