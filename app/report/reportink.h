// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QLatin1String>

/**
 * The light colours of the program, for paper and pages, which have no theme of their own. A test
 * holds them against those of the window.
 */
namespace ReportInk {

inline constexpr QLatin1String Ground("#ffffff");
inline constexpr QLatin1String Alternate("#f6f7f8");
inline constexpr QLatin1String Text("#232629");
inline constexpr QLatin1String Secondary("#555b61");
inline constexpr QLatin1String Border("#83898f");
inline constexpr QLatin1String Separator("#c9cdd1");
inline constexpr QLatin1String Grid("#e4e7ea");
inline constexpr QLatin1String Accent("#1a6bb0");
inline constexpr QLatin1String BandInner("#cbdceb");
inline constexpr QLatin1String BandOuter("#e7eff6");

struct Severe
{
    QLatin1String fill;
    QLatin1String letter;
    QLatin1String edge;
    QLatin1String body; ///< 16 % of the fill on the ground
};

Severe of(Severity severity);
QLatin1String of(IncidentState state);

} // namespace ReportInk
