// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinescene.h"

#include <QCoreApplication>
#include <QPoint>

class TimelineController;

/** The words that explain what is below the pointer, or what a screen reader stands on. */
class TimelineTips
{
    Q_DECLARE_TR_FUNCTIONS(TimelineView)

public:
    /** Not owned; it lives longer. */
    explicit TimelineTips(const TimelineController &controller)
        : m_controller(controller)
    {}

    /** Returns what a screen reader says of an incident behind its name. */
    static QString describe(const TimelineScene &scene, int index);
    /** Returns the tool tip of an incident, as rich text. */
    QString incidentTip(int index) const;
    /** Returns the tool tip at a point of the viewport, as rich text; empty if there is none. */
    QString tipAt(const QPoint &point) const;

private:
    QString stripTip(const QPoint &point) const;
    QString headerTip(int lane, const QPoint &point) const;

    const TimelineController &m_controller;
};
