// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/prompthighlighter.h"

#include "app/timeline/promptvariables.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QPlainTextEdit>

PromptHighlighter::PromptHighlighter(QPlainTextEdit *editor)
    : QSyntaxHighlighter(editor->document())
    , m_editor(editor)
{
    editor->installEventFilter(this);
}

bool PromptHighlighter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        rehighlight();
    }
    return QSyntaxHighlighter::eventFilter(watched, event);
}

void PromptHighlighter::highlightBlock(const QString &text)
{
    QTextCharFormat format;
    format.setForeground(Theme::of(m_editor->palette()).accent);
    format.setFontWeight(QFont::DemiBold);
    for (const PromptVariable &variable : promptVariables(text)) {
        setFormat(int(variable.begin), int(variable.length), format);
    }
}
