// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/moments.h"

#include <QWidget>

class RunSession;

/**
 * "Plan and reality": how far the plan has come and how long it has really taken, on one scale;
 * what was paused or held is hatched. Below, what stood still, and the talk time left: the planned
 * end minus the run's clock.
 */
class PlanPanel : public QWidget
{
    Q_OBJECT

public:
    /** The session outlives this. */
    explicit PlanPanel(RunSession &session, QWidget *parent = nullptr);

    /** Returns how old the run is; one that is over, as old as it was when it ended. */
    static RunAge ageOf(const RunSession &session);

    QString planned() const { return m_planned; }
    QString real() const { return m_real; }
    QString stood() const { return m_stood; }
    QString left() const { return m_left; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    RunSession &m_session;
    QString m_planned;
    QString m_real;
    QString m_stood;
    QString m_left;
    qint64 m_second = -1;
};
