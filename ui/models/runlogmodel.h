// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runevent.h"
#include "app/run/runmoments.h"

#include <QAbstractListModel>
#include <QIcon>

/** The run's journal in words, one line a row. */
class RunLogModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IncidentRole = Qt::UserRole, ///< the incident's row, or -1
        TimeRole,                    ///< on the wall, or empty
        SentenceRole,
    };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    /** Takes what happened next. A RunBegan begins the log again; what says nothing to a user
     * leaves no row. */
    void append(const RunEvent &event);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /** Returns the sentence for an event; empty if it says nothing to a user. */
    static QString sentence(const RunEvent &event);

private:
    struct Line
    {
        QString time;
        QString text;
        /** That the event left its incident in. */
        std::optional<IncidentState> state;
        int incident = -1;
    };

    QList<Line> m_lines;
    RunMoments m_times;
};
