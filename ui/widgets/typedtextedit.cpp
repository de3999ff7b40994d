// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/typedtextedit.h"

#include <utility>

TypedTextEdit::TypedTextEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_isShowing) {
            return;
        }
        const QString now = text();
        if (std::exchange(m_known, now) != now) {
            Q_EMIT typed(now);
        }
    });
}

QString TypedTextEdit::text() const
{
    QString text = document()->toRawText();
    return text.replace(QChar::ParagraphSeparator, u'\n');
}

void TypedTextEdit::showText(const QString &text)
{
    if (this->text() == text) {
        return;
    }
    m_isShowing = true;
    setPlainText(text);
    m_isShowing = false;
    m_known = this->text();
}
