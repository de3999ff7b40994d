// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report/markup.h"
#include "app/report/reportink.h"

#include <functional>

/** How wide a text is in pixels: a guess where there are no fonts, a measure where there are. */
using TextWidth = std::function<double(const QString &text, double pixelSize, bool isBold)>;

/** Of a usual sans-serif font, rather too wide than too narrow. */
double guessedTextWidth(const QString &text, double pixelSize, bool isBold);
/** Cut with "…" where it is wider than that. */
QString elided(const QString &text, double width, double pixelSize, bool isBold,
               const TextWidth &measure);

/*
 * Drawn into an SVG with nothing but attributes, since not every reader of one knows style sheets.
 * Severity by shape, letter and colour, state by mark and colour, as in the window.
 */

void drawSeverity(Markup &svg, double x, double y, double size, Severity severity);
void drawState(Markup &svg, double x, double y, double size, IncidentState state);
/** A whole little picture, for a line of text. */
QString severityPicture(Severity severity, double size);
QString statePicture(IncidentState state, double size);

struct SvgText
{
    double size = 12;
    QLatin1String ink = ReportInk::Text;
    bool isBold = false;
    const char *anchor = "start";
};
void drawText(Markup &svg, double x, double baseline, const QString &text, const SvgText &how = {});
void drawLine(Markup &svg, double x1, double y1, double x2, double y2, QLatin1String ink,
              double width = 1, const char *dashes = "none");
