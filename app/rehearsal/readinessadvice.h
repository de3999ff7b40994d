// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rehearsal/readinessreport.h"

/** Puts into words what a finding means and what would help, from the plan that was rehearsed. */
class ReadinessAdvice
{
public:
    ReadinessAdvice(const RunPlan &plan, const std::optional<RateLimit> &limit);

    /**
     * Fills in severity, sentence and advice. longestLook: how long uncertain ones that were there
     * in the end had to be looked for; absent where none was.
     */
    void explain(ReadinessFinding &finding,
                 std::optional<std::chrono::milliseconds> longestLook) const;

private:
    struct Words
    {
        QString sentence;
        QString advice;
    };

    Words forLate(const ReadinessFinding &finding) const;
    Words forFailed(const ReadinessFinding &finding) const;
    Words forUncertain(const ReadinessFinding &finding,
                       std::optional<std::chrono::milliseconds> longestLook) const;
    QString roomAdvice(int incident) const;
    int placeInWindow(int incident) const;

    const RunPlan &m_plan;
    std::optional<RateLimit> m_limit;
    /** Indices of those that are sent, in the order in which they are. */
    QList<int> m_order;
};
