// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/model/metriccurve.h"

#include <QWidget>
#include <memory>

/**
 * One metric of a scenario over time, against what is usual for it. Hides the charting library: no
 * other class knows which one it is.
 */
class MetricChart : public QWidget
{
    Q_OBJECT

public:
    explicit MetricChart(QWidget *parent = nullptr);
    ~MetricChart() override;

    void setMetric(const Scenario &scenario, qsizetype metric, qint64 seed);
    /** Measured or computed elsewhere: milliseconds and values, ascending. */
    void setSamples(const Metric &metric, const MetricSeries::Band &band, Severity severity,
                    const QList<QPointF> &samples);
    /**
     * A metric that goes on: the curve ends at the present, where its value is `now`. `title`
     * stands for the metric's name; `of` says to those who do not see what stands around it of what
     * it is one. Cheap enough for ten times a second.
     */
    void setLive(const QString &title, const QString &of, const MetricCurve &curve,
                 const QString &now);
    bool isLive() const { return !m_now.isEmpty(); }
    void clear();

    /** Where values and times are mapped to; in the widget's own pixels. */
    QRect plotRect() const { return m_plotRect; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Plot;
    class CurveItem;

    QFont small() const;
    void place();
    void fillSeries();
    void applyTheme();
    void describe();
    double shownSigma() const;
    qreal yOf(double value) const;
    qreal xOf(Duration sinceOnset) const;
    void paintHeading(QPainter &painter) const;
    void paintAxes(QPainter &painter) const;

    std::unique_ptr<Plot> m_plot;
    Metric m_metric;
    MetricSeries::Band m_band;
    Severity m_severity = Severity::Medium;
    QList<QPointF> m_samples;
    bool m_isDense = false; ///< several samples share a pixel
    MetricCurve m_curve;    ///< what is drawn, for the width that there is
    QString m_title;        ///< live: instead of the metric's name
    QString m_of;           ///< live: of what it is a metric
    QString m_now;          ///< live: the value, in words
    QRect m_plotRect;
};
