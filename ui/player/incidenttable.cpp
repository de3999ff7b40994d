// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/incidenttable.h"

#include "ui/look/text.h"
#include "ui/models/incidentdelegate.h"
#include "ui/models/incidenttablemodel.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QResizeEvent>
#include <algorithm>
#include <array>

namespace {

constexpr int LeastTitle = 170;
/** In narrow tables, in this order; all of it is in the details. */
constexpr std::array GoesFirst{int(IncidentTableModel::Actions),
                               int(IncidentTableModel::Hypotheses), int(IncidentTableModel::Late),
                               int(IncidentTableModel::Latency)};

} // namespace

IncidentTable::IncidentTable(IncidentTableModel *model, QItemSelectionModel *selection,
                             QWidget *parent)
    : QTableView(parent)
{
    const QFontMetricsF metrics(font());
    setAccessibleName(tr("Incidents"));
    setModel(model);
    setSelectionModel(selection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 30));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->moveSection(IncidentTableModel::Number, 0);
    auto *delegate = new IncidentDelegate(this);
    setItemDelegate(delegate);
    const std::pair<int, int> widths[]{
        {IncidentTableModel::Number, 34},     {IncidentTableModel::State, 122},
        {IncidentTableModel::Time, 64},       {IncidentTableModel::SeverityColumn, 30},
        {IncidentTableModel::Service, 136},   {IncidentTableModel::IncidentId, 92},
        {IncidentTableModel::Hypotheses, 92}, {IncidentTableModel::Actions, 66},
        {IncidentTableModel::Latency, 74},    {IncidentTableModel::Late, 74}};
    for (const auto &[section, width] : widths) {
        setColumnWidth(section, scaledInt(metrics, width));
    }
    horizontalHeader()->setMinimumSectionSize(scaledInt(metrics, 28));
    connect(delegate, &IncidentDelegate::linkClicked, this,
            [this](const QModelIndex &index) { Q_EMIT linkClicked(index.row()); });
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT rowActivated(index.row()); });
    connect(this, &QWidget::customContextMenuRequested, this, [this](const QPoint &point) {
        Q_EMIT menuRequested(viewport()->mapToGlobal(point), indexAt(point).row());
    });
    setRunShown(false);
}

void IncidentTable::setRunShown(bool shown)
{
    if (m_isRunShown == shown) {
        return;
    }
    m_isRunShown = shown;
    for (int column = IncidentTableModel::IncidentId; column <= IncidentTableModel::Late;
         ++column) {
        setColumnHidden(column, !shown);
    }
    fit();
}

int IncidentTable::heightOf(int rows) const
{
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() +
           2 * frameWidth();
}

void IncidentTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fit();
}

void IncidentTable::fit()
{
    // The titles get what the other columns leave, but never less than they need to be read: what
    // can be missed most goes before.
    const QHeaderView *header = horizontalHeader();
    const int least = scaledInt(QFontMetricsF(font()), LeastTitle);
    const auto left = [&] {
        return viewport()->width() - header->length() +
               header->sectionSize(IncidentTableModel::Title);
    };
    if (m_isRunShown) {
        for (const int column : GoesFirst) {
            setColumnHidden(column, false);
        }
        for (const int column : GoesFirst) {
            if (left() < least) {
                setColumnHidden(column, true);
            }
        }
    }
    setColumnWidth(IncidentTableModel::Title, std::max(least, left()));
}
