// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

/**
 * A text of several lines that tells when it is edited, and nothing else. QPlainTextEdit's own
 * textChanged() is also emitted when a highlighter paints, or a font or a palette changes: who
 * writes on that signal writes what nobody typed.
 */
class TypedTextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TypedTextEdit(QWidget *parent = nullptr);

    /** Exactly as it stands there, unlike toPlainText(), which turns odd blanks into plain ones. */
    QString text() const;
    /** Shown, not told. */
    void showText(const QString &text);

Q_SIGNALS:
    /** The text is another one than was last shown or told. */
    void typed(const QString &text);

private:
    QString m_known;
    bool m_isShowing = false;
};
