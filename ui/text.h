// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetricsF>
#include <QString>
#include <chrono>

class QPainter;

/** "2:15", "1:02:15", with `fraction` digits behind the second; "−0:42" before zero. */
QString timeText(std::chrono::milliseconds time, int fraction = 0);
/** "00:02:15.0", the clock of the tool bar. */
QString tenthsClockText(std::chrono::milliseconds time);
/** "0.2 ms", "4.2 s", "2:05". */
QString latencyText(double milliseconds);
/** "1×", "0.5×". */
QString speedText(double speed);

/** The width of a text whose digits all stand in cells as wide as the widest digit. */
qreal tabularWidth(const QFontMetricsF &metrics, const QString &text);
/** Paints such a text; Qt 6.4 cannot ask a font for its tabular figures. Alignment horizontally. */
void paintTabular(QPainter *painter, const QRectF &rect, Qt::Alignment alignment,
                  const QString &text);

/** `pixels` of the mock-ups (made at a font height of 15.5) for this font: no measure is fixed. */
qreal scaled(const QFontMetricsF &metrics, qreal pixels);
int scaledInt(const QFontMetricsF &metrics, qreal pixels);
