// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How late incidents are sent while everything of a show is on the screens: audience view, live
 * metrics and dashboard; and what a picture of the audience view costs.
 */
#include "app/library/scenariolibrary.h"
#include "app/run/runeventcodec.h"
#include "latenessbench.h"
#include "ui/audience/audiencewindow.h"
#include "ui/dashboard/dashboard.h"
#include "ui/dashboard/livemetrics.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>

namespace {

std::shared_ptr<const Scenario> surge()
{
    const ScenarioLibrary library = ScenarioLibrary::standard();
    const Scenario *found = library.find(QStringLiteral("cpu_spike_traffic_surge"));
    return found ? std::make_shared<const Scenario>(*found) : nullptr;
}

void measureShow(const std::shared_ptr<const Scenario> &scenario)
{
    AudienceWindow audience;
    audience.resize(1920, 1080);
    audience.show();
    LiveMetrics metrics;
    metrics.resize(400, 700);
    metrics.show();
    Dashboard dashboard;
    dashboard.resize(1200, 800);
    dashboard.show();
    Watcher watcher;
    watcher.recorded = [&](const RunRecord &record) {
        audience.setRun(record);
        metrics.setRun(record);
        dashboard.setRun(record);
    };
    watcher.ticked = [&](double positionMs, double elapsedMs) {
        const TimelinePosition position = positionFromMilliseconds(positionMs);
        const RunAge elapsed = ageFromMilliseconds(elapsedMs);
        audience.setPosition(position, elapsed);
        metrics.setPosition(position, elapsed);
        dashboard.setPosition(position, elapsed);
    };
    measureLateness(QStringLiteral("audience view, live metrics and dashboard are live"), watcher,
                    scenario);
}

/** The record of a run with three incidents, the last of which began 44 s ago. */
RunRecord stage(const Scenario &scenario)
{
    RunRecord record;
    QJsonArray incidents;
    for (int i = 0; i < 4; ++i) {
        incidents.append(QJsonObject{{QStringLiteral("index"), i},
                                     {QStringLiteral("title"), scenario.name},
                                     {QStringLiteral("service_name"), scenario.service},
                                     {QStringLiteral("severity"),
                                      i == 0 ? QStringLiteral("critical") : QStringLiteral("high")},
                                     {QStringLiteral("delay_seconds"), 60 * i},
                                     {QStringLiteral("duration_seconds"), 180},
                                     {QStringLiteral("narration"), scenario.description}});
    }
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("run")},
                                   {QStringLiteral("run_id"), QStringLiteral("bench")},
                                   {QStringLiteral("timeline"), QStringLiteral("Incident Storm")},
                                   {QStringLiteral("incidents"), incidents}}));
    record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("scenario")},
                                   {QStringLiteral("ref"), scenario.id},
                                   {QStringLiteral("scenario"), toJson(scenario)}}));
    for (int i = 0; i < 3; ++i) {
        record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("prepared")},
                                       {QStringLiteral("index"), i},
                                       {QStringLiteral("scenario_ref"), scenario.id},
                                       {QStringLiteral("seed"), 7}}));
        record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("sending")},
                                       {QStringLiteral("index"), i},
                                       {QStringLiteral("at_ms"), 60000 * i}}));
        record.apply(runEventFromJson({{QStringLiteral("record"), QStringLiteral("created")},
                                       {QStringLiteral("index"), i},
                                       {QStringLiteral("hypotheses"), 3}}));
    }
    return record;
}

/** The whole picture, as after a resize; and what a tenth of a second changes of it. */
void measureRepaint(const Scenario &scenario)
{
    constexpr int Rounds = 60;
    AudienceWindow window;
    window.resize(1920, 1080);
    window.show();
    window.setRun(stage(scenario));
    std::vector<double> whole;
    std::vector<double> tick;
    QImage picture(window.size(), QImage::Format_RGB32);
    QElapsedTimer timer;
    for (int i = 0; i < Rounds; ++i) {
        timer.start();
        while (timer.elapsed() < 110) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        }
        timer.start();
        window.setPosition(positionFromMilliseconds(164000 + 100 * i),
                           ageFromMilliseconds(164000 + 100 * i));
        QCoreApplication::processEvents(); // what has changed is painted
        tick.push_back(double(timer.nsecsElapsed()) / 1e6);
        timer.start();
        window.render(&picture);
        whole.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    report({{QStringLiteral("benchmark"), QStringLiteral("audience repaint")},
            {QStringLiteral("circumstances"), QStringLiteral("1920 × 1080, three charts")},
            {QStringLiteral("whole_ms"), spread(whole)},
            {QStringLiteral("tick_ms"), spread(tick)},
            {QStringLiteral("tick_bound_ms"), 100}});
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", state.path().toLocal8Bit());
    const std::shared_ptr<const Scenario> scenario = surge();
    if (!scenario) {
        qWarning("The shipped scenarios are not there.");
        return 1;
    }
    measureLateness(QStringLiteral("idle"));
    measureShow(scenario);
    measureRepaint(*scenario);
    return 0;
}
