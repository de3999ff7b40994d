// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Six charts of 100,000 points each in a window of 1920 by 1080, as long as they grow: from the new
 * points to the picture, beside the same points given to the charting library as they are.
 */
#include "benchreport.h"

#include "app/model/metricseries.h"
#include "ui/charts/metricchart.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QGridLayout>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>

namespace {

constexpr int Charts = 6;
constexpr int Columns = 3;
constexpr int Points = 100000;
constexpr int Frames = 30;
constexpr int ReferenceFrames = 3;
constexpr double Bound = 25; // ms

QList<QPointF> growing(const MetricSeries &series, int count)
{
    QList<QPointF> points;
    points.reserve(count);
    const double step = double((series.end() - series.begin()).count()) / Points;
    for (int i = 0; i < count; ++i) {
        const auto at = series.begin() + std::chrono::milliseconds(qint64(i * step));
        points.append({double(series.begin().count()) + i * step, series.valueAt(0, at)});
    }
    return points;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    Scenario scenario;
    scenario.severity = Severity::Critical;
    scenario.metrics = {{QStringLiteral("cpu_usage_percent"), 98, 45, 6, MetricPattern::Linear,
                         QStringLiteral("%")}};
    const MetricSeries series(scenario, 1);
    const QList<QPointF> all = growing(series, Points);

    QWidget window;
    window.resize(1920, 1080);
    auto *grid = new QGridLayout(&window);
    QList<MetricChart *> charts;
    for (int i = 0; i < Charts; ++i) {
        charts.append(new MetricChart(&window));
        grid->addWidget(charts.last(), i / Columns, i % Columns);
    }
    window.show();
    QApplication::processEvents();
    std::vector<double> frames;
    for (int frame = 0; frame < Frames; ++frame) {
        const QList<QPointF> now = all.mid(0, Points - Frames + frame + 1);
        QElapsedTimer timer;
        timer.start();
        for (MetricChart *chart : charts) {
            chart->setSamples(scenario.metrics.first(), series.band(0), scenario.severity, now);
        }
        window.grab();
        frames.push_back(double(timer.nsecsElapsed()) / 1e6);
    }

    QWidget reference;
    reference.resize(1920, 1080);
    auto *rows = new QGridLayout(&reference);
    QList<QLineSeries *> lines;
    for (int i = 0; i < Charts; ++i) {
        auto *chart = new QChart;
        auto *line = new QLineSeries(chart);
        chart->addSeries(line);
        chart->createDefaultAxes();
        chart->legend()->hide();
        rows->addWidget(new QChartView(chart, &reference), i / Columns, i % Columns);
        lines.append(line);
    }
    reference.show();
    QApplication::processEvents();
    std::vector<double> raw;
    for (int frame = 0; frame < ReferenceFrames; ++frame) {
        QElapsedTimer timer;
        timer.start();
        for (QLineSeries *line : lines) {
            line->replace(all);
        }
        reference.grab();
        raw.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    report({{QStringLiteral("bench"), QStringLiteral("six_series_of_100000")},
            {QStringLiteral("frame_ms"), spread(frames)},
            {QStringLiteral("bound_ms"), Bound},
            {QStringLiteral("plain_charts_ms"), spread(raw)}});
    return 0;
}
