// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/numbers.h"
#include "app/base/signalwatch.h"
#include "app/cli/cli.h"
#include "app/cli/consoletable.h"
#include "app/cli/playing.h"
#include "app/generation/generators.h"
#include "app/model/metrictext.h"

#include <QJsonArray>
#include <QPointer>

namespace {

using Cli::Words;

QJsonArray contentOf(const QList<QualityProblem> &problems)
{
    QJsonArray list;
    for (const QualityProblem &problem : problems) {
        list.append(QJsonObject{{QStringLiteral("rule"), problem.rule},
                                {QStringLiteral("kind"), toString(problem.kind)},
                                {QStringLiteral("pointer"), problem.pointer},
                                {QStringLiteral("message"), problem.message}});
    }
    return list;
}

QJsonObject contentOf(const Generation &generation)
{
    const QList<QualityProblem> problems = generation.problems();
    return {{QStringLiteral("scenario"), generatedContent(generation.scenario)},
            {QStringLiteral("generator"), generation.generator},
            {QStringLiteral("model"), generation.model},
            {QStringLiteral("seed"), generation.seed},
            {QStringLiteral("attempts"), generation.attempts},
            {QStringLiteral("tokens"),
             QJsonObject{{QStringLiteral("prompt"), generation.tokens.prompt},
                         {QStringLiteral("completion"), generation.tokens.completion}}},
            {QStringLiteral("score"), qualityScore(problems)},
            {QStringLiteral("problems"), contentOf(problems)}};
}

void print(const Generation &generation)
{
    const Scenario &scenario = generation.scenario;
    Cli::printOut(scenario.name);
    Cli::printOut(Words::tr("%1, %2, cause %3")
                      .arg(scenario.service, toString(scenario.severity), scenario.rootCause));
    Cli::printOut(QStringList{QString(), scenario.description, {}});
    ConsoleTable table({Words::tr("Metric"), Words::tr(">Value"), Words::tr(">Baseline"),
                        Words::tr(">Sigma"), Words::tr("Pattern")});
    for (const Metric &metric : scenario.metrics) {
        table.addRow({metric.name, metricValueText(metric.value, metric.unit),
                      metricValueText(metric.baseline, metric.unit),
                      sigmaText(metric.deviationSigma), toString(metric.pattern)});
    }
    Cli::printOut(table.lines() + QStringList{QString()});
    Cli::printOut(
        Words::tr("Actions: %1").arg(scenario.expectedActions.join(QStringLiteral(", "))));
    const QList<QualityProblem> problems = generation.problems();
    for (const QualityProblem &problem : problems) {
        Cli::printOut(Words::tr("%1 (rule %2): %3")
                          .arg(toString(problem.kind))
                          .arg(problem.rule)
                          .arg(problem.message));
    }
    const QString by =
        generation.generator == u"offline"
            ? Words::tr("Made by the built-in offline generator, which is no LLM; seed %1.")
                  .arg(generation.seed)
            : Words::tr("Made by %1 (%2) in %3 calls; %4 tokens in, %5 out.")
                  .arg(generation.generator, generation.model, QString::number(generation.attempts),
                       QString::number(generation.tokens.prompt),
                       QString::number(generation.tokens.completion));
    Cli::printOut(Words::tr("Score %1 of 100. %2").arg(qualityScore(problems)).arg(by));
}

int exitCodeOf(GenerationFailure::Kind kind)
{
    switch (kind) {
    case GenerationFailure::Kind::Unreachable:
    case GenerationFailure::Kind::KeyRefused:
    case GenerationFailure::Kind::RateLimited:
        return Cli::Unreachable;
    case GenerationFailure::Kind::Cancelled:
        return Cli::Interrupted;
    default:
        return Cli::Incomplete;
    }
}

Result<GenerationRequest> requestFrom(const Cli::Options &options)
{
    GenerationRequest request;
    request.prompt = options.value("prompt").trimmed();
    if (request.prompt.isEmpty()) {
        return fail(Words::tr("Say what happens: --prompt \"The disk fills with debug logs\"."));
    }
    if (options.has("service")) {
        request.service = options.value("service");
    }
    if (!isValidServiceName(request.service)) {
        return fail(Words::tr("\"%1\" is no service name: letters, digits, - and _ only, 1 to 255.")
                        .arg(request.service));
    }
    if (options.has("severity")) {
        const auto severity = severityFromString(options.value("severity"));
        if (!severity) {
            return fail(Words::tr("--severity is low, medium, high or critical, not \"%1\".")
                            .arg(options.value("severity")));
        }
        request.severity = *severity;
    }
    if (options.has("seed")) {
        const std::optional<qint64> seed = wholeFromText(options.value("seed"));
        if (!seed) {
            return fail(
                Words::tr("--seed is a whole number, not \"%1\".").arg(options.value("seed")));
        }
        request.seed = *seed;
    }
    // A prompt may use the two variables that are always given.
    request.prompt.replace(QStringLiteral("{{service}}"), request.service);
    request.prompt.replace(QStringLiteral("{{severity}}"), toString(request.severity));
    return request;
}

} // namespace

int Cli::generate(const QStringList &arguments)
{
    Options options(QStringLiteral("generate"),
                    Words::tr("Makes a scenario from a prompt, and judges it by the rules."));
    options.add(QStringLiteral("prompt"), Words::tr("What happens, in your own words."),
                QStringLiteral("text"));
    options.add(QStringLiteral("service"), Words::tr("To which service; payment-service if not."),
                QStringLiteral("name"));
    options.add(QStringLiteral("severity"),
                Words::tr("low, medium, high or critical; medium if not said."),
                QStringLiteral("word"));
    options.add(QStringLiteral("seed"), Words::tr("Another number makes another scenario; 0."),
                QStringLiteral("number"));
    options.add(QStringLiteral("generator"),
                Words::tr("offline, openai, anthropic, ollama, or a profile of your own."),
                QStringLiteral("name"));
    addCertificates(options);
    if (const auto code = options.read(arguments)) {
        return *code;
    }
    const Result<GenerationRequest> request = requestFrom(options);
    if (!request) {
        return options.refuse(request.error(), {});
    }
    const Result<GeneratorProfile> profile = Generators::resolve(
        options.has("generator") ? options.value("generator") : Generators::defaultName());
    if (!profile) {
        return options.refuse(profile.error(), {});
    }
    if (profile->kind == GeneratorProfile::Kind::Backend) {
        return options.refuse(Words::tr("\"backend\" generates nothing here: with it, only the "
                                        "prompt is sent to the incident API."));
    }
    if (const Result<void> good = applyCertificates(options, {profile->base}); !good) {
        return options.refuse(good.error(), {});
    }
    SignalWatch signals;
    SystemClock clock;
    GenerationBudget budget = Generators::budget();
    std::unique_ptr<ScenarioGenerator> generator;
    QPointer<GenerationJob> job;
    int code = AllWell;
    const auto begin = [&](const QByteArray &key) {
        GeneratorProfile keyed = *profile;
        keyed.key = key;
        generator = Generators::make(keyed, clock, &budget);
        job = generator->generate(*request);
        QObject::connect(job, &GenerationJob::noted, generator.get(),
                         qOverload<const QString &>(&Cli::printError));
        QObject::connect(job, &GenerationJob::finished, generator.get(),
                         [&](const GenerationOutcome &outcome) {
                             if (!outcome) {
                                 code = options.refuse(Error(outcome.error().message), {},
                                                       ::exitCodeOf(outcome.error().kind));
                             } else {
                                 code = hasErrors(outcome->problems()) ? Incomplete : AllWell;
                                 if (options.json()) {
                                     printJson(contentOf(*outcome));
                                 } else {
                                     print(*outcome);
                                 }
                             }
                             QCoreApplication::exit(code);
                         });
    };
    QObject::connect(&signals, &SignalWatch::interrupted, &signals, [&] {
        if (job) {
            job->cancel();
        } else {
            code = Interrupted;
            QCoreApplication::exit(code);
        }
    });
    Generators::readKey(*profile, {&signals, begin});
    QCoreApplication::exec();
    return code;
}
