// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/libraryview.h"

#include "ui/library/librarydelegate.h"
#include "ui/library/librarymodel.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"

#include <QAction>
#include <QDrag>
#include <QHeaderView>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

LibraryView::LibraryView(QWidget *parent)
    : QTreeView(parent)
{
    setItemDelegate(new LibraryDelegate(this));
    setHeaderHidden(true);
    header()->setStretchLastSection(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setExpandsOnDoubleClick(false);
    setSelectionMode(SingleSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

void LibraryView::addKey(const QKeySequence &key, QAction *action)
{
    m_keys.append({key, action});
}

QAction *LibraryView::actionFor(const QKeyEvent *event) const
{
    // The key pad's Enter is Enter.
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const int key = event->key() == Qt::Key_Enter ? int(Qt::Key_Return) : event->key();
    const QKeySequence pressed(QKeyCombination(modifiers, Qt::Key(key)));
    for (const auto &[known, action] : m_keys) {
        if (known == pressed && action->isEnabled()) {
            return action;
        }
    }
    return nullptr;
}

bool LibraryView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        actionFor(static_cast<QKeyEvent *>(event)) != nullptr) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void LibraryView::keyPressEvent(QKeyEvent *event)
{
    if (QAction *action = actionFor(event)) {
        action->trigger();
        return;
    }
    QTreeView::keyPressEvent(event);
}

bool LibraryView::togglesGroup(const QModelIndex &index, const QPoint &point) const
{
    return index.data(LibraryModel::GroupRole).toBool() &&
           (!index.data(LibraryModel::KindRole).isValid() ||
            point.x() < LibraryDelegate::chevronWidth(font()));
}

void LibraryView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    QTreeView::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && togglesGroup(index, event->pos())) {
        setExpanded(index, !isExpanded(index));
    }
}

void LibraryView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && togglesGroup(index, event->pos())) {
        setExpanded(index, !isExpanded(index)); // the second of two quick clicks
        return;
    }
    QTreeView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && index.isValid()) {
        Q_EMIT chosen(index);
    }
}

void LibraryView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        scheduleDelayedItemsLayout();
    }
}

void LibraryView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    Q_EMIT currentEntryChanged();
}

QPixmap LibraryView::dragPixmap(const QModelIndex &index) const
{
    const Theme &theme = Theme::of(palette());
    QFont bold = font();
    bold.setBold(true);
    const QFontMetricsF metrics(bold);
    const qreal side = scaled(metrics, 20);
    const qreal gap = scaled(metrics, 8);
    const QString text =
        metrics.elidedText(index.data().toString(), Qt::ElideRight, scaled(metrics, 220));
    const QSizeF size(side + 3 * gap + metrics.horizontalAdvance(text), scaled(metrics, 36));
    const qreal dpr = devicePixelRatioF();
    QPixmap pixmap((size * dpr).toSize());
    pixmap.setDevicePixelRatio(dpr);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QVariant severity = index.data(LibraryModel::SeverityRole);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(severity.isValid() ? theme.blockBody(Severity(severity.toInt()))
                                        : theme.selectedRow);
    painter.drawRoundedRect(QRectF(QPointF(), size).adjusted(1, 1, -1, -1), scaled(metrics, 3),
                            scaled(metrics, 3));
    const QRectF mark(gap, (size.height() - side) / 2, side, side);
    if (severity.isValid()) {
        paintSeverity(&painter, mark, Severity(severity.toInt()), theme);
    } else {
        icon(Glyph::Timeline).paint(&painter, mark.toRect());
    }
    painter.setPen(theme.text);
    painter.setFont(bold);
    painter.drawText(QRectF(mark.right() + gap, 0, size.width(), size.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
    return pixmap;
}

void LibraryView::startDrag(Qt::DropActions)
{
    const QModelIndex index = currentIndex();
    QMimeData *dragged =
        index.flags().testFlag(Qt::ItemIsDragEnabled) ? model()->mimeData({index}) : nullptr;
    if (!dragged) {
        return;
    }
    auto *drag = new QDrag(this);
    drag->setMimeData(dragged);
    const QPixmap pixmap = dragPixmap(index);
    drag->setPixmap(pixmap);
    // Below and right of the pointer: it must not hide the place it is dropped on.
    drag->setHotSpot(
        {-scaledInt(QFontMetricsF(font()), 16), -scaledInt(QFontMetricsF(font()), 20)});
    drag->exec(Qt::CopyAction);
}
