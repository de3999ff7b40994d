// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/liveseries.h"
#include "ui/charts/runfollower.h"

#include <QWidget>
#include <map>
#include <memory>

class LiveMetricCard;
class QLabel;
class QScrollArea;
class QVBoxLayout;

/**
 * The most telling metric of each incident that is in progress, the newest first, over the last
 * five minutes of the timeline's clock: a column for the operator's view, as high as there is room.
 * While it is hidden it computes nothing.
 */
class LiveMetrics : public QWidget
{
    Q_OBJECT

public:
    explicit LiveMetrics(QWidget *parent = nullptr);
    ~LiveMetrics() override;

    /** With each record. */
    void setRun(const RunRecord &record);
    /** With each tick: on the timeline's clock, and in real time since the run's start, in ms. */
    void setPosition(TimelinePosition position, RunAge age);

    /** Incidents that are shown, from the top. */
    QList<int> incidents() const;
    QSize sizeHint() const override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();

    RunFollower m_follower;
    QString m_runId;
    std::map<int, std::unique_ptr<LiveMetricCard>> m_cards; // by incident
    QWidget *m_page;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
    QLabel *m_empty;
};
