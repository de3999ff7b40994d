// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/marks.h"

#include <QStyledItemDelegate>

/**
 * Paints the library: headings with a chevron, entries with badge, name in up to two lines,
 * difficulty, detail and tags. As high as the width makes it.
 */
class LibraryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /** Where a press opens or closes a group. */
    static int chevronWidth(const QFont &font);

private:
    struct RowLayout;
    RowLayout arrange(const QFont &font, int width, const QModelIndex &index) const;

    mutable MarkCache m_marks;
};
