// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/validation/timelinevalidator.h"

#include <optional>

/** What one click does about a problem. */
struct ProblemFix
{
    /** What the button says: "Round to 1:02". */
    QString label;
    Timeline timeline;
};

/** Absent where only the author can know what is meant. */
std::optional<ProblemFix> fixFor(const Problem &problem, const Timeline &timeline,
                                 const ScenarioLibrary &scenarios, const RateLimit &limit = {});

/** Returns whether there is one, without making it. */
bool hasFix(const Problem &problem);
