// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/linkbutton.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QPainter>
#include <cmath>

namespace {

constexpr int RoomForRing = 2;

} // namespace

LinkButton::LinkButton(QWidget *parent)
    : QAbstractButton(parent)
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setUnderline(true);
    setFont(fixed);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void LinkButton::setWords(const QString &words)
{
    if (words == m_words) {
        return;
    }
    m_words = words;
    updateGeometry();
    update();
}

QSize LinkButton::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return {int(std::ceil(metrics.horizontalAdvance(m_words))) + 2 * RoomForRing,
            int(std::ceil(metrics.height())) + RoomForRing};
}

QSize LinkButton::minimumSizeHint() const
{
    return {scaledInt(QFontMetricsF(font()), 40), sizeHint().height()};
}

void LinkButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
    } else {
        event->ignore();
    }
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.setPen(isEnabled() ? theme.accent : theme.secondary);
    const QRectF room = QRectF(rect()).adjusted(RoomForRing, 0, -RoomForRing, 0);
    const QFontMetricsF metrics(font());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_words, Qt::ElideRight, room.width()));
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}
