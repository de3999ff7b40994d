// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runevent.h"
#include "app/run/runrecord.h"
#include "app/timeline/timelinechange.h"
#include "ui/timeline/timelinescene.h"

#include <QAbstractTableModel>

/** The incidents of a timeline in file order, with what a run has come to for each of them. */
class IncidentTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        State,
        Number, ///< what a row is called changes with those above it, so it is not the first
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

    /** Another timeline altogether: selections and the run are gone. */
    void setTimeline(const Timeline &timeline, const ScenarioLibrary &scenarios);
    /** `timeline` is what the change has led to. Selections stay with their incidents. */
    void applyChange(const TimelineChange &change, const Timeline &timeline,
                     const ScenarioLibrary &scenarios);
    /** The scenarios have changed, the timeline has not. */
    void refresh(const Timeline &timeline, const ScenarioLibrary &scenarios);
    const TimelineScene &scene() const { return m_scene; }

    /** Shows the run of that record, which outlives this; nullptr for none. Whoever owns it tells
     * of its changes by the functions below. */
    void setRecord(const RunRecord *record) { m_record = record; }
    /** Shows what has become of the record by the event; only the rows it is about change. */
    void showEvent(const RunEvent &event);
    /** Shows that the record is that of no run again. */
    void showNoRun();
    /** Counts down what waits, for a run that is so old; only while it is in progress. */
    void setAge(RunAge age);
    /** Returns what the run has come to for that row; nullptr before a run. */
    const IncidentRun *run(int row) const;
    IncidentState stateOf(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /** Another timeline's. */
    void sceneReset();
    /** Anything of the timeline that is shown: blocks, lanes or markers. */
    void sceneChanged();
    /** Only what the blocks of these rows say; sceneChanged() does not follow. */
    void titlesChanged(const std::vector<int> &rows);

private:
    void rememberLanes();
    void exchangeRows(const TimelineChange &change, TimelineScene next);
    void tellAll();
    QString text(int row, int column) const;
    QString toolTip(int row, int column) const;

    TimelineScene m_scene;
    QStringList m_laneOrder; ///< of all lanes there were: one that comes back finds its place
    const RunRecord *m_record = nullptr;
    RunAge m_age;
};
