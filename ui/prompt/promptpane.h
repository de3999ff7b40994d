// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/generation/generatorprofile.h"
#include "ui/prompt/promptdraft.h"

#include <QWidget>

class AdviceList;
class QLabel;
class QMenu;
class QPushButton;
class QVBoxLayout;
class RequestForm;
class TypedTextEdit;
class VariableTable;

/** What is asked: the prompt with its variables, for whom, of which generator, and how often. */
class PromptPane : public QWidget
{
    Q_OBJECT

public:
    explicit PromptPane(QWidget *parent = nullptr);

    const PromptDraft &draft() const { return m_draft; }
    void setDraft(const PromptDraft &draft);
    /** Of the timeline, to choose from and to fill in. */
    void setServices(const QStringList &services);
    void setTimelineVariables(const QMap<QString, QString> &variables);
    /** Keeps the choice where it is still there. */
    void setProfiles(const QList<GeneratorProfile> &profiles, const QString &fallback);
    std::optional<GeneratorProfile> profile() const;
    int variants() const;
    /** The seed of the first variant of the next generation. */
    qint64 nextSeed();
    /** `busy` of them are being made. */
    void setBusy(int busy);
    void focusPrompt();
    /** With a service that is allowed, a prompt, and a generator that makes something. */
    bool canGenerate() const;

Q_SIGNALS:
    void draftChanged();
    void profileChanged();
    void generateRequested();
    void stopRequested();
    void settingsRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makePrompt(QVBoxLayout *column);
    void makeButtons(QVBoxLayout *column);
    void fillSaved(QMenu *menu);
    void take();
    void refresh();
    void refreshButtons();
    void insertVariable();
    void insertSentence(const QString &sentence);
    void setPromptText(const QString &text);

    PromptDraft m_draft;
    QMap<QString, QString> m_timelineVariables;
    bool m_isShowing = false;
    int m_busy = 0;

    TypedTextEdit *m_prompt = nullptr;
    QPushButton *m_saved = nullptr;
    QLabel *m_words = nullptr;
    AdviceList *m_advice = nullptr;
    QLabel *m_noVariables = nullptr;
    VariableTable *m_variables = nullptr;
    RequestForm *m_form = nullptr;
    QPushButton *m_generate = nullptr;
    QPushButton *m_stop = nullptr;
    QLabel *m_keys = nullptr;
};
