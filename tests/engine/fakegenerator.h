// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/base/clock.h"
#include "app/generation/scenariogenerator.h"

#include <QMap>

/** A generator whose answers a test decides, on the test's own clock. */
class FakeGenerator : public ScenarioGenerator
{
public:
    explicit FakeGenerator(Clock &clock)
        : m_clock(clock)
    {}

    struct Asked
    {
        QString prompt;
        Instant at;
    };
    QList<Asked> asked;
    int cancelled = 0;
    int underWay = 0;
    int mostUnderWay = 0;
    /** How long an answer takes. */
    Duration latency{0};
    /** Failures for that prompt, in order; where none is left, a scenario. */
    QMap<QString, QList<GenerationFailure>> failures;
    /** Prompts whose scenarios break a rule of kind E. */
    QStringList broken;

    static GenerationFailure failure(GenerationFailure::Kind kind)
    {
        GenerationFailure failure;
        failure.kind = kind;
        failure.message = QStringLiteral("It did not work.");
        return failure;
    }

    static Scenario scenario(const GenerationRequest &request)
    {
        Scenario scenario;
        scenario.id = QStringLiteral("llm_") + request.prompt;
        scenario.name = QStringLiteral("[LLM] ") + request.prompt;
        scenario.service = request.service;
        scenario.severity = Severity::High;
        scenario.origin = Scenario::Origin::Generated;
        for (const char *name : {"request_duration_seconds", "cpu_usage_percent", "errors_total"}) {
            Metric metric;
            metric.name = QLatin1String(name);
            metric.value = 50;
            metric.baseline = 25;
            metric.deviationSigma = 4.5;
            scenario.metrics.append(metric);
        }
        return scenario;
    }

    QString name() const override { return QStringLiteral("fake"); }

    GenerationJob *generate(const GenerationRequest &request) override
    {
        asked.append({request.prompt, m_clock.now()});
        mostUnderWay = std::max(mostUnderWay, ++underWay);
        auto *job = new Job(*this);
        QList<GenerationFailure> &list = failures[request.prompt];
        GenerationOutcome outcome;
        if (!list.isEmpty()) {
            outcome = tl::make_unexpected(list.takeFirst());
        } else {
            Generation made;
            made.scenario = scenario(request);
            if (broken.contains(request.prompt)) {
                made.scenario.severity = Severity::Low;
            }
            made.generator = name();
            outcome = made;
        }
        m_clock.callAfter(latency, {job, [job, outcome] { job->end(outcome); }});
        return job;
    }

private:
    class Job : public GenerationJob
    {
    public:
        explicit Job(FakeGenerator &generator)
            : GenerationJob(&generator)
            , m_generator(generator)
        {}

        void cancel() override
        {
            ++m_generator.cancelled;
            end(tl::make_unexpected(failure(GenerationFailure::Kind::Cancelled)));
        }

        void end(const GenerationOutcome &outcome)
        {
            if (!m_isDone) {
                m_isDone = true;
                --m_generator.underWay;
                Q_EMIT finished(outcome);
                deleteLater();
            }
        }

    private:
        FakeGenerator &m_generator;
        bool m_isDone = false;
    };

    Clock &m_clock;
};
