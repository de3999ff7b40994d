// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/waitbar.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/player/runsession.h"

#include <QPainter>

WaitBar::WaitBar(const RunSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setFixedHeight(scaledInt(QFontMetricsF(font()), 6));
}

void WaitBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qreal radius = height() / 2.0;
    painter.setBrush(theme.separator);
    painter.drawRoundedRect(rect(), radius, radius);
    const int next = m_session.nextIndex();
    const double waitFraction =
        next < 0 || !m_session.isOpen() ? 0 : m_session.outlook().waitFraction(next);
    const qreal over = width() * waitFraction;
    if (over < 1) {
        return;
    }
    painter.setBrush(theme.secondary);
    painter.drawRoundedRect(QRectF(0, 0, std::max(over, 2 * radius), height()), radius, radius);
}
