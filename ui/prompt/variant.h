// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generation.h"
#include "app/generation/scenariogenerator.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QUndoStack>

/**
 * One scenario that is being made from a prompt, or was, or could not be, with what the user
 * changed of it since, and the way back from every change.
 */
class Variant : public QObject
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Ready, Failed, Stopped };

    /** To be made by the generator of that name. */
    Variant(const GenerationRequest &request, const QString &generator, QObject *parent);
    /** That was made before. */
    Variant(const GenerationRequest &request, const Generation &generation, QObject *parent);
    ~Variant() override;

    State state() const { return m_state; }
    bool isReady() const { return m_state == State::Ready; }
    /** Its first text, or one part of it, is being made. */
    bool isBusy() const { return m_job || m_state == State::Waiting; }
    const GenerationRequest &request() const { return m_request; }
    const QString &generator() const { return m_generation.generator; }

    /** Only where it is ready: as the user left it. */
    const Scenario &scenario() const { return m_scenario; }
    /** With the user's changes; only where it is ready. */
    Generation generation() const;
    /** Changed since it came from the generator. */
    bool isEdited() const { return m_scenario != m_generation.scenario; }
    const QList<QualityProblem> &problems() const { return m_problems; }
    int score() const { return m_score; }

    /** What can be shown of it: the scenario, or what has arrived of one. */
    std::optional<Scenario> shown() const;
    /** Enough has arrived of an answer that was stopped to go on with it by hand. */
    bool canKeepPart() const;
    void keepPart();

    /** One step; steps of one not empty `gesture` that follow each other become one. */
    void edit(const QString &name, const Scenario &after, const QString &gesture = {});
    QUndoStack *undoStack() { return &m_undo; }

    /** The answer to that request is what the job brings; a part goes into the scenario. */
    void follow(GenerationJob *job, const GenerationRequest &request);
    void stop();
    /** No job could be made. */
    void fail(const QString &sentence);

    const QString &text() const { return m_text; }
    const QStringList &notes() const { return m_notes; }
    /** Why there is none, or why a part was not generated again; a whole sentence. */
    const QString &failure() const { return m_failure; }
    /** Everything that was spent on it. */
    const TokenCount &tokens() const { return m_tokens; }
    std::chrono::milliseconds elapsed() const;

Q_SIGNALS:
    void stateChanged();
    /** Text or a note has arrived. */
    void progressed();
    /** The scenario is another one. */
    void changed();
    void finished(const GenerationRequest &request, const GenerationOutcome &outcome);

private:
    class EditCommand;

    void take(const GenerationRequest &request, const GenerationOutcome &outcome);
    void set(const Scenario &scenario);

    GenerationRequest m_request;
    State m_state = State::Waiting;
    Generation m_generation; ///< as it came; its scenario only where it is ready
    Scenario m_scenario;
    QList<QualityProblem> m_problems;
    int m_score = 0;
    QUndoStack m_undo;
    QPointer<GenerationJob> m_job;
    QString m_text;
    QStringList m_notes;
    QString m_failure;
    TokenCount m_tokens;
    QElapsedTimer m_clock;
    qint64 m_elapsed = 0;
};
