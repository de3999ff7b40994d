// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/timeline/timelinefile.h"

#include <QList>
#include <optional>

class ScenarioLibrary;

/** Something to say about a timeline. Only errors keep it from being played. */
struct Problem
{
    enum class Kind { Error, Warning, Advice };

    Kind kind = Kind::Error;
    /** A stable short name: "unknown-scenario", "past-duration", … */
    QString rule;
    QString message;
    QString pointer;
    int line = 0;
    int column = 0;
    /** The incident it is about; -1 for the timeline. */
    int incident = -1;
};

QString toString(Problem::Kind kind);

/** How many sends a target takes in a sliding window. */
struct RateLimit
{
    int sends = 5;
    std::chrono::milliseconds window{60000};
};

struct ValidationContext
{
    const ScenarioLibrary &scenarios;
    /** The limit of the target; absent if it has none. */
    std::optional<RateLimit> rateLimit = RateLimit{};
    /** The file of the timeline, for places and for defaults that were taken; may be nullptr. */
    const TimelineFile *file = nullptr;
    /** It comes with the program, see DataPaths::isShipped(): only its errors are listed. */
    bool isShipped = false;
};

/**
 * Errors first, then warnings, then advice; each group in file order. Of scenarios that come with
 * the program nothing is listed: their user can change nothing about them, and what is always
 * listed is never read.
 */
QList<Problem> validate(const Timeline &timeline, const ValidationContext &context);
bool hasErrors(const QList<Problem> &problems);

/**
 * The most sends that fall into one window, with the time of the first of them. Disabled and muted
 * incidents count as nothing sent.
 */
struct BusiestWindow
{
    int sends = 0;
    std::chrono::milliseconds at{0};
};
BusiestWindow busiestWindow(const Timeline &timeline, const ScenarioLibrary &library,
                            std::chrono::milliseconds window);
