// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/numberbox.h"

#include "app/base/numbers.h"

#include <QLineEdit>
#include <QStyleOptionSpinBox>
#include <algorithm>
#include <cmath>
#include <limits>

NumberBox::NumberBox(QWidget *parent)
    : TypedBox(parent)
{
    showValue();
}

void NumberBox::setRange(double least, double most)
{
    m_least = least;
    m_most = most;
}

void NumberBox::setSuffix(const QString &suffix)
{
    m_suffix = suffix;
    showValue();
}

void NumberBox::setLeastText(const QString &text)
{
    m_leastText = text;
    showValue();
}

void NumberBox::setValue(double value)
{
    if (value == m_value && isTyped()) {
        return; // the same number in another spelling, which is still being typed
    }
    m_value = value;
    m_before = value;
    showValue();
}

QString NumberBox::textOf(double value) const
{
    return !m_leastText.isEmpty() && value <= m_least ? m_leastText : numberText(value) + m_suffix;
}

QString NumberBox::valueText() const
{
    return textOf(m_value);
}

std::optional<double> NumberBox::read(const QString &text) const
{
    QString number = text.trimmed();
    if (!m_leastText.isEmpty() && (number.isEmpty() || number == m_leastText)) {
        return m_least;
    }
    const QString suffix = m_suffix.trimmed();
    if (!suffix.isEmpty() && number.endsWith(suffix, Qt::CaseInsensitive)) {
        number.chop(suffix.size());
    }
    if (!m_isWhole) {
        return numberFromText(number);
    }
    const std::optional<qint64> whole = wholeFromText(number);
    return whole ? std::optional<double>(double(*whole)) : std::nullopt;
}

QString NumberBox::objection(const QString &text) const
{
    const std::optional<double> number = read(text);
    if (number && *number >= m_least && *number <= m_most) {
        return {};
    }
    const QString least = numberText(m_least);
    const QString most = numberText(m_most);
    if (!number && m_isWhole) {
        return tr("“%1” isn't a whole number; type one from %2 to %3, without separators.")
            .arg(text, least, most);
    }
    if (!number) {
        return tr("“%1” isn't a number; type one from %2 to %3, with a point or a comma.")
            .arg(text, least, most);
    }
    return tr("“%1” is out of range; type a number from %2 to %3.").arg(text, least, most);
}

void NumberBox::textTyped(const QString &text)
{
    const std::optional<double> number = read(text);
    if (number && *number >= m_least && *number <= m_most) {
        enter(*number);
        return;
    }
    // Not the part of it that could be read: "12" is not what "12x" was going to be.
    enter(m_before);
    // What may still become a number is not marked yet.
    static const QStringList beginnings{QString(), QStringLiteral("-"), QStringLiteral("+")};
    if (number ? *number > m_most : !beginnings.contains(text.trimmed())) {
        setRefused(true);
    }
}

void NumberBox::takeText(const QString &text)
{
    enter(*read(text));
    m_before = m_value;
    showValue();
}

void NumberBox::typingCancelled()
{
    enter(m_before);
}

void NumberBox::enter(double value)
{
    if (value == m_value) {
        return;
    }
    m_value = value;
    Q_EMIT edited(value);
}

void NumberBox::stepBy(int steps)
{
    take(); // what was typed counts first
    double step = m_step;
    if (step <= 0) {
        const double size = std::max(std::abs(m_value), std::numeric_limits<double>::min());
        step = std::pow(10.0, std::floor(std::log10(size)) - 1);
    }
    // Twelve digits, so that ten steps of 0.1 are 1.
    const double sum =
        numberFromText(QString::number(m_value + steps * step, 'g', 12)).value_or(m_value);
    enter(std::clamp(sum, m_least, std::max(m_least, m_most)));
    m_before = m_value;
    showValue();
    selectAll();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    if (isReadOnly()) {
        return StepNone;
    }
    StepEnabled enabled = StepNone;
    if (m_value < m_most) {
        enabled |= StepUpEnabled;
    }
    if (m_value > m_least) {
        enabled |= StepDownEnabled;
    }
    return enabled;
}

QSize NumberBox::sizeHint() const
{
    ensurePolished();
    const QFontMetrics metrics(fontMetrics());
    int width = 0;
    for (const QString &text : {textOf(m_least), textOf(m_most), textOf(m_value)}) {
        width = std::max(width, metrics.horizontalAdvance(text));
    }
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    return style()->sizeFromContents(
        QStyle::CT_SpinBox, &option,
        QSize(width + metrics.averageCharWidth(), lineEdit()->sizeHint().height()), this);
}
