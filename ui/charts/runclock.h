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
class RunClock : public QObject
{
    Q_OBJECT

public:
    explicit RunClock(QObject *parent = nullptr);

    void setRun(const RunRecord &record);
    /** On the timeline's clock, and in real milliseconds since the run's start. */
    void setPosition(double timelineMs, double elapsedMs);

    const RunRecord &record() const { return m_record; }
    double positionMs() const;
    double elapsedMs() const { return m_elapsedMs; }
    /** Finished or stopped, and no metric is on its way any more. */
    bool isOver() const;
    /** It has begun by the plan, and its metrics have not ended. */
    bool isRunning(const IncidentRun &run) const;

Q_SIGNALS:
    void moved();

private:
    void request();
    void pass();
    double lastEnd() const;

    RunRecord m_record;
    double m_positionMs = 0;
    double m_elapsedMs = 0;
    QElapsedTimer m_sinceFinish;
    QElapsedTimer m_sincePassed;
    QTimer m_rest;
    QTimer m_after;
};
