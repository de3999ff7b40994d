// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/problemdelegate.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/models/problemmodel.h"

#include <QIcon>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

QRect ProblemDelegate::fixRect(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QString label = index.data(ProblemModel::FixRole).toString();
    if (label.isEmpty()) {
        return {};
    }
    const QFontMetricsF metrics(option.font);
    const int width = int(std::ceil(metrics.horizontalAdvance(label))) + scaledInt(metrics, 20);
    const int height = int(std::ceil(metrics.height())) + scaledInt(metrics, 6);
    return {option.rect.right() - width - scaledInt(metrics, 10),
            option.rect.top() + (option.rect.height() - height) / 2, width, height};
}

QSize ProblemDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index)
    return {0, scaledInt(QFontMetricsF(option.font), 32)};
}

void ProblemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const QFontMetricsF metrics(option.font);
    painter->save();
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, theme.selectedRow);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, theme.alternate);
    }
    const int side = scaledInt(metrics, 12);
    const int mark = scaledInt(metrics, 18);
    const QRect markRect(option.rect.left() + side,
                         option.rect.top() + (option.rect.height() - mark) / 2, mark, mark);
    index.data(Qt::DecorationRole).value<QIcon>().paint(painter, markRect);
    const QRect fix = fixRect(option, index);
    const int left = markRect.right() + scaledInt(metrics, 10);
    const int right = fix.isEmpty() ? option.rect.right() - side : fix.left() - side;
    const QString place = index.data(ProblemModel::PlaceRole).toString();
    QRect room(left, option.rect.top(), right - left, option.rect.height());
    painter->setFont(option.font);
    if (!place.isEmpty()) {
        const int width = scaledInt(metrics, 130);
        painter->setPen(theme.secondary);
        painter->drawText(room.adjusted(0, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(place, Qt::ElideRight, width - side));
        room.setLeft(room.left() + width);
    }
    painter->setPen(theme.text);
    painter->drawText(
        room, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, room.width()));
    if (!fix.isEmpty()) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(theme.border, 1));
        painter->setBrush(theme.base);
        painter->drawRoundedRect(QRectF(fix).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter->setPen(theme.accent);
        painter->drawText(fix, Qt::AlignCenter, index.data(ProblemModel::FixRole).toString());
    }
    painter->restore();
}

bool ProblemDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                  const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease &&
        fixRect(option, index).contains(static_cast<QMouseEvent *>(event)->position().toPoint())) {
        Q_EMIT fixClicked(index);
        return true;
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}
