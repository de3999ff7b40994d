// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/scenario.h"

#include <QWidget>
#include <optional>

class ChartLegend;
class MetricChart;
class QHBoxLayout;
class QLabel;
class QScrollArea;

/** The metrics of one scenario side by side, with one legend for all of them. */
class MetricsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit MetricsPanel(QWidget *parent = nullptr);

    /** Costs nothing if the same is shown already, as after each letter typed elsewhere. */
    void setScenario(const Scenario *scenario, qint64 seed);
    /** Nothing to show, and the sentence that says why. */
    void clear(const QString &why);
    int chartCount() const { return m_shown; }

Q_SIGNALS:
    /** It has come into sight, and may show what was true when it was last seen. */
    void shown();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLabel *m_caption;
    ChartLegend *m_legend;
    QScrollArea *m_scroll;
    QWidget *m_page;
    QHBoxLayout *m_row;
    QLabel *m_why;
    QList<MetricChart *> m_charts;
    int m_shown = 0;
    /** What the charts show; none if they show nothing. */
    std::optional<Scenario> m_scenario;
    qint64 m_seed = 0;
};
