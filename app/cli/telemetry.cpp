// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/console.h"
#include "app/base/numbers.h"
#include "app/base/wholefile.h"
#include "app/cli/cli.h"
#include "app/cli/timelineinput.h"
#include "app/generation/offlinegenerator.h"
#include "app/generation/pinning.h"
#include "app/telemetry/exposition.h"

#include <QFileInfo>

#include <algorithm>

namespace {

using Cli::Words;

/** Some 2 GB of text; more of it would not fit into the memory of a small machine. */
constexpr qint64 MostSamples = 20'000'000;
constexpr qint64 UsualStep = 15;
constexpr qint64 LongestStep = 86400;

/**
 * Gives every prompt that has no pinned scenario the one of the offline generator, which is the
 * same each time. Returns how many there were.
 */
int fillPrompts(Timeline &timeline)
{
    int filled = 0;
    std::optional<OfflineGenerator> generator; // reads its archetypes, so only if it is needed
    for (qsizetype i = 0; i < timeline.incidents.size(); ++i) {
        Incident &incident = timeline.incidents[i];
        if (incident.type != IncidentType::LlmGenerated || !incident.enabled ||
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

Result<NameStyle> namesIn(const Cli::Options &options)
{
    if (!options.has("names")) {
        return NameStyle::Raw;
    }
    const std::optional<NameStyle> style = nameStyleFromString(options.value("names"));
    if (!style) {
        return fail(Words::tr("--names takes raw, prometheus or airra, not \"%1\".")
                        .arg(options.value("names")));
    }
    return *style;
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

/** The whole timeline, so that it ends now: databases and charts take what is past. */
ExportSpan spanOf(const Timeline &timeline, const ServiceWorld &world, Duration step)
{
    ExportSpan span;
    span.to = std::max(TimelinePosition(timeline.duration()), world.end());
    span.step = step;
    const qint64 seconds =
        std::chrono::ceil<std::chrono::seconds>(span.to.time_since_epoch()).count();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    span.start = QDateTime::fromSecsSinceEpoch(now - seconds, Qt::UTC);
    return span;
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
                    Words::tr("Writes the metrics of a timeline's services, as they are during the "
                              "timeline, for a Prometheus. Nothing is sent."));
    options.addTimeline();
    options.add(QStringLiteral("names"),
                Words::tr("How metrics are called: raw (as in scenarios, the default), prometheus "
                          "(base units) or airra (its five gauges)."),
                QStringLiteral("style"));
    options.add(QStringLiteral("step"),
                Words::tr("The seconds from one sample to the next, 15 by default."),
                QStringLiteral("seconds"));
    options.add(QStringLiteral("openmetrics"),
                Words::tr("Write the whole timeline to that file as OpenMetrics, for \"promtool "
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
    const Result<NameStyle> names = namesIn(options);
    if (!names) {
        return options.refuse(names.error(), {});
    }
    const Result<Duration> step = stepIn(options);
    if (!step) {
        return options.refuse(step.error(), {});
    }
    const QString output = options.value("openmetrics");
    if (output.isEmpty()) {
        return options.refuse(Words::tr("Say with --openmetrics where the metrics go."));
    }
    const bool isPrinted = output == StandardInput; // the same dash
    if (isPrinted && options.json()) {
        return options.refuse(
            Words::tr("--json and --openmetrics - would both print; choose one of them."));
    }
    if (isSameFile(output, *path)) {
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
    const ExposedWorld exposed(world, *names);
    const ExportSpan span = spanOf(timeline, world, *step);
    const qint64 samples = exposed.samplesAtOnce() * span.moments();
    if (samples > MostSamples) {
        return options.refuse(Words::tr("That would be %1 samples, and %2 is the most; choose a "
                                        "longer --step.")
                                  .arg(samples)
                                  .arg(MostSamples));
    }
    // A run of its own each time: a database takes no older samples of a series that it has.
    const QString run = span.start.toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
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
                   {QStringLiteral("names"), toString(*names)},
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
