// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/linedlabel.h"

#include "ui/look/text.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QPainter>
#include <QTextLayout>
#include <cmath>

LinedLabel::LinedLabel(int lines, QWidget *parent)
    : QWidget(parent)
    , m_lines(lines)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void LinedLabel::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    setSpokenName(this, text);
    fit();
}

QSize LinedLabel::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {scaledInt(metrics, 80), int(std::ceil(metrics.lineSpacing() * m_lines))};
}

void LinedLabel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void LinedLabel::fit()
{
    m_shown.clear();
    // Line ends of the text count as spaces: there are few lines.
    const QString flat = m_text.simplified();
    QTextLayout layout(flat, font());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    bool isWhole = true;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width());
        if (m_shown.size() + 1 == m_lines) {
            const QString rest = flat.mid(line.textStart());
            const QString last = QFontMetricsF(font()).elidedText(rest, Qt::ElideRight, width());
            isWhole = last == rest;
            m_shown << last;
            break;
        }
        m_shown << flat.mid(line.textStart(), line.textLength());
    }
    layout.endLayout();
    setToolTip(isWhole ? QString() : PlainText::wrapped(m_text));
    update();
}

void LinedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QFontMetricsF metrics(font());
    qreal y = metrics.ascent();
    for (const QString &line : m_shown) {
        painter.drawText(QPointF(0, y), line);
        y += metrics.lineSpacing();
    }
}
