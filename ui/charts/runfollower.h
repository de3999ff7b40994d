// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

#include <QElapsedTimer>
#include <QTimer>

/**
 * A run as live views follow it: its record and where its clock stands, passed on at most ten times
 * a second and never lost. When a run is finished, the metrics of its last incident may have only
 * begun: the clock goes on by itself until they have ended.
 */
class RunFollower : public QObject
{
    Q_OBJECT

public:
    explicit RunFollower(QObject *parent = nullptr);

    void setRun(const RunRecord &record);
    /** Tells where the timeline's clock stands, and how old the run is. */
    void setPosition(TimelinePosition position, RunAge age);

    const RunRecord &record() const { return m_record; }
    /** Returns where the timeline's clock stands for the views. */
    TimelinePosition position() const;
    /** Returns true if the run is finished or stopped, and no metric is on its way any more. */
    bool isOver() const;
    /** Returns true if the incident has begun by the plan, and its metrics have not ended. */
    bool isRunning(const IncidentRun &run) const;

Q_SIGNALS:
    void moved();

private:
    void request();
    void pass();
    TimelinePosition lastEnd() const;

    RunRecord m_record;
    TimelinePosition m_position;
    RunAge m_age;
    QElapsedTimer m_sinceFinish;
    QElapsedTimer m_sincePassed;
    QTimer m_rest;
    QTimer m_after;
};
