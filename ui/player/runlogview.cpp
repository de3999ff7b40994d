// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/runlogview.h"

#include "ui/models/runlogmodel.h"
#include "ui/widgets/emptyhint.h"

#include <QScrollBar>

RunLogView::RunLogView(RunLogModel *log, QWidget *parent)
    : QListView(parent)
{
    setAccessibleName(tr("Run log"));
    setModel(log);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    new EmptyHint(this, tr("Nothing has been played yet. Space starts the run."));
    const auto choose = [this](const QModelIndex &index) {
        const int row = index.data(RunLogModel::IncidentRole).toInt();
        if (row >= 0)
            Q_EMIT incidentChosen(row);
    };
    connect(this, &QAbstractItemView::activated, this, choose);
    connect(this, &QAbstractItemView::clicked, this, choose);
    connect(log, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this] { m_isAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum(); });
    connect(log, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isAtEnd)
            scrollToBottom();
    });
}
