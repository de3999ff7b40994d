// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runlogview.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/models/runlogmodel.h"
#include "ui/widgets/emptyhint.h"

#include <QFontDatabase>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace {

/** Time, mark and sentence in columns; what does not fit ends in dots, and is in the tool tip. */
class LogDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        const QFontMetricsF metrics(fixed);
        const qreal inset = scaled(metrics, 8);
        const int side = scaledInt(metrics, 13);
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->fillRect(option.rect, isChosen ? theme.selectedRow : theme.base);
        painter->setFont(fixed);
        QRectF room = QRectF(option.rect).adjusted(inset, 0, -inset, 0);
        const QString time = index.data(RunLogModel::TimeRole).toString();
        painter->setPen(theme.secondary);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, time);
        room.setLeft(room.left() + metrics.horizontalAdvance(QStringLiteral("00:00:00.000")) +
                     inset);
        const QIcon mark = index.data(Qt::DecorationRole).value<QIcon>();
        if (!mark.isNull()) {
            mark.paint(
                painter,
                QRectF(room.left(), room.center().y() - side / 2.0, side, side).toAlignedRect());
        }
        room.setLeft(room.left() + side + inset * 0.75);
        painter->setPen(theme.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(index.data(RunLogModel::SentenceRole).toString(),
                                             Qt::ElideRight, room.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {0, scaledInt(QFontMetricsF(option.font), 20)};
    }
};

} // namespace

RunLogView::RunLogView(RunLogModel *log, QWidget *parent)
    : QListView(parent)
{
    setAccessibleName(tr("Run log"));
    setModel(log);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new LogDelegate(this));
    new EmptyHint(this, tr("Nothing has been played yet. Space starts the run."));
    const auto choose = [this](const QModelIndex &index) {
        const int row = index.data(RunLogModel::IncidentRole).toInt();
        if (row >= 0) {
            Q_EMIT incidentChosen(row);
        }
    };
    connect(this, &QAbstractItemView::activated, this, choose);
    connect(this, &QAbstractItemView::clicked, this, choose);
    // At the end it stays there, whatever comes in and however high it is.
    const QScrollBar *bar = verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this,
            [this, bar](int value) { m_isAtEnd = value >= bar->maximum(); });
    connect(bar, &QScrollBar::rangeChanged, this, [this] {
        if (m_isAtEnd) {
            scrollToBottom();
        }
    });
}
