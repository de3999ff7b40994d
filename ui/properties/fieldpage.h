// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QVBoxLayout;
class TimelineDocument;
class TypedTextEdit;

/**
 * A page of fields under headings. What is typed goes to the document at once; what is typed in one
 * field without leaving it is one step of undo.
 */
class FieldPage : public QWidget
{
    Q_OBJECT

public:
    explicit FieldPage(TimelineDocument &document, QWidget *parent = nullptr);

Q_SIGNALS:
    /** Enter in a line: the user is through with it. */
    void done();

protected:
    TimelineDocument &document() const { return m_document; }

    /** Everything that follows goes below it, up to the next one. */
    void addHeading(const QString &text);
    void addField(const QString &label, QWidget *field);
    void addWide(QWidget *field);
    QLineEdit *newLine(const QString &accessibleName);
    /** Grows with its text, within `least` and three times as many lines. */
    TypedTextEdit *newText(const QString &accessibleName, int least);
    QLabel *newNote();
    /** After the last field. */
    void addEnd();

    /** The same as long as one field keeps the focus and the same things are shown. */
    QString gesture(const QString &field) const;
    /** Other things are shown. */
    void beginGestures() { ++m_gesture; }

    /** Show a value; what the user is typing is left alone where it means the same. */
    static void showText(QLineEdit *edit, const QString &text, bool mixed);
    static void showText(TypedTextEdit *edit, const QString &text, bool mixed);
    static void showFlag(QCheckBox *box, bool value, bool mixed);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void watch(QWidget *field);

    TimelineDocument &m_document;
    QVBoxLayout *m_column = nullptr;
    QFormLayout *m_form = nullptr;
    int m_gesture = 0;
};
