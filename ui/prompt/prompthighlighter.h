// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

class QPlainTextEdit;

/** Sets off the {{variables}} of a prompt. */
class PromptHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /** Belongs to the editor, and follows its palette. */
    explicit PromptHighlighter(QPlainTextEdit *editor);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void highlightBlock(const QString &text) override;

private:
    QPlainTextEdit *m_editor;
};
