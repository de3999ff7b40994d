// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * How long 1,000 rehearsals of incident_storm with faults take, beside as many bare posts on a
 * connection each in the same process; and whether they come to the same on one thread and on two.
 */
#include "app/library/scenariolibrary.h"
#include "app/rehearsal/rehearsal.h"
#include "app/sandbox/sandboxhost.h"
#include "app/settings/datapaths.h"
#include "app/timeline/timelinefile.h"
#include "benchreport.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace {

constexpr int Runs = 1000;
constexpr double BoundSeconds = 300;

/** Seconds for as many posts as there are rehearsals, one after the other. */
double barePosts()
{
    const auto sandbox = SandboxHost::start({});
    QUrl url = (*sandbox)->baseUrl();
    url.setPath(url.path() + QStringLiteral("/quick-incident"));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setRawHeader("Connection", "close");
    QNetworkAccessManager manager;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < Runs; ++i) {
        QNetworkReply *reply =
            manager.post(request, R"({"service_name": "payment-service", "title": "reference"})");
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        delete reply;
    }
    return double(timer.elapsed()) / 1000;
}

ReadinessReport rehearse(const RunPlan &plan, int threads)
{
    RehearsalOptions options;
    options.runs = Runs;
    options.threads = threads;
    options.setting.scenarios = sandboxScenarios();
    Rehearsal rehearsal;
    ReadinessReport report;
    QEventLoop loop;
    QObject::connect(&rehearsal, &Rehearsal::finished, &loop, [&](const ReadinessReport &made) {
        report = made;
        loop.quit();
    });
    QObject::connect(&rehearsal, &Rehearsal::failed, &loop, [&loop](const Error &error) {
        qWarning("%s", qPrintable(error.message));
        loop.quit();
    });
    if (const Result<void> started = rehearsal.start(plan, options); !started) {
        qFatal("%s", qPrintable(started.error().message));
    }
    loop.exec();
    return report;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const Result<TimelineFile> file =
        TimelineFile::load(DataPaths::timelinePath(QStringLiteral("incident_storm")));
    if (!file) {
        qFatal("%s", qPrintable(file.error().message));
    }
    const Result<RunPlan> plan = planRun(file->timeline(), ScenarioLibrary::standard());
    if (!plan) {
        qFatal("%s", qPrintable(plan.error().message));
    }
    const double reference = barePosts();
    const ReadinessReport two = rehearse(*plan, 2);
    const ReadinessReport one = rehearse(*plan, 1);
    report({{QStringLiteral("benchmark"), QStringLiteral("rehearsal")},
            {QStringLiteral("timeline"), QStringLiteral("incident_storm")},
            {QStringLiteral("runs"), two.runs},
            {QStringLiteral("created"), two.created},
            {QStringLiteral("failed"), two.failed},
            {QStringLiteral("uncertain"), two.uncertain},
            {QStringLiteral("duplicates"), two.duplicates},
            {QStringLiteral("lost"), two.lost},
            {QStringLiteral("findings"), two.findings.size()},
            {QStringLiteral("rehearsed_hours"), rounded(two.rehearsedSeconds / 3600)},
            {QStringLiteral("reference_posts_seconds"), rounded(reference)},
            {QStringLiteral("seconds"), rounded(two.seconds)},
            {QStringLiteral("one_thread_seconds"), rounded(one.seconds)},
            {QStringLiteral("same_on_one_thread"), one.digest == two.digest},
            {QStringLiteral("bound_seconds"), BoundSeconds}});
    return 0;
}
