// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/metriccurve.h"
#include "app/report/reportmarks.h"
#include "app/report/runreport.h"

/** An SVG, and how large it was drawn. */
struct ReportPicture
{
    QString svg;
    double width = 0;
    double height = 0;
};

/**
 * What happened, on the timeline's scale at the run's speed: every incident from when it was really
 * sent, with the way it waited; dashed where nothing was created. `width` in pixels.
 */
ReportPicture runPicture(const RunReport &report, double width,
                         const TextWidth &measure = guessedTextWidth);

/** One metric, as the window's own charts show it. Sizes in pixels. */
ReportPicture chartPicture(const Scenario &scenario, qsizetype metric, qint64 seed, double width,
                           double height, const TextWidth &measure = guessedTextWidth);
