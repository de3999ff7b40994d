// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/variant.h"

#include "app/generation/replyparser.h"

/** From one scenario to another. */
class Variant::EditCommand : public QUndoCommand
{
public:
    EditCommand(Variant &variant, const QString &name, const Scenario &after,
                const QString &gesture)
        : QUndoCommand(name)
        , m_variant(variant)
        , m_before(variant.m_scenario)
        , m_after(after)
        , m_gesture(gesture)
    {}

    int id() const override { return 1; }
    void undo() override { m_variant.set(m_before); }
    void redo() override { m_variant.set(m_after); }

    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const EditCommand *>(other);
        if (m_gesture.isEmpty() || next->m_gesture != m_gesture) {
            return false;
        }
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    Variant &m_variant;
    Scenario m_before;
    Scenario m_after;
    QString m_gesture;
};

Variant::Variant(const GenerationRequest &request, const QString &generator, QObject *parent)
    : QObject(parent)
    , m_request(request)
{
    m_generation.generator = generator;
    m_generation.seed = request.seed;
}

Variant::Variant(const GenerationRequest &request, const Generation &generation, QObject *parent)
    : QObject(parent)
    , m_request(request)
    , m_state(State::Ready)
    , m_generation(generation)
    , m_tokens(generation.tokens)
{
    set(generation.scenario);
}

Variant::~Variant()
{
    // What still arrives has nobody to go to; the call would only cost more.
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
    }
}

Generation Variant::generation() const
{
    Generation generation = m_generation;
    generation.scenario = m_scenario;
    generation.tokens = m_tokens;
    return generation;
}

std::optional<Scenario> Variant::shown() const
{
    if (isReady()) {
        return m_scenario;
    }
    if (m_text.isEmpty()) {
        return {};
    }
    Scenario partial = partialScenario(m_text, m_request);
    // Its colours are those that it will have.
    if (!partial.metrics.isEmpty()) {
        partial.severity = storedSeverity(partial.metrics);
    }
    return partial;
}

bool Variant::canKeepPart() const
{
    if (m_state != State::Stopped && m_state != State::Failed) {
        return false;
    }
    const std::optional<Scenario> partial = shown();
    return partial && !partial->metrics.isEmpty();
}

void Variant::keepPart()
{
    const std::optional<Scenario> partial = shown();
    if (!partial) {
        return;
    }
    m_generation.scenario = *partial;
    m_generation.tokens = m_tokens;
    m_generation.generatedAt = QDateTime::currentDateTimeUtc();
    if (m_generation.model.isEmpty()) {
        m_generation.model = m_generation.generator;
    }
    m_generation.repairs.append(tr("The answer was cut off."));
    m_state = State::Ready;
    m_failure.clear();
    set(*partial);
    Q_EMIT stateChanged();
}

void Variant::edit(const QString &name, const Scenario &after, const QString &gesture)
{
    if (isReady() && after != m_scenario) {
        m_undo.push(new EditCommand(*this, name, after, gesture));
    }
}

void Variant::set(const Scenario &scenario)
{
    m_scenario = scenario;
    m_problems = checkQuality(m_scenario, ScenarioKind::Generated);
    m_score = qualityScore(m_problems);
    Q_EMIT changed();
}

void Variant::follow(GenerationJob *job, const GenerationRequest &request)
{
    m_job = job;
    m_text.clear();
    m_notes.clear();
    m_failure.clear();
    m_clock.start();
    if (request.part == GenerationRequest::Part::All) {
        m_state = State::Running;
    }
    connect(job, &GenerationJob::textReceived, this, [this](const QString &text) {
        m_text = text;
        Q_EMIT progressed();
    });
    connect(job, &GenerationJob::noted, this, [this](const QString &sentence) {
        m_notes.append(sentence);
        Q_EMIT progressed();
    });
    connect(job, &GenerationJob::finished, this,
            [this, request](const GenerationOutcome &outcome) { take(request, outcome); });
    Q_EMIT stateChanged();
}

void Variant::take(const GenerationRequest &request, const GenerationOutcome &outcome)
{
    m_elapsed = m_clock.elapsed();
    m_job = nullptr;
    const bool isWhole = request.part == GenerationRequest::Part::All;
    if (outcome) {
        m_tokens += outcome->tokens;
        if (isWhole) {
            m_generation = *outcome;
            m_state = State::Ready;
            set(outcome->scenario);
        } else {
            // Into what is there now: the user may have gone on with the other parts.
            GenerationRequest into = request;
            into.previous = m_scenario;
            edit(tr("Make a part anew"), withOnlyPart(outcome->scenario, into));
        }
    } else {
        m_tokens += outcome.error().tokens;
        const bool isStopped = outcome.error().kind == GenerationFailure::Kind::Cancelled;
        if (isWhole) {
            m_state = isStopped ? State::Stopped : State::Failed;
        }
        m_failure = outcome.error().message;
    }
    Q_EMIT finished(request, outcome);
    Q_EMIT stateChanged();
}

void Variant::stop()
{
    if (m_job) {
        m_job->cancel();
        return;
    }
    if (m_state == State::Waiting) {
        m_state = State::Stopped;
        m_failure = tr("It was stopped before it began.");
        Q_EMIT stateChanged();
    }
}

void Variant::fail(const QString &sentence)
{
    if (!isReady()) {
        m_state = State::Failed;
    }
    m_failure = sentence;
    Q_EMIT stateChanged();
}

std::chrono::milliseconds Variant::elapsed() const
{
    return std::chrono::milliseconds(m_job ? m_clock.elapsed() : m_elapsed);
}
