// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

/** Keys, texts, numbers and comments of JSON in colours of the theme. */
class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit JsonHighlighter(QPlainTextEdit *editor);

protected:
    void highlightBlock(const QString &text) override;

private:
    QPlainTextEdit *m_editor;
};

/** An editor for JSON, with the numbers of its lines and a mark where something is wrong. */
class SourceEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit SourceEditor(QWidget *parent = nullptr);

    /** 1-based; underlines from there to the end of the word, and marks the line. 0 takes it away.
     */
    void setErrorPlace(int line, int column);
    int errorLine() const { return m_errorLine; }
    void goTo(int line, int column);

    /** For the column of line numbers. */
    int numbersWidth() const;
    void paintNumbers(QPaintEvent *event);

Q_SIGNALS:
    /** Undo or redo is about to happen, which is the document's: what was typed belongs there
     * first. */
    void undoWanted();

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void placeNumbers();
    void markCurrentLine();

    QWidget *m_numbers = nullptr;
    JsonHighlighter *m_highlighter = nullptr;
    int m_errorLine = 0;
    int m_errorColumn = 0;
};
