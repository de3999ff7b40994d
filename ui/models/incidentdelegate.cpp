// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/incidentdelegate.h"

#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"

#include <QFontDatabase>
#include <QMouseEvent>
#include <QPainter>

namespace {

constexpr qreal CellInset = 4;

} // namespace

void IncidentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const QFontMetricsF metrics(option.font);
    const qreal inset = scaled(metrics, CellInset);
    const qreal dpr = painter->device()->devicePixelRatio();
    const auto state = IncidentState(index.data(IncidentTableModel::StateRole).toInt());
    const bool selected = option.state.testFlag(QStyle::State_Selected);

    QColor back = option.features & QStyleOptionViewItem::Alternate ? theme.alternate : theme.base;
    if (state == IncidentState::Waiting || state == IncidentState::Failed ||
        state == IncidentState::Uncertain) {
        back = mixed(back, theme.ink(state), theme.dark ? 0.16 : 0.1);
    }
    if (selected) {
        back = theme.selectedRow;
    }

    painter->save();
    painter->fillRect(option.rect, back);
    painter->setFont(option.font);
    painter->setPen(theme.text);
    QRectF room = QRectF(option.rect).adjusted(inset, 0, -inset, 0);
    const QString text = index.data().toString();

    if (index.column() == IncidentTableModel::State) {
        const qreal size = scaledInt(metrics, 16);
        painter->drawPixmap(QPointF(room.left(), std::round(room.center().y() - size / 2)),
                            m_marks.state(state, size, dpr, theme));
        room.setLeft(room.left() + size + scaled(metrics, 6));
        painter->setPen(theme.ink(state));
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, room.width()));
    } else if (index.column() == IncidentTableModel::SeverityColumn) {
        const auto severity = Severity(index.data(IncidentTableModel::SeverityRole).toInt());
        const qreal size = scaledInt(metrics, 18);
        painter->drawPixmap(QPointF(room.left(), std::round(room.center().y() - size / 2)),
                            m_marks.severity(severity, size, dpr, theme));
    } else if (index.data(IncidentTableModel::NumericRole).toBool()) {
        if (index.column() == IncidentTableModel::Number) {
            painter->setPen(theme.secondary);
        }
        paintTabular(painter, room, Qt::AlignRight, text);
    } else if (index.column() == IncidentTableModel::IncidentId &&
               !index.data(IncidentTableModel::LinkRole).toString().isEmpty()) {
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPointSizeF(option.font.pointSizeF() * 0.92);
        fixed.setUnderline(true);
        painter->setFont(fixed);
        painter->setPen(theme.accent);
        // The first group of a UUID tells incidents apart; the tool tip has it whole.
        const QString shown = text.size() == 36 ? text.section(u'-', 0, 0) : text;
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetricsF(fixed).elidedText(shown, Qt::ElideRight, room.width()));
    } else {
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, room.width()));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(theme.accent);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}

QSize IncidentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetricsF metrics(option.font);
    qreal width = tabularWidth(metrics, index.data().toString()) + 2 * scaled(metrics, CellInset);
    if (index.column() == IncidentTableModel::State ||
        index.column() == IncidentTableModel::SeverityColumn) {
        width += scaled(metrics, 26);
    }
    return {int(std::ceil(width)), scaledInt(metrics, 30)};
}

bool IncidentDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                   const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease &&
        static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton &&
        index.column() == IncidentTableModel::IncidentId &&
        !index.data(IncidentTableModel::LinkRole).toString().isEmpty()) {
        Q_EMIT linkClicked(index);
        return true;
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}
