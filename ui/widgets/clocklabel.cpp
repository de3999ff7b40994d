// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/clocklabel.h"

#include "ui/text.h"
#include "ui/theme.h"

#include <QPainter>

ClockLabel::ClockLabel(qreal factor, const QString &pattern, QWidget *parent)
    : QWidget(parent)
    , m_factor(factor)
    , m_pattern(pattern)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QFont ClockLabel::clockFont() const
{
    QFont result = font();
    result.setPointSizeF(font().pointSizeF() * m_factor);
    result.setWeight(QFont::Bold);
    return result;
}

void ClockLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    update();
}

void ClockLabel::setDimmed(bool dimmed)
{
    if (dimmed == m_dimmed)
        return;
    m_dimmed = dimmed;
    update();
}

QSize ClockLabel::sizeHint() const
{
    const QFontMetricsF metrics(clockFont());
    return QSizeF(tabularWidth(metrics, m_pattern) + 2, metrics.height()).toSize();
}

void ClockLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.setFont(clockFont());
    painter.setPen(m_dimmed ? theme.secondary : theme.text);
    paintTabular(&painter, rect(), Qt::AlignLeft, m_text);
}
