// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class SourceEditor;
class TimelineChange;
class TimelineDocument;

/**
 * The timeline as the text of its file, live both ways: what is typed becomes the timeline as soon
 * as it can be read, and every edit elsewhere shows in the text. An error is marked in its place,
 * and the timeline stays as it was until the text is whole again.
 */
class SourceView : public QWidget
{
    Q_OBJECT

public:
    explicit SourceView(TimelineDocument &document, QWidget *parent = nullptr);

    /** Puts the cursor on a value by its JSON pointer. */
    void showPointer(const QString &pointer);
    /** The text is not a timeline, so what is shown elsewhere is older. */
    bool hasError() const { return m_hasError; }
    /** Reads what was typed now, and not when the typing pauses. */
    void takeNow();
    SourceEditor *editor() const { return m_editor; }

Q_SIGNALS:
    /** The cursor has come into another incident's text; -1 for none. */
    void incidentEntered(int row);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void documentChanged();
    void fill();
    void take();
    void showError(const Error &error);
    void updateMode();
    QString shownText() const;
    void cursorMoved();

    TimelineDocument &m_document;
    SourceEditor *m_editor = nullptr;
    QLabel *m_state = nullptr;
    QPushButton *m_giveUp = nullptr;
    QTimer m_typed;  ///< runs from a keystroke until the text is read
    QTimer m_paused; ///< what is typed after a pause is a step of its own
    bool m_taking = false;
    bool m_filling = false;
    bool m_crlf = false; ///< the file ends its lines as Windows does
    bool m_hasError = false;
    bool m_stale = true;
    int m_gesture = 0;
    int m_row = -1;
};
