// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/severity.h"
#include "app/run/runstates.h"

#include <QColor>
#include <QPalette>
#include <array>

enum class Appearance { System, Light, Dark, HighContrast };

/** The colours that are ours, one table for light and one for dark; the rest comes from QPalette.
 */
struct Theme
{
    struct SeverityInk
    {
        QColor fill;
        QColor letter;
        QColor edge;
    };

    bool dark = false;
    bool contrast = false; ///< no tints, and edges as strong as text
    QColor window;
    QColor base;
    QColor alternate;
    QColor lane;
    QColor beyond; ///< below the last lane
    QColor text;
    QColor secondary;
    QColor border;
    QColor accent;
    QColor highlight;
    QColor selectedRow;
    QColor snap;
    QColor marker;
    QColor bandInner; ///< ±1σ
    QColor bandOuter; ///< ±3σ
    QColor separator;
    QColor grid;
    std::array<SeverityInk, 4> severities;
    std::array<QColor, 9> states; ///< in the order of IncidentState
    QColor warning;
    QColor error;

    const SeverityInk &ink(Severity severity) const { return severities[size_t(severity)]; }
    const QColor &ink(IncidentState state) const { return states[size_t(state)]; }
    /** The severity's fill mixed into the lane; a muted one at 40 % of that. */
    QColor blockBody(Severity severity, bool muted = false) const;

    /** For a bright room. */
    static const Theme &light();
    /** For a dark room. */
    static const Theme &darkTheme();
    /** For who needs more contrast than either of those has. */
    static const Theme &contrasting(bool dark);
    /** What an audience looks at from the last row of a dark or of a bright room. */
    static const Theme &stage(bool dark);
    /** By the lightness of the palette's window, and the strength of its separators. */
    static const Theme &of(const QPalette &palette);

    QPalette palette() const;
};

/** The colour `part` of the way from one to the other. */
QColor mixed(const QColor &from, const QColor &to, qreal part);
/** How far two opaque colors are apart to the eye, 1 … 21, as the WCAG reckon it. */
double contrastOf(const QColor &one, const QColor &other);
/** What the desktop shows windows in asks for high contrast: pure black or white, and 15:1. */
bool asksForContrast(const QPalette &palette);

/** A field whose text is refused has an edge in the color of errors. */
void markRefused(QWidget *field, bool isRefused);
bool isMarkedRefused(const QWidget *field);

/**
 * Puts Fusion and the palette of that appearance onto the application. System looks at what the
 * platform had before the first call.
 */
void applyAppearance(Appearance appearance);
