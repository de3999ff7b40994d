// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs/runstore.h"

#include <QAbstractTableModel>

/** The runs that there are journals of, newest first. */
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Started, Target, Created, Failed, Uncertain, Skipped, Lasted, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, ///< what a column is sorted by
        TimelineRole,            ///< the path of the timeline that was played
        NumericRole,             ///< true where digits are to stand below each other
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const QList<RunEntry> &runs);
    const RunEntry &run(int row) const { return m_runs[row]; }
    /** -1 where there is none. */
    int rowOf(const QString &path) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /** Another name; the journal keeps it. */
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

Q_SIGNALS:
    void refused(const QString &sentence);

private:
    QString text(const RunEntry &run, int column) const;

    QList<RunEntry> m_runs;
};
