// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchreport.h"

#include "app/engine/playback.h"
#include "app/generation/llmgenerator.h"
#include "app/generation/offlinegenerator.h"
#include "app/library/scenariolibrary.h"
#include "app/run/runrecord.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>

namespace {

constexpr double MemoryBound = 20; // MB that an answer without end may cost
constexpr int Repeats = 3;

/** A field of /proc/self/status, in MB. */
double memoryNow(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field)) {
            return line.simplified().split(' ').value(1).toDouble() / 1024;
        }
    }
    return 0;
}

/** So that the peak is that of what follows. */
void forgetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("5");
    }
}

/** What comes of one generation; textReceived is connected as a window would. */
GenerationOutcome generated(LlmGenerator &generator, Clock &clock, QJsonObject &line)
{
    GenerationRequest request;
    request.prompt = QStringLiteral("A memory leak");
    QEventLoop loop;
    GenerationOutcome outcome;
    qsizetype characters = 0;
    const Instant begin = clock.now();
    GenerationJob *job = generator.generate(request);
    QObject::connect(job, &GenerationJob::textReceived,
                     [&](const QString &text) { characters = text.size(); });
    QObject::connect(job, &GenerationJob::finished, [&](const GenerationOutcome &came) {
        outcome = came;
        loop.quit();
    });
    loop.exec();
    line.insert(QStringLiteral("milliseconds"), rounded(toMilliseconds(clock.now() - begin)));
    line.insert(QStringLiteral("characters"), qint64(characters));
    return outcome;
}

/**
 * An answer that never ends, or is of 200 MB, from a sandbox in another process, so that only what
 * the client needs is measured.
 */
void measureCap(const char *fault, GeneratorProfile::Kind kind)
{
    QProcess sandbox;
    sandbox.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli"),
                  {QStringLiteral("sandbox"), QStringLiteral("--fault"),
                   QLatin1String(fault) + QStringLiteral(":99")});
    if (!sandbox.waitForReadyRead(10000)) {
        report({{QStringLiteral("bench"), QStringLiteral("generation_cap")},
                {QStringLiteral("error"), QStringLiteral("the sandbox did not start")}});
        return;
    }
    SystemClock clock;
    GeneratorProfile profile;
    profile.name = QStringLiteral("bench");
    profile.kind = kind;
    profile.model = QStringLiteral("sandbox-model");
    profile.base = QUrl(QString::fromUtf8(sandbox.readLine().trimmed()));
    profile.base.setPath(kind == GeneratorProfile::Kind::OpenAi ? QStringLiteral("/v1")
                                                                : QString());
    LlmGenerator generator(profile, clock);
    for (int i = 0; i < Repeats; ++i) {
        forgetPeak();
        const double before = memoryNow("VmRSS:");
        QJsonObject line{{QStringLiteral("bench"), QStringLiteral("generation_cap")},
                         {QStringLiteral("answer"), QLatin1String(fault)},
                         {QStringLiteral("dialect"), toString(kind)},
                         {QStringLiteral("bound_mb"), MemoryBound}};
        const GenerationOutcome outcome = generated(generator, clock, line);
        line.insert(QStringLiteral("aborted"),
                    !outcome && outcome.error().kind == GenerationFailure::Kind::TooLarge);
        line.insert(QStringLiteral("peak_growth_mb"), rounded(memoryNow("VmHWM:") - before));
        line.insert(QStringLiteral("growth_after_mb"), rounded(memoryNow("VmRSS:") - before));
        report(line);
    }
    sandbox.terminate();
    sandbox.waitForFinished(5000);
}

/** The built-in generator, one scenario after another over all archetypes and severities. */
void measureOffline()
{
    SystemClock clock;
    const OfflineGenerator generator;
    const QStringList archetypes = generator.archetypes();
    std::vector<double> times;
    int errors = 0;
    for (int seed = 0; times.size() < 1000; ++seed) {
        for (const QString &archetype : archetypes) {
            for (const Severity severity :
                 {Severity::Low, Severity::Medium, Severity::High, Severity::Critical}) {
                GenerationRequest request;
                request.prompt = QStringLiteral("Something is wrong with the disk");
                request.severity = severity;
                request.seed = seed;
                const Instant begin = clock.now();
                generator.archetypeFor(request.prompt);
                const Result<Generation> made = generator.makeFrom(archetype, request);
                times.push_back(toMilliseconds(clock.now() - begin));
                errors += made && !hasErrors(made->problems()) ? 0 : 1;
            }
        }
    }
    report({{QStringLiteral("bench"), QStringLiteral("offline_generator")},
            {QStringLiteral("scenarios"), qint64(times.size())},
            {QStringLiteral("with_errors"), errors},
            {QStringLiteral("milliseconds"), spread(times)},
            {QStringLiteral("bound_ms"), 5}});
}

/** Ten incidents from prompts, six seconds apart, by a model that takes five for each. */
void measureSlowModel()
{
    QProcess sandbox;
    sandbox.start(
        QStringLiteral(PROGRAM_DIR "/timeline-orchestrator-cli"),
        {QStringLiteral("sandbox"), QStringLiteral("--llm-latency"), QStringLiteral("5000")});
    if (!sandbox.waitForReadyRead(10000)) {
        report({{QStringLiteral("bench"), QStringLiteral("slow_model")},
                {QStringLiteral("error"), QStringLiteral("the sandbox did not start")}});
        return;
    }
    const QUrl base(QString::fromUtf8(sandbox.readLine().trimmed()));
    Timeline timeline;
    for (int i = 0; i < 10; ++i) {
        Incident incident;
        incident.type = IncidentType::LlmGenerated;
        incident.id = QString::number(i);
        incident.prompt = QStringLiteral("The disk fills, number %1").arg(i);
        incident.delay = std::chrono::seconds(6 * i);
        timeline.incidents.append(incident);
    }
    RunGeneration generation;
    generation.profile.name = QStringLiteral("slow");
    generation.profile.kind = GeneratorProfile::Kind::OpenAi;
    generation.profile.model = QStringLiteral("sandbox-model");
    generation.profile.base = base.resolved(QUrl(QStringLiteral("/v1")));
    Result<RunPlan> plan = planRun(timeline, ScenarioLibrary(), generation);
    const QTemporaryDir folder;
    plan->target.base = base;
    plan->targetName = base.toString();
    plan->journalPath = folder.filePath(QStringLiteral("journal.jsonl"));
    Playback playback;
    RunRecord record;
    int fallbacks = 0;
    QEventLoop loop;
    QObject::connect(&playback, &Playback::recorded, [&](const RunEvent &event) {
        fallbacks += event.as<FellBack>() ? 1 : 0;
        record.apply(event);
    });
    QObject::connect(&playback, &Playback::finished, &loop, &QEventLoop::quit);
    QObject::connect(&playback, &Playback::startFailed, &loop, &QEventLoop::quit);
    playback.start(*plan);
    loop.exec();
    std::vector<double> late;
    for (const IncidentRun &run : record.incidents()) {
        late.push_back(toMilliseconds(run.late()).value_or(1e9));
    }
    report({{QStringLiteral("bench"), QStringLiteral("slow_model")},
            {QStringLiteral("created"), record.count(IncidentState::Created)},
            {QStringLiteral("fallbacks"), fallbacks},
            {QStringLiteral("late_ms"), spread(late)},
            {QStringLiteral("bound_ms"), 5}});
    sandbox.terminate();
    sandbox.waitForFinished(5000);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    measureOffline();
    measureSlowModel();
    using Kind = GeneratorProfile::Kind;
    for (const Kind kind : {Kind::OpenAi, Kind::Anthropic, Kind::Ollama}) {
        measureCap("llm_huge", kind);
        measureCap("llm_endless", kind);
    }
    return 0;
}
