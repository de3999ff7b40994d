// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/runreport.h"

/** How one scenario went over several runs. */
struct ScenarioComparison
{
    /** Its id; for generated ones, which have a new one each time, the cause that is expected. */
    QString key;
    QString name;
    int sent = 0;
    int created = 0;
    ScoreTotals score;
    /** By run, in the order of the runs; null where the run does not have it. */
    QList<std::optional<ScoreTotals>> byRun;
};

/** Several runs beside each other: run by run, scenario by scenario, and all together. */
struct RunsComparison
{
    QList<RunReport> runs; ///< in the order given
    QList<ScenarioComparison> scenarios;
    ScoreTotals score;
};

RunsComparison compareRuns(const QList<RunReport> &runs);
