// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

/** Why an incident goes out before its moment. */
enum class Early {
    No,
    Hand, ///< the user fired it
    Jump, ///< the user turned the clock past it
};

/** An incident that goes out now. */
struct DueCue
{
    int index = 0;
    /** When it was meant to go out. */
    Instant due;
    Early early = Early::No;
};
