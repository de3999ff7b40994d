// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompt/promptdraft.h"
#include "ui/prompt/variantset.h"

#include <QWidget>

class AcceptBar;
class MessageBar;
class PreviewPane;
class PromptKeys;
class PromptPane;
class QSplitter;
class ResultPane;
class ScenarioLibrary;
class TimelineDocument;
class UserScenarios;

/**
 * Where a prompt becomes a scenario: what is asked, what came of it, and how that will look.
 * Nothing of it is in the timeline until a variant is accepted, which is one step of undo there.
 */
class PromptEditor : public QWidget
{
    Q_OBJECT

public:
    /** Document and scenarios outlive it. */
    PromptEditor(TimelineDocument &document, const ScenarioLibrary &scenarios,
                 const QString &incidentId, const GeneratorSource &source,
                 QWidget *parent = nullptr);
    ~PromptEditor() override;

    const QString &incidentId() const { return m_incidentId; }
    /** "Disk fills to 98 %, at 4:00". */
    QString title() const;
    /** Asks where something would be lost. */
    bool mayClose();
    bool hasUnaccepted() const;
    void focusPrompt();
    /** Generators or the scenarios of the library are others now. */
    void refreshSources();

    VariantSet &variants() { return *m_variants; }
    PromptPane *promptPane() const { return m_prompt; }
    ResultPane *resultPane() const { return m_result; }
    PreviewPane *previewPane() const { return m_preview; }

public Q_SLOTS:
    void generate();
    void stop();
    void accept();

Q_SIGNALS:
    void titleChanged();
    void closeRequested();
    void settingsRequested();
    /** A scenario was saved among the user's own. */
    void libraryChanged();
    /** A sentence for the status bar. */
    void said(const QString &sentence);

private:
    void connectAll();
    void connectBar();
    void openPinned();
    void followDocument();
    void takeOver();
    Incident draftIncident() const;
    void updateAll();
    void updateAccept();
    QString acceptObjection() const;
    Variant *current() const;

    void acceptDespiteErrors();
    /** What is asked becomes the incident's, without a scenario. */
    bool keepPrompt();
    enum class Errors { NotAccepted, Accepted };
    /** Pins the variant. With Errors::Accepted it is sent although it breaks rules of kind E. */
    void pin(Variant &variant, Errors errors = Errors::NotAccepted);
    void again();
    void regenerate(GenerationRequest::Part part);

    TimelineDocument &m_document;
    const ScenarioLibrary &m_scenarios;
    QString m_incidentId;
    std::unique_ptr<VariantSet> m_variants;
    Incident m_incident; ///< as it was last seen in the document
    PromptDraft m_base;  ///< what that comes to
    bool m_isGone = false;
    bool m_isAccepting = false;
    bool m_hasUnaccepted = false;

    MessageBar *m_notice = nullptr;
    MessageBar *m_trouble = nullptr;
    QSplitter *m_split = nullptr;
    PromptPane *m_prompt = nullptr;
    ResultPane *m_result = nullptr;
    PreviewPane *m_preview = nullptr;
    AcceptBar *m_bar = nullptr;
    std::unique_ptr<PromptKeys> m_keys;
    UserScenarios *m_userScenarios = nullptr;
};
