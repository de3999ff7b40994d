// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generatorprofile.h"
#include "app/model/liveseries.h"
#include "ui/charts/runfollower.h"
#include "ui/dashboard/dashboardfacts.h"

#include <QHash>
#include <QWidget>
#include <memory>
#include <vector>

class BarList;
class ColumnChart;
class MetricChart;
class QGridLayout;
class QLabel;
class QScrollArea;

/**
 * A run as figures and charts while it goes on: every metric of the incidents that are in progress,
 * what was created when, how bad and where, how fast the target answers and what it finds, and what
 * the generation of scenarios takes. While it is hidden it computes nothing.
 */
class Dashboard : public QWidget
{
    Q_OBJECT

public:
    explicit Dashboard(QWidget *parent = nullptr);
    ~Dashboard() override;

    /** With each record. */
    void setRun(const RunRecord &record);
    /** With each tick: on the timeline's clock, and in real time since the run's start, in ms. */
    void setPosition(TimelinePosition position, RunAge age);

    const DashboardFacts &facts() const { return m_facts; }
    /** Incidents whose metrics are drawn, the newest first. */
    QList<int> incidents() const;
    QSize sizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Tile;
    struct Running;

    Tile *addTile(const QString &caption, QGridLayout *grid);
    void refresh();
    void showFacts();
    void showColumns();
    void chooseRunning();
    /** To the size of the window. */
    void scaleTexts();
    void placeCharts();
    void moveCharts();

    RunFollower m_follower;
    QString m_runId;
    bool m_isRecordNew = true;
    DashboardFacts m_facts;
    QHash<QString, GeneratorProfile> m_generators; // by name; read when a run begins
    std::vector<std::unique_ptr<Running>> m_running;
    QElapsedTimer m_sinceCharts;
    qint64 m_pauseMs = 0;
    QFont m_texts;

    QScrollArea *m_scroll;
    QWidget *m_page;
    std::vector<std::unique_ptr<Tile>> m_tiles;
    Tile *m_created;
    Tile *m_under;
    Tile *m_hypotheses;
    Tile *m_actions;
    Tile *m_latency;
    Tile *m_tokens;
    QWidget *m_charts;
    QGridLayout *m_grid;
    QLabel *m_noCharts;
    ColumnChart *m_overTime;
    BarList *m_severities;
    BarList *m_services;
    ColumnChart *m_latencies;
    ColumnChart *m_found;
};
