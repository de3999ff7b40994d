// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"
#include "app/base/numbers.h"
#include "app/base/signalwatch.h"
#include "app/base/timetext.h"
#include "app/base/wholefile.h"
#include "app/cli/cli.h"
#include "app/cli/playing.h"
#include "app/cli/timelineinput.h"
#include "app/generation/offlinegenerator.h"
#include "app/generation/pinning.h"
#include "app/model/pace.h"
#include "app/scrape/telemetryserver.h"
#include "app/telemetry/exposition.h"
#include "app/timeline/incidentfacts.h"

#include <QFileInfo>

#include <algorithm>

namespace {

using Cli::Words;

/** Some 2 GB of text; more of it would not fit into the memory of a small machine. */
constexpr qint64 MostSamples = 20'000'000;
constexpr qint64 UsualStep = 15;
constexpr qint64 LongestStep = 86400;
constexpr quint16 UsualPort = 9464; ///< of exporters, by the custom of OpenTelemetry

/**
 * Gives every prompt that is sent and has no pinned scenario the one of the offline generator,
 * which is the same each time. Returns how many there were.
 */
int fillPrompts(Timeline &timeline)
{
    int filled = 0;
    std::optional<OfflineGenerator> generator; // reads its archetypes, so only if it is needed
    for (qsizetype i = 0; i < timeline.incidents.size(); ++i) {
        Incident &incident = timeline.incidents[i];
        // What is not sent shows nowhere in the world.
        const bool isSent =
            incident.enabled && !timeline.isMuted(effectiveService(incident, nullptr));
        if (incident.type != IncidentType::LlmGenerated || !isSent ||
            (incident.pinned.scenario() && !incident.fresh)) {
            continue;
        }
        if (!generator) {
            generator.emplace();
        }
        const GenerationRequest request = requestFor(incident, timeline, i);
        if (const Result<Generation> made = generator->make(request)) {
            incident.pinned = pinnedFrom(*made, request);
            incident.fresh = false;
            ++filled;
        }
    }
    return filled;
}

/** Returns how the user wants metrics called; nothing if the timeline decides. */
Result<std::optional<MetricNaming>> namingIn(const Cli::Options &options)
{
    if (!options.has("names")) {
        return std::nullopt;
    }
    const std::optional<MetricNaming> naming = metricNamingFromString(options.value("names"));
    if (!naming) {
        return fail(Words::tr("--names takes raw, prometheus or airra, not \"%1\".")
                        .arg(options.value("names")));
    }
    return naming;
}

Result<Duration> stepIn(const Cli::Options &options)
{
    if (!options.has("step")) {
        return std::chrono::seconds(UsualStep);
    }
    const Result<qint64> step =
        Cli::wholeIn(options.value("step"), QStringLiteral("--step"), 1, LongestStep);
    if (!step) {
        return tl::make_unexpected(step.error());
    }
    return std::chrono::seconds(*step);
}

/**
 * Another one each time, also of two within a second: a database takes no older samples of a series
 * that it has.
 */
QString runLabel()
{
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmss.zzz'Z'"));
}

/** Returns when everything is over: the timeline, and its last recovery. */
TimelinePosition endOf(const Timeline &timeline, const ServiceWorld &world)
{
    return std::max(TimelinePosition(timeline.duration()), world.end());
}

/** The whole timeline, so that it ends now: databases and charts take what is past. */
ExportSpan spanOf(const Timeline &timeline, const ServiceWorld &world, Duration step)
{
    ExportSpan span;
    span.to = endOf(timeline, world);
    span.step = step;
    const qint64 seconds =
        std::chrono::ceil<std::chrono::seconds>(span.to.time_since_epoch()).count();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    span.start = QDateTime::fromSecsSinceEpoch(now - seconds, Qt::UTC);
    return span;
}

/** What goes with one of the two uses of the subcommand only. */
Result<void> checkUse(const Cli::Options &options)
{
    const bool writes = options.has("openmetrics");
    for (const char *name : {"port", "speed", "position", "allow-host"}) {
        if (writes && options.has(name)) {
            return fail(Words::tr("--openmetrics writes a file and serves nothing; leave out --%1.")
                            .arg(QLatin1String(name)));
        }
    }
    if (!writes && options.has("step")) {
        return fail(Words::tr("--step goes with --openmetrics only."));
    }
    return {};
}

/** How the timeline is played while it is served. */
struct Playing
{
    quint16 port = UsualPort;
    double speed = 1;
    TimelinePosition from;
};

Result<Playing> playingIn(const Cli::Options &options)
{
    Playing playing;
    if (options.has("port")) {
        const auto port = Cli::wholeIn(options.value("port"), QStringLiteral("--port"), 0, 65535);
        if (!port) {
            return tl::make_unexpected(port.error());
        }
        playing.port = quint16(*port);
    }
    if (options.has("speed")) {
        const auto speed = Cli::numberIn(options.value("speed"), QStringLiteral("--speed"),
                                         MinimumSpeed, MaximumSpeed);
        if (!speed) {
            return tl::make_unexpected(speed.error());
        }
        playing.speed = *speed;
    }
    if (options.has("position")) {
        const auto position = timeFromText(options.value("position"));
        if (!position || position->relative) {
            return fail(Words::tr("--position takes a time of the timeline, as 4:00 or 240, not "
                                  "\"%1\".")
                            .arg(options.value("position")));
        }
        playing.from = TimelinePosition(position->time);
    }
    return playing;
}

/**
 * Where the timeline is served from is near it: counters count all seconds from its start on, and
 * nothing happens any more when the last incident has recovered.
 */
Result<void> checkPosition(const Cli::Options &options, TimelinePosition position,
                           TimelinePosition end)
{
    const TimelinePosition last = end + std::chrono::hours(1);
    if (position <= last) {
        return {};
    }
    return fail(Words::tr("--position is %1 at most, an hour after all of this timeline is over, "
                          "not \"%2\".")
                    .arg(timeText(wholeMilliseconds(last)), options.value("position")));
}

/** Until it is interrupted. The timeline's clock runs from now on and never stops. */
int serve(const Cli::Options &options, const ExposedWorld &world, const Playing &playing)
{
    SignalWatch signals;
    QObject::connect(&signals, &SignalWatch::interrupted, qApp, &QCoreApplication::quit);
    SystemClock clock;
    const Instant begin = clock.now();
    const auto now = [&] {
        const double real = double((clock.now() - begin).count());
        return playing.from + Duration(qint64(real * playing.speed));
    };
    TelemetryServer server(world, runLabel(), now, options.values("allow-host"));
    if (const Result<quint16> port = server.listen(playing.port); !port) {
        return options.refuse(port.error(), {});
    }
    const QString url = server.url().toString();
    if (options.json()) {
        Cli::printJson(
            {{QStringLiteral("url"), url}, {QStringLiteral("port"), server.url().port()}});
    } else {
        Cli::printOut(url);
        Cli::printError(Words::tr("The metrics are served there; Ctrl+C ends it."));
    }
    return QCoreApplication::exec();
}

bool isSameFile(const QString &a, const QString &b)
{
    const QString one = QFileInfo(a).canonicalFilePath();
    return !one.isEmpty() && one == QFileInfo(b).canonicalFilePath();
}

} // namespace

int Cli::telemetry(const QStringList &arguments)
{
    Options options(QStringLiteral("telemetry"),
                    Words::tr("Serves the metrics of a timeline's services at their moments, for "
                              "Prometheus, or writes them all. Nothing is sent."));
    options.addTimeline();
    options.add(QStringLiteral("port"),
                Words::tr("The port to serve them on, 9464 by default; 0 picks a free one."),
                QStringLiteral("number"));
    addSpeed(options);
    options.add(QStringLiteral("position"),
                Words::tr("Where the timeline begins, 0:00 by default."), QStringLiteral("time"));
    options.add(QStringLiteral("allow-host"),
                Words::tr("A name that clients may call it by, besides localhost and its address; "
                          "may be given several times."),
                QStringLiteral("name"));
    options.add(
        QStringLiteral("names"),
        Words::tr("How metrics are called: raw (as in scenarios), prometheus "
                  "(base units) or airra (its five gauges); by default as the timeline says, "
                  "or raw."),
        QStringLiteral("style"));
    options.add(
        QStringLiteral("step"),
        Words::tr("With --openmetrics: the seconds from one sample to the next, 15 by default."),
        QStringLiteral("seconds"));
    options.add(QStringLiteral("openmetrics"),
                Words::tr("Serve nothing, but write the whole timeline to that file as "
                          "OpenMetrics, for \"promtool "
                          "tsdb create-blocks-from openmetrics\"; - is standard output."),
                QStringLiteral("path"));
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const Result<QString> path = options.timelinePath();
    if (!path || path->isEmpty()) {
        return options.refuse(path ? Words::tr("Say which timeline, with --timeline or --file.")
                                   : path.error().message);
    }
    const Result<std::optional<MetricNaming>> naming = namingIn(options);
    if (!naming) {
        return options.refuse(naming.error(), {});
    }
    if (const Result<void> use = checkUse(options); !use) {
        return options.refuse(use.error(), {});
    }
    const Result<Playing> playing = playingIn(options);
    if (!playing) {
        return options.refuse(playing.error(), {});
    }
    const Result<Duration> step = stepIn(options);
    if (!step) {
        return options.refuse(step.error(), {});
    }
    const QString output = options.value("openmetrics");
    if (options.has("openmetrics") && output.isEmpty()) {
        return options.refuse(Words::tr("--openmetrics names no file."));
    }
    const bool isPrinted = output == StandardInput; // the same dash
    if (isPrinted && options.json()) {
        return options.refuse(
            Words::tr("--json and --openmetrics - would both print; choose one of them."));
    }
    if (!output.isEmpty() && isSameFile(output, *path)) {
        return options.refuse(Words::tr("--openmetrics would replace the timeline; name another "
                                        "file."));
    }

    const ScenarioLibrary library = ScenarioLibrary::standard();
    const Result<TimelineFile> file = playableTimeline(*path, library);
    if (!file) {
        return options.refuse(file.error(), *path);
    }
    Timeline timeline = file->timeline();
    const int filled = fillPrompts(timeline);
    if (filled > 0) {
        printError(countedText(filled,
                               Words::tr("One prompt has no pinned scenario; the offline "
                                         "generator's stands in for it."),
                               Words::tr("%1 prompts have no pinned scenario; the offline "
                                         "generator's stand in for them.")));
    }

    constexpr qint64 Seed = 0; // so that the same timeline has the same metrics
    const ServiceWorld world(worldPlanOf(timeline, library), Seed);
    MetricNames names = timeline.metricNames;
    names.naming = naming->value_or(names.naming);
    const ExposedWorld exposed(world, names);
    if (output.isEmpty()) {
        const TimelinePosition end = endOf(timeline, world);
        if (const Result<void> served = checkPosition(options, playing->from, end); !served) {
            return options.refuse(served.error(), {});
        }
        return serve(options, exposed, *playing);
    }
    const ExportSpan span = spanOf(timeline, world, *step);
    const qint64 samples = exposed.samplesAtOnce() * span.moments();
    if (samples > MostSamples) {
        return options.refuse(Words::tr("That would be %1 samples, and %2 is the most; choose a "
                                        "longer --step.")
                                  .arg(samples)
                                  .arg(MostSamples));
    }
    const QString run = runLabel();
    const QByteArray text = openMetricsExport(exposed, span, run);
    if (isPrinted) {
        Console::printTextFile(text, "\n");
        return AllWell;
    }
    if (const Result<void> saved = writeWholeFile(output, text); !saved) {
        return options.refuse(saved.error(), {});
    }
    const QDateTime end = span.start.addMSecs(wholeMilliseconds(span.to).count());
    if (options.json()) {
        printJson({{QStringLiteral("path"), output},
                   {QStringLiteral("names"), toString(names.naming)},
                   {QStringLiteral("run"), run},
                   {QStringLiteral("services"), world.services().size()},
                   {QStringLiteral("samples"), samples},
                   {QStringLiteral("step_seconds"),
                    double(std::chrono::duration_cast<std::chrono::seconds>(*step).count())},
                   {QStringLiteral("from"), span.start.toString(Qt::ISODate)},
                   {QStringLiteral("to"), end.toString(Qt::ISODate)}});
    } else {
        printOut(Words::tr("%1 samples from %2 to %3, run %4")
                     .arg(QString::number(samples), span.start.toString(Qt::ISODate),
                          end.toString(Qt::ISODate), run));
    }
    return AllWell;
}
