// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chipbutton.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QPainter>

ChipButton::ChipButton(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
}

ChipButton::ChipButton(const QIcon &icon, const QString &name, QWidget *parent)
    : QAbstractButton(parent)
{
    setIcon(icon);
    setToolTip(name);
    setAccessibleName(name);
    setCheckable(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
}

QSize ChipButton::sizeHint() const
{
    const QFontMetricsF metrics(font());
    const int height = scaledInt(metrics, text().isEmpty() ? 28 : 24);
    if (text().isEmpty()) {
        return {height, height};
    }
    return {int(std::ceil(metrics.horizontalAdvance(text()))) + scaledInt(metrics, 18), height};
}

void ChipButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QFontMetricsF metrics(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isPressed = isChecked() || isDown();
    const qreal line = isChecked() || hasFocus() ? 2 : 1;
    const QRectF box = QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const qreal radius = text().isEmpty() ? scaled(metrics, 3) : box.height() / 2;
    const QColor rest = underMouse() && isEnabled() ? mixed(theme.base, theme.accent, 0.08)
                                                    : palette().color(QPalette::Button);
    painter.setPen(QPen(isChecked() || hasFocus() ? theme.accent : theme.border, line));
    painter.setBrush(isPressed ? theme.selectedRow : rest);
    painter.drawRoundedRect(box, radius, radius);
    if (text().isEmpty()) {
        const int side = scaledInt(metrics, 18);
        const QRect place(QPoint((width() - side) / 2, (height() - side) / 2), QSize(side, side));
        icon().paint(&painter, place);
        return;
    }
    painter.setPen(
        palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

void ChipButton::enterEvent(QEnterEvent *)
{
    update();
}

void ChipButton::leaveEvent(QEvent *)
{
    update();
}
