// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeedit.h"

#include <QLineEdit>

using std::chrono::milliseconds;

namespace {

constexpr milliseconds TimeStep = std::chrono::seconds(1);

} // namespace

TimeEdit::TimeEdit(QWidget *parent)
    : TypedBox(parent)
{
    showTime();
}

void TimeEdit::setSigned(bool isSigned)
{
    m_signed = isSigned;
    showTime();
}

QString TimeEdit::textOf(milliseconds time) const
{
    if (!m_signed) {
        return clockText(time);
    }
    return (time.count() < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) +
           clockText(std::chrono::abs(time));
}

void TimeEdit::showTime()
{
    lineEdit()->setPlaceholderText(m_mixed ? m_mixedWord : QString());
    showValue();
}

void TimeEdit::setTime(milliseconds time)
{
    if (!m_mixed && m_time == time && !isTyped()) {
        return;
    }
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

QString TimeEdit::valueText() const
{
    return m_mixed ? QString() : textOf(m_time);
}

QString TimeEdit::objection(const QString &text) const
{
    const auto typed = timeFromText(text);
    if (!typed) {
        return tr("“%1” isn't a time; write 4:00, 240 or 1h30m.").arg(text);
    }
    if (typed->relative && !m_signed) {
        return m_relativeAllowed
                   ? QString()
                   : tr("“%1” has a sign; write the time itself, as 4:00, 240 or 1h30m.").arg(text);
    }
    return typed->time >= m_least
               ? QString()
               : tr("“%1” is too short; at least %2 is needed.").arg(text, textOf(m_least));
}

void TimeEdit::takeText(const QString &text)
{
    const auto typed = timeFromText(text);
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
    if (isReadOnly()) {
        return StepNone;
    }
    return m_mixed || m_time > m_least ? StepUpEnabled | StepDownEnabled : StepUpEnabled;
}
