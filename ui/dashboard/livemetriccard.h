// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/liveseries.h"
#include "app/run/runrecord.h"

#include <QWidget>

/** One metric of an incident that is in progress, with its number, its value now and its curve. */
class LiveMetricCard : public QWidget
{
    Q_OBJECT

public:
    /** The incident has a scenario with at least one metric. */
    explicit LiveMetricCard(const IncidentRun &run, QWidget *parent = nullptr);

    int incident() const { return m_incident; }
    /** On the timeline's clock, since its onset. */
    void setSinceOnset(Duration time);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont small() const;
    QRectF plot() const;
    void paintHeading(QPainter &painter, const QString &value) const;
    void paintLabels(QPainter &painter, const MetricCurve &curve) const;

    int m_incident;
    QString m_title;
    Severity m_severity;
    LiveSeries m_series;
    qsizetype m_metric;
    Duration m_sinceOnset{0};
};
