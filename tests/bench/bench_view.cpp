// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * A timeline of 10,000 incidents: how long reading, checking, the first picture, a step of panning
 * and a step of zooming take at 1920×1080.
 */
#include "app/library/scenariolibrary.h"
#include "app/validation/timelinevalidator.h"
#include "benchreport.h"
#include "ui/timeline/timelineview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QScrollBar>

namespace {

constexpr int Incidents = 10000;

QByteArray bigTimeline()
{
    QByteArray text = "{\n  \"name\": \"Ten thousand\", \"description\": \"\", "
                      "\"duration_minutes\": 600,\n  \"incidents\": [\n";
    for (int i = 0; i < Incidents; ++i) {
        text +=
            QByteArray(i > 0 ? ",\n" : "") +
            "    { \"delay_seconds\": " + QByteArray::number((i * 7919) % 36000) +
            (i % 2 == 0 ? ", \"type\": \"predefined\", \"scenario_id\": \"pod_crash_loop\""
                        : ", \"type\": \"llm_generated\", \"llm_prompt\": \"The disk of "
                          "{{service}} fills to 98 percent "
                          "and requests fail with HTTP 500\", \"expected_severity\": \"high\"") +
            ", \"service_name\": \"service-" + QByteArray::number(i % 40) +
            "\", \"comment\": \"Incident " + QByteArray::number(i) + "\" }";
    }
    return text + "\n  ]\n}\n";
}

template<typename Step>
double milliseconds(Step step)
{
    QElapsedTimer timer;
    timer.start();
    step();
    return double(timer.nsecsElapsed()) / 1e6;
}

void tell(const char *what, const std::vector<double> &values, double bound)
{
    QJsonObject line = spread(values);
    line.insert(QStringLiteral("benchmark"), QLatin1String(what));
    line.insert(QStringLiteral("incidents"), Incidents);
    line.insert(QStringLiteral("bound_ms"), bound);
    report(line);
}

/** Paints what a repaint of the whole widget paints. */
double paintOnce(TimelineView &view)
{
    return milliseconds([&] { view.viewport()->repaint(); });
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const ScenarioLibrary library = ScenarioLibrary::standard();
    const QByteArray text = bigTimeline();

    std::vector<double> loads;
    for (int round = 0; round < 9; ++round) {
        loads.push_back(milliseconds([&] {
            const Result<TimelineFile> file = TimelineFile::parse(text, {});
            validate(file->timeline(), {library, RateLimit{}, &*file});
        }));
    }
    tell("load_and_validate", loads, 300);

    const TimelineFile file = *TimelineFile::parse(text, {});
    TimelineView view;
    view.resize(1920, 1080);
    view.show();
    QApplication::processEvents();
    tell("first_paint", {milliseconds([&] {
             view.setTimeline(file.timeline(), library);
             view.viewport()->repaint();
         })},
         20);
    std::vector<double> whole;
    for (int i = 0; i < 50; ++i) {
        whole.push_back(paintOnce(view));
    }
    tell("repaint_whole_timeline", whole, 16);

    std::vector<double> zooms;
    const QPoint middle = view.canvas().lanesRect().center();
    for (int i = 0; i < 60; ++i) {
        zooms.push_back(milliseconds([&] {
            view.scroll().setPixelsPerMs(view.canvas().pixelsPerMs() * (i % 20 < 12 ? 1.25 : 0.8),
                                         middle.x());
            view.viewport()->repaint();
        }));
    }
    tell("zoom_step", zooms, 16);

    view.scroll().fit();
    view.scroll().setPixelsPerMs(view.canvas().pixelsPerMs() * 20, middle.x());
    QApplication::processEvents();
    for (QScrollBar *bar : {view.horizontalScrollBar(), view.verticalScrollBar()}) {
        std::vector<double> pans;
        for (int i = 0; i < 200; ++i) {
            pans.push_back(milliseconds([&] {
                bar->setValue(bar->value() + (i < 100 ? 24 : -24));
                QApplication::processEvents();
            }));
        }
        tell(bar == view.horizontalScrollBar() ? "pan_step_sideways" : "pan_step_down", pans, 8);
    }
    return 0;
}
