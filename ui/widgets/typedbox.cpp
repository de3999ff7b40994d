// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/typedbox.h"

#include "ui/look/theme.h"
#include "ui/widgets/plaintext.h"

#include <QKeyEvent>
#include <QLineEdit>

TypedBox::TypedBox(QWidget *parent)
    : QAbstractSpinBox(parent)
{
    setKeyboardTracking(false);
    setCorrectionMode(CorrectToPreviousValue);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this](const QString &text) {
        m_isTyped = true;
        setRefused(false);
        textTyped(text);
    });
}

void TypedBox::textTyped(const QString &text)
{
    Q_UNUSED(text)
}

void TypedBox::setRefused(bool isRefused)
{
    markRefused(this, isRefused);
    if (!isRefused) {
        PlainText::hideToolTip();
    }
}

void TypedBox::showValue()
{
    if (const QString text = valueText(); lineEdit()->text() != text) {
        lineEdit()->setText(text);
    }
    if (!hasFocus()) {
        lineEdit()->setCursorPosition(0); // a long number shows its beginning
    }
    m_isTyped = false;
    if (isMarkedRefused(this)) {
        setRefused(false);
    }
}

void TypedBox::take()
{
    takeOr(true);
}

/** False if the text was refused, and then either replaced by the old value or left there. */
bool TypedBox::takeOr(bool restores)
{
    if (!m_isTyped) {
        return true;
    }
    const QString text = lineEdit()->text();
    const QString sentence = objection(text);
    if (sentence.isEmpty()) {
        m_isTyped = false;
        takeText(text);
        return true;
    }
    if (text == valueText()) { // nothing, as before
        showValue();
        return true;
    }
    if (restores) {
        showValue();
    } else {
        setRefused(true);
    }
    PlainText::showToolTip(mapToGlobal(QPoint(0, height())), sentence, this);
    return false;
}

QValidator::State TypedBox::validate(QString &text, int &position) const
{
    Q_UNUSED(position)
    return objection(text).isEmpty() ? QValidator::Acceptable : QValidator::Intermediate;
}

void TypedBox::keyPressEvent(QKeyEvent *event)
{
    // The first Escape takes back what was typed; the next one is the window's.
    if (event->key() == Qt::Key_Escape && m_isTyped) {
        typingCancelled();
        showValue();
        return;
    }
    // The base class would put its own value over what was typed.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!takeOr(false)) {
            return; // a dialog's button would go on with the old value
        }
        selectAll();
        event->ignore(); // and a dialog's button may have it
        return;
    }
    QAbstractSpinBox::keyPressEvent(event);
}

void TypedBox::focusOutEvent(QFocusEvent *event)
{
    take();
    QAbstractSpinBox::focusOutEvent(event);
}
