// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeedit.h"

#include "ui/widgets/plaintext.h"

#include <QKeyEvent>
#include <QLineEdit>

using std::chrono::milliseconds;

namespace {

constexpr milliseconds TimeStep = std::chrono::seconds(1);

} // namespace

TimeEdit::TimeEdit(QWidget *parent)
    : QAbstractSpinBox(parent)
{
    setKeyboardTracking(false);
    setCorrectionMode(CorrectToPreviousValue);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] { m_typed = true; });
    showTime();
}

void TimeEdit::setSigned(bool isSigned)
{
    m_signed = isSigned;
    showTime();
}

QString TimeEdit::textOf(milliseconds time) const
{
    if (!m_signed)
        return clockText(time);
    return (time.count() < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) +
           clockText(std::chrono::abs(time));
}

void TimeEdit::showTime()
{
    lineEdit()->setPlaceholderText(m_mixed ? m_mixedWord : QString());
    lineEdit()->setText(m_mixed ? QString() : textOf(m_time));
    m_typed = false;
}

void TimeEdit::setTime(milliseconds time)
{
    if (!m_mixed && m_time == time && !m_typed)
        return;
    m_mixed = false;
    m_time = time;
    showTime();
}

void TimeEdit::setMixed(const QString &word)
{
    m_mixedWord = word;
    m_mixed = true;
    showTime();
}

void TimeEdit::take()
{
    if (!m_typed)
        return;
    const auto typed = timeFromText(lineEdit()->text());
    m_typed = false;
    if (!typed) {
        const QString refused = lineEdit()->text();
        showTime();
        PlainText::showToolTip(mapToGlobal(QPoint(0, height())),
                               tr("“%1” is no time; write 4:00, 240 or 1h30m.").arg(refused), this);
        return;
    }
    const bool relative = typed->relative && m_relativeAllowed && !m_signed;
    if (!relative) {
        m_mixed = false;
        m_time = std::max(typed->time, m_least);
        showTime();
    }
    Q_EMIT timeEntered(relative ? typed->time : m_time, relative);
}

void TimeEdit::stepBy(int steps)
{
    take(); // what was typed counts first
    const milliseconds by = TimeStep * steps;
    if (m_mixed) {
        Q_EMIT timeEntered(by, true);
        return;
    }
    m_time = std::max(m_time + by, m_least);
    showTime();
    Q_EMIT timeEntered(m_time, false);
}

QAbstractSpinBox::StepEnabled TimeEdit::stepEnabled() const
{
    if (isReadOnly())
        return StepNone;
    return m_mixed || m_time > m_least ? StepUpEnabled | StepDownEnabled : StepUpEnabled;
}

QValidator::State TimeEdit::validate(QString &text, int &position) const
{
    Q_UNUSED(position)
    const auto typed = timeFromText(text);
    return typed && (!typed->relative || m_relativeAllowed || m_signed) ? QValidator::Acceptable
                                                                        : QValidator::Intermediate;
}

void TimeEdit::keyPressEvent(QKeyEvent *event)
{
    // The first Escape takes back what was typed; the next one is the window's.
    if (event->key() == Qt::Key_Escape && m_typed) {
        showTime();
        return;
    }
    // The base class would put its own value over what was typed.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        take();
        selectAll();
        event->ignore(); // and a dialog's button may have it
        return;
    }
    QAbstractSpinBox::keyPressEvent(event);
}

void TimeEdit::focusOutEvent(QFocusEvent *event)
{
    take();
    QAbstractSpinBox::focusOutEvent(event);
}
