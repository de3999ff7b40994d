// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"
#include "app/run/runstates.h"

#include <QIcon>

enum class Glyph {
    Open,
    ToStart,
    Play,
    Pause,
    Stop,
    Go,
    Skip,
    Fire,
    ZoomIn,
    ZoomOut,
    ZoomFit,
    Follow,
    Target,
    Check,
    Close,
    Error,
    Warning,
    Advice,
    Search,
    Star,
    StarFull,
    Plus,
    Minus,
    Up,
    Down,
    Panel,
    More,
    Timeline,
    New,
    Save,
    Undo,
    Redo,
    Snap,
    Book,
    Prompt,
    Flag,
    Pin,
    Refresh,
    Settings,
    Compare,
    History,
    Pen,
    Rehearse,
    Show,
    Lock,
    Screen,
};

/**
 * Line icons in the palette's text colour, painted when they are needed: they follow a change of
 * theme by themselves, and no icon theme has to be searched when the program starts.
 */
QIcon icon(Glyph glyph);
QIcon stateIcon(IncidentState state);
QIcon severityIcon(Severity severity);
/** How a metric goes from quiet to the incident. */
QIcon patternIcon(MetricPattern pattern);
