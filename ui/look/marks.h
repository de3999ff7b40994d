// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runwords.h"
#include "ui/look/theme.h"

#include <QHash>
#include <QPixmap>

class QPainter;

/** Paints the badge of a severity: shape, letter and colour together, never colour alone. */
void paintSeverity(QPainter *painter, const QRectF &rect, Severity severity, const Theme &theme);
/** Paints the mark of a state; it is as wide as high. */
void paintState(QPainter *painter, const QRectF &rect, IncidentState state, const Theme &theme);
/** Triangle with an exclamation mark, or a disc with an i for advice. */
void paintProblem(QPainter *painter, const QRectF &rect, bool advice, const QColor &ink,
                  const QColor &sign);
/** The diamond with two bars at which a run stands until somebody says GO. */
void paintHold(QPainter *painter, const QRectF &rect, const Theme &theme);

/** Badges and marks as pixmaps, painted once for each kind, size, pixel ratio and theme. */
class MarkCache
{
public:
    const QPixmap &severity(Severity severity, qreal size, qreal dpr, const Theme &theme);
    const QPixmap &state(IncidentState state, qreal size, qreal dpr, const Theme &theme);

private:
    QHash<quint64, QPixmap> m_pixmaps;
};
