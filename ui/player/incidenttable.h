// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class IncidentTableModel;

/** The incidents as rows, with what a run has come to for each; ids lead to their pages. */
class IncidentTable : public QTableView
{
    Q_OBJECT

public:
    /** Neither is owned; rows are selected here and in every view that shares the selection. */
    IncidentTable(IncidentTableModel *model, QItemSelectionModel *selection,
                  QWidget *parent = nullptr);

    /** The columns of what a run comes to: they stay away until there is one. */
    void setRunShown(bool shown);
    /** In pixels: with so many rows in sight below the header. */
    int heightOf(int rows) const;

Q_SIGNALS:
    void linkClicked(int row);
    /** Double click or Enter. */
    void rowActivated(int row);
    /** `row` is -1 below the rows. */
    void menuRequested(const QPoint &globalPos, int row);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    bool m_isRunShown = true;
};
