// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "ui/document/timelinedocument.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class SourceEditor;

/**
 * The timeline as the text of its file, live both ways: what is typed changes the timeline as soon
 * as the text can be read, and every edit elsewhere shows in the text. An error is marked in its
 * place, and the timeline stays as it was until the text can be read again.
 *
 * Only what is typed is ever written. If the timeline has changed elsewhere since the text was made
 * from it, both edits are joined; if they contradict each other, the user decides.
 */
class SourceView : public QWidget
{
    Q_OBJECT

public:
    explicit SourceView(TimelineDocument &document, QWidget *parent = nullptr);

    /** Puts the cursor on a value by its JSON pointer. */
    void showPointer(const QString &pointer);
    /** Something was typed that did not become the timeline: an error, or a contradiction. */
    bool isLeft() const { return m_left != Left::Nothing; }
    /** Reads what was typed now, and not when the typing pauses. */
    void takeNow();
    SourceEditor *editor() const { return m_editor; }

Q_SIGNALS:
    /** The cursor has come into another incident's text; -1 for none. */
    void incidentEntered(int row);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /** Why typed text is not in the timeline. */
    enum class Left { Nothing, Error, Conflict };

    void documentChanged();
    /** The document's own text, whatever was typed. */
    void fill();
    void textChanged();
    void take();
    /** Nothing is typed any more. */
    void settle();
    /** Over whatever the timeline has become since: asked for by its button alone. */
    void useText();
    void showError(const Error &error);
    void showConflict();
    void updateMode();
    QString shownText() const;
    bool isTyped() const;
    /** The text of m_base with what was typed in it; all else keeps its bytes. */
    QByteArray typedText() const;
    void cursorMoved();

    TimelineDocument &m_document;
    SourceEditor *m_editor = nullptr;
    QLabel *m_state = nullptr;
    QPushButton *m_use = nullptr;
    QPushButton *m_discard = nullptr;
    QTimer m_typed;                        ///< runs from a keystroke until the text is read
    QTimer m_paused;                       ///< what is typed after a pause is a step of its own
    TimelineDocument::Revision m_revision; ///< that the text was made from
    QByteArray m_base;                     ///< its text
    QString m_shown;                       ///< as the editor had it before anything was typed
    Left m_left = Left::Nothing;
    bool m_taking = false;
    bool m_filling = false;
    bool m_stale = true; ///< the document is no longer at m_revision
    int m_gesture = 0;
    int m_row = -1;
};
