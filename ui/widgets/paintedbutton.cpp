// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/paintedbutton.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QPainter>
#include <QStyle>
#include <QToolButton>
#include <cmath>

namespace {

bool showsText(const QAbstractButton &button)
{
    const auto *tool = qobject_cast<const QToolButton *>(&button);
    return !button.text().isEmpty() && !(tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly);
}

int gapIn(const QAbstractButton &button)
{
    return showsText(button) && !button.icon().isNull() ? scaledInt(QFontMetricsF(button.font()), 6)
                                                        : 0;
}

int wordsWidth(const QAbstractButton &button)
{
    return showsText(button)
               ? button.fontMetrics().size(Qt::TextShowMnemonic, button.text()).width()
               : 0;
}

} // namespace

void paintButton(QPainter *painter, const QAbstractButton &button, const ButtonLook &look)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal half = look.edgeWidth / 2;
    const QRectF box =
        QRectF(button.rect()).adjusted(look.sharesEdge ? half - 1 : half, half, -half, -half);
    painter->setPen(QPen(look.edge, look.edgeWidth));
    painter->setBrush(look.ground);
    painter->drawRoundedRect(box, look.radius, look.radius);
    if (look.ring.isValid()) {
        const qreal inset = look.edgeWidth + 1;
        painter->setPen(QPen(look.ring, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(button.rect()).adjusted(inset, inset, -inset, -inset),
                                 look.radius, look.radius);
    }
    const QSize mark = button.icon().isNull() ? QSize(0, 0) : button.iconSize();
    const int gap = gapIn(button);
    const int room = button.width() - 2 * int(std::ceil(look.edgeWidth));
    const int words = std::min(wordsWidth(button), room - mark.width() - gap);
    QRect at(0, 0, mark.width() + gap + words, button.height());
    at.moveCenter(button.rect().center());
    const QRect markAt = QStyle::visualRect(
        button.layoutDirection(), button.rect(),
        QRect(at.left(), (button.height() - mark.height()) / 2, mark.width(), mark.height()));
    if (!mark.isEmpty()) {
        button.icon().paint(painter, markAt, Qt::AlignCenter, look.iconMode);
    }
    if (words <= 0) {
        return;
    }
    painter->setPen(look.ink);
    painter->setFont(button.font());
    painter->drawText(
        QStyle::visualRect(button.layoutDirection(), button.rect(),
                           QRect(at.left() + mark.width() + gap, 0, words, button.height())),
        Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, button.text());
}

QSize paintedButtonSize(const QAbstractButton &button, int side, int above)
{
    const QSize mark = button.icon().isNull() ? QSize(0, 0) : button.iconSize();
    return {mark.width() + gapIn(button) + wordsWidth(button) + 2 * side,
            std::max(mark.height(), button.fontMetrics().height()) + 2 * above};
}

PrimaryButton::PrimaryButton(QWidget *parent)
    : QPushButton(parent)
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    setFont(strong);
    setAttribute(Qt::WA_Hover);
}

QSize PrimaryButton::sizeHint() const
{
    const QFontMetricsF metrics(font());
    return paintedButtonSize(*this, scaledInt(metrics, 15), scaledInt(metrics, 6));
}

void PrimaryButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    ButtonLook look;
    look.radius = scaled(QFontMetricsF(font()), 3);
    if (isEnabled()) {
        look.ground =
            underMouse() || isDown() ? mixed(theme.highlight, theme.text, 0.15) : theme.highlight;
        look.edge = hasFocus() ? theme.text : look.ground;
        look.edgeWidth = hasFocus() ? 2 : 1;
        look.ink = Qt::white;
        look.iconMode = QIcon::Selected; // as white as the words
    } else {
        look.ground = theme.window;
        look.edge = theme.border;
        look.ink = theme.secondary;
        look.iconMode = QIcon::Disabled;
    }
    QPainter painter(this);
    paintButton(&painter, *this, look);
}
