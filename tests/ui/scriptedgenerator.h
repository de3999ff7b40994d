// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generatorprofile.h"
#include "app/generation/scenariogenerator.h"
#include "ui/prompt/variantset.h"

#include <QPointer>

/** A job that says and ends what a test tells it to. */
class ScriptedJob : public GenerationJob
{
public:
    using GenerationJob::GenerationJob;

    GenerationRequest request;
    bool isCancelled = false;

    void cancel() override
    {
        isCancelled = true;
        GenerationFailure failure;
        failure.kind = GenerationFailure::Kind::Cancelled;
        failure.message = QStringLiteral("It was cancelled.");
        end(tl::make_unexpected(failure));
    }
    void say(const QString &text) { Q_EMIT textReceived(text); }
    void note(const QString &sentence) { Q_EMIT noted(sentence); }
    void succeed(const Scenario &scenario, const TokenCount &tokens = {100, 20})
    {
        Generation made;
        made.scenario = scenario;
        made.generator = QStringLiteral("scripted");
        made.model = QStringLiteral("test");
        made.seed = request.seed;
        made.tokens = tokens;
        made.generatedAt = QDateTime::currentDateTimeUtc();
        end(made);
    }
    void failWith(const QString &sentence)
    {
        GenerationFailure failure;
        failure.kind = GenerationFailure::Kind::KeyRefused;
        failure.message = sentence;
        end(tl::make_unexpected(failure));
    }

private:
    void end(const GenerationOutcome &outcome)
    {
        // Never within the call that made or cancelled it.
        QMetaObject::invokeMethod(
            this,
            [this, outcome] {
                Q_EMIT finished(outcome);
                deleteLater();
            },
            Qt::QueuedConnection);
    }
};

/** Keeps its jobs for a test to go through. */
class ScriptedGenerator : public ScenarioGenerator
{
public:
    explicit ScriptedGenerator(QList<QPointer<ScriptedJob>> &jobs)
        : m_jobs(jobs)
    {}

    QString name() const override { return QStringLiteral("scripted"); }
    GenerationJob *generate(const GenerationRequest &request) override
    {
        auto *job = new ScriptedJob(this);
        job->request = request;
        m_jobs.append(job);
        return job;
    }

private:
    QList<QPointer<ScriptedJob>> &m_jobs;
};

/** What such generators make scenarios of; `jobs` outlives everything that uses it. */
inline GeneratorSource scriptedSource(QList<QPointer<ScriptedJob>> &jobs, int parallel = 4)
{
    GeneratorSource source;
    source.profiles = [parallel] {
        GeneratorProfile scripted;
        scripted.name = QStringLiteral("scripted");
        scripted.kind = GeneratorProfile::Kind::OpenAi;
        scripted.base = QUrl(QStringLiteral("http://localhost:1/v1"));
        scripted.model = QStringLiteral("test");
        scripted.parallel = parallel;
        scripted.promptPrice = 1000.0;
        scripted.completionPrice = 5000.0;
        GeneratorProfile backend;
        backend.name = QStringLiteral("backend");
        backend.kind = GeneratorProfile::Kind::Backend;
        return QList<GeneratorProfile>{scripted, backend};
    };
    source.make = [&jobs](const QString &, const QByteArray &,
                          GenerationBudget *) -> Result<std::unique_ptr<ScenarioGenerator>> {
        return std::unique_ptr<ScenarioGenerator>(new ScriptedGenerator(jobs));
    };
    return source;
}
