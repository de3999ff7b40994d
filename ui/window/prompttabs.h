// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompt/variantset.h"

#include <QObject>

class PromptEditor;
class QMainWindow;
struct WindowParts;

/** The timeline and the prompts that are open beside it, each in a tab of its own. */
class PromptTabs : public QObject
{
    Q_OBJECT

public:
    /** The timeline is the first page of `parts`, which outlive it. */
    PromptTabs(QMainWindow &window, WindowParts &parts);

    /** Returns nullptr while the timeline is shown. */
    PromptEditor *current() const;
    /**
     * Shows the editor of that incident's prompt, in a new tab if there is none yet. Returns
     * nullptr if the timeline has no such incident.
     */
    PromptEditor *open(const QString &incidentId);
    /** Opens the first selected incident that has a prompt. */
    void openSelected();
    /** Opens and generates every prompt that a show needs and that is not pinned. */
    void generateUnpinned();
    void showTimeline() { show(0); }
    bool isTimelineShown() const;
    /** Closes the prompt that is shown, unless the user wants to keep it. */
    void closeCurrent();
    /** Asks about each editor with something to lose; returns whether all may be closed. */
    bool mayClose();
    /** Shows the titles, and the tabs unless a show is on. */
    void update();
    /** Enables what can be done with the selected prompts. */
    void updateActions();
    /** Takes the generators as they are set up now into all editors. */
    void refreshSources();
    /** Sets what editors that are opened from now on generate with. */
    void setGeneratorSource(const GeneratorSource &source) { m_generators = source; }

Q_SIGNALS:
    /** The user wants to set up the generators. */
    void settingsRequested();
    /** A scenario was saved among the user's own. */
    void libraryChanged();

private:
    void show(int index);
    void close(int index);
    void addCloseButton(int index, PromptEditor *editor);
    PromptEditor *editorAt(int index) const;

    QMainWindow &m_window;
    WindowParts &m_parts;
    GeneratorSource m_generators = GeneratorSource::standard();
};
