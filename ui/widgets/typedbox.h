// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSpinBox>

/**
 * A field for a value that is typed or stepped. What cannot be read is refused where it stands: the
 * field is marked, a sentence says why, and the old value is kept. Enter leaves the refused text to
 * be corrected; Escape and leaving the field bring the old value back. A field that nobody typed in
 * never tells anything, whatever font, style or locale it gets and however often one passes
 * through.
 */
class TypedBox : public QAbstractSpinBox
{
    Q_OBJECT

public:
    QValidator::State validate(QString &text, int &position) const override;

protected:
    explicit TypedBox(QWidget *parent);

    /** The value as it is written; empty for none. */
    virtual QString valueText() const = 0;
    /** A sentence if this text is no value of the field, else empty. */
    virtual QString objection(const QString &text) const = 0;
    /** The text is fine and final: Enter, or the field is left. */
    virtual void takeText(const QString &text) = 0;
    /** Each letter, whether the text is fine or not. */
    virtual void textTyped(const QString &text);
    /** Escape. */
    virtual void typingCancelled() {}

    bool isTyped() const { return m_isTyped; }
    /** Puts the value's text over what was typed. */
    void showValue();
    /** What was typed counts from now on, unless it is refused. */
    void take();
    /** Marked, until the text is another one. */
    void setRefused(bool isRefused);

    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool takeOr(bool restores);

    bool m_isTyped = false; ///< something stands there that was not taken yet
};
