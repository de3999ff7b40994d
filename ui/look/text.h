// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/timetext.h"

#include <QFont>
#include <QFontMetricsF>
#include <QList>
#include <QString>
#include <chrono>

class QKeySequence;
class QPainter;

/** Whole seconds that have passed, rounded down, and that are left, rounded up; never below zero.
 */
std::chrono::seconds secondsPassed(Duration time);
std::chrono::seconds secondsLeft(Duration time);

/** "#1, #2, #5 and 3 more", of indices that count from 0; `most` of them are named. */
QString incidentNumbers(const QList<int> &indices, qsizetype most);

/** "3 hypotheses", "1 action". */
QString hypothesesText(int count);
QString actionsText(int count);

/** "00:02:15.0", the clock of the tool bar. */
QString tenthsClockText(std::chrono::milliseconds time);

/** A key as people call it: "Shift+Enter" where Qt says "Shift+Return". */
QString keyText(const QKeySequence &key);

/** The width of a text whose digits all stand in cells as wide as the widest digit. */
qreal tabularWidth(const QFontMetricsF &metrics, const QString &text);
/** Paints such a text; Qt 6.4 cannot ask a font for its tabular figures. Alignment horizontally. */
void paintTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment,
                  const QString &text);

/** The font at `factor` of its size, in points or pixels as it is given; at least one pixel. */
QFont resized(QFont font, qreal factor);

/** `pixels` of the mock-ups (made at a font height of 15.5) for this font: no measure is fixed. */
qreal scaled(const QFontMetricsF &metrics, qreal pixels);
int scaledInt(const QFontMetricsF &metrics, qreal pixels);
