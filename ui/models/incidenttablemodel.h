// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/runrecord.h"
#include "ui/timeline/timelinescene.h"

#include <QAbstractTableModel>

/** The incidents of a timeline in file order, with what a run has come to for each of them. */
class IncidentTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Number,
        State,
        Time,
        SeverityColumn,
        Title,
        Service,
        IncidentId,
        Hypotheses,
        Actions,
        Latency,
        Late,
        ColumnCount
    };
    enum Role {
        StateRole = Qt::UserRole, ///< IncidentState as an int
        SeverityRole,             ///< Severity as an int
        LinkRole,                 ///< the incident's id where there is one
        NumericRole,              ///< true where digits are to stand below each other
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setScene(const TimelineScene &scene);
    const TimelineScene &scene() const { return m_scene; }

    /** Takes the next line of the journal; only the row it is about changes. */
    void applyRecord(const QJsonObject &record);
    /** As before any run. */
    void clearRun();
    const RunRecord &record() const { return m_record; }
    /** nullptr before a run. */
    const IncidentRun *run(int row) const;
    IncidentState stateOf(int row) const;
    /** How old the run is; counts down what waits. */
    void setElapsed(double milliseconds);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;
    QString toolTip(int row, int column) const;

    TimelineScene m_scene;
    RunRecord m_record;
    double m_elapsedMs = 0;
};
